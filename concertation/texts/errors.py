"""Why something cannot be done to a text."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import formats
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


class NoPango(DomainError):
    """The library that sets PDFs is not installed."""

    message = _(
        "A PDF needs the library Pango, which this server does not have. Every other format works; "
        "docs/operations.md says how the administrator installs it."
    )
    status = 503


class ExportBusy(DomainError):
    """As many PDFs are being made as the server makes at once."""

    message = _("The server is making other PDFs. Try again in a moment.")
    status = 503


class ExportTooLong(DomainError):
    """A PDF took too long or too much memory."""

    message = _("No PDF could be made of this text: it takes too long. Export it in one language, or as a Word file.")
    status = 503


class NothingToExport(InvalidInput):
    """An export names a format, and languages that the text has."""

    message = _("Choose a format, and at least one language that this text has.")


class NotInRecord(DomainError):
    """The adoption has no entry in the record yet."""

    message = _("The adoption is not entered in the record yet. Try again in a moment.")


class ImportExpired(DomainError):
    """What was previewed is older than an hour, or was previewed by somebody else."""

    message = _("The preview has expired. Choose the file again.")


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


class Hindered(DomainError):
    """Something has to be settled before the text can be proposed."""

    def __init__(self, hindrances: Sequence[str]) -> None:
        super().__init__(
            gettext("The text cannot be proposed for adoption yet: %(hindrances)s.")
            % {"hindrances": "; ".join(hindrances)}
        )


class SilenceRuns(DomainError):
    """What is for consensus in session was tried on a silence procedure."""

    message = _("This is a silence procedure: its deadline decides, unless a member breaks the silence before.")


class SilenceEnded(DomainError):
    """The deadline passed unbroken."""

    def __init__(self, deadline: datetime, zone: str) -> None:
        when = formats.date_format(deadline.astimezone(ZoneInfo(zone)), "DATETIME_FORMAT")
        super().__init__(
            gettext("The silence ended at %(when)s (%(zone)s) without being broken: the text is adopted.")
            % {"when": when, "zone": zone}
        )


class UnknownZone(InvalidInput):
    """A deadline is set in a zone that everybody knows."""

    message = _("Choose a time zone of the IANA database, such as Europe/Paris.")


class NoSuchTime(InvalidInput):
    """The clocks are put forward over this time."""

    message = _("This time does not exist in that zone: the clocks are put forward over it. Choose another hour.")


class BadTime(InvalidInput):
    """What was sent is no date and time."""

    message = _("Give the deadline as a date and a time.")


class TooSoon(InvalidInput):
    """The deadline has passed, or leaves no time to answer."""

    message = _("The deadline must lie at least one minute ahead.")


class TooFar(InvalidInput):
    """A text is not frozen for ever."""

    message = _("The deadline must lie at most 90 days ahead.")


class NotLater(InvalidInput):
    """A deadline is never brought forward."""

    message = _("A deadline can only be extended: choose a later time.")


class BadAmendment(InvalidInput):
    """An amendment names a paragraph of the proposed text and gives other words for it."""

    message = _("Give for each amendment a paragraph of the text and the words that your member proposes for it.")


class WordsMissing(InvalidInput):
    """A statement has words, and not too many."""

    message = _("Write what your member wants to say, in at most 10,000 characters.")


class AdoptedItself(DomainError):
    """Who adopted a text does not align itself with it."""

    message = _("Your member has adopted this text, so it has nothing to align itself with.")


class NotBound(DomainError):
    """Positions are explained by those that the text binds."""

    message = _("Only a member that adopted the text, or aligned itself with it, explains its position.")


class AlreadyStated(DomainError):
    """A member states once."""

    message = _("Your member has already made this statement, and it is final.")
