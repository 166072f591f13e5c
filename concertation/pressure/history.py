"""How the alignment came about: counts on a few days, for a picture and its table; pure."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date

from concertation.pressure.aligning import ANSWERS, Fact, Said, states_at

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


def totals(
    histories: Sequence[tuple[Collection[Fact], bool]], members: Sequence[str], days: Sequence[date]
) -> list[dict[Said, int]]:
    """Return for each of `days` how many pairs of a measure and a member stand how.

    `histories` are the facts of each measure, and whether a catalogue lists it.
    """
    counted: list[Counter[Said]] = [Counter() for _day in days]
    there = set(members)
    for facts, catalogued in histories:
        nothing = Said.NOT_CODED if catalogued else Said.UNKNOWN
        for counter, state in zip(counted, states_at(facts, days), strict=True):
            known = [ANSWERS[fact.stance] for member, fact in state.items() if member in there]
            counter.update(known)
            counter[nothing] += len(there) - len(known)
    return [{said: counter[said] for said in Said} for counter in counted]
