"""How the alignment came about: counts on a few days, for a picture and its table; pure."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date

from concertation.pressure.aligning import Fact, Said, said_of, state_at

MOST_POINTS = 12


def points(since: Collection[date], last: date) -> list[date]:
    """Return the days to look at: firsts of months from the first of `since`, evenly apart, and `last`."""
    first = min([*since, last])
    months = [divmod(number, 12) for number in range(_months(first), _months(last) + 1)]
    step = -(-len(months) // (MOST_POINTS - 1))
    days = [date(year, month + 1, 1) for year, month in months[::-step]]
    return [*sorted(day for day in days if first <= day < last), last]


def _months(day: date) -> int:
    return day.year * 12 + day.month - 1


def totals(histories: Sequence[tuple[Collection[Fact], bool]], members: Sequence[str], day: date) -> dict[Said, int]:
    """Return how many pairs of a measure and a member stand how on `day`.

    `histories` are the facts of each measure, and whether a catalogue lists it.
    """
    counted: Counter[Said] = Counter()
    for facts, catalogued in histories:
        state = state_at(facts, day)
        counted.update(said_of(state, member, catalogued=catalogued) for member in members)
    return {said: counted[said] for said in Said}
