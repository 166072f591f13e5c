"""What waits for a delegate about meetings: one that is open, an invitation, the next; for the chair one not opened."""

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concertation.coalition.models import Delegate
from concertation.coalition.rules import SPEAKERS, is_chair
from concertation.core import clock
from concertation.core.waiting import Urgency, Waiting
from concertation.core.words import in_language
from concertation.meetings.enums import Answer
from concertation.meetings.models import Meeting

MOST = 5  # home is a short list
SOON = timedelta(hours=24)


def awaiting_meetings(delegate: Delegate) -> Iterator[Waiting]:
    """Give what `delegate` can do about meetings now, in two queries, three for the chair."""
    visible = Meeting.objects.visible_to(delegate)
    yield from (_open(meeting) for meeting in visible.running().with_room().order_by("opened_at", "pk")[:MOST])
    if is_chair(delegate):
        yield from (_not_opened(meeting, delegate) for meeting in visible.overdue().order_by("-starts_at", "pk")[:MOST])
    coming = visible.ahead().filter(opened_at=None).with_answers(delegate)[:MOST]
    has_next = False
    for meeting in coming:
        if meeting.answer == Answer.NONE and delegate.capacity in SPEAKERS:
            yield _invited(meeting, delegate)
        elif not has_next and meeting.answer != Answer.DECLINED:
            has_next = True
            yield _next(meeting, delegate)


def _open(meeting: Meeting) -> Waiting:
    details = []
    if meeting.item_titles:
        item = {"number": meeting.item_position, "title": in_language(meeting.item_titles)}
        details.append(_("Item %(number)d, %(title)s") % item)
    n = meeting.delegations
    here = ngettext("%(n)d delegation in the room", "%(n)d delegations in the room", n)
    details.append(here % {"n": n})
    return Waiting(
        icon="video",
        title=_("%(title)s is open") % {"title": meeting.title},
        detail=" · ".join(details),
        url=reverse("meetings:room", args=[meeting.pk]),
        action=_("Join"),
        live_topic=f"meeting:{meeting.pk}",
        urgency=Urgency.NOW,
    )


def _not_opened(meeting: Meeting, delegate: Delegate) -> Waiting:
    return Waiting(
        icon="calendar-event",
        title=_("%(title)s was never opened") % {"title": meeting.title},
        detail=_start(meeting, delegate),
        url=reverse("meetings:detail", args=[meeting.pk]),
        action=_("Look at it"),
        live_topic=f"meeting:{meeting.pk}",
        urgency=Urgency.SOON,
    )


def _invited(meeting: Meeting, delegate: Delegate) -> Waiting:
    return Waiting(
        icon="mail",
        title=_("%(title)s: an invitation to answer") % {"title": meeting.title},
        detail=_start(meeting, delegate),
        url=reverse("meetings:detail", args=[meeting.pk]),
        action=_("Answer"),
        live_topic=f"meeting:{meeting.pk}",
        urgency=_urgency(meeting),
    )


def _next(meeting: Meeting, delegate: Delegate) -> Waiting:
    presides = is_chair(delegate) and meeting.starts_at <= clock.now()
    title = _("%(title)s can be opened") if presides else _("%(title)s is your next meeting")
    return Waiting(
        icon="calendar-event",
        title=title % {"title": meeting.title},
        detail=_start(meeting, delegate),
        url=reverse("meetings:room" if presides else "meetings:detail", args=[meeting.pk]),
        action=_("Preside") if presides else _("Prepare"),
        live_topic=f"meeting:{meeting.pk}",
        urgency=_urgency(meeting),
    )


def _start(meeting: Meeting, delegate: Delegate) -> str:
    """Return the start on the person's clock."""
    zone = delegate.person.time_zone
    local = meeting.starts_at.astimezone(ZoneInfo(zone))
    return f"{formats.date_format(local, 'DATETIME_FORMAT')} ({zone})"


def _urgency(meeting: Meeting) -> Urgency:
    return Urgency.TODAY if meeting.starts_at - clock.now() < SOON else Urgency.SOON
