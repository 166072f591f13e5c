"""What could be observed: days of areas, with a limit or without; pure. Counts of incidents are divided by it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

CLOSED = "closed"
ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limited:
    """An area was closed or restricted from a day until a day, both included; until now without the second."""

    area: str
    kind: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Observed:
    """How many days of an area there were, and on how many of them nothing or only a part could be observed."""

    days: int
    closed: int
    restricted: int

    @property
    def open(self) -> int:
        """Days on which the area was observed, restricted ones included."""
        return self.days - self.closed

    def rate(self, count: int) -> float | None:
        """Return incidents per observed day, None when nothing was observed: that is not zero."""
        return count / self.open if self.open else None

    def __add__(self, other: "Observed") -> "Observed":
        return Observed(self.days + other.days, self.closed + other.closed, self.restricted + other.restricted)


NOTHING = Observed(0, 0, 0)


def observed(areas: Iterable[str], limits: Iterable[Limited], first: date, last: date) -> dict[str, Observed]:
    """Return for each area what could be observed from `first` to `last`; a closed day is not a restricted one too."""
    days = [first + ONE * number for number in range((last - first).days + 1)]
    of_area: dict[str, list[Limited]] = {}
    for limit in limits:
        of_area.setdefault(limit.area, []).append(limit)
    return {area: _observed(days, of_area.get(area, ())) for area in areas}


def _observed(days: list[date], limits: Iterable[Limited]) -> Observed:
    """Return what could be observed of one area."""
    worst: Mapping[date, str] = _worst(days, limits)
    closed = sum(kind == CLOSED for kind in worst.values())
    return Observed(len(days), closed, len(worst) - closed)


def _worst(days: list[date], limits: Iterable[Limited]) -> dict[date, str]:
    """Return for each day with a limit the stricter one."""
    worst: dict[date, str] = {}
    if not days:
        return worst
    for limit in limits:
        day, end = max(limit.since, days[0]), min(limit.until or days[-1], days[-1])
        while day <= end:
            if worst.get(day) != CLOSED:
                worst[day] = limit.kind
            day += ONE
    return worst
