"""Writing the agenda."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from concertation.coalition.enums import Capacity
from concertation.core.errors import NotAllowed, NothingChanged
from concertation.meetings.domain.agenda import (
    ItemPlan,
    add_item,
    change_item,
    move_item,
    remove_item,
    start_item,
)
from concertation.meetings.domain.session import close_meeting, open_meeting
from concertation.meetings.errors import (
    AgendaFull,
    ItemBegun,
    ItemNotThere,
    LengthOutOfBounds,
    MeetingOver,
    NobodyInvited,
    TitleMissing,
)
from concertation.meetings.models import AgendaItem, Meeting
from concertation.record.events import Actor
from tests.helpers.meetings import make_items, make_meeting
from tests.helpers.people import make_coalition, make_delegate, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system()


@pytest.fixture
def meeting() -> Meeting:
    make_coalition()
    return make_meeting(items=3)


def titles(meeting: Meeting) -> list[tuple[int, str]]:
    return [(item.position, item.titles["en"]) for item in AgendaItem.objects.filter(meeting=meeting)]


def item_of(meeting: Meeting, position: int) -> AgendaItem:
    return AgendaItem.objects.get(meeting=meeting, position=position)


def test_add_item_puts_it_at_the_end(meeting: Meeting) -> None:
    plan = ItemPlan(titles={"en": "Statement"}, minutes=15, lead="GB")
    with assert_write("agenda.item_added", f"meeting:{meeting.pk}"):
        item = add_item(by=make_secretary().actor, meeting=meeting, plan=plan)
    assert (item.position, item.title, item.minutes, item.lead_id) == (4, "Statement", 15, "GB")


def test_add_item_stops_at_sixty(meeting: Meeting) -> None:
    full = make_meeting(items=60)
    assert_refused(AgendaFull, lambda: add_item(by=SYSTEM, meeting=full, plan=make_items(1)[0]))


def test_change_item_changes_title_lead_and_minutes(meeting: Meeting) -> None:
    item, plan = item_of(meeting, 2), ItemPlan(titles={"fr": "Pression"}, minutes=7, lead="IT")
    with assert_write("agenda.item_changed", f"meeting:{meeting.pk}"):
        change_item(by=SYSTEM, meeting=meeting, item_id=item.pk, plan=plan)
    item.refresh_from_db()
    assert (item.titles, item.minutes, item.lead_id, item.position) == ({"fr": "Pression"}, 7, "IT", 2)
    assert_refused(NothingChanged, lambda: change_item(by=SYSTEM, meeting=meeting, item_id=item.pk, plan=plan))


@pytest.mark.parametrize(
    ("position", "place", "expected"),
    [(1, 1, [2, 1, 3]), (3, 0, [3, 1, 2]), (1, 99, [2, 3, 1]), (2, -5, [2, 1, 3]), (2, 1, [1, 2, 3])],
)
def test_move_item_renumbers_the_agenda(meeting: Meeting, position: int, place: int, expected: list[int]) -> None:
    with assert_write("agenda.item_moved", f"meeting:{meeting.pk}"):
        move_item(by=SYSTEM, meeting=meeting, item_id=item_of(meeting, position).pk, place=place)
    assert titles(meeting) == [(place, f"Item {number}") for place, number in enumerate(expected, 1)]


def test_remove_item_closes_the_gap(meeting: Meeting) -> None:
    with assert_write("agenda.item_removed", f"meeting:{meeting.pk}"):
        remove_item(by=SYSTEM, meeting=meeting, item_id=item_of(meeting, 2).pk)
    assert titles(meeting) == [(1, "Item 1"), (2, "Item 3")]


def test_remove_item_keeps_what_was_discussed(meeting: Meeting) -> None:
    clerk = make_secretary()
    open_meeting(by=clerk, meeting=meeting)
    item = item_of(meeting, 1)
    start_item(by=clerk, meeting=meeting, item_id=item.pk)
    assert_refused(ItemBegun, lambda: remove_item(by=SYSTEM, meeting=meeting, item_id=item.pk))


def acts(meeting: Meeting, by: Actor) -> list[Callable[[], object]]:
    item, plan = item_of(meeting, 1).pk, ItemPlan(titles={"en": "Other"}, minutes=3)
    return [
        lambda: add_item(by=by, meeting=meeting, plan=plan),
        lambda: change_item(by=by, meeting=meeting, item_id=item, plan=plan),
        lambda: move_item(by=by, meeting=meeting, item_id=item, place=1),
        lambda: remove_item(by=by, meeting=meeting, item_id=item),
    ]


@pytest.mark.parametrize("capacity", [c for c in Capacity if c != Capacity.SECRETARIAT])
def test_the_agenda_is_not_written_by_delegations(meeting: Meeting, capacity: Capacity) -> None:
    for act in acts(meeting, make_delegate("FR", capacity).actor):
        assert_refused(NotAllowed, act)


def test_the_agenda_of_a_closed_meeting_stays(meeting: Meeting) -> None:
    clerk = make_secretary()
    open_meeting(by=clerk, meeting=meeting)
    close_meeting(by=clerk, meeting=meeting)
    for act in acts(meeting, clerk.actor):
        assert_refused(MeetingOver, act)


def test_items_of_another_meeting_are_out_of_reach(meeting: Meeting) -> None:
    other = make_meeting()
    for act in acts(other, SYSTEM)[1:]:
        act()
    foreign = item_of(meeting, 1).pk
    for item_id in (foreign, uuid4()):
        assert_refused(
            ItemNotThere,
            lambda item_id=item_id: remove_item(by=SYSTEM, meeting=other, item_id=item_id),  # type: ignore[misc]
        )


@pytest.mark.parametrize(
    ("error", "plan"),
    [
        (TitleMissing, ItemPlan(titles={}, minutes=5)),
        (LengthOutOfBounds, ItemPlan(titles={"en": "Other"}, minutes=1441)),
        (NobodyInvited, ItemPlan(titles={"en": "Other"}, minutes=5, lead="RU")),
    ],
)
def test_items_are_checked(meeting: Meeting, error: type[Exception], plan: ItemPlan) -> None:
    item = item_of(meeting, 1).pk
    assert_refused(error, lambda: add_item(by=SYSTEM, meeting=meeting, plan=plan))
    assert_refused(error, lambda: change_item(by=SYSTEM, meeting=meeting, item_id=item, plan=plan))
