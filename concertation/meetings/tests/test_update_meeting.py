"""Changing a scheduled meeting."""

import pytest

from concertation.coalition.enums import Capacity
from concertation.core.errors import NotAllowed, NothingChanged
from concertation.meetings.domain.invitations import answer_invitation
from concertation.meetings.domain.schedule import cancel_meeting, update_meeting
from concertation.meetings.enums import Answer
from concertation.meetings.errors import MeetingNotScheduled, NobodyInvited, UnknownZone
from concertation.meetings.models import Meeting, MemberInvitation
from tests.helpers.meetings import START, make_meeting, make_open_meeting, make_plan
from tests.helpers.people import make_coalition, make_delegate, make_member, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting() -> Meeting:
    make_coalition()
    return make_meeting()


def answers(meeting: Meeting) -> dict[str, str]:
    rows = MemberInvitation.objects.filter(meeting=meeting, withdrawn_at=None)
    return dict(rows.values_list("member_id", "answer"))


def test_update_meeting_keeps_the_uid_and_raises_the_sequence(meeting: Meeting) -> None:
    plan = make_plan(starts_at=START.replace(hour=15), zone="Europe/Kyiv", minutes=45)
    with assert_write("meeting.updated", f"meeting:{meeting.pk}", "coalition"):
        update_meeting(by=make_secretary().actor, meeting=meeting, plan=plan)
    changed = Meeting.objects.get()
    assert (changed.uid, changed.sequence) == (meeting.uid, 1)
    assert (changed.starts_at.hour, changed.zone, changed.minutes) == (15, "Europe/Kyiv", 45)


def test_update_meeting_changes_who_is_invited_and_keeps_their_answers(meeting: Meeting) -> None:
    answer_invitation(by=make_delegate("DE"), meeting=meeting, accepts=True)
    answer_invitation(by=make_delegate("UA"), meeting=meeting, accepts=True)
    make_member("PL")
    clerk = make_secretary().actor
    update_meeting(by=clerk, meeting=meeting, plan=make_plan(members=["DE", "PL", "FR"]))
    assert answers(meeting) == {"FR": Answer.NONE, "DE": Answer.ACCEPTED, "PL": Answer.NONE}
    update_meeting(by=clerk, meeting=meeting, plan=make_plan(members=["DE", "UA"]))
    assert answers(meeting) == {"UA": Answer.NONE, "DE": Answer.ACCEPTED}


def test_update_meeting_hides_it_from_those_no_longer_invited(meeting: Meeting) -> None:
    italy = make_delegate("IT")
    assert list(Meeting.objects.visible_to(italy)) == [meeting]
    update_meeting(by=make_secretary().actor, meeting=meeting, plan=make_plan(members=["FR"]))
    assert list(Meeting.objects.visible_to(italy)) == []


@pytest.mark.parametrize("capacity", [c for c in Capacity if c != Capacity.SECRETARIAT])
def test_update_meeting_is_refused_to_delegations(meeting: Meeting, capacity: Capacity) -> None:
    actor = make_delegate("FR", capacity).actor
    assert_refused(NotAllowed, lambda: update_meeting(by=actor, meeting=meeting, plan=make_plan(minutes=5)))


def test_update_meeting_refuses_bad_plans_and_no_change(meeting: Meeting) -> None:
    actor = make_secretary().actor
    for error, plan in [
        (UnknownZone, make_plan(zone="Paris")),
        (NobodyInvited, make_plan(members=["US"])),
        (NothingChanged, make_plan()),
    ]:
        assert_refused(error, lambda plan=plan: update_meeting(by=actor, meeting=meeting, plan=plan))  # type: ignore[misc]
    assert Meeting.objects.get().sequence == 0


def test_update_meeting_is_refused_once_it_was_opened_or_cancelled(meeting: Meeting) -> None:
    clerk = make_secretary()
    cancel_meeting(by=clerk.actor, meeting=meeting)
    opened = make_open_meeting(by=clerk)
    for other in (meeting, opened):
        assert_refused(
            MeetingNotScheduled,
            lambda other=other: update_meeting(by=clerk.actor, meeting=other, plan=make_plan(minutes=5)),  # type: ignore[misc]
        )
