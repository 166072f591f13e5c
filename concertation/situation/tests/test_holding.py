"""Where an actor stands at any date equals a recomputation by hand, in whatever order the statements come."""

from datetime import date, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from concertation.situation.assessing import WITHDRAWN, Fact
from concertation.situation.holding import STEPS, Holding, distance, holdings_at, unchanged_since
from concertation.situation.spectrum import spectrum

FIRST = date(2025, 1, 1)
DAYS = [FIRST + timedelta(days=number) for number in range(8)]
ACTORS = ["FR", "DE", "moscow"]


@st.composite
def histories(draw: st.DrawFn) -> list[Fact]:
    """Any history that the domain functions allow."""
    facts: list[Fact] = []
    for number in range(1, draw(st.integers(0, 14)) + 1):
        actor = draw(st.sampled_from(ACTORS))
        taken = {fact.corrects for fact in facts}
        open_ones = [fact.number for fact in facts if fact.voice == actor and fact.number not in taken]
        corrects = draw(st.sampled_from([None, *open_ones]))
        stance = draw(st.sampled_from([*STEPS, WITHDRAWN] if corrects else STEPS))
        facts.append(Fact(number, actor, stance, draw(st.sampled_from(DAYS)), corrects))
    return facts


def counting(facts: list[Fact], actor: str) -> list[Fact]:
    """Recompute by hand what counts of one actor: one statement a day, the last entered, in the order of days."""
    left = []
    for day in DAYS:
        that_day = [
            fact
            for fact in facts
            if (fact.voice, fact.valid_from) == (actor, day)
            and fact.verdict != WITHDRAWN
            and not any(other.corrects == fact.number for other in facts)
        ]
        if that_day:
            left.append(max(that_day, key=lambda fact: fact.number))
    return left


@settings(deadline=None)
@given(histories(), st.sampled_from(DAYS), st.randoms(use_true_random=False))
def test_holding_equals_the_recomputation_in_any_order(facts: list[Fact], day: date, random: Random) -> None:
    shuffled = list(facts)
    random.shuffle(shuffled)
    found = holdings_at(shuffled, day)
    for actor in ACTORS:
        line = [fact for fact in counting(facts, actor) if fact.valid_from <= day]
        if not line:
            assert actor not in found
            continue
        since, before = line[-1].valid_from, None
        for fact in reversed(line):
            if fact.verdict != line[-1].verdict:
                before = fact.verdict
                break
            since = fact.valid_from
        holding = found[actor]
        assert (holding.stance, holding.since, holding.number) == (line[-1].verdict, since, line[-1].number)
        assert (holding.last_on, holding.before) == (line[-1].valid_from, before)
        assert holding.is_unchanged == (since < line[-1].valid_from)


@settings(deadline=None)
@given(histories(), st.randoms(use_true_random=False))
def test_unchanged_since_equals_the_recomputation(facts: list[Fact], random: Random) -> None:
    shuffled = list(facts)
    random.shuffle(shuffled)
    for fact in facts:
        found = unchanged_since(shuffled, fact.number)
        if fact.verdict == WITHDRAWN or any(other.corrects == fact.number for other in facts):
            assert found is None
            continue
        earlier = [
            other
            for other in facts
            if other.voice == fact.voice
            and other.verdict != WITHDRAWN
            and not any(third.corrects == other.number for third in facts)
            and (other.valid_from, other.number) < (fact.valid_from, fact.number)
        ]
        best: dict[date, Fact] = {}
        for other in sorted(earlier, key=lambda one: one.number):
            best[other.valid_from] = other
        expected = None
        for day in sorted(best, reverse=True):
            if best[day].verdict != fact.verdict:
                break
            expected = day
        assert found == expected


def test_moscow_said_the_same_again() -> None:
    facts = [Fact(1, "moscow", "oppose", DAYS[0]), Fact(2, "moscow", "oppose", DAYS[5])]
    assert holdings_at(facts, DAYS[6]) == {"moscow": Holding("oppose", DAYS[0], DAYS[5], 2, 2, None)}
    assert unchanged_since(facts, 2) == DAYS[0]
    assert unchanged_since(facts, 1) is None


def test_backdated_statement_changes_the_past_and_not_the_present() -> None:
    facts = [Fact(1, "FR", "support", DAYS[3]), Fact(2, "FR", "oppose", DAYS[1])]
    assert holdings_at(facts, DAYS[4])["FR"] == Holding("support", DAYS[3], DAYS[3], 1, 1, "oppose")
    assert holdings_at(facts, DAYS[2])["FR"] == Holding("oppose", DAYS[1], DAYS[1], 2, 1, None)


def test_distance_is_between_the_ends() -> None:
    assert distance([]) is None
    assert distance(["support", "support"]) == 0
    assert distance(["support", "oppose", "reserve"]) == 3


@given(st.dictionaries(st.sampled_from([f"M{n}" for n in range(40)]), st.sampled_from(STEPS)))
def test_every_actor_has_one_place_in_the_picture(stances: dict[str, str]) -> None:
    actors = [(key, key, key) for key in (f"M{n}" for n in range(40))]
    picture = spectrum(actors, stances)
    assert {chip.key: column.stance for column in picture.columns for chip in column.chips} == stances
    for column in picture.columns:
        places = [(chip.x, chip.y) for chip in column.chips]
        assert len(set(places)) == len(places)
        assert all(chip.y + 24 <= picture.height for chip in column.chips)
