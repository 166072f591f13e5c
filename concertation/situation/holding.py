"""Where each actor stands on a question at a date, and since when: pure, derived from dated statements.

A statement is a fact of `assessing`: its voice is an actor, its verdict a stance. Of two from one day the later entry
counts; a correction takes the place of what it corrects; the same stance again goes on, it does not begin.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from concertation.situation.assessing import Fact, Span, spans, standing, state_at

STEPS = ("support", "tolerate", "reserve", "oppose")  # from one end to the other
Actor = str


@dataclass(frozen=True, slots=True)
class Holding:
    """What an actor says on a day: `number` is the statement that counts, `said` how many say so without a break."""

    stance: str
    since: date
    last_on: date
    number: int
    said: int
    before: str | None  # the stance before this one

    @property
    def is_unchanged(self) -> bool:
        """Whether it was said again on a later day than it began."""
        return self.last_on > self.since


def holdings_at(facts: Collection[Fact], day: date) -> dict[Actor, Holding]:
    """Return for each actor that had said anything by `day` where it stands; later days have no part in it."""
    known = [fact for fact in standing(facts) if fact.valid_from <= day]
    lines = spans(known)
    return {
        actor: _holding(actor, span, lines[actor], known)
        for actor, span in state_at(known, day).items()
        if actor is not None
    }


def _holding(actor: Actor, span: Span, line: list[Span], known: list[Fact]) -> Holding:
    run = [
        fact for fact in known if fact.voice == actor and fact.verdict == span.verdict and span.since <= fact.valid_from
    ]
    before = line[-2].verdict if len(line) > 1 else None
    return Holding(span.verdict, span.since, run[-1].valid_from, span.number, len(run), before)


def unchanged_since(facts: Collection[Fact], number: int) -> date | None:
    """Return since when the actor of statement `number` had said the same before it; None when that was new.

    The answer of a statement that was corrected or taken back is None.
    """
    of = next((fact for fact in standing(facts) if fact.number == number), None)
    if of is None:
        return None
    earlier = [fact for fact in standing(facts) if fact.voice == of.voice and _is_before(fact, of)]
    held = spans(earlier).get(of.voice, [])
    return held[-1].since if held and held[-1].verdict == of.verdict else None


def _is_before(fact: Fact, other: Fact) -> bool:
    return (fact.valid_from, fact.number) < (other.valid_from, other.number)


def distance(stances: Collection[str]) -> int | None:
    """Return how many steps lie between the two ends of `stances`: 0 when all say the same, None when nobody speaks."""
    places = [STEPS.index(stance) for stance in stances]
    return max(places) - min(places) if places else None
