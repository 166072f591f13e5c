"""What waits for a delegate about positions that are asked for before a meeting."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concertation.coalition.models import Delegate
from concertation.coalition.rules import speaks_for_member
from concertation.core import clock
from concertation.core.waiting import Urgency, Waiting
from concertation.meetings.models import MeetingQuestion
from concertation.meetings.question_queries import unanswered_by

SOON = timedelta(hours=24)


def awaiting_positions(delegate: Delegate) -> Iterator[Waiting]:
    """Give each meeting before which the delegation still has to say where it stands, in one query."""
    if delegate.member_id is None or not speaks_for_member(delegate):
        return
    rows = unanswered_by(delegate.member_id).select_related("meeting").order_by("due_at", "meeting_id", "pk")
    by_meeting = groupby(sorted(rows, key=lambda row: str(row.meeting_id)), key=lambda row: row.meeting_id)
    for _meeting, asked in by_meeting:
        yield _waiting(list(asked), delegate)


def _waiting(asked: list[MeetingQuestion], delegate: Delegate) -> Waiting:
    meeting, due_at, count = asked[0].meeting, min(row.due_at for row in asked), len(asked)
    zone = delegate.person.time_zone
    due = formats.date_format(due_at.astimezone(ZoneInfo(zone)), "DATETIME_FORMAT")
    questions = ngettext("%(count)d question", "%(count)d questions", count) % {"count": count}
    until = _("until %(due)s (%(zone)s)") % {"due": due, "zone": zone}
    return Waiting(
        icon="scale",
        title=_("%(title)s: where do you stand?") % {"title": meeting.title},
        detail=f"{questions} · {until}",
        url=reverse("meetings:positions", args=[meeting.pk]),
        action=_("Answer"),
        live_topic="positions",
        urgency=Urgency.TODAY if due_at - clock.now() < SOON else Urgency.SOON,
    )
