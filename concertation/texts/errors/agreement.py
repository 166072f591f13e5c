"""Why something cannot be done: agreement by paragraph."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concertation.core.errors import DomainError


class ParagraphChanged(DomainError):
    """The words on the screen are not the words of the text any more; `who` may be empty."""

    def __init__(self, label: str, who: str) -> None:
        sentence = (
            gettext("%(paragraph)s was changed a moment ago by %(who)s. Look again before you agree.")
            if who
            else gettext("%(paragraph)s was changed a moment ago. Look again before you agree.")
        )
        super().__init__(sentence % {"paragraph": label, "who": who})


class HoldsBrackets(DomainError):
    """Nobody agrees words that it keeps in brackets itself."""

    def __init__(self, label: str) -> None:
        super().__init__(
            gettext("Your delegation holds brackets in %(paragraph)s. Lift them before you agree.")
            % {"paragraph": label}
        )


class NothingToWithdraw(DomainError):
    """The member has not agreed the paragraph."""

    message = _("Your member has not agreed this paragraph.")
