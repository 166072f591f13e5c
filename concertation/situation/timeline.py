"""The picture of who said what when: bars on a common line of days, as percentages that a template draws; pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from concertation.situation.assessing import Span

SHORTEST = timedelta(days=30)
MOST_TICKS = 5  # that fit on a phone
STEPS_IN_DAYS = (7, 14)
STEPS_IN_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240)
DAYS_A_MONTH = 30.44


@dataclass(frozen=True, slots=True)
class Bar:
    """A span from `left` over `width`, both as in “12.50%”, which SVG understands and no language writes otherwise."""

    span: Span
    left: str
    width: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A day below the picture."""

    day: date
    left: str

    @property
    def is_last(self) -> bool:
        """Whether its words would run over the right edge."""
        return float(self.left.rstrip("%")) > 85


@dataclass(frozen=True, slots=True)
class Scale:
    """The days from the left edge to the right one."""

    first: date
    last: date

    @classmethod
    def over(cls, since: Iterable[date], last: date) -> "Scale":
        """Return the scale on which every day of `since` has its place, with some air before the first."""
        first = min(since, default=last)
        return cls(min(first - (last - first) / 20, last - SHORTEST), last)

    @property
    def is_short(self) -> bool:
        """Whether single days matter."""
        return (self.last - self.first).days <= MOST_TICKS * STEPS_IN_DAYS[-1]

    def place(self, day: date) -> float:
        """Return where `day` begins, in percent from the left."""
        share = (day - self.first) / (self.last - self.first)
        return 100 * min(max(share, 0.0), 1.0)

    def bars(self, spans: Sequence[Span]) -> list[Bar]:
        """Return the bars of one voice; one that is said to this day ends at the right edge."""
        return [self._bar(span) for span in spans]

    def _bar(self, span: Span) -> Bar:
        left, right = self.place(span.since), self.place(span.until or self.last)
        return Bar(span, percent(left), percent(max(right - left, 0.5)))

    def ticks(self) -> list[Tick]:
        """Return the days to write below: Mondays on a short line, firsts of months on a longer one."""
        length = (self.last - self.first).days
        if self.is_short:
            step = next(step for step in STEPS_IN_DAYS if length / step <= MOST_TICKS)
            return [Tick(day, percent(self.place(day))) for day in self._mondays(step)]
        fitting = (step for step in STEPS_IN_MONTHS if length / DAYS_A_MONTH / step <= MOST_TICKS)
        return [Tick(day, percent(self.place(day))) for day in self._months(next(fitting, STEPS_IN_MONTHS[-1]))]

    def _mondays(self, step: int) -> Iterator[date]:
        day = self.first + timedelta(days=-self.first.weekday() % 7)
        while day <= self.last:
            yield day
            day += timedelta(days=step)

    def _months(self, step: int) -> Iterator[date]:
        number = -(-(self.first.year * 12 + self.first.month - (self.first.day == 1)) // step) * step
        while (day := date(number // 12, number % 12 + 1, 1)) <= self.last:
            yield day
            number += step


def percent(value: float) -> str:
    """Return a share as SVG reads it."""
    return f"{value:.2f}%"
