"""Why something cannot be done: revisions and earlier states."""

from django.utils.translation import gettext_lazy as _

from concertation.core.errors import DomainError, InvalidInput


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
