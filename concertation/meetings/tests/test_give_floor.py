"""Giving the floor and taking it back."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from django.db import connection, connections

from concertation.coalition.enums import Capacity
from concertation.core.errors import DomainError, NotAllowed
from concertation.meetings.domain.agenda import start_item
from concertation.meetings.domain.floor import ask_for_floor, end_intervention, give_floor
from concertation.meetings.domain.session import close_meeting
from concertation.meetings.errors import FloorMoved, MeetingNotOpen, NotSpeaking, NotWaiting
from concertation.meetings.models import FloorRequest, Meeting
from concertation.record.models import Entry
from tests.helpers.meetings import START, at, make_open_meeting
from tests.helpers.people import make_coalition, make_delegate, make_secretary
from tests.helpers.writes import assert_refused, assert_write


@pytest.fixture
def meeting() -> Meeting:
    make_coalition()
    with at(0):
        return make_open_meeting()


@pytest.mark.django_db
def test_give_floor_starts_an_intervention_under_the_running_item(meeting: Meeting) -> None:
    chair, item = make_delegate("FR"), meeting.items.first()
    assert item is not None
    request = ask_for_floor(by=make_delegate("UA"), meeting=meeting)
    start_item(by=chair, meeting=meeting, item_id=item.pk)
    with at(5), assert_write("floor.given", f"meeting:{meeting.pk}"):
        give_floor(by=chair, meeting=meeting, request_id=request.pk, after=None)
    request.refresh_from_db()
    assert (request.given_at, request.ended_at, request.item) == (START.replace(minute=5), None, item)


@pytest.mark.django_db
def test_give_floor_ends_the_intervention_that_the_chair_saw(meeting: Meeting) -> None:
    chair = make_delegate("FR")
    kyiv, berlin = (ask_for_floor(by=make_delegate(code), meeting=meeting) for code in ("UA", "DE"))
    with at(5):
        give_floor(by=chair, meeting=meeting, request_id=kyiv.pk, after=None)
    with at(7, 18):
        give_floor(by=chair, meeting=meeting, request_id=berlin.pk, after=kyiv.pk)
    kyiv.refresh_from_db()
    berlin.refresh_from_db()
    assert kyiv.ended_at == berlin.given_at == START.replace(minute=7, second=18)
    assert kyiv.seconds == 138


@pytest.mark.django_db
def test_give_floor_is_refused_when_the_floor_has_moved(meeting: Meeting) -> None:
    chair = make_delegate("FR")
    kyiv, berlin = (ask_for_floor(by=make_delegate(code), meeting=meeting) for code in ("UA", "DE"))
    give_floor(by=chair, meeting=meeting, request_id=kyiv.pk, after=None)
    for stale in (None, berlin.pk, uuid4()):
        assert_refused(
            FloorMoved,
            lambda stale=stale: give_floor(by=chair, meeting=meeting, request_id=berlin.pk, after=stale),  # type: ignore[misc]
        )
    assert FloorRequest.objects.filter(meeting=meeting).running().get() == kyiv


@pytest.mark.django_db
def test_give_floor_is_refused_to_requests_that_do_not_wait(meeting: Meeting) -> None:
    chair, other = make_secretary(), make_open_meeting()
    foreign = ask_for_floor(by=make_delegate("UA"), meeting=other)
    kyiv = ask_for_floor(by=make_delegate("UA", Capacity.DELEGATE), meeting=meeting)
    give_floor(by=chair, meeting=meeting, request_id=kyiv.pk, after=None)
    for request_id in (kyiv.pk, foreign.pk, uuid4()):
        assert_refused(
            NotWaiting,
            lambda pk=request_id: give_floor(by=chair, meeting=meeting, request_id=pk, after=kyiv.pk),  # type: ignore[misc]
        )
    kyiv.refresh_from_db()
    assert kyiv.ended_at is None


@pytest.mark.django_db
def test_end_intervention_takes_the_floor_back_once(meeting: Meeting) -> None:
    chair = make_delegate("GB")
    request = ask_for_floor(by=make_delegate("UA"), meeting=meeting)
    assert_refused(NotSpeaking, lambda: end_intervention(by=chair, meeting=meeting, request_id=request.pk))
    with at(5):
        give_floor(by=chair, meeting=meeting, request_id=request.pk, after=None)
    with at(6), assert_write("floor.ended", f"meeting:{meeting.pk}"):
        end_intervention(by=chair, meeting=meeting, request_id=request.pk)
    request.refresh_from_db()
    assert (request.ended_at, request.seconds) == (START.replace(minute=6), 60)
    assert_refused(NotSpeaking, lambda: end_intervention(by=chair, meeting=meeting, request_id=request.pk))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "capacity"),
    [
        ("DE", Capacity.HEAD),
        ("UA", Capacity.HEAD),
        ("FR", Capacity.INTERPRETER),
        ("FR", Capacity.OBSERVER),
    ],
)
def test_the_floor_is_the_chairs_to_give(meeting: Meeting, code: str, capacity: Capacity) -> None:
    kyiv = ask_for_floor(by=make_delegate("UA", Capacity.DELEGATE), meeting=meeting)
    by = make_delegate(code, capacity)
    assert_refused(NotAllowed, lambda: give_floor(by=by, meeting=meeting, request_id=kyiv.pk, after=None))
    give_floor(by=make_secretary(), meeting=meeting, request_id=kyiv.pk, after=None)
    assert_refused(NotAllowed, lambda: end_intervention(by=by, meeting=meeting, request_id=kyiv.pk))


@pytest.mark.django_db
def test_the_floor_is_given_in_open_meetings_only(meeting: Meeting) -> None:
    chair = make_secretary()
    with at(9):
        request = ask_for_floor(by=make_delegate("UA"), meeting=meeting)
        close_meeting(by=chair, meeting=meeting)
    assert_refused(MeetingNotOpen, lambda: give_floor(by=chair, meeting=meeting, request_id=request.pk, after=None))
    assert_refused(MeetingNotOpen, lambda: end_intervention(by=chair, meeting=meeting, request_id=request.pk))


@pytest.mark.django_db(transaction=True)
def test_two_chairs_give_the_floor_at_once_and_one_of_them_does() -> None:
    make_coalition()
    meeting = make_open_meeting()
    chairs = [make_delegate("FR"), make_delegate("GB")]
    asked = [ask_for_floor(by=make_delegate(code), meeting=meeting).pk for code in ("UA", "DE")]
    connection.close()
    together = Barrier(2)

    def give(number: int) -> type[DomainError] | UUID:
        try:
            together.wait()
            give_floor(by=chairs[number], meeting=meeting, request_id=asked[number], after=None)
        except DomainError as error:
            return type(error)
        finally:
            connections.close_all()
        return asked[number]

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(give, range(2)))
    speaking = FloorRequest.objects.filter(meeting=meeting).running().get()
    assert sorted(map(str, results)) == sorted([str(FloorMoved), str(speaking.pk)])
    assert Entry.objects.filter(action="floor.given").count() == 1
