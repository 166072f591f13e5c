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


class WordsMoved(DomainError):
    """The words that an act was about are not in the text any more."""

    message = _("The words changed meanwhile: they are no longer there. Look at the text again.")


class BadPassage(InvalidInput):
    """A selection is some words in one paragraph of one language version."""

    message = _("Select some words within one paragraph.")


class NoSuchBracket(DomainError):
    """There are no such square brackets, or they are in a text that is not for this delegate."""

    message = _("There are no such square brackets for you.")
    status = 404


class BracketEnded(DomainError):
    """The square brackets were lifted, or decided, before."""

    message = _("These square brackets are no longer there. Look at the text again.")


class AlreadyHeld(DomainError):
    """A member holds a bracket once."""

    message = _("Your delegation holds these square brackets already.")


class NotHeld(DomainError):
    """Only what one holds can be let go."""

    message = _("Your delegation does not hold these square brackets.")


class OthersHold(DomainError):
    """A holder lets its own hold go; the others' stands."""

    message = _("Others hold these square brackets too: only the chair lifts them whole.")


class NoSuchAlternative(DomainError):
    """There is no such alternative, or it was withdrawn."""

    message = _("There is no such alternative in these square brackets.")


class BadAlternative(InvalidInput):
    """An alternative is a line of words that can be seen, and other than those that are there."""

    message = _("Write other words, on one line, of at most 2,000 characters.")


class HoldersDisagree(DomainError):
    """Holders decide among themselves only together."""

    message = _("Only when every holder supports the same words can they be chosen without the chair.")


class BadAudience(InvalidInput):
    """Named members are members of the coalition, one's own among them."""

    message = _("Name the members that may read the text, your own among them.")


class NotForPublic(DomainError):
    """Publishing needs the audience “public”, so that nothing confidential leaves by one wrong click."""

    message = _("This text is not meant for the public. Change its audience first.")


class NoSuchParagraph(DomainError):
    """The paragraph, or a language of the text, is not there, or no longer."""

    message = _("There is no such paragraph in the text, or no longer.")
    status = 404


class VersionsChanged(DomainError):
    """Somebody changed a version of the paragraph after it was looked at."""

    message = _("The paragraph has changed meanwhile. Look at it again.")


class HasCounterpart(DomainError):
    """A paragraph has one counterpart a language at most."""

    message = _("One of these paragraphs has a counterpart there already. Part them first.")


class NothingToDo(DomainError):
    """Somebody else was faster."""

    message = _("There is nothing to be done any more.")


class NotPossibleNow(DomainError):
    """The state of the text does not permit the step."""

    message = _("This step is not possible in the present state of the text.")


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
