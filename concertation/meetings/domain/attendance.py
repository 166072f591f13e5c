"""Who is in the room: the room's page beats while it is open; a stay without beats ended with the last one."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from concertation.coalition.models import Delegate
from concertation.core import clock
from concertation.core.errors import NotAllowed
from concertation.meetings.domain.acts import append, take_room
from concertation.meetings.errors import NotInRoom
from concertation.meetings.events import MeetingAction
from concertation.meetings.models import PRESENT_FOR, Attendance, Meeting
from concertation.meetings.rules import may_join_room


@transaction.atomic
def record_attendance(*, by: Delegate, meeting: Meeting) -> bool:
    """Note that the delegate's room page is open and say whether it came just now.

    A beat within a stay renews it, which is no act. Raises NotAllowed, MeetingNotOpen.
    """
    now = clock.now()
    stays = Attendance.objects.filter(meeting=meeting, delegate=by)
    if stays.present().filter(meeting__in=Meeting.objects.running()).update(seen_at=now):
        return False
    room = take_room(meeting)
    if not may_join_room(by, room):
        raise NotAllowed
    if stays.present().exists():  # another window of the same person came first
        return False
    stays.filter(left_at=None).update(left_at=F("seen_at"))
    Attendance.objects.create(meeting=meeting, delegate=by, came_at=now, seen_at=now)
    append(by.actor, MeetingAction.CAME, meeting, {})
    return True


@transaction.atomic
def leave_room(*, by: Delegate, meeting: Meeting) -> None:
    """End the delegate's stay now; raises MeetingNotOpen, NotInRoom."""
    take_room(meeting)
    stays = Attendance.objects.filter(meeting=meeting, delegate=by).present()
    now = clock.now()
    if not stays.update(seen_at=now, left_at=now):
        raise NotInRoom
    append(by.actor, MeetingAction.LEFT, meeting, {})


def end_stays(meeting: Meeting, now: datetime) -> None:
    """End every stay in `meeting`, within the caller's act: now, or when the person was last seen."""
    stays = Attendance.objects.filter(meeting=meeting, left_at=None)
    stays.filter(seen_at__gt=now - PRESENT_FOR).update(seen_at=now, left_at=now)
    stays.update(left_at=F("seen_at"))
