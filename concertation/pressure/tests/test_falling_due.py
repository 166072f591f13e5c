"""When a step falls due: by the coalition's finding and the clock, and by nothing else."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concertation.pressure.falling_due import Days, Rule, due_since, waits_for_itself
from concertation.situation.assessing import WITHDRAWN, Fact

FIRST = date(2025, 9, 1)
DAYS = [FIRST + timedelta(days=number) for number in range(-4, 5)]
UNLESS = Rule("unless", FIRST, "verified")
WHEN = Rule("when", None, "broken")


def now(day: date) -> Days:
    """Return the present while `day` is the day everywhere."""
    return Days(day, day - timedelta(days=1))


def found(verdict: str, day: date, number: int = 1, corrects: int | None = None, voice: str | None = None) -> Fact:
    """Return a finding of the coalition."""
    return Fact(number, voice, verdict, day, corrects)


def after(days: int) -> date:
    """Return the day so many days after 1 September."""
    return FIRST + timedelta(days=days)


def test_unless_falls_due_when_its_day_has_ended_everywhere() -> None:
    assert due_since(UNLESS, [], now(FIRST)) is None
    assert due_since(UNLESS, [], Days(after(1), after(-1))) is None
    assert due_since(UNLESS, [], Days(after(1), FIRST)) == after(1)
    assert due_since(UNLESS, [found("not_met", after(-9))], now(after(3))) == after(1)


def test_unless_does_not_fall_due_when_the_finding_held_on_its_day() -> None:
    assert due_since(UNLESS, [found("verified", FIRST)], now(after(3))) is None
    broken_since = [found("verified", after(-3)), found("broken", after(1), 2)]
    assert due_since(UNLESS, broken_since, now(after(3))) is None


def test_a_finding_that_came_too_late_does_not_undo_it_and_a_backdated_one_does() -> None:
    assert due_since(UNLESS, [found("verified", after(1))], now(after(3))) == after(1)
    assert due_since(UNLESS, [found("verified", after(0))], now(after(3))) is None


def test_when_falls_due_from_the_day_of_the_finding_and_only_while_it_holds() -> None:
    assert due_since(WHEN, [], now(FIRST)) is None
    assert due_since(WHEN, [found("broken", after(-2))], now(FIRST)) == after(-2)
    assert due_since(WHEN, [found("broken", after(-2)), found("verified", after(-1), 2)], now(FIRST)) is None
    not_before = Rule("when", after(2), "broken")
    assert due_since(not_before, [found("broken", after(-2))], now(after(1))) is None
    assert due_since(not_before, [found("broken", after(-2))], now(after(2))) == after(2)


def test_what_members_say_makes_nothing_due() -> None:
    assert due_since(WHEN, [found("broken", after(-2), voice="FR")], now(FIRST)) is None
    assert due_since(UNLESS, [found("verified", after(-2), voice="FR")], now(after(3))) == after(1)


def test_on_a_day_falls_due_when_the_day_begins() -> None:
    rule = Rule("on", FIRST)
    assert due_since(rule, [], now(after(-1))) is None
    assert due_since(rule, [], now(FIRST)) == FIRST


@st.composite
def findings(draw: st.DrawFn) -> list[Fact]:
    """Any findings of the coalition, with corrections, and members' assessments among them."""
    facts: list[Fact] = []
    for number in range(1, draw(st.integers(0, 8)) + 1):
        voice = draw(st.sampled_from([None, None, "FR"]))
        taken = {fact.corrects for fact in facts}
        open_ones = [fact.number for fact in facts if fact.voice == voice and fact.number not in taken]
        corrects = draw(st.sampled_from([None, *open_ones]))
        verdict = draw(st.sampled_from(["verified", "broken", *([WITHDRAWN] if corrects else [])]))
        facts.append(Fact(number, voice, verdict, draw(st.sampled_from(DAYS)), corrects))
    return facts


def found_on(facts: list[Fact], day: date) -> str | None:
    """Recompute by hand what the coalition finds on `day`."""
    corrected = [fact.corrects for fact in facts]
    left = [f for f in facts if f.voice is None and f.number not in corrected and f.verdict != WITHDRAWN]
    known = sorted((f.valid_from, f.number, f.verdict) for f in left if f.valid_from <= day)
    return known[-1][2] if known else None


@settings(deadline=None)
@given(findings(), st.sampled_from(DAYS), st.sampled_from(DAYS), st.randoms(use_true_random=False))
def test_due_equals_the_recomputation_in_any_order(facts: list[Fact], day: date, today: date, random: object) -> None:
    shuffled = sorted(facts, key=lambda _fact: random.random())  # type: ignore[attr-defined]
    unless = due_since(Rule("unless", day, "verified"), shuffled, now(today))
    assert (unless is not None) == (today > day and found_on(facts, day) != "verified")
    when = due_since(Rule("when", day, "broken"), shuffled, now(today))
    assert (when is not None) == (today >= day and found_on(facts, today) == "broken")


@pytest.mark.parametrize(
    ("after_step", "before", "rings"),
    [
        (None, {}, False),
        ("a", {"a": None}, True),
        ("b", {"a": None, "b": "a"}, True),
        ("b", {"b": "c", "c": "a"}, True),
        ("b", {"b": "c", "c": None}, False),
        ("b", {"b": "c", "c": "b"}, True),
    ],
)
def test_a_ring_of_steps_is_found(after_step: str | None, before: dict[str, str | None], rings: bool) -> None:
    assert waits_for_itself("a", after_step, before) == rings
