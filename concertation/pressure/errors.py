"""Why something cannot be done to measures, packages, statements and steps."""

from django.utils.translation import gettext_lazy as _

from concertation.core.errors import DomainError, InvalidInput


class NoSuchMeasure(DomainError):
    """The measure does not exist, or not for this reader."""

    message = _("There is no such measure.")
    status = 404


class NoSuchPackage(DomainError):
    """The package does not exist, or not for this reader."""

    message = _("There is no such package.")
    status = 404


class NoSuchStatement(DomainError):
    """The statement does not exist, or not for this reader."""

    message = _("There is no such statement.")
    status = 404


class NoSuchStep(DomainError):
    """The step does not exist, or not for this reader."""

    message = _("There is no such step.")
    status = 404


class NameMissing(InvalidInput):
    """A measure, a package and a step have a name in at least one language."""

    message = _("Write the name in at least one language.")


class DraftMissing(InvalidInput):
    """A step proposes a decision, in words."""

    message = _("Write the draft decision in at least one language.")


class ReferenceMissing(InvalidInput):
    """A statement names its legal reference, or on what else it rests."""

    message = _("Say on what this rests: the act, its number and date, or the announcement.")


class SourceMissing(InvalidInput):
    """What is coded for a member rests on a page that anybody can open."""

    message = _("What is coded for a member needs the link to its public source.")


class TooMany(InvalidInput):
    """Lists have a limit."""

    message = _("There are too many entries in this list.")


class UnknownKind(InvalidInput):
    """The type of a measure is one of fourteen."""

    message = _("This is not a type of measure.")


class UnknownTerritory(InvalidInput):
    """A territory is a country's code, or one of a part of it."""

    message = _("Write territories as codes such as RU or UA-CRI.")


class UnknownMember(InvalidInput):
    """What is said is said of a member or partner of the coalition."""

    message = _("This is no member or partner of the coalition.")


class UnknownStance(InvalidInput):
    """A member applies a measure, prepares it, or does not apply it."""

    message = _("A measure is applied, prepared, or not applied.")


class Retired(DomainError):
    """A retired measure or package is kept, and changed no more."""

    message = _("This is retired. The chair can take it up again.")


class NotRetired(DomainError):
    """Only what is retired is taken up again."""

    message = _("This is not retired.")


class AlreadySaid(DomainError):
    """One voice says one thing to one audience from one day; another word about it is a correction."""

    message = _("There is a statement from this day for this audience already. Correct that one.")


class AlreadyCorrected(DomainError):
    """A statement is corrected once; the next correction corrects the correction."""

    message = _("This statement has been corrected in the meantime. Correct the correction.")


class NarrowerAudience(InvalidInput):
    """Whoever read a thing reads its correction."""

    message = _("The whole coalition could read this statement, so it must be able to read the correction.")


class OnlyCorrects(InvalidInput):
    """Nothing is withdrawn but a statement that was made."""

    message = _("Only a statement that was made can be withdrawn.")


class PackageEmpty(InvalidInput):
    """A package holds at least one measure, each once."""

    message = _("Choose at least one measure, each once.")


class TriggerUnclear(InvalidInput):
    """A step waits for a condition, a day, or both, as its trigger asks."""

    message = _("Say for which condition and finding the step waits, and by which day where one is needed.")


class WaitsForItself(InvalidInput):
    """A step that waits for itself, directly or through others, never falls due."""

    message = _("A step cannot wait for itself, directly or through other steps.")


class StepSettled(DomainError):
    """What was done or dismissed is over."""

    message = _("This step was done or dismissed.")


class StepNotDue(DomainError):
    """Only what is due is proposed for an agenda."""

    message = _("This step is not due.")


class ReasonMissing(InvalidInput):
    """Who dismisses a step says why."""

    message = _("Say why.")


class CatalogueRefused(InvalidInput):
    """The file is no catalogue that could be read; nothing was saved."""

    message = _("This is not a catalogue of measures.")


class CatalogueMoved(DomainError):
    """What was previewed is not what would be done now."""

    message = _("The measures have changed since the preview. Look at the file again.")
