"""Asking for the floor, withdrawing, and the order of the list."""

from uuid import uuid4

import pytest

from concertation.coalition.enums import Capacity, Status
from concertation.core.errors import NotAllowed
from concertation.meetings.domain.floor import ask_for_floor, give_floor, move_request, withdraw_request
from concertation.meetings.domain.session import close_meeting
from concertation.meetings.errors import AlreadyAsked, MeetingNotOpen, NotWaiting
from concertation.meetings.models import FloorRequest, Meeting
from tests.helpers.meetings import START, at, make_meeting, make_open_meeting
from tests.helpers.people import make_coalition, make_delegate, make_member, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting() -> Meeting:
    make_coalition()
    make_member("PL", status=Status.PARTNER)
    with at(0):
        return make_open_meeting()


def waiting(meeting: Meeting) -> list[str]:
    return [
        f"{request.member_id}{'!' if request.is_point_of_order else ''}"
        for request in FloorRequest.objects.filter(meeting=meeting).waiting()
    ]


@pytest.mark.parametrize(
    ("code", "capacity"), [("UA", Capacity.HEAD), ("UA", Capacity.DELEGATE), ("PL", Capacity.HEAD)]
)
def test_ask_for_floor_joins_the_list(meeting: Meeting, code: str, capacity: Capacity) -> None:
    delegate = make_delegate(code, capacity)
    with at(2), assert_write("floor.asked", f"meeting:{meeting.pk}"):
        request = ask_for_floor(by=delegate, meeting=meeting)
    assert waiting(meeting) == [code]
    assert (request.asked_at, request.delegate) == (START.replace(minute=2), delegate)


def test_points_of_order_go_before_statements(meeting: Meeting) -> None:
    for code, is_point in [("DE", False), ("IT", False), ("GB", True), ("UA", False), ("FR", True)]:
        ask_for_floor(by=make_delegate(code), meeting=meeting, is_point_of_order=is_point)
    assert waiting(meeting) == ["GB!", "FR!", "DE", "IT", "UA"]


def test_a_delegation_stands_once_in_the_list_and_once_for_a_point_of_order(meeting: Meeting) -> None:
    head, sherpa = make_delegate("DE"), make_delegate("DE", Capacity.DELEGATE)
    ask_for_floor(by=head, meeting=meeting)
    assert_refused(AlreadyAsked, lambda: ask_for_floor(by=sherpa, meeting=meeting))
    ask_for_floor(by=sherpa, meeting=meeting, is_point_of_order=True)
    assert waiting(meeting) == ["DE!", "DE"]


def test_ask_for_floor_is_refused_to_those_who_only_listen(meeting: Meeting) -> None:
    make_member("NO", status=Status.OBSERVER)
    for delegate in (
        make_delegate("DE", Capacity.INTERPRETER),
        make_delegate("DE", Capacity.OBSERVER),
        make_delegate("NO", Capacity.HEAD),
        make_secretary(),
    ):
        assert_refused(NotAllowed, lambda by=delegate: ask_for_floor(by=by, meeting=meeting))  # type: ignore[misc]


def test_ask_for_floor_is_refused_to_members_who_are_not_invited() -> None:
    make_coalition()
    meeting, italy = make_open_meeting(members=["FR", "DE"]), make_delegate("IT")
    assert_refused(NotAllowed, lambda: ask_for_floor(by=italy, meeting=meeting))


def test_the_list_lives_in_open_meetings_only(meeting: Meeting) -> None:
    germany, clerk = make_delegate("DE"), make_secretary()
    scheduled = make_meeting()
    with at(9):
        request = ask_for_floor(by=germany, meeting=meeting)
        close_meeting(by=clerk, meeting=meeting)
    assert_refused(MeetingNotOpen, lambda: ask_for_floor(by=germany, meeting=scheduled))
    assert_refused(MeetingNotOpen, lambda: ask_for_floor(by=germany, meeting=meeting))
    assert_refused(MeetingNotOpen, lambda: withdraw_request(by=germany, meeting=meeting, request_id=request.pk))


def test_withdraw_request_leaves_the_list(meeting: Meeting) -> None:
    germany, sherpa = make_delegate("DE"), make_delegate("DE", Capacity.DELEGATE)
    request = ask_for_floor(by=germany, meeting=meeting)
    with at(4), assert_write("floor.withdrawn", f"meeting:{meeting.pk}"):
        withdraw_request(by=sherpa, meeting=meeting, request_id=request.pk)
    request.refresh_from_db()
    assert (request.withdrawn_at, waiting(meeting)) == (START.replace(minute=4), [])
    assert_refused(NotWaiting, lambda: withdraw_request(by=germany, meeting=meeting, request_id=request.pk))
    ask_for_floor(by=germany, meeting=meeting)
    assert waiting(meeting) == ["DE"]


def test_withdraw_request_is_for_its_delegation_and_the_chair(meeting: Meeting) -> None:
    request = ask_for_floor(by=make_delegate("DE"), meeting=meeting)
    for delegate in (make_delegate("IT"), make_delegate("DE", Capacity.INTERPRETER)):
        assert_refused(
            NotAllowed,
            lambda by=delegate: withdraw_request(by=by, meeting=meeting, request_id=request.pk),  # type: ignore[misc]
        )
    withdraw_request(by=make_delegate("FR"), meeting=meeting, request_id=request.pk)
    assert waiting(meeting) == []


def test_withdraw_request_is_too_late_once_the_floor_is_given(meeting: Meeting) -> None:
    germany = make_delegate("DE")
    request = ask_for_floor(by=germany, meeting=meeting)
    give_floor(by=make_secretary(), meeting=meeting, request_id=request.pk, after=None)
    assert_refused(NotWaiting, lambda: withdraw_request(by=germany, meeting=meeting, request_id=request.pk))
    assert_refused(NotWaiting, lambda: withdraw_request(by=germany, meeting=meeting, request_id=uuid4()))


def test_move_request_orders_the_list_within_its_kind(meeting: Meeting) -> None:
    chair = make_delegate("FR")
    asked = {code: ask_for_floor(by=make_delegate(code), meeting=meeting) for code in ("DE", "IT", "UA")}
    ask_for_floor(by=make_delegate("GB"), meeting=meeting, is_point_of_order=True)
    with assert_write("floor.moved", f"meeting:{meeting.pk}"):
        move_request(by=chair, meeting=meeting, request_id=asked["UA"].pk, place=0)
    assert waiting(meeting) == ["GB!", "UA", "DE", "IT"]
    move_request(by=chair, meeting=meeting, request_id=asked["UA"].pk, place=99)
    assert waiting(meeting) == ["GB!", "DE", "IT", "UA"]
    move_request(by=chair, meeting=meeting, request_id=asked["UA"].pk, place=-1)
    assert waiting(meeting) == ["GB!", "UA", "DE", "IT"]


def test_move_request_is_for_the_chair_and_for_those_waiting(meeting: Meeting) -> None:
    germany, clerk = make_delegate("DE"), make_secretary()
    request = ask_for_floor(by=germany, meeting=meeting)
    assert_refused(NotAllowed, lambda: move_request(by=germany, meeting=meeting, request_id=request.pk, place=0))
    give_floor(by=clerk, meeting=meeting, request_id=request.pk, after=None)
    assert_refused(NotWaiting, lambda: move_request(by=clerk, meeting=meeting, request_id=request.pk, place=0))
