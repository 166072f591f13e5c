"""What the pages of measures are asked for: a day, and which measures."""

from datetime import date
from uuid import UUID

from concertation.core.errors import BadDay
from concertation.core.http import DelegateRequest
from concertation.pressure.enums import Kind
from concertation.pressure.errors import NoSuchPackage, UnknownKind, UnknownTerritory
from concertation.pressure.models import FIRST_DAY, latest_day
from concertation.pressure.queries.alignment import Filters, packages_for, targets

CODE_LENGTH = 8


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
    """Return what the choice of the day needs."""
    return {"at": at, "first_day": FIRST_DAY.isoformat(), "last_day": latest_day().isoformat()}


def filters_of(request: DelegateRequest) -> Filters:
    """Return which measures are asked for; raises UnknownKind, UnknownTerritory, NoSuchPackage."""
    kind, territory = request.GET.get("kind", ""), request.GET.get("territory", "").lower()
    if kind and kind not in Kind.values:
        raise UnknownKind
    if len(territory) > CODE_LENGTH:
        raise UnknownTerritory
    try:
        package = UUID(request.GET["package"]) if request.GET.get("package") else None
    except ValueError:
        raise NoSuchPackage from None
    return Filters(kind, territory, package)


def about_filters(request: DelegateRequest, filters: Filters, at: date | None) -> dict[str, object]:
    """Return what the choice of measures needs."""
    return {
        "filters": filters,
        "query": filters.query(at),
        "day_query": Filters().query(at),
        "kinds": Kind.choices,
        "territories": targets(request.delegate),
        "packages": packages_for(request.delegate),
        **about_day(at),
    }
