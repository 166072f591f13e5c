"""Why something cannot be done: agreed language."""

from django.utils.translation import gettext_lazy as _

from concertation.core.errors import DomainError, InvalidInput


class NotAgreedWords(DomainError):
    """A reference names a paragraph that holds the words, in a text that the delegate may read."""

    message = _("These words are not in an adopted paragraph that you may read. Search again.")
    status = 409


class WiderAudience(DomainError):
    """Words of a text of named members do not enter a text that others read, unless somebody answers for it."""

    message = _("More people would read this text than the one the words come from, which is for named members only.")


class TooManyWords(InvalidInput):
    """A search takes a paragraph, not a text."""

    message = _("Select at most 4,000 characters, about a page, to look for agreed language.")
