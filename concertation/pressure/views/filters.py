"""Which measures the pages are asked for."""

from datetime import date
from uuid import UUID

from concertation.core.days import about_day
from concertation.core.http import DelegateRequest
from concertation.pressure.enums import Kind
from concertation.pressure.errors import NoSuchPackage, UnknownKind, UnknownTerritory
from concertation.pressure.queries.alignment import Filters, packages_for, targets

CODE_LENGTH = 8


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
