"""Why something cannot be done: square brackets."""

from django.utils.translation import gettext_lazy as _

from concertation.core.errors import DomainError, InvalidInput


class WordsMoved(DomainError):
    """The words that an act was about are not in the text any more."""

    message = _("The words changed meanwhile: they are no longer there. Look at the text again.")


class BadPassage(InvalidInput):
    """A selection is some words in one paragraph of one language version."""

    message = _("Select some words within one paragraph.")


class NoSuchBracket(DomainError):
    """There are no such square brackets, or they are in a text that is not for this delegate."""

    message = _("There are no such square brackets for you.")
    status = 404


class BracketEnded(DomainError):
    """The square brackets were lifted, or decided, before."""

    message = _("These square brackets are no longer there. Look at the text again.")


class AlreadyHeld(DomainError):
    """A member holds a bracket once."""

    message = _("Your delegation holds these square brackets already.")


class NotHeld(DomainError):
    """Only what one holds can be let go."""

    message = _("Your delegation does not hold these square brackets.")


class OthersHold(DomainError):
    """A holder lets its own hold go; the others' stands."""

    message = _("Others hold these square brackets too: only the chair lifts them whole.")


class NoSuchAlternative(DomainError):
    """There is no such alternative, or it was withdrawn."""

    message = _("There is no such alternative in these square brackets.")


class BadAlternative(InvalidInput):
    """An alternative is a line of words that can be seen, and other than those that are there."""

    message = _("Write other words, on one line, of at most 2,000 characters.")


class HoldersDisagree(DomainError):
    """Holders decide among themselves only together."""

    message = _("Only when every holder supports the same words can they be chosen without the chair.")
