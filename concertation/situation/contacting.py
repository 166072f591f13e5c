"""Who has spoken to whom when: pure, derived from contacts that were held.

A pair is a member of ours and somebody outside. A contact of several with several is one of each pair.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from itertools import product

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Talk:
    """One contact that was held: those of one day come in the order of their entry."""

    key: str
    day: date
    entered: datetime
    ours: frozenset[str]
    theirs: frozenset[str]

    @property
    def order(self) -> tuple[date, datetime, str]:
        """What puts contacts in their order."""
        return self.day, self.entered, self.key

    @property
    def pairs(self) -> set[Pair]:
        """Who spoke to whom."""
        return set(product(self.ours, self.theirs))


@dataclass(frozen=True, slots=True)
class Link:
    """All contacts of a pair up to a day: how many, and the first and last day."""

    count: int
    first: date
    last: date


def links_at(talks: Collection[Talk], day: date) -> dict[Pair, Link]:
    """Return for each pair that had spoken by `day` how often and when; who is missing has not spoken."""
    days: dict[Pair, list[date]] = {}
    for talk in talks:
        for pair in talk.pairs if talk.day <= day else ():
            days.setdefault(pair, []).append(talk.day)
    return {pair: Link(len(held), min(held), max(held)) for pair, held in days.items()}


def first_since(talks: Collection[Talk], of: Talk) -> dict[Pair, date | None]:
    """Return for each pair of a contact the day of its contact before that; None when there was none before."""
    before = [talk for talk in talks if talk.order < of.order]
    known = links_at(before, of.day)
    return {pair: known[pair].last if pair in known else None for pair in of.pairs}


def not_since(talks: Collection[Talk], theirs: str, day: date) -> date | None:
    """Return the last day up to `day` on which anybody of ours spoke to `theirs`; None when nobody had."""
    return max((talk.day for talk in talks if theirs in talk.theirs and talk.day <= day), default=None)
