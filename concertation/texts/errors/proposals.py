"""Why something cannot be done: proposals."""

from collections.abc import Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concertation.core.errors import DomainError, InvalidInput


class NoSuchProposal(DomainError):
    """There is no such proposal, or its text is not for this delegate: both look the same."""

    message = _("There is no such proposal for you.")
    status = 404


class ProposalClosed(DomainError):
    """A proposal is decided once."""

    message = _("This proposal has been decided or withdrawn. Look at it again.")


class NothingProposed(InvalidInput):
    """A proposal changes something."""

    message = _("Nothing would change by this proposal.")


class NotAParagraph(InvalidInput):
    """What came is not a paragraph of a text."""

    message = _("This is not a paragraph that a text can hold.")


class TooManyProposals(DomainError):
    """A text with more open proposals than anybody reads takes no further one."""

    message = _("There are too many open proposals in this text. Let some be decided first.")


class WordsChanged(DomainError):
    """A proposal is made on words that stand in the text."""

    message = _("The words changed meanwhile. Look at the paragraph again and propose anew.")


class AlreadySupported(DomainError):
    """A member supports a proposal once, and its own by having made it."""

    message = _("Your member supports this proposal already.")


class OutOfDate(DomainError):
    """The words that were to be replaced are not there any more; `names` are those who changed them."""

    def __init__(self, names: Sequence[str] = ()) -> None:
        whom = ", ".join(names)
        by = gettext("The words changed since, by %(names)s: propose anew.") % {"names": whom}
        super().__init__(by if names else gettext("The words changed since: propose anew."))


class RejectionUnexplained(InvalidInput):
    """A rejection says why."""

    message = _("Say why the proposal is rejected, so that its authors can act on it.")
