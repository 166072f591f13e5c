"""Days that pages are looked at on and facts are dated with: which are possible, how they are asked for and written."""

from datetime import date, timedelta

from django.http import HttpRequest
from django.utils.formats import date_format

from concertation.core import clock
from concertation.core.errors import BadDay

FIRST_DAY = date(2000, 1, 1)
EARLIEST_ZONE = timedelta(hours=14)  # the zone in which a day begins first is so far ahead of UTC
LATEST_ZONE = timedelta(hours=12)  # the zone in which a day ends last is so far behind UTC


def latest_day() -> date:
    """Return the last day that has begun anywhere on earth: one and the same limit for every reader."""
    return (clock.now() + EARLIEST_ZONE).date()


def earliest_day() -> date:
    """Return the first day that is not over everywhere on earth: for some reader it is still today."""
    return (clock.now() - LATEST_ZONE).date()


def check_past(day: date) -> None:
    """Let a day through that has begun somewhere, and not an age ago; raises BadDay."""
    if not FIRST_DAY <= day <= latest_day():
        raise BadDay


def past_day(words: str) -> date:
    """Return the day that stands in an address, as in 2025-07-01; raises BadDay."""
    try:
        day = date.fromisoformat(words)
    except ValueError:
        raise BadDay from None
    check_past(day)
    return day


def day_asked(request: HttpRequest) -> date | None:
    """Return the day `?at=` as of which a page is wanted, None for now; raises BadDay."""
    asked = request.GET.get("at", "")
    return past_day(asked) if asked else None


def about_day(at: date | None) -> dict[str, object]:
    """Return what the choice of the day needs: the day, and the first and last that can be chosen."""
    return {"at": at, "first_day": FIRST_DAY.isoformat(), "last_day": latest_day().isoformat()}


def day_in_words(value: str) -> str:
    """Return a day of the record, as in 2025-07-01, as the reader writes it."""
    return date_format(date.fromisoformat(value), "DATE_FORMAT")
