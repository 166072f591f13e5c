"""The state of a condition at any date equals a recomputation by hand, in whatever order the facts come."""

from datetime import date, timedelta
from itertools import pairwise
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from concertation.situation.assessing import WITHDRAWN, Fact, Span, Voice, disagree, spans, standing, state_at

FIRST = date(2025, 1, 1)
DAYS = [FIRST + timedelta(days=number) for number in range(8)]
days = st.sampled_from(DAYS)
VERDICTS = ["not_met", "claimed", "verified", "broken"]


@st.composite
def histories(draw: st.DrawFn) -> list[Fact]:
    """Any history that the domain functions allow, and ties that they refuse as well."""
    facts: list[Fact] = []
    for number in range(1, draw(st.integers(0, 12)) + 1):
        voice = draw(st.sampled_from([None, "DE", "FR"]))
        taken = {fact.corrects for fact in facts}
        open_ones = [fact.number for fact in facts if fact.voice == voice and fact.number not in taken]
        corrects = draw(st.sampled_from([None, *open_ones]))
        verdict = draw(st.sampled_from([*VERDICTS, WITHDRAWN] if corrects else VERDICTS))
        facts.append(Fact(number, voice, verdict, draw(days), corrects))
    return facts


def said_on(facts: list[Fact], voice: Voice, day: date) -> tuple[str, int] | None:
    """Recompute by hand what `voice` says on `day`: go through its entries one by one, and keep the best."""
    best: Fact | None = None
    for fact in facts:
        if fact.voice != voice or fact.valid_from > day or fact.verdict == WITHDRAWN:
            continue
        if any(other.corrects == fact.number for other in facts):
            continue
        if best is None or (fact.valid_from, fact.number) > (best.valid_from, best.number):
            best = fact
    return (best.verdict, best.number) if best else None


@settings(deadline=None)
@given(histories(), days, st.randoms(use_true_random=False))
def test_state_equals_the_recomputation_in_any_order(facts: list[Fact], day: date, random: Random) -> None:
    shuffled = list(facts)
    random.shuffle(shuffled)
    state = state_at(shuffled, day)
    for voice in (None, "DE", "FR"):
        expected = said_on(facts, voice, day)
        found = state.get(voice)
        assert (found and (found.verdict, found.number)) == expected


@settings(deadline=None)
@given(histories(), days)
def test_since_is_the_first_day_of_an_unbroken_run(facts: list[Fact], day: date) -> None:
    for voice, span in state_at(facts, day).items():
        before = span.since - timedelta(days=1)
        assert span.until is None
        for there in DAYS:
            if span.since <= there <= day:
                assert (said_on(facts, voice, there) or ("",))[0] == span.verdict
        assert (said_on(facts, voice, before) or ("",))[0] != span.verdict


@settings(deadline=None)
@given(histories())
def test_spans_follow_each_other_without_gap_and_say_what_the_days_say(facts: list[Fact]) -> None:
    for voice, line in spans(facts).items():
        assert [span.until for span in line] == [*(span.since for span in line[1:]), None]
        assert all(one.verdict != other.verdict for one, other in pairwise(line))
        for day in DAYS:
            holding = [span.verdict for span in line if span.since <= day and (span.until is None or day < span.until)]
            assert holding == [said[0] for said in [said_on(facts, voice, day)] if said]


def test_the_same_verdict_again_goes_on() -> None:
    facts = [Fact(1, "FR", "verified", DAYS[0]), Fact(2, "FR", "verified", DAYS[3])]
    assert spans(facts) == {"FR": [Span(DAYS[0], None, "verified", 2)]}


def test_backdated_entry_changes_the_past_and_not_the_present() -> None:
    facts = [Fact(1, None, "verified", DAYS[3]), Fact(2, None, "claimed", DAYS[1])]
    assert spans(facts) == {None: [Span(DAYS[1], DAYS[3], "claimed", 2), Span(DAYS[3], None, "verified", 1)]}


def test_withdrawal_and_its_correction() -> None:
    facts = [
        Fact(1, "FR", "verified", DAYS[0]),
        Fact(2, "FR", WITHDRAWN, DAYS[0], 1),
    ]
    assert (standing(facts), spans(facts)) == ([], {})
    again = Fact(3, "FR", "claimed", DAYS[0], 2)
    assert standing([*facts, again]) == [again]


def test_disagreement_is_said_and_nothing_is_averaged() -> None:
    facts = [Fact(1, "FR", "verified", DAYS[0]), Fact(2, "DE", "broken", DAYS[0])]
    state = state_at(facts, DAYS[0])
    assert {voice: span.verdict for voice, span in state.items()} == {"FR": "verified", "DE": "broken"}
    assert disagree(state)
    assert not disagree(state_at(facts[:1], DAYS[0]))
    assert not disagree({})
