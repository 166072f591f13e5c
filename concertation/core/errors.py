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
