"""Reports that may tell of the same incident: an indexed search for what is near, then the pure likeness."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from heapq import nlargest

from concertation.coalition.models import Delegate
from concertation.situation.incidents import near
from concertation.situation.incidents.report import Report
from concertation.situation.models import Incident, Kind

MOST_OFFERED = 5
LONGEST = timedelta(days=32)  # that one report may be dated before the end of what it allows
FIELDS = ("pk", "kind_id", "occurred_at", "when_precision", "latitude", "longitude", "where_precision")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A report that may tell of the same incident, and how likely, in percent of what is possible."""

    incident: Incident
    likeness: float


def near_duplicates(reader: Delegate, report: Report, *, besides: Iterable[object] = ()) -> list[Candidate]:
    """Return the reports that `reader` may read and that may tell of the same incident, the likeliest first.

    Of each merged group only the report that leads it; `besides` are keys that are left out.
    """
    family = Kind.objects.filter(pk=report.kind).values_list("family", flat=True).first()
    if family is None or report.latitude is None or report.longitude is None:
        return []
    begins, ends = near.window(report.occurred_at, report.when_precision)
    wanted = near.Report(
        report.kind, family, begins, ends, report.latitude, report.longitude, str(report.where_precision)
    )
    around = timedelta(hours=near.LONGEST_HOURS)
    rows = Incident.objects.visible_to(reader).counted().exclude(pk__in=list(besides))
    kinds = dict(Kind.objects.filter(family=family).values_list("pk", "family"))
    dated = rows.filter(
        kind__in=list(kinds),
        day__gte=(begins - around - LONGEST).date(),
        day__lte=(ends + around).date(),
        last_day__gte=(begins - around).date(),
    )
    placed = dated.filter(**_box(report.latitude, report.longitude, wanted.where)).order_by()
    scored = ((near.likeness(wanted, _as_report(row, kinds)), row[0]) for row in placed.values_list(*FIELDS))
    best = nlargest(MOST_OFFERED, (pair for pair in scored if pair[0] >= near.LEAST))
    found = Incident.objects.select_related("kind", "member").in_bulk([key for _score, key in best])
    return [Candidate(found[key], score) for score, key in best]


def _box(latitude: float, longitude: float, where: str) -> dict[str, float]:
    """Return the bounds within which any report of a possible likeness lies."""
    reach = near.RADIUS_KM.get(where, 0.0) + near.RADIUS_KM["region"] + near.FARTHEST_KM
    north, east = near.degrees(reach, latitude)
    return {
        "latitude__gte": latitude - north,
        "latitude__lte": latitude + north,
        "longitude__gte": longitude - east,
        "longitude__lte": longitude + east,
    }


def _as_report(row: tuple[object, ...], families: dict[str, str]) -> near.Report:
    """Return a row as the likeness takes it."""
    _key, kind, moment, precision, latitude, longitude, where = row
    begins, ends = near.window(moment, str(precision))  # type: ignore[arg-type]
    return near.Report(
        str(kind), families[str(kind)], begins, ends, float(str(latitude)), float(str(longitude)), str(where)
    )
