"""What somebody reports of an incident, and its normal form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from math import isfinite

from concertation.core import clock
from concertation.core.words import is_web_address, one_line, prose
from concertation.situation.incidents.enums import Measure, WhenPrecision, WherePrecision
from concertation.situation.incidents.errors import (
    BadFigures,
    BadLinks,
    BadMoment,
    BadPlace,
    IncidentTooLong,
    PlaceMissing,
)

PLACE_LENGTH, SUMMARY_LENGTH, SOURCE_LENGTH, LINK_LENGTH = 200, 4_000, 600, 600
MOST_SOURCES, MOST_LINKS = 30, 30
FIRST_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
MOST = 1_000_000_000
Bounds = tuple[int | None, int | None, int | None]


@dataclass(frozen=True, slots=True)
class Report:
    """What happened where, when, and how many; every figure low, best, high, each None when it is unknown."""

    kind: str
    occurred_at: datetime
    when_precision: WhenPrecision = WhenPrecision.DAY
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    where_precision: WherePrecision = WherePrecision.UNKNOWN
    figures: Mapping[str, Bounds] = field(default_factory=dict)
    summary: str = ""
    sources: Sequence[str] = ()
    links: Sequence[str] = ()

    def columns(self) -> dict[str, object]:
        """Return the columns of a description."""
        numbers = {
            f"{measure}_{bound}": value
            for measure in Measure
            for bound, value in zip(("low", "best", "high"), self.figures.get(measure, (None,) * 3), strict=True)
        }
        return {
            "kind_id": self.kind,
            "place": self.place,
            "latitude": self.latitude,
            "longitude": self.longitude,
            "where_precision": self.where_precision,
            "occurred_at": self.occurred_at,
            "when_precision": self.when_precision,
            **numbers,
        }


def latest_moment() -> datetime:
    """Return the moment after which nothing can have happened yet."""
    return clock.now()


def checked(report: Report, *, needs_place: bool = True) -> Report:
    """Return a report in normal form.

    Raises PlaceMissing, BadPlace, BadMoment, BadFigures, BadLinks, IncidentTooLong.
    """
    place, summary = one_line(report.place), prose(report.summary)
    sources = [line for source in report.sources if (line := one_line(source))]
    links = [link.strip() for link in report.links if link.strip()]
    if not all(map(is_web_address, links)):
        raise BadLinks
    if len(place) > PLACE_LENGTH or len(summary) > SUMMARY_LENGTH or len(sources) > MOST_SOURCES:
        raise IncidentTooLong
    if len(links) > MOST_LINKS or any(len(line) > SOURCE_LENGTH for line in (*sources, *links)):
        raise IncidentTooLong
    if report.occurred_at < FIRST_MOMENT or _begins(report) > latest_moment():
        raise BadMoment
    if needs_place and not place and report.latitude is None:
        raise PlaceMissing
    located = _located(replace(report, place=place, summary=summary, sources=sources, links=links))
    return replace(located, figures=_figures(report.figures))


def _begins(report: Report) -> datetime:
    """Return when it may have happened at the earliest; what is known to the day may be dated at its end."""
    if report.when_precision in {WhenPrecision.MINUTE, WhenPrecision.HOUR}:
        return report.occurred_at
    return report.occurred_at.replace(hour=0, minute=0, second=0, microsecond=0)


def _located(report: Report) -> Report:
    """Return a report whose coordinates and precision fit: a place that is unknown has no coordinates."""
    if (report.latitude is None) != (report.longitude is None):
        raise BadPlace
    if report.latitude is None or report.longitude is None:
        return replace(report, where_precision=WherePrecision.UNKNOWN)
    if not is_on_globe(report.latitude, report.longitude) or report.where_precision == WherePrecision.UNKNOWN:
        raise BadPlace
    return replace(report, latitude=round(report.latitude, 5), longitude=round(report.longitude, 5))


def is_on_globe(latitude: float, longitude: float) -> bool:
    """Say whether these are degrees of a place on earth."""
    return isfinite(latitude) and isfinite(longitude) and abs(latitude) <= 90 and abs(longitude) <= 180


def _figures(figures: Mapping[str, Bounds]) -> dict[str, Bounds]:
    """Return the figures of which anything is known."""
    for bounds in figures.values():
        known = [value for value in bounds if value is not None]
        if known != sorted(known) or any(not 0 <= value <= MOST for value in known):
            raise BadFigures
    return {str(measure): bounds for measure, bounds in figures.items() if any(value is not None for value in bounds)}


def at_midnight(day: date) -> datetime:
    """Return the beginning of a day in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
