"""Why something cannot be done: comments and reservations."""

from django.utils.translation import gettext_lazy as _

from concertation.core.errors import DomainError, InvalidInput


class ParagraphGone(DomainError):
    """The paragraph that an act was about is not in the text any more."""

    message = _("This paragraph is no longer there. Look at the text again.")


class PassageChanged(DomainError):
    """The words that an act was about do not stand in their paragraph any more."""

    message = _("The words changed meanwhile. Select them again.")


class BadRemark(InvalidInput):
    """A remark is words about one paragraph of one version."""

    message = _("Write at most 4,000 characters, about words of one paragraph.")


class NoSuchRemark(DomainError):
    """There is no such remark, or it is on a text that is not for this delegate."""

    message = _("There is no such remark for you.")
    status = 404


class RemarkClosed(DomainError):
    """The remark was resolved or withdrawn before."""

    message = _("This remark is closed already.")


class RemarkOpen(DomainError):
    """Only what is closed can be opened again."""

    message = _("This remark is open already.")
