"""Why something cannot be done to an incident, a kind, an area, a limit of observation or an import."""

from django.utils.translation import gettext_lazy as _

from concertation.core.errors import DomainError, InvalidInput


class NoSuchIncident(DomainError):
    """The incident does not exist, or not for this reader."""

    message = _("There is no such incident.")
    status = 404


class KindMissing(InvalidInput):
    """An incident has a kind of the catalogue."""

    message = _("Choose a kind of incident that is in use.")


class BadPlace(InvalidInput):
    """Coordinates are both given, on the globe, and fit their precision."""

    message = _("Give latitude from -90 to 90 and longitude from -180 to 180, both or neither.")


class PlaceMissing(InvalidInput):
    """An incident has a place, by name at least."""

    message = _("Name the place, or give its coordinates.")


class BadMoment(InvalidInput):
    """An incident happened from 2000 on, and not in the future."""

    message = _("Give a time from the year 2000 on that does not lie ahead.")


class BadFigures(InvalidInput):
    """Figures are whole numbers in order; what is unknown is left empty."""

    message = _("Figures are whole numbers with low ≤ best ≤ high; leave empty what is unknown.")


class BadLinks(InvalidInput):
    """Evidence is linked to by addresses of the web."""

    message = _("Each link must begin with https:// or http://.")


class IncidentTooLong(InvalidInput):
    """Places, summaries and sources have a limit."""

    message = _("This is too long.")


class NoSuchClause(InvalidInput):
    """A cited clause stands in the wording in force."""

    message = _("The wording of this condition has no such clause.")


class OwnReport(DomainError):
    """Nobody verifies what its own delegation reported."""

    message = _("Another member, or the secretariat, verifies what a delegation reported.")
    status = 403


class NotVerified(DomainError):
    """Only what is verified is attributed."""

    message = _("Only a verified incident can be attributed.")


class NotAttributed(DomainError):
    """A remedy follows an attribution, or the word that there can be none."""

    message = _("Say first who is responsible, or that it cannot be determined.")


class NotForAll(DomainError):
    """The coalition decides of what all of it can read."""

    message = _("Not the whole coalition can read this incident, so the coalition can decide nothing about it.")


class ActorMissing(InvalidInput):
    """An attribution names somebody."""

    message = _("Say to whom the incident is attributed.")


class GroundsMissing(InvalidInput):
    """Every step says on what it rests."""

    message = _("Say on what grounds.")


class NothingToTakeBack(DomainError):
    """A step that takes something back needs something to take back."""

    message = _("There is nothing to take back.")


class SameIncident(InvalidInput):
    """An incident is not merged into itself."""

    message = _("An incident cannot be merged into itself.")


class RingOfIncidents(InvalidInput):
    """What follows an incident does not lead it as well."""

    message = _("That report is already part of this incident. Merging would go round in a circle.")


class NarrowerLead(InvalidInput):
    """Whoever reads a report reads the one that leads it."""

    message = _("Not everybody who reads this report can read that one. Merge the other way round.")


class AlreadyMerged(DomainError):
    """A report is merged once; part it first."""

    message = _("This report is merged already. Part it first.")


class NotMerged(DomainError):
    """Only what is merged can be parted."""

    message = _("This report is not merged into another.")


class AlreadyShared(DomainError):
    """The whole coalition reads it already."""

    message = _("The whole coalition reads this incident already.")


class NoSuchArea(DomainError):
    """The area does not exist."""

    message = _("There is no such area.")
    status = 404


class BadBox(InvalidInput):
    """An area is a box on the globe."""

    message = _("Give the four edges of the area: west before east, south before north, on the globe.")


class NamesMissing(InvalidInput):
    """A kind or an area has a name."""

    message = _("Write a name in at least one language.")


class KindTaken(InvalidInput):
    """A kind has a code of its own."""

    message = _("The code of a kind is small letters, digits and hyphens, and no other kind has it.")


class BadSpan(InvalidInput):
    """A limit of observation begins before it ends."""

    message = _("The limit begins on a day from 2000 on that does not lie ahead, and ends on it or later.")


class NoSuchLimit(DomainError):
    """The limit of observation does not exist, or not for this reader."""

    message = _("There is no such limit of observation.")
    status = 404


class LimitCorrected(DomainError):
    """A limit is corrected once; the next correction corrects the correction."""

    message = _("This has been corrected in the meantime. Correct the correction.")


class HiddenEvidence(InvalidInput):
    """Whoever reads an assessment reads the incidents on which it rests."""

    message = _("Not everybody who may read the assessment can read the incidents that it cites.")


class NothingToImport(DomainError):
    """An import changes something."""

    message = _("The file says what is there already. Nothing was changed.")


class StaleImport(DomainError):
    """The rows have changed since the preview."""

    message = _("Something was imported since this preview. Look at the file again.")


class ImportLate(DomainError):
    """A preview is confirmed within an hour, by who saw it."""

    message = _("This preview is no longer valid. Choose the file again.")


class NotYourCollection(DomainError):
    """A collection is kept up to date by who began it."""

    message = _("Another delegation keeps this collection. Give yours another name.")
    status = 403


class NoReport(DomainError):
    """No PDF can be made on this machine."""

    message = _("No PDF can be made here. Take the CSV file, or print the page.")
    status = 503


class NoReportNow(DomainError):
    """As many PDFs are being made as the server makes at once."""

    message = _("The server is making other PDFs. Try again in a moment.")
    status = 503
