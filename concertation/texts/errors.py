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


class KeyTaken(DomainError):
    """The id that a browser chose names something else in the text already."""

    message = _("The id of this act is already used in the text, so it was not done. Discard it and do it anew.")


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


class ParagraphGone(DomainError):
    """The paragraph that an act was about is not in the text any more."""

    message = _("This paragraph is no longer there. Look at the text again.")


class PassageChanged(DomainError):
    """The words that an act was about do not stand in their paragraph any more."""

    message = _("The words changed meanwhile. Select them again.")


class BadRemark(InvalidInput):
    """A remark is words about one paragraph of one version."""

    message = _("Write at most 4,000 characters, about words of one paragraph.")


class NoSuchRemark(DomainError):
    """There is no such remark, or it is on a text that is not for this delegate."""

    message = _("There is no such remark for you.")
    status = 404


class RemarkClosed(DomainError):
    """The remark was resolved or withdrawn before."""

    message = _("This remark is closed already.")


class RemarkOpen(DomainError):
    """Only what is closed can be opened again."""

    message = _("This remark is open already.")


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


class NotAgreedWords(DomainError):
    """A reference names a paragraph that holds the words, in a text that the delegate may read."""

    message = _("These words are not in an adopted paragraph that you may read. Search again.")
    status = 409


class WiderAudience(DomainError):
    """Words of a text of named members do not enter a text that others read, unless somebody answers for it."""

    message = _("More people would read this text than the one the words come from, which is for named members only.")


class TooManyWords(InvalidInput):
    """A search takes a paragraph, not a text."""

    message = _("Select at most 4,000 characters, about a page, to look for agreed language.")


class ParagraphChanged(DomainError):
    """The words on the screen are not the words of the text any more; `who` may be empty."""

    def __init__(self, label: str, who: str) -> None:
        sentence = (
            gettext("%(paragraph)s was changed a moment ago by %(who)s. Look again before you agree.")
            if who
            else gettext("%(paragraph)s was changed a moment ago. Look again before you agree.")
        )
        super().__init__(sentence % {"paragraph": label, "who": who})


class HoldsBrackets(DomainError):
    """Nobody agrees words that it keeps in brackets itself."""

    def __init__(self, label: str) -> None:
        super().__init__(
            gettext("Your delegation holds brackets in %(paragraph)s. Lift them before you agree.")
            % {"paragraph": label}
        )


class NothingToWithdraw(DomainError):
    """The member has not agreed the paragraph."""

    message = _("Your member has not agreed this paragraph.")


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


class ChangesNotTaken(DomainError):
    """Tracked changes of a file would be proposals, and the secretariat alone holds the pen."""

    message = _(
        "Only the secretariat holds the pen of this text, so nobody can propose changes, and tracked changes cannot be "
        "taken over. Accept or reject them in Word and choose the file again, or change in the settings who holds the "
        "pen."
    )


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
