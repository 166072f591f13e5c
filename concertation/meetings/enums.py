"""The words for meetings, invitations and the speaking list."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Level(models.TextChoices):
    """At which level a meeting is held."""

    LEADERS = "leaders", _("Leaders")
    FOREIGN_MINISTERS = "foreign_ministers", _("Foreign ministers")
    DEFENCE_MINISTERS = "defence_ministers", _("Defence ministers")
    CHIEFS_OF_DEFENCE = "chiefs_of_defence", _("Chiefs of defence")
    POLITICAL_DIRECTORS = "political_directors", _("Political directors and sherpas")
    EXPERTS = "experts", _("Experts")


class MeetingStatus(models.TextChoices):
    """Where a meeting stands, derived from the moments it was opened, closed or cancelled.

    scheduled → open → closed; scheduled → cancelled.
    """

    SCHEDULED = "scheduled", pgettext_lazy("meeting", "scheduled")
    OPEN = "open", pgettext_lazy("meeting", "open")
    CLOSED = "closed", pgettext_lazy("meeting", "closed")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "cancelled")


class Answer(models.TextChoices):
    """What a delegation answered to an invitation; it may change its answer until the meeting is closed."""

    NONE = "none", pgettext_lazy("invitation", "no answer yet")
    ACCEPTED = "accepted", pgettext_lazy("invitation", "accepted")
    DECLINED = "declined", pgettext_lazy("invitation", "declined")


class FloorKind(models.TextChoices):
    """Why a delegation asks for the floor; points of order go before statements."""

    STATEMENT = "statement", _("statement")
    POINT_OF_ORDER = "point_of_order", _("point of order")


class Closing(models.TextChoices):
    """How the chair closes a requirement of the list on screen."""

    COVERED = "covered", pgettext_lazy("requirement", "covered")
    GAP_ACCEPTED = "gap_accepted", pgettext_lazy("requirement", "gap accepted")
    CHANGED = "changed", pgettext_lazy("requirement", "changed")
    ASKED_AGAIN = "asked_again", pgettext_lazy("requirement", "asked again")


class MailMethod(models.TextChoices):
    """What an invitation mail asks of a calendar (RFC 5546)."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
