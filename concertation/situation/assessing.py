"""What follows from the assessments of a condition: pure, so that a page, a plan and a test ask the same function.

An assessment is a fact with a date; nothing here is stored. Each voice, a member or the coalition itself (None), has a
line of its own through time. No voice is weighed against another.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

WITHDRAWN = "withdrawn"  # a correction that takes back what was said and puts nothing in its place
Voice = str | None


@dataclass(frozen=True, slots=True)
class Fact:
    """One assessment: `number` orders the entries of a condition, `corrects` is the number of an earlier one."""

    number: int
    voice: Voice
    verdict: str
    valid_from: date
    corrects: int | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A time in which a voice says one thing: from `since` until the day before `until`, to this day without one."""

    since: date
    until: date | None
    verdict: str
    number: int  # of the last assessment that says so


def standing(facts: Collection[Fact]) -> list[Fact]:
    """Return what nobody corrected and nobody took back, in the order of validity and then of entry."""
    corrected = {fact.corrects for fact in facts}
    left = (fact for fact in facts if fact.number not in corrected and fact.verdict != WITHDRAWN)
    return sorted(left, key=lambda fact: (fact.valid_from, fact.number))


def spans(facts: Collection[Fact]) -> dict[Voice, list[Span]]:
    """Return for each voice that says anything what it said when; of two from one day the later entry counts."""
    by_voice: dict[Voice, list[Fact]] = {}
    for fact in standing(facts):
        by_voice.setdefault(fact.voice, []).append(fact)
    return {voice: _joined(said) for voice, said in by_voice.items()}


def _joined(said: Iterable[Fact]) -> list[Span]:
    """Return the spans of one voice, whose facts come in order; the same verdict again goes on, it does not begin."""
    days = [list(entries)[-1] for _day, entries in groupby(said, key=lambda fact: fact.valid_from)]
    runs = [list(run) for _verdict, run in groupby(days, key=lambda fact: fact.verdict)]
    ends = [*(run[0].valid_from for run in runs[1:]), None]
    return [Span(run[0].valid_from, end, run[0].verdict, run[-1].number) for run, end in zip(runs, ends, strict=True)]


def state_at(facts: Collection[Fact], day: date) -> dict[Voice, Span]:
    """Return for each voice that had said anything by `day` the span that holds on it, as it was known then or later.

    What is valid from a later day has no part in it, not even as the end of a span.
    """
    known = spans([fact for fact in standing(facts) if fact.valid_from <= day])
    return {voice: line[-1] for voice, line in known.items()}


def disagree(state: Mapping[Voice, Span]) -> bool:
    """Say whether two voices, members or the coalition, say different things."""
    return len({span.verdict for span in state.values()}) > 1
