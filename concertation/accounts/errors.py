"""Why an account cannot be used or changed."""

from django.utils.translation import gettext_lazy as _

from concertation.core.errors import DomainError, InvalidInput


class LinkSpent(DomainError):
    """The link was used, has expired, was withdrawn or never existed; which of them is not told to a stranger."""

    message = _("This link is no longer valid. Ask the secretariat for a new one, or sign in with a code by mail.")
    status = 410


class NameMissing(InvalidInput):
    """A person needs a name."""

    message = _("Give the person’s name.")


class UnknownLanguage(InvalidInput):
    """The interface does not exist in that language."""

    message = _("This language is not available.")
