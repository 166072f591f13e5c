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


class TooLong(InvalidInput):
    """Names, wordings and evidence have a limit."""

    message = _("This is too long.")


class NothingChanged(DomainError):
    """A new wording must differ from the one there is."""

    message = _("Nothing was changed.")


class Retired(DomainError):
    """A retired condition is assessed and reworded no more."""

    message = _("This condition is retired. The chair can take it up again.")


class NotRetired(DomainError):
    """Only a retired condition is taken up again."""

    message = _("This condition is not retired.")


class EvidenceMissing(InvalidInput):
    """An assessment says on what it rests."""

    message = _("Say on what evidence this rests.")


class BadLink(InvalidInput):
    """A source is a page on the web."""

    message = _("The link to the source must begin with https:// or http://.")


class BadDay(InvalidInput):
    """An assessment is valid from a day that has begun somewhere, and not from an age ago."""

    message = _("Give a day from the year 2000 on that does not lie ahead.")


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
