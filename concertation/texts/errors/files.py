"""Why something cannot be done: texts as files: exports, proofs, imports."""

from django.utils.translation import gettext_lazy as _

from concertation.core.errors import DomainError, InvalidInput


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
