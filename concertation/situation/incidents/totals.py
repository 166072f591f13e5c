"""Totals of incidents as they were known on a day: pure, over the facts, so that a test can count them otherwise.

Facts are what was told of a report (the last account counts), its steps, and what was joined or parted. A group counts
once, by its leading report: its kind, day and figures. What is withdrawn or rejected does not count. A figure
that is unknown adds nothing, and is counted among the unknown ones.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from concertation.situation.incidents.joining import pointers
from concertation.situation.incidents.states import StepFact, standing

BOUNDS = ("low", "best", "high")
Figures = Mapping[str, tuple[int | None, int | None, int | None]]
REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Told:
    """One account of a report: when it was entered, and of what day, kind and figures it tells."""

    number: int
    report: str
    entered: date
    day: date
    kind: str
    figures: Figures = field(default_factory=dict)
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """A step of a report."""

    report: str
    step: StepFact


@dataclass(frozen=True, slots=True)
class Joined:
    """A report was joined into another, or parted from it."""

    number: int
    report: str
    into: str | None
    entered: date


Fact = Told | Taken | Joined


@dataclass(frozen=True, slots=True)
class Figure:
    """A sum of low, best and high figures over what is known, and of how many incidents each is not."""

    low: int
    best: int
    high: int
    unknown: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Totals:
    """How many incidents there were, by state, attribution and kind, and their figures."""

    count: int
    states: dict[str, int]
    attributions: dict[str, int]
    kinds: dict[str, int]
    figures: dict[str, Figure]


def totals(facts: Collection[Fact], known: date, first: date, last: date, measures: Collection[str]) -> Totals:
    """Return the totals of the days from `first` to `last` by what was entered up to the day `known`."""
    told: dict[str, Told] = {}
    accounts = [fact for fact in facts if isinstance(fact, Told) and fact.entered <= known]
    for account in sorted(accounts, key=lambda account: account.number):
        told[account.report] = account
    steps: dict[str, list[StepFact]] = {}
    for fact in facts:
        if isinstance(fact, Taken):
            steps.setdefault(fact.report, []).append(fact.step)
    joins = [(one.number, one.report, one.into) for one in facts if isinstance(one, Joined) and one.entered <= known]
    follows = pointers(joins)
    counted = [one for report, one in told.items() if report not in follows and not one.is_withdrawn]
    places = [(one, standing(steps.get(one.report, ()), known)) for one in counted if first <= one.day <= last]
    left = [(one, stands) for one, stands in places if stands.state != REJECTED]
    return Totals(
        len(left),
        dict(Counter(stands.state for _one, stands in left)),
        dict(Counter(stands.attribution for _one, stands in left if stands.attribution)),
        dict(Counter(one.kind for one, _stands in left)),
        {measure: _figure([one.figures.get(measure, (None,) * 3) for one, _stands in left]) for measure in measures},
    )


def _figure(rows: Collection[tuple[int | None, int | None, int | None]]) -> Figure:
    """Return the sums of one measure."""
    columns = [[row[place] for row in rows] for place in range(3)]
    low, best, high = (sum(value for value in column if value is not None) for column in columns)
    unknown = tuple(sum(value is None for value in column) for column in columns)
    return Figure(low, best, high, (unknown[0], unknown[1], unknown[2]))
