"""Why something cannot be done: the languages of a text, one beside another."""

from django.utils.translation import gettext_lazy as _

from concertation.core.errors import DomainError


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
