"""Makes meetings for tests, by the domain functions that make them in earnest."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from concertation.coalition.models import Delegate
from concertation.core import clock
from concertation.meetings.domain.agenda import ItemPlan
from concertation.meetings.domain.schedule import MeetingPlan, schedule_meeting
from concertation.meetings.domain.session import open_meeting
from concertation.meetings.enums import Level
from concertation.meetings.models import Meeting
from concertation.record.events import Actor
from tests.helpers.people import make_secretary

START = datetime(2027, 7, 10, 13, 0, tzinfo=UTC)
PLAN = MeetingPlan(
    titles={"en": "Leaders’ meeting", "fr": "Réunion des dirigeants"},
    starts_at=START,
    minutes=90,
    zone="Europe/Paris",
    level=Level.LEADERS,
    languages=("en", "fr"),
)


def make_plan(**changes: Any) -> MeetingPlan:
    """Return the plan of a leaders' meeting on 10 July 2027, with `changes`."""
    return replace(PLAN, **changes)


def make_items(number: int) -> list[ItemPlan]:
    """Return plans of `number` agenda items."""
    return [ItemPlan(titles={"en": f"Item {n}", "fr": f"Point {n}"}, minutes=10 + n) for n in range(1, number + 1)]


def make_meeting(*, items: int = 2, **changes: Any) -> Meeting:
    """Return a scheduled meeting with `items` agenda items, to which all present members are invited."""
    return schedule_meeting(by=Actor.system(), plan=make_plan(**changes), agenda=make_items(items))


def make_open_meeting(*, by: Delegate | None = None, items: int = 2, **changes: Any) -> Meeting:
    """Return a meeting in session, opened by `by` or by a new delegate of the secretariat."""
    meeting = make_meeting(items=items, **changes)
    open_meeting(by=by or make_secretary(), meeting=meeting)
    meeting.refresh_from_db()
    return meeting


def at(minute: int, second: int = 0) -> Any:
    """Return the block in which it is `minute` minutes and `second` seconds after the start of the meeting."""
    return clock.frozen(START.replace(hour=START.hour + minute // 60, minute=minute % 60, second=second))
