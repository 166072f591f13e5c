"""Totals of incidents at a date equal a recomputation by hand, in whatever order facts come, merge and part."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concertation.situation.incidents.joining import lead_of, pointers
from concertation.situation.incidents.states import STAGE_OF, StepFact, standing
from concertation.situation.incidents.totals import Fact, Joined, Taken, Told, totals

DAYS = [date(2025, 7, 1) + timedelta(days=number) for number in range(6)]
REPORTS = ["a", "b", "c", "d"]
MEASURES = ("killed",)
days = st.sampled_from(DAYS)
figures = st.one_of(st.none(), st.integers(0, 3))


@st.composite
def histories(draw: st.DrawFn) -> list[Fact]:
    """Any history that the domain functions allow: what is joined is parted first, and none joins what it leads."""
    facts: list[Fact] = []
    known: list[str] = []
    for number in range(1, draw(st.integers(1, 16)) + 1):
        kind = draw(st.sampled_from(["told", "step", "join", "part"])) if known else "told"
        report = draw(st.sampled_from(REPORTS if kind == "told" else known))
        entered = DAYS[min(number // 3, 5)]  # entries come in the order of their days
        if kind == "told":
            bounds = (draw(figures), draw(figures), draw(figures))
            first = report not in known
            known += [report] if first else []
            told = Told(number, report, entered, draw(days), draw(st.sampled_from("xy")), {"killed": bounds})
            facts.append(
                told if first or draw(st.booleans()) else Told(number, report, entered, told.day, "x", {}, True)
            )
        elif kind == "step":
            facts.append(Taken(report, StepFact(number, draw(st.sampled_from(sorted(STAGE_OF))), draw(days), "X")))
        else:
            into = draw(st.sampled_from(known)) if kind == "join" else None
            follows = pointers((fact.number, fact.report, fact.into) for fact in facts if isinstance(fact, Joined))
            if (report in follows) == (into is None) and (into is None or lead_of(into, follows) != report):
                facts.append(Joined(number, report, into, entered))
    return facts


def last(facts: list[Fact], wanted: Callable[[Fact], bool], order: Callable[[Fact], object]) -> Fact | None:
    """Return the greatest fact that is wanted, going through them one by one."""
    best: Fact | None = None
    for fact in facts:
        if wanted(fact) and (best is None or order(fact) >= order(best)):  # type: ignore[operator]
            best = fact
    return best


def stage(facts: list[Fact], report: str, known: date, findings: set[str]) -> str:
    """Recompute by hand what is said of one stage."""
    found = last(
        facts,
        lambda fact: (
            isinstance(fact, Taken)
            and fact.report == report
            and fact.step.finding in findings
            and fact.step.on <= known
        ),
        lambda fact: (fact.step.on, fact.step.number),  # type: ignore[union-attr]
    )
    return found.step.finding if isinstance(found, Taken) else ""


def by_hand(facts: list[Fact], known: date, first: date, until: date) -> tuple[object, ...]:
    """Recompute the totals by hand, a report at a time."""
    count, states, attributions, killed, unknown = 0, dict[str, int](), dict[str, int](), [0, 0, 0], [0, 0, 0]
    for report in REPORTS:
        told = last(
            facts,
            lambda fact, report=report: isinstance(fact, Told) and fact.report == report and fact.entered <= known,  # type: ignore[misc]
            lambda fact: fact.number,  # type: ignore[union-attr]
        )
        joined = last(
            facts,
            lambda fact, report=report: isinstance(fact, Joined) and fact.report == report and fact.entered <= known,  # type: ignore[misc]
            lambda fact: fact.number,  # type: ignore[union-attr]
        )
        if not isinstance(told, Told) or told.is_withdrawn or not first <= told.day <= until:
            continue
        if isinstance(joined, Joined) and joined.into is not None:
            continue
        state = stage(facts, report, known, {"verified", "unverifiable", "rejected", "reopened"})
        state = "reported" if state in {"", "reopened"} else state
        if state == "rejected":
            continue
        count += 1
        states[state] = states.get(state, 0) + 1
        said = stage(facts, report, known, {"attributed", "undetermined", "attribution_withdrawn"})
        if state == "verified" and said not in {"", "attribution_withdrawn"}:
            attributions[said] = attributions.get(said, 0) + 1
        for place in range(3):
            value = told.figures.get("killed", (None, None, None))[place]
            killed[place] += value or 0
            unknown[place] += value is None
    return count, states, attributions, killed, unknown


@given(histories(), days, days, days, st.randoms(use_true_random=False))
def test_totals_equal_the_recomputation_in_any_order(
    facts: list[Fact], known: date, one: date, other: date, random: Random
) -> None:
    first, until = sorted((one, other))
    shuffled = list(facts)
    random.shuffle(shuffled)
    found = totals(shuffled, known, first, until, MEASURES)
    killed = found.figures["killed"]
    answer = (
        found.count,
        found.states,
        found.attributions,
        [killed.low, killed.best, killed.high],
        list(killed.unknown),
    )
    assert answer == by_hand(facts, known, first, until)
    assert sum(found.kinds.values()) == found.count


@given(histories())
def test_every_report_has_one_lead_and_leads_point_nowhere(facts: list[Fact]) -> None:
    into = pointers((fact.number, fact.report, fact.into) for fact in facts if isinstance(fact, Joined))
    for report in REPORTS:
        assert lead_of(report, into) not in into


def test_a_merged_group_counts_once_by_the_figures_of_its_lead_and_parts_again() -> None:
    facts: list[Fact] = [
        Told(1, "a", DAYS[0], DAYS[0], "x", {"killed": (1, 2, 3)}),
        Told(2, "b", DAYS[0], DAYS[0], "x", {"killed": (5, None, 9)}),
        Joined(3, "b", "a", DAYS[1]),
        Joined(4, "b", None, DAYS[2]),
    ]
    counts = [totals(facts, day, DAYS[0], DAYS[5], MEASURES) for day in DAYS[:3]]
    assert [found.count for found in counts] == [2, 1, 2]
    assert [(found.figures["killed"].low, found.figures["killed"].best) for found in counts] == [(6, 2), (1, 2), (6, 2)]
    assert counts[0].figures["killed"].unknown == (0, 1, 0)


def test_rings_are_seen() -> None:
    assert lead_of("a", {"a": "b", "b": "c"}) == "c"
    with pytest.raises(ValueError, match="ring"):
        lead_of("a", {"a": "b", "b": "a"})


def test_attribution_counts_only_while_the_report_is_verified() -> None:
    steps = [
        StepFact(1, "verified", DAYS[0]),
        StepFact(2, "attributed", DAYS[1], "X"),
        StepFact(3, "remedy", DAYS[2]),
        StepFact(4, "unverifiable", DAYS[3]),
    ]
    stands = [standing(steps, day) for day in DAYS[:4]]
    assert [(one.state, one.attribution, one.actor, one.has_remedy) for one in stands] == [
        ("verified", "", "", False),
        ("verified", "attributed", "X", False),
        ("verified", "attributed", "X", True),
        ("unverifiable", "", "", False),
    ]
    assert standing([*steps, StepFact(5, "reopened", DAYS[4])], DAYS[4]).state == "reported"
