"""Cancelling a scheduled meeting."""

import pytest

from concertation.coalition.enums import Capacity
from concertation.core.errors import NotAllowed
from concertation.meetings.domain.schedule import cancel_meeting
from concertation.meetings.domain.session import open_meeting
from concertation.meetings.enums import MeetingStatus
from concertation.meetings.errors import MeetingNotScheduled
from concertation.meetings.models import Meeting
from tests.helpers.meetings import make_meeting, make_open_meeting
from tests.helpers.people import make_coalition, make_delegate, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db


def test_cancel_meeting_is_written_and_raises_the_sequence() -> None:
    make_coalition()
    meeting = make_meeting()
    with assert_write("meeting.cancelled", f"meeting:{meeting.pk}", "coalition"):
        cancel_meeting(by=make_secretary().actor, meeting=meeting, reason="Moved to Kyiv")
    meeting.refresh_from_db()
    assert (meeting.status, meeting.sequence) == (MeetingStatus.CANCELLED, 1)
    assert list(Meeting.objects.upcoming()) == []
    assert list(Meeting.objects.past()) == [meeting]


@pytest.mark.parametrize("capacity", [c for c in Capacity if c != Capacity.SECRETARIAT])
def test_cancel_meeting_is_refused_to_delegations(capacity: Capacity) -> None:
    make_coalition()
    meeting = make_meeting()
    actor = make_delegate("FR", capacity).actor
    assert_refused(NotAllowed, lambda: cancel_meeting(by=actor, meeting=meeting))


def test_cancel_meeting_is_refused_when_open_or_cancelled_before() -> None:
    make_coalition()
    clerk = make_secretary()
    opened, cancelled = make_open_meeting(by=clerk), make_meeting()
    cancel_meeting(by=clerk.actor, meeting=cancelled)
    assert_refused(MeetingNotScheduled, lambda: cancel_meeting(by=clerk.actor, meeting=opened))
    assert_refused(MeetingNotScheduled, lambda: cancel_meeting(by=clerk.actor, meeting=cancelled))
    assert_refused(MeetingNotScheduled, lambda: open_meeting(by=clerk, meeting=cancelled))
