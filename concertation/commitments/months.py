"""Months as whole numbers, counted from January of the year 0, so that spans of them are arithmetic; pure."""

from collections.abc import Iterator
from datetime import date

FOREVER = 12 * 10_000


def month_of(day: date) -> int:
    """Return the number of the month of `day`."""
    return day.year * 12 + day.month - 1


def first_day(month: int) -> date:
    """Return the first day of a month."""
    return date(month // 12, month % 12 + 1, 1)


def days_of(first: int, count: int) -> Iterator[date]:
    """Yield the first days of `count` months from `first` on."""
    return (first_day(month) for month in range(first, first + count))
