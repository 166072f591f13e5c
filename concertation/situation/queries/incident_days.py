"""Incidents by day: the calendar of a month, and a day beside the day and the week before it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count

from concertation.coalition.models import Delegate
from concertation.situation.incidents.enums import Measure
from concertation.situation.models import Incident, Kind
from concertation.situation.queries.incidents import Sums, Wanted, chosen, sums_for
from concertation.situation.queries.observation import Denominator, denominator_for, limited_days

ONE, WEEK = timedelta(days=1), timedelta(days=7)
LEVELS = 4


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar."""

    day: date
    is_of_month: bool
    count: int
    verified: int
    kinds: list[tuple[Kind, int]]
    level: int  # from 0, none, to 4, as many as the fullest day has
    closed: int  # areas that were closed


@dataclass(frozen=True, slots=True)
class Month:
    """The weeks of a month, from Monday on."""

    first: date
    weeks: list[list[Day]]
    sums: Sums

    @property
    def before(self) -> date:
        """The first day of the month before."""
        return (self.first - ONE).replace(day=1)

    @property
    def after(self) -> date:
        """The first day of the month after."""
        return (self.first + timedelta(days=32)).replace(day=1)


@dataclass(frozen=True, slots=True)
class Row:
    """A count on the day, on the day before, in the week that ends with the day and in the week before that."""

    name: str
    day: int
    day_before: int
    week: int
    week_before: int

    @property
    def change_of_day(self) -> int:
        """More or fewer than on the day before."""
        return self.day - self.day_before

    @property
    def change_of_week(self) -> int:
        """More or fewer than in the week before."""
        return self.week - self.week_before


@dataclass(frozen=True, slots=True)
class Comparison:
    """A day with what it is compared to."""

    day: date
    kinds: list[Row]
    sums: list[Sums]  # of the day, the day before, the week, the week before
    denominators: list[Denominator]  # the same
    incidents: list[Incident]


def month_for(reader: Delegate, first: date, wanted: Wanted) -> Month:
    """Return the calendar of the month that begins on `first`, of the kind and state that are wanted."""
    last = (first + timedelta(days=32)).replace(day=1) - ONE
    start, end = first - first.weekday() * ONE, last + (6 - last.weekday()) * ONE
    rows = chosen(reader, wanted.between(start, end)).order_by().values("day", "kind", "state").annotate(n=Count("pk"))
    cells = [(row["day"], row["kind"], row["state"], row["n"]) for row in rows.order_by("day", "kind", "state")]
    most = max(_repeated((day, n) for day, _kind, _state, n in cells).values(), default=0)
    catalogue = Kind.objects.in_bulk()
    closed = limited_days(reader, start, end)
    days = [start + ONE * number for number in range((end - start).days + 1)]
    made = [_day(day, first, [cell for cell in cells if cell[0] == day], most, catalogue, closed) for day in days]
    weeks = [made[number : number + 7] for number in range(0, len(made), 7)]
    return Month(first, weeks, sums_for(reader, wanted.between(first, last)))


def _repeated(pairs: Iterable[tuple[date, int]]) -> dict[date, int]:
    """Return the sum for each day."""
    found: dict[date, int] = {}
    for day, count in pairs:
        found[day] = found.get(day, 0) + count
    return found


def _day(
    day: date,
    first: date,
    cells: Sequence[tuple[date, str, str, int]],
    most: int,
    catalogue: dict[str, Kind],
    closed: dict[date, int],
) -> Day:
    """Return one day of the calendar."""
    count = sum(cell[3] for cell in cells)
    kinds: Counter[str] = Counter()
    for _told, kind, _state, number in cells:
        kinds[kind] += number
    return Day(
        day=day,
        is_of_month=day.month == first.month,
        count=count,
        verified=sum(cell[3] for cell in cells if cell[2] == "verified"),
        kinds=[(catalogue[kind], number) for kind, number in kinds.most_common(2)],
        level=-(-LEVELS * count // most) if most else 0,
        closed=closed.get(day, 0),
    )


def comparison_for(reader: Delegate, day: date) -> Comparison:
    """Return a day beside the day before, and the week that ends with it beside the week before."""
    spans = [(day, day), (day - ONE, day - ONE), (day - WEEK + ONE, day), (day - 2 * WEEK + ONE, day - WEEK)]
    wanted = [Wanted(first, last) for first, last in spans]
    counts = [_by_kind(reader, one) for one in wanted]
    rows = [
        Row(kind.name, *(count.get(kind.pk, 0) for count in counts))
        for kind in Kind.objects.all()
        if any(kind.pk in count for count in counts)
    ]
    incidents = chosen(reader, wanted[0]).select_related("kind", "member").order_by("occurred_at", "pk")
    return Comparison(
        day,
        rows,
        [sums_for(reader, one) for one in wanted],
        [denominator_for(reader, one) for one in wanted],
        list(incidents),
    )


def _by_kind(reader: Delegate, wanted: Wanted) -> dict[str, int]:
    """Return how many of each kind."""
    rows = chosen(reader, wanted).order_by().values("kind").annotate(n=Count("pk")).order_by("kind")
    return {row["kind"]: row["n"] for row in rows}


def measures_of(comparison: Comparison) -> list[Measure]:
    """Return the measures of which anything is known on any of the days that are compared."""
    known = {measure for sums in comparison.sums for measure, _figure in sums.shown_figures}
    return [measure for measure in Measure if measure in known]
