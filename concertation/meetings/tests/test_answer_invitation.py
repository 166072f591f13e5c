"""Answering an invitation for a delegation."""

import pytest

from concertation.coalition.enums import Capacity
from concertation.core.errors import NotAllowed
from concertation.meetings.domain.invitations import answer_invitation
from concertation.meetings.domain.schedule import cancel_meeting
from concertation.meetings.domain.session import close_meeting
from concertation.meetings.enums import Answer
from concertation.meetings.errors import AlreadyAnswered, MeetingOver
from concertation.meetings.models import MemberInvitation
from concertation.record.events import Actor
from tests.helpers.meetings import START, at, make_meeting, make_open_meeting
from tests.helpers.people import make_coalition, make_delegate, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("capacity", [Capacity.HEAD, Capacity.DELEGATE])
def test_answer_invitation_is_kept_for_the_delegation(capacity: Capacity) -> None:
    make_coalition()
    meeting, germany = make_meeting(), make_delegate("DE", capacity)
    with at(5), assert_write("meeting.invitation_answered", f"meeting:{meeting.pk}", "coalition"):
        answer_invitation(by=germany, meeting=meeting, accepts=True)
    row = MemberInvitation.objects.get(meeting=meeting, member="DE")
    assert (row.answer, row.answered_by, row.answered_at) == (
        Answer.ACCEPTED,
        germany,
        START.replace(minute=5),
    )
    others = MemberInvitation.objects.filter(meeting=meeting).exclude(member="DE")
    assert set(others.values_list("answer", flat=True)) == {Answer.NONE}


def test_answer_invitation_may_change_but_not_repeat() -> None:
    make_coalition()
    meeting, germany = make_meeting(), make_delegate("DE")
    answer_invitation(by=germany, meeting=meeting, accepts=True)
    assert_refused(AlreadyAnswered, lambda: answer_invitation(by=germany, meeting=meeting, accepts=True))
    answer_invitation(by=germany, meeting=meeting, accepts=False)
    assert MemberInvitation.objects.get(meeting=meeting, member="DE").answer == Answer.DECLINED


def test_answer_invitation_is_refused_to_those_who_do_not_act_for_an_invited_member() -> None:
    make_coalition()
    meeting = make_meeting(members=["FR", "DE"])
    for delegate in (
        make_delegate("DE", Capacity.INTERPRETER),
        make_delegate("DE", Capacity.OBSERVER),
        make_delegate("IT", Capacity.HEAD),
        make_secretary(),
    ):
        assert_refused(
            NotAllowed,
            lambda by=delegate: answer_invitation(by=by, meeting=meeting, accepts=True),  # type: ignore[misc]
        )


def test_answer_invitation_is_refused_after_the_end() -> None:
    make_coalition()
    clerk, germany = make_secretary(), make_delegate("DE")
    closed, cancelled = make_open_meeting(by=clerk), make_meeting()
    close_meeting(by=clerk, meeting=closed)
    cancel_meeting(by=Actor.system(), meeting=cancelled)
    for meeting in (closed, cancelled):
        assert_refused(
            MeetingOver,
            lambda meeting=meeting: answer_invitation(by=germany, meeting=meeting, accepts=True),  # type: ignore[misc]
        )
