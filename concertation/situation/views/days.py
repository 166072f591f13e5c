"""The day that a page is asked about."""

from datetime import date

from concertation.core.errors import BadDay
from concertation.core.http import DelegateRequest
from concertation.situation.models import FIRST_DAY, latest_day


def day_of(request: DelegateRequest) -> date | None:
    """Return the day that `?at=` asks for, None for now; raises BadDay."""
    wanted = request.GET.get("at", "")
    if not wanted:
        return None
    try:
        day = date.fromisoformat(wanted)
    except ValueError:
        raise BadDay from None
    if not FIRST_DAY <= day <= latest_day():
        raise BadDay
    return day


def about_day(at: date | None) -> dict[str, object]:
    """Return what the choice of the day needs: the day, and the first and last that can be chosen."""
    return {"at": at, "first_day": FIRST_DAY.isoformat(), "last_day": latest_day().isoformat()}
