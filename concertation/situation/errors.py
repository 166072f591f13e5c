"""Why something cannot be done to a condition."""

from django.utils.translation import gettext_lazy as _

from concertation.core.errors import DomainError, InvalidInput


class NoSuchCondition(DomainError):
    """The condition does not exist, or not for this reader."""

    message = _("There is no such condition.")
    status = 404


class NoSuchAssessment(DomainError):
    """The assessment does not exist, or not for this reader."""

    message = _("There is no such assessment.")
    status = 404


class WordsMissing(InvalidInput):
    """A condition has a name and a wording, in at least one language each."""

    message = _("Write the name and the wording in at least one language.")


class Retired(DomainError):
    """A retired condition is assessed and reworded no more."""

    message = _("This condition is retired. The chair can take it up again.")


class NotRetired(DomainError):
    """Only a retired condition is taken up again."""

    message = _("This condition is not retired.")


class EvidenceMissing(InvalidInput):
    """An assessment says on what it rests."""

    message = _("Say on what evidence this rests.")


class AlreadyAssessed(DomainError):
    """One voice says one thing to one audience from one day; another word about it is a correction."""

    message = _("There is an assessment from this day for this audience already. Correct that one.")


class AlreadyCorrected(DomainError):
    """An assessment is corrected once; the next correction corrects the correction."""

    message = _("This assessment has been corrected in the meantime. Correct the correction.")


class NarrowerAudience(InvalidInput):
    """Whoever read a thing reads its correction."""

    message = _("The whole coalition could read this assessment, so it must be able to read the correction.")


class OnlyCorrects(InvalidInput):
    """Nothing is withdrawn but an assessment that was made."""

    message = _("Only an assessment that was made can be withdrawn.")


class NoSuchQuestion(DomainError):
    """The question does not exist, or not for this reader."""

    message = _("There is no such question.")
    status = 404


class NoSuchStatement(DomainError):
    """The statement does not exist, or not for this reader."""

    message = _("There is no such statement.")
    status = 404


class NoSuchActor(InvalidInput):
    """Nobody of this name has positions here, or is spoken to."""

    message = _("Choose a member, a partner or somebody outside who is listed here.")


class QuestionClosed(DomainError):
    """On a closed question nobody takes a position."""

    message = _("This question is closed. The chair can take it up again.")


class QuestionNotClosed(DomainError):
    """Only a closed question is taken up again."""

    message = _("This question is not closed.")


class ReasonMissing(InvalidInput):
    """Some acts say why."""

    message = _("Say why.")


class NothingSaid(InvalidInput):
    """A statement holds the words that were said, or the reason that was given."""

    message = _("Write the words that were said, or the reason.")


class SourceMissing(InvalidInput):
    """What the secretariat enters for a member is public."""

    message = _("What a member said in public is entered with the link to its source, for the whole coalition.")


class AlreadySaid(DomainError):
    """The same statement is entered once."""

    message = _("This has been entered already.")


class StatementCorrected(DomainError):
    """A statement is corrected once; the next correction corrects the correction."""

    message = _("This statement has been corrected in the meantime. Correct the correction.")


class FewerReaders(InvalidInput):
    """Whoever read a statement reads its correction."""

    message = _("The whole coalition could read this statement, so it must be able to read the correction.")


class StatementMissing(InvalidInput):
    """Nothing is withdrawn but a statement that was made."""

    message = _("Only a statement that was made can be withdrawn.")


class NameTaken(DomainError):
    """Two actors of one name could not be told apart."""

    message = _("There is somebody of this name already.")


class UnknownCountry(InvalidInput):
    """A flag is that of a country."""

    message = _("Choose a country of the list, or none.")


class NoSuchContact(DomainError):
    """The contact does not exist, or not for this reader."""

    message = _("There is no such contact.")
    status = 404


class NobodySpokenTo(InvalidInput):
    """A contact is one with somebody outside."""

    message = _("Choose who is spoken to.")


class SubjectMissing(InvalidInput):
    """A contact has a subject."""

    message = _("Say what the contact is about.")


class PlannedInThePast(InvalidInput):
    """What is announced lies ahead."""

    message = _("Give a day from today on, within five years, or enter the contact as held.")


class ContactNotPlanned(DomainError):
    """The contact was held or cancelled."""

    message = _("This contact is no longer planned.")


class ContactNotHeld(DomainError):
    """The contact was not held, or was entered in error."""

    message = _("This contact is not one that was held.")


class ContactOver(DomainError):
    """What was cancelled or struck is left as it is."""

    message = _("This contact was cancelled, or struck as entered in error.")


class NoSuchPoint(DomainError):
    """The point does not exist, or not for this reader."""

    message = _("There is no such point.")
    status = 404


class AlreadyMarked(DomainError):
    """A point is marked as it is to be already."""

    message = _("This point is marked so already.")


class AlreadyNoted(DomainError):
    """A delegation notes a readout once."""

    message = _("Your delegation has already noted this readout.")


class UnknownLanguage(InvalidInput):
    """Languages have a code in ISO 639-1."""

    message = _("Choose a language of the list.")
