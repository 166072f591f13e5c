"""What follows from the statements about measures: pure, so that a page, an export and a test ask the same function.

A statement is a fact with a day; nothing here is stored. Of each member and measure the member's own word counts, and
only where it has none, what was coded from a public source. That nothing was said is never read as a no.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from operator import attrgetter
from typing import NamedTuple

from concertation.situation.assessing import Span

WITHDRAWN = "withdrawn"  # a correction that takes back what was said and puts nothing in its place


class Said(StrEnum):
    """How a member stands to a measure on a day; the last two are not an answer."""

    APPLIES = "applies"
    PREPARED = "prepared"
    NOT = "not"
    UNKNOWN = "unknown"
    NOT_CODED = "not_coded"  # the measure is a catalogue's, which says nothing of this member


ANSWERS = {said.value: said for said in Said}


class Fact(NamedTuple):
    """One statement: `number` orders the entries of a measure, `corrects` is the number of an earlier one."""

    number: int
    member: str
    own: bool
    stance: str
    valid_from: date
    corrects: int | None = None

    @property
    def rank(self) -> tuple[bool, date, int]:
        """What makes one statement of a member count before another."""
        return (self.own, self.valid_from, self.number)


def standing(facts: Collection[Fact]) -> list[Fact]:
    """Return what nobody corrected and nobody took back."""
    corrected = {fact.corrects for fact in facts}
    return [fact for fact in facts if fact.number not in corrected and fact.stance != WITHDRAWN]


def state_at(facts: Collection[Fact], day: date) -> dict[str, Fact]:
    """Return for each member of which anything holds on `day` the statement that counts."""
    return states_at(facts, [day])[0]


def states_at(facts: Collection[Fact], days: Sequence[date]) -> list[dict[str, Fact]]:
    """Return the same for each of `days`."""
    left = sorted(standing(facts), key=attrgetter("valid_from"), reverse=True)
    best: dict[str, Fact] = {}
    states = {}
    for day in sorted(set(days)):
        while left and left[-1].valid_from <= day:
            _take(best, left.pop())
        states[day] = dict(best)
    return [states[day] for day in days]


def _counting(facts: Iterable[Fact]) -> dict[str, Fact]:
    """Return of each member the fact of the highest rank."""
    best: dict[str, Fact] = {}
    for fact in facts:
        _take(best, fact)
    return best


def _take(best: dict[str, Fact], fact: Fact) -> None:
    """Let a fact count for its member if it has the higher rank."""
    held = best.get(fact.member)
    if held is None or fact.rank > held.rank:
        best[fact.member] = fact


def spans(facts: Collection[Fact]) -> dict[str, list[Span]]:
    """Return for each member of which anything was said how it stood when; the same again goes on."""
    by_member: dict[str, list[Fact]] = {}
    for fact in standing(facts):
        by_member.setdefault(fact.member, []).append(fact)
    return {member: _line(said) for member, said in by_member.items()}


def _line(said: Sequence[Fact]) -> list[Span]:
    """Return the spans of one member."""
    line: list[Span] = []
    for day in sorted({fact.valid_from for fact in said}):
        (counting,) = _counting(fact for fact in said if fact.valid_from <= day).values()
        if line and line[-1].verdict == counting.stance:
            line[-1] = Span(line[-1].since, None, counting.stance, counting.number)
            continue
        if line:
            line[-1] = Span(line[-1].since, day, line[-1].verdict, line[-1].number)
        line.append(Span(day, None, counting.stance, counting.number))
    return line


def said_of(state: Mapping[str, Fact], member: str, *, catalogued: bool) -> Said:
    """Return how `member` stands; without a word it is unknown, or not coded where a catalogue lists the measure."""
    fact = state.get(member)
    if fact is None:
        return Said.NOT_CODED if catalogued else Said.UNKNOWN
    return ANSWERS[fact.stance]


def tally(column: Iterable[Said]) -> dict[Said, int]:
    """Return how often each is said, every one of them named."""
    counted = Counter(column)
    return {said: counted[said] for said in Said}


def most_complete(rows: Iterable[Mapping[str, Said]], members: Sequence[str]) -> str | None:
    """Return the member that applies most measures, of several the first; None while nobody applies any.

    `rows` says of each measure how each member stands.
    """
    applied = Counter(member for row in rows for member, said in row.items() if said == Said.APPLIES)
    best = max(members, key=lambda member: applied[member], default=None)
    return best if best is not None and applied[best] else None


def to_match(rows: Sequence[Mapping[str, Said]], member: str, best: str) -> list[int]:
    """Return the places in `rows` of the measures that `best` applies, and `member` not, or not as far as is known."""
    return [place for place, row in enumerate(rows) if row[best] == Said.APPLIES and row[member] != Said.APPLIES]
