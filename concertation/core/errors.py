"""Errors that a person caused and can read: each carries one translated sentence and an HTTP status."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """Base of every refusal by a domain function; `message` is a whole sentence for the person."""

    message: str | Promise = _("This cannot be done.")
    status = 409

    def __init__(self, message: str | Promise | None = None) -> None:
        if message is not None:
            self.message = message
        super().__init__(str(self.message))


class NotAllowed(DomainError):
    """The person's capacity does not permit this."""

    message = _("Your capacity does not allow this.")
    status = 403


class InvalidInput(DomainError):
    """What was sent cannot be accepted as it is."""

    message = _("This could not be understood.")
    status = 400


class TooLong(InvalidInput):
    """Words have a limit."""

    message = _("This is too long.")


class BadLink(InvalidInput):
    """A source is a page on the web."""

    message = _("The link to the source must begin with https:// or http://.")


class BadDay(InvalidInput):
    """What is looked at, said or happened has a day that has begun somewhere, and not an age ago."""

    message = _("Give a day from the year 2000 on that does not lie ahead.")


class NothingChanged(DomainError):
    """A new wording, revision or setting differs from the one there is."""

    message = _("Nothing was changed.")
