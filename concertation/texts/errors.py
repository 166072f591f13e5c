"""Why something cannot be done to a text."""

from collections.abc import Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concertation.core.errors import DomainError, InvalidInput
from concertation.texts.canonical import UnknownContent
from concertation.texts.faults import in_words
from concertation.texts.languages import language_name


class NoSuchText(DomainError):
    """There is no such text, or it is not for this delegate: both look the same."""

    message = _("There is no such text for you.")
    status = 404


class Frozen(DomainError):
    """The text is proposed for adoption, or adopted."""

    message = _("The text is frozen: nobody can change it now.")


class NotRunning(DomainError):
    """The procedure has ended, or never began."""

    message = _("This procedure of adoption has ended. Look at the text again.")


class AlreadyAnswered(DomainError):
    """A member answers once."""

    message = _("Your member has already answered.")


class ReasonMissing(InvalidInput):
    """An objection says why."""

    message = _("Say why your member objects, so that the others can act on it.")


class NobodyDecides(DomainError):
    """Nothing can be adopted by no member at all."""

    message = _("No full member is among those that this text is for, so nobody could adopt it.")


class StillWaiting(DomainError):
    """A member that must agree has not answered."""

    message = _("Not every member has agreed yet.")


class EmptyVersion(DomainError):
    """Only words can be adopted."""

    def __init__(self, language: str) -> None:
        super().__init__(
            gettext("The %(language)s version is authentic and has no words yet.")
            % {"language": language_name(language)}
        )


class NotAdoptable(DomainError):
    """The document holds what has no place in a text."""

    def __init__(self, unknown: UnknownContent) -> None:
        super().__init__(
            gettext(
                "The %(language)s version holds something that cannot be part of a text "
                "(block %(block)d: %(what)s). Remove it first."
            )
            % {"language": language_name(unknown.language), "block": unknown.block, "what": in_words(unknown.what)}
        )


class BadTitle(InvalidInput):
    """A text has a title in one language at least."""

    message = _("Give the text a title of at most 200 characters.")


class BadLanguages(InvalidInput):
    """A text has one to ten versions, one of them authentic."""

    message = _("Choose one to ten languages, each once, one of them authentic.")


class LanguageInUse(DomainError):
    """Words are never hidden by taking their language away."""

    message = _("A language version that holds words cannot be taken away. Empty it first.")


class BadAudience(InvalidInput):
    """Named members are members of the coalition, one's own among them."""

    message = _("Name the members that may read the text, your own among them.")


class NotForPublic(DomainError):
    """Publishing needs the audience “public”, so that nothing confidential leaves by one wrong click."""

    message = _("This text is not meant for the public. Change its audience first.")


class NotPossibleNow(DomainError):
    """The state of the text does not permit the step."""

    message = _("This step is not possible in the present state of the text.")


class NothingNew(DomainError):
    """A revision differs from the one before it."""

    message = _("Nothing has changed since the last revision.")


class NoteTooLong(InvalidInput):
    """A note that goes with a revision is short."""

    message = _("Write at most 2,000 characters.")


class NoSuchMoment(DomainError):
    """An address names a revision or a moment that the text does not have."""

    message = _("This text has no such version.")
    status = 404


class NoSuchProposal(DomainError):
    """There is no such proposal, or its text is not for this delegate: both look the same."""

    message = _("There is no such proposal for you.")
    status = 404


class ProposalClosed(DomainError):
    """A proposal is decided once."""

    message = _("This proposal has been decided or withdrawn. Look at it again.")


class NothingProposed(InvalidInput):
    """A proposal changes something."""

    message = _("Nothing would change by this proposal.")


class NotAParagraph(InvalidInput):
    """What came is not a paragraph of a text."""

    message = _("This is not a paragraph that a text can hold.")


class TooManyProposals(DomainError):
    """A text with more open proposals than anybody reads takes no further one."""

    message = _("There are too many open proposals in this text. Let some be decided first.")


class WordsChanged(DomainError):
    """A proposal is made on words that stand in the text."""

    message = _("The words changed meanwhile. Look at the paragraph again and propose anew.")


class AlreadySupported(DomainError):
    """A member supports a proposal once, and its own by having made it."""

    message = _("Your member supports this proposal already.")


class OutOfDate(DomainError):
    """The words that were to be replaced are not there any more; `names` are those who changed them."""

    def __init__(self, names: Sequence[str] = ()) -> None:
        whom = ", ".join(names)
        by = gettext("The words changed since, by %(names)s: propose anew.") % {"names": whom}
        super().__init__(by if names else gettext("The words changed since: propose anew."))


class RejectionUnexplained(InvalidInput):
    """A rejection says why."""

    message = _("Say why the proposal is rejected, so that its authors can act on it.")
