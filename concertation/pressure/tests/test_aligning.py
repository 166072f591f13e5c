"""Who applies what on any date equals a recomputation by hand, in whatever order the facts come."""

from collections import Counter
from datetime import date, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from concertation.pressure.aligning import (
    WITHDRAWN,
    Fact,
    Said,
    most_complete,
    said_of,
    spans,
    standing,
    state_at,
    tally,
    to_match,
)
from concertation.pressure.history import MOST_POINTS, points, totals
from concertation.situation.assessing import Span

FIRST = date(2025, 1, 1)
DAYS = [FIRST + timedelta(days=number) for number in range(8)]
MEMBERS = ["FR", "DE", "IT"]
STANCES = ["applies", "prepared", "not"]
days = st.sampled_from(DAYS)


@st.composite
def histories(draw: st.DrawFn) -> list[Fact]:
    """Any history that the domain functions allow, and ties that they refuse as well."""
    facts: list[Fact] = []
    for number in range(1, draw(st.integers(0, 12)) + 1):
        member, own = draw(st.sampled_from(MEMBERS)), draw(st.booleans())
        taken = {fact.corrects for fact in facts}
        same = [fact for fact in facts if (fact.member, fact.own) == (member, own)]
        corrects = draw(st.sampled_from([None, *(fact.number for fact in same if fact.number not in taken)]))
        stance = draw(st.sampled_from([*STANCES, WITHDRAWN] if corrects else STANCES))
        facts.append(Fact(number, member, own, stance, draw(days), corrects))
    return facts


def said_on(facts: list[Fact], member: str, day: date) -> str | None:
    """Recompute by hand how `member` stands on `day`: its own word first, then what was coded; the latest of each."""
    for own in (True, False):
        latest: Fact | None = None
        for fact in sorted(facts):
            if (fact.member, fact.own) != (member, own) or fact.valid_from > day or fact.stance == WITHDRAWN:
                continue
            if any(other.corrects == fact.number for other in facts):
                continue
            if latest is None or fact.valid_from > latest.valid_from or fact.valid_from == latest.valid_from:
                latest = fact if latest is None or fact.valid_from >= latest.valid_from else latest
        if latest:
            return latest.stance
    return None


@settings(deadline=None)
@given(histories(), days, st.booleans(), st.randoms(use_true_random=False))
def test_alignment_equals_the_recomputation_in_any_order(
    facts: list[Fact], day: date, catalogued: bool, random: Random
) -> None:
    shuffled = list(facts)
    random.shuffle(shuffled)
    state = state_at(shuffled, day)
    nothing = "not_coded" if catalogued else "unknown"
    expected = {member: said_on(facts, member, day) or nothing for member in MEMBERS}
    assert {member: said_of(state, member, catalogued=catalogued) for member in MEMBERS} == expected
    assert totals([(shuffled, catalogued)], MEMBERS, [day]) == [
        {said: Counter(expected.values())[said] for said in Said}
    ]


@settings(deadline=None)
@given(histories(), days, st.booleans())
def test_unknown_is_never_counted_as_no(facts: list[Fact], day: date, catalogued: bool) -> None:
    state = state_at(facts, day)
    counted = tally(said_of(state, member, catalogued=catalogued) for member in MEMBERS)
    assert counted[Said.NOT] == sum(said_on(facts, member, day) == "not" for member in MEMBERS)
    silent = sum(said_on(facts, member, day) is None for member in MEMBERS)
    assert counted[Said.UNKNOWN] + counted[Said.NOT_CODED] == silent
    assert sum(counted.values()) == len(MEMBERS)


@settings(deadline=None)
@given(histories())
def test_spans_say_what_the_days_say(facts: list[Fact]) -> None:
    lines = spans(facts)
    for member in MEMBERS:
        line = lines.get(member, [])
        assert [span.until for span in line] == [*(span.since for span in line[1:]), None][: len(line)]
        for day in DAYS:
            holding = [span.verdict for span in line if span.since <= day and (span.until is None or day < span.until)]
            assert holding == [said for said in [said_on(facts, member, day)] if said]


def test_the_members_own_word_outranks_what_was_coded_later() -> None:
    facts = [Fact(1, "FR", True, "not", DAYS[1]), Fact(2, "FR", False, "applies", DAYS[3])]
    assert state_at(facts, DAYS[4])["FR"].stance == "not"
    assert spans(facts) == {"FR": [Span(DAYS[1], None, "not", 1)]}
    assert state_at(facts[1:], DAYS[4])["FR"].stance == "applies"


def test_coded_word_counts_until_the_member_speaks_and_after_it_takes_that_back() -> None:
    facts = [Fact(1, "FR", False, "applies", DAYS[0]), Fact(2, "FR", True, "not", DAYS[2])]
    assert spans(facts) == {"FR": [Span(DAYS[0], DAYS[2], "applies", 1), Span(DAYS[2], None, "not", 2)]}
    taken_back = Fact(3, "FR", True, WITHDRAWN, DAYS[2], 2)
    assert standing([*facts, taken_back]) == facts[:1]
    assert state_at([*facts, taken_back], DAYS[4])["FR"].stance == "applies"


def test_the_most_complete_member_and_what_it_takes_to_match_it() -> None:
    rows = [
        {"FR": Said.APPLIES, "DE": Said.NOT, "IT": Said.APPLIES},
        {"FR": Said.APPLIES, "DE": Said.UNKNOWN, "IT": Said.PREPARED},
        {"FR": Said.NOT, "DE": Said.APPLIES, "IT": Said.NOT_CODED},
    ]
    assert most_complete(rows, MEMBERS) == "FR"
    assert to_match(rows, "DE", "FR") == [0, 1]
    assert to_match(rows, "IT", "FR") == [1]
    assert to_match(rows, "FR", "FR") == []
    assert most_complete([{"FR": Said.NOT, "DE": Said.UNKNOWN, "IT": Said.PREPARED}], MEMBERS) is None
    assert most_complete([], []) is None


def test_of_two_most_complete_members_the_first_by_protocol_is_named() -> None:
    rows = [{"FR": Said.UNKNOWN, "DE": Said.APPLIES, "IT": Said.APPLIES}]
    assert most_complete(rows, MEMBERS) == "DE"
    assert most_complete(rows, ["IT", "DE", "FR"]) == "IT"


@given(st.lists(st.dates(date(2000, 1, 1), date(2026, 1, 1)), max_size=5), st.dates(date(2000, 1, 1), date(2026, 1, 1)))
def test_points_of_the_history_end_on_the_day_looked_at(since: list[date], last: date) -> None:
    found = points([day for day in since if day <= last], last)
    assert found[-1] == last
    assert found == sorted(set(found))
    assert len(found) <= MOST_POINTS


def test_points_of_a_year() -> None:
    assert points([date(2025, 1, 15)], date(2025, 4, 10)) == [
        date(2025, 2, 1),
        date(2025, 3, 1),
        date(2025, 4, 1),
        date(2025, 4, 10),
    ]
    assert points([], date(2025, 4, 10)) == [date(2025, 4, 1), date(2025, 4, 10)][1:]
