"""Moving through the agenda."""

from datetime import timedelta

import pytest

from concertation.coalition.enums import Capacity
from concertation.coalition.models import Delegate
from concertation.core.errors import NotAllowed
from concertation.meetings.domain.agenda import end_item, start_item
from concertation.meetings.domain.floor import ask_for_floor, give_floor
from concertation.meetings.errors import ItemNotRunning, ItemNotThere, ItemRunning, MeetingNotOpen
from concertation.meetings.models import AgendaItem, Meeting
from tests.helpers.meetings import START, at, make_meeting, make_open_meeting
from tests.helpers.people import make_coalition, make_delegate, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db


@pytest.fixture
def chair() -> Delegate:
    make_coalition()
    return make_delegate("GB")


@pytest.fixture
def meeting(chair: Delegate) -> Meeting:
    with at(0):
        return make_open_meeting(by=chair)


def items(meeting: Meeting) -> list[AgendaItem]:
    return list(AgendaItem.objects.filter(meeting=meeting))


def test_start_item_stamps_the_servers_time(meeting: Meeting, chair: Delegate) -> None:
    first, second = items(meeting)
    with at(3), assert_write("agenda.item_started", f"meeting:{meeting.pk}"):
        start_item(by=chair, meeting=meeting, item_id=first.pk)
    first, second = items(meeting)
    assert first.began_at == first.running_since == START.replace(minute=3)
    assert (first.ended_at, second.began_at) == (None, None)


def test_start_item_ends_the_running_item_and_intervention(meeting: Meeting, chair: Delegate) -> None:
    first, second = items(meeting)
    with at(1):
        start_item(by=chair, meeting=meeting, item_id=first.pk)
        request = ask_for_floor(by=make_delegate("UA"), meeting=meeting)
        give_floor(by=chair, meeting=meeting, request_id=request.pk, after=None)
    with at(11, 30):
        start_item(by=chair, meeting=meeting, item_id=second.pk)
    request.refresh_from_db()
    assert request.ended_at == START.replace(minute=11, second=30)
    first, second = items(meeting)
    assert (first.running_since, first.spent) == (None, 630)
    assert first.ended_at == second.running_since == START.replace(minute=11, second=30)


def test_start_item_comes_back_and_sums_the_time(meeting: Meeting, chair: Delegate) -> None:
    first, second = items(meeting)
    for minute, item in [(0, first), (10, second), (15, first)]:
        with at(minute):
            start_item(by=chair, meeting=meeting, item_id=item.pk)
    with at(17), assert_write("agenda.item_ended", f"meeting:{meeting.pk}"):
        end_item(by=chair, meeting=meeting, item_id=first.pk)
    first, second = items(meeting)
    assert (first.spent, second.spent) == (12 * 60, 5 * 60)
    assert first.began_at == START
    assert first.ended_at == START + timedelta(minutes=17)


def test_running_items_are_not_started_and_others_not_ended(meeting: Meeting, chair: Delegate) -> None:
    first, second = items(meeting)
    start_item(by=chair, meeting=meeting, item_id=first.pk)
    assert_refused(ItemRunning, lambda: start_item(by=chair, meeting=meeting, item_id=first.pk))
    assert_refused(ItemNotRunning, lambda: end_item(by=chair, meeting=meeting, item_id=second.pk))
    foreign = items(make_meeting())[0].pk
    assert_refused(ItemNotThere, lambda: start_item(by=chair, meeting=meeting, item_id=foreign))


def test_the_agenda_is_moved_by_the_chair_only(meeting: Meeting) -> None:
    first, _ = items(meeting)
    for delegate in (
        make_delegate("DE", Capacity.HEAD),
        make_delegate("FR", Capacity.INTERPRETER),
        make_delegate("FR", Capacity.OBSERVER),
    ):
        assert_refused(
            NotAllowed,
            lambda by=delegate: start_item(by=by, meeting=meeting, item_id=first.pk),  # type: ignore[misc]
        )
        assert_refused(
            NotAllowed,
            lambda by=delegate: end_item(by=by, meeting=meeting, item_id=first.pk),  # type: ignore[misc]
        )


def test_a_co_chair_that_is_not_invited_does_not_preside() -> None:
    make_coalition()
    meeting = make_open_meeting(members=["FR", "DE"])
    london, paris = make_delegate("GB"), make_delegate("FR")
    item = items(meeting)[0].pk
    assert_refused(NotAllowed, lambda: start_item(by=london, meeting=meeting, item_id=item))
    start_item(by=paris, meeting=meeting, item_id=item)


def test_the_agenda_moves_in_open_meetings_only() -> None:
    make_coalition()
    meeting, clerk = make_meeting(), make_secretary()
    item = items(meeting)[0].pk
    assert_refused(MeetingNotOpen, lambda: start_item(by=clerk, meeting=meeting, item_id=item))
    assert_refused(MeetingNotOpen, lambda: end_item(by=clerk, meeting=meeting, item_id=item))
