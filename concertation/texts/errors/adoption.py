"""Why something cannot be done: the adoption of a text, and what is said after it."""

from collections.abc import Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concertation.core.errors import DomainError, InvalidInput
from concertation.core.languages import language_name
from concertation.texts.canonical import UnknownContent
from concertation.texts.faults import in_words


class NotRunning(DomainError):
    """The procedure has ended, or never began."""

    message = _("This procedure of adoption has ended. Look at the text again.")


class AlreadyAnswered(DomainError):
    """A member answers once."""

    message = _("Your member has already answered.")


class ReasonMissing(InvalidInput):
    """An objection says why."""

    message = _("Say why your member objects, so that the others can act on it.")


class NobodyDecides(DomainError):
    """Nothing can be adopted by no member at all."""

    message = _("No full member is among those that this text is for, so nobody could adopt it.")


class StillWaiting(DomainError):
    """A member that must agree has not answered."""

    message = _("Not every member has agreed yet.")


class EmptyVersion(DomainError):
    """Only words can be adopted."""

    def __init__(self, language: str) -> None:
        super().__init__(
            gettext("The %(language)s version is authentic and has no words yet.")
            % {"language": language_name(language)}
        )


class NotAdoptable(DomainError):
    """The document holds what has no place in a text."""

    def __init__(self, unknown: UnknownContent) -> None:
        super().__init__(
            gettext(
                "The %(language)s version holds something that cannot be part of a text "
                "(block %(block)d: %(what)s). Remove it first."
            )
            % {"language": language_name(unknown.language), "block": unknown.block, "what": in_words(unknown.what)}
        )


class Hindered(DomainError):
    """Something has to be settled before the text can be proposed."""

    def __init__(self, hindrances: Sequence[str]) -> None:
        super().__init__(
            gettext("The text cannot be proposed for adoption yet: %(hindrances)s.")
            % {"hindrances": "; ".join(hindrances)}
        )


class WordsMissing(InvalidInput):
    """A statement has words, and not too many."""

    message = _("Write what your member wants to say, in at most 10,000 characters.")


class AdoptedItself(DomainError):
    """Who adopted a text does not align itself with it."""

    message = _("Your member has adopted this text, so it has nothing to align itself with.")


class NotBound(DomainError):
    """Positions are explained by those that the text binds."""

    message = _("Only a member that adopted the text, or aligned itself with it, explains its position.")


class AlreadyStated(DomainError):
    """A member states once."""

    message = _("Your member has already made this statement, and it is final.")
