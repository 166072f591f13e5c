"""What could be observed of each area, and the incidents in it: a count with its denominator."""

from dataclasses import dataclass
from datetime import date

from concertation.coalition.models import Delegate
from concertation.core.days import latest_day
from concertation.situation.incidents.observing import NOTHING, Limited, Observed, observed
from concertation.situation.models import Area, Limit
from concertation.situation.queries.incidents import Wanted, chosen


@dataclass(frozen=True, slots=True)
class AreaLine:
    """An area over the days that are looked at."""

    area: Area
    observed: Observed
    count: int  # of incidents within it

    @property
    def rate(self) -> float | None:
        """Incidents per observed day; None: nothing was observed."""
        return self.observed.rate(self.count)


@dataclass(frozen=True, slots=True)
class Denominator:
    """All areas together, and what the reader does not know."""

    lines: list[AreaLine]
    hidden: int  # limits that are not for the reader, of any day

    @property
    def observed(self) -> Observed:
        """Days of areas, added up."""
        return sum((line.observed for line in self.lines), NOTHING)

    @property
    def count(self) -> int:
        """Incidents within the areas; where areas overlap, an incident counts in each."""
        return sum(line.count for line in self.lines)

    @property
    def rate(self) -> float | None:
        """Incidents per observed day of an area."""
        return self.observed.rate(self.count)


def denominator_for(reader: Delegate, wanted: Wanted) -> Denominator:
    """Return what could be observed on the days of `wanted`, by the limits that `reader` may read."""
    areas = [area for area in Area.objects.all() if area.since <= wanted.last]
    standing = Limit.objects.visible_to(reader).standing()
    limits = [Limited(str(limit.area_id), limit.kind, limit.since, limit.until) for limit in standing]
    lines = [_line(reader, wanted, area, limits) for area in areas if not area.until or area.until >= wanted.first]
    return Denominator(lines, hidden_limits(reader))


def _line(reader: Delegate, wanted: Wanted, area: Area, limits: list[Limited]) -> AreaLine:
    """Return one area on the days on which it was watched."""
    first = max(area.since, wanted.first)
    last = min(area.until or wanted.last, wanted.last, latest_day())
    key = str(area.pk)
    known = observed([key], limits, first, last)[key] if first <= last else NOTHING
    rows = chosen(reader, wanted.between(first, last)).filter(
        latitude__gte=area.south, latitude__lte=area.north, longitude__gte=area.west, longitude__lte=area.east
    )
    return AreaLine(area, known, rows.count())


def hidden_limits(reader: Delegate) -> int:
    """Return how many entries about observation are not for `reader`."""
    if reader.is_secretariat:
        return 0
    return Limit.objects.count() - Limit.objects.visible_to(reader).count()


def limits_for(reader: Delegate) -> list[Limit]:
    """Return what could not be observed, as far as `reader` may read it, the latest first; corrected ones too."""
    rows = Limit.objects.visible_to(reader).select_related("area", "member", "by__person", "correction")
    return list(rows.order_by("-since", "-at", "pk"))


def limited_days(reader: Delegate, first: date, last: date) -> dict[date, int]:
    """Return for each day how many areas were closed."""
    areas = {str(key) for key in Area.objects.values_list("pk", flat=True)}
    standing = Limit.objects.visible_to(reader).standing().filter(kind="closed", since__lte=last)
    limits = [Limited(str(limit.area_id), limit.kind, limit.since, limit.until) for limit in standing]
    days = (date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1))
    closed = {day: sum(one.closed for one in observed(areas, limits, day, day).values()) for day in days}
    return {day: count for day, count in closed.items() if count}
