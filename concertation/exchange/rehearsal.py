"""A file about the past becomes one about today, so that people can rehearse the meeting in it."""

import calendar
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from concertation.exchange.contents import CoalitionFile
from concertation.exchange.schema import ContributionPart, MeetingPart, Table

QUARTER = timedelta(minutes=15)
OF_A_NEED = ("needed_from", "needed_to", "since")
OF_AN_OFFER = ("announced", "available_from", "available_to", "due_on", "expires_on")
T = TypeVar("T", bound=Table)


def from_now(file: CoalitionFile, now: datetime) -> CoalitionFile:
    """Return `file` with its meetings moved together, so that the first begins at the next quarter of an hour.

    What is required and contributed moves with them by whole months, but for contributions with a public source: they
    were made when they were made.
    """
    if not file.meetings:
        return file
    first = min(meeting.starts_at for meeting in file.meetings)
    by = now + QUARTER - (now - datetime.min.replace(tzinfo=now.tzinfo)) % QUARTER - first
    months = _months(first.date(), now.date())
    return replace(
        file,
        meetings=[_moved(meeting, by) for meeting in file.meetings],
        requirements=[_later(part, OF_A_NEED, months) for part in file.requirements],
        contributions=[part if part.link else _offered_later(part, months) for part in file.contributions],
    )


def _moved(meeting: MeetingPart, by: timedelta) -> MeetingPart:
    """Return a meeting at another time, of the same length."""
    zone = ZoneInfo(meeting.zone)
    times = {"start": (meeting.starts_at + by).astimezone(zone), "end": (meeting.ends_at + by).astimezone(zone)}
    return meeting.model_copy(update=times)


def _months(first: date, last: date) -> int:
    """Return how many whole months lie between two days, less than none when the second comes first."""
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)


def _offered_later(part: ContributionPart, months: int) -> ContributionPart:
    """Return a contribution with all of its days `months` later."""
    facts = [_later(fact, ("day", "until"), months) for fact in part.facts]
    return _later(part, OF_AN_OFFER, months).model_copy(update={"facts": facts})


def _later(part: T, names: tuple[str, ...], months: int) -> T:
    """Return a table with the days under `names` that it has `months` later."""
    days = {name: getattr(part, name) for name in names}
    return part.model_copy(update={name: _day(day, months) for name, day in days.items() if day})


def _day(day: date, months: int) -> date:
    """Return a day of another month: the last day of a month stays the last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    is_last = day.day == calendar.monthrange(day.year, day.month)[1]
    return date(year, month + 1, last if is_last else min(day.day, last))
