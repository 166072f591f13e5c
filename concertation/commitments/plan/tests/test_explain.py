"""An explanation really closes its gap when its acts are done, and no fewer acts go as far: checked by brute force."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings

from benchmarks.plan.generator import make_problem as coalition
from concertation.commitments.plan import gap
from concertation.commitments.plan.check import check
from concertation.commitments.plan.draft import Draft
from concertation.commitments.plan.explain import Explanation, Way, explain, shortfalls
from concertation.commitments.plan.greedy import fill_greedily
from concertation.commitments.plan.ground import Ground
from concertation.commitments.plan.highs import UNLIMITED
from concertation.commitments.plan.model import Caveat, Contribution, Form, Plan, Problem, Requirement, Share, Tour
from concertation.commitments.plan.relax import Act, Relaxation, grant
from concertation.commitments.plan.tests.problems import REQUIREMENT, UNIT, make_problem, problems


def _missing(problem: Problem, plan: Plan, requirement: str) -> int:
    ground = Ground.of(problem)
    place = ground.requirement_at[requirement]
    return int(np.maximum(ground.need - ground.cover(plan), 0)[place].sum())


def _elsewhere(plan: Plan, requirement: str) -> Plan:
    return Plan(
        tuple(tour for tour in plan.tours if tour.requirement != requirement),
        tuple(share for share in plan.shares if share.requirement != requirement),
    )


def _tours(unit: Contribution, needed: Requirement, start: int) -> Iterator[tuple[Tour, ...]]:
    """Yield every set of tours from `start` on, allowed or not."""
    yield ()
    for first in range(start, needed.end):
        for months in range(1, min(unit.tour, needed.end - first) + 1):
            for more in _tours(unit, needed, first + months + unit.rest):
                yield (Tour(unit.id, needed.id, first, months), *more)


def _choices(problem: Problem, kept: Plan, unit: Contribution, needed: Requirement) -> list[Plan]:
    """Return what `unit` may do for `needed` beside what it does elsewhere, nothing among it."""
    if unit.form is Form.UNIT:
        found = [Plan((*kept.tours, *tours), kept.shares) for tours in _tours(unit, needed, needed.start)]
        return [plan for plan in found if not check(problem, plan)]
    shares: list[Share] = []
    for month in range(needed.start, needed.end):
        most = [Share(unit.id, needed.id, month, amount) for amount in range(unit.strength, 0, -1)]
        allowed = (share for share in most if not check(problem, Plan(kept.tours, (*kept.shares, *shares, share))))
        shares += [share for share in [next(allowed, None)] if share is not None]
    return [Plan(kept.tours, (*kept.shares, *shares))]


def _least(problem: Problem, kept: Plan, needed: Requirement) -> int:
    """Return the smallest gap with what is `kept`, by trying everything."""
    ground = Ground.of(problem)
    place = ground.requirement_at[needed.id]
    options = [_choices(problem, kept, unit, needed) for unit in problem.contributions]
    covers = [sorted({tuple(ground.cover(plan)[place].tolist()) for plan in plans}) for plans in options]
    return min(int(np.maximum(ground.need[place] - np.sum(chosen, axis=0), 0).sum()) for chosen in product(*covers))


def _all_acts(problem: Problem) -> list[Relaxation]:
    acts = {Relaxation(Act.MEET, condition.id) for condition in problem.conditions}
    for contribution in problem.contributions:
        acts |= {Relaxation(Act.LIFT, caveat.id, contribution.id) for caveat in contribution.caveats}
        acts |= {Relaxation(Act.APPROVE, name) for name in contribution.approvals_missing}
        acts |= {Relaxation(Act.ADVANCE, contribution.id)} if contribution.readiness else set()
    return sorted(acts)


def _carried_out(problem: Problem, way: Way, requirement: str) -> None:
    granted = grant(problem, way.acts)
    assert check(granted, way.plan) == ()
    assert _missing(granted, way.plan, requirement) == way.remaining
    assert way.proven


@settings(max_examples=30, deadline=None)
@given(problems(forms=(Form.UNIT, Form.POOL), most=3))
def test_an_explanation_closes_its_gap_and_no_fewer_acts_do(problem: Problem) -> None:
    plan = fill_greedily(Ground.of(problem))
    for found in [explain(problem, plan, name) for name in shortfalls(problem, plan)]:
        needed = next(r for r in problem.requirements if r.id == found.requirement)
        assert found.gap == _missing(problem, plan, found.requirement)
        _carried_out(problem, found.by_acts, found.requirement)
        _carried_out(problem, found.by_moves, found.requirement)
        kept, acts = _elsewhere(plan, found.requirement), _all_acts(problem)
        assert found.by_acts.remaining == _least(grant(problem, acts), kept, needed)
        assert found.not_offered == _least(grant(problem, acts), Plan(), needed)
        assert found.by_acts.losses == ()
        assert found.by_moves.acts == ()
        if found.by_acts.acts:
            for fewer in combinations(acts, len(found.by_acts.acts) - 1):
                assert _least(grant(problem, fewer), kept, needed) > found.by_acts.remaining


def test_looking_among_few_tours_first_finds_nothing_worse(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = coalition("S", 2)
    plan = fill_greedily(Ground.of(problem))
    found = [_told(problem, explain(problem, plan, name)) for name in ("r0000", "r0006", "r0014")]
    monkeypatch.setattr(gap, "MANY", 0)
    monkeypatch.setattr(gap, "CHEAPEST", 0)
    assert [_told(problem, explain(problem, plan, name)) for name in ("r0000", "r0006", "r0014")] == found


def _told(problem: Problem, found: Explanation) -> tuple[str, int, int, float, bool]:
    price = {needed.id: needed.price for needed in problem.requirements}
    lost = sum(pieces * price[name] for name, pieces in found.by_moves.losses)
    return found.requirement, found.by_moves.remaining, found.not_offered, round(lost, 4), found.by_moves.proven


def test_what_was_found_stays_when_the_time_is_up() -> None:
    needs = tuple(replace(REQUIREMENT, id=name, quantity=1, end=3) for name in ("a", "b"))
    draft = Draft(ground := Ground.of(make_problem(requirements=needs)))
    program = gap.GapProgram(draft, ground.requirement_at["b"], acts=False, moves=True)
    program.minimise(dict.fromkeys(program.short, 1.0), UNLIMITED)
    found = program.drafted().plan()
    program.program.add_row([(program.short[0], 1.0)], lower=2.0)  # as if there were no time
    program.minimise(dict.fromkeys(program.stints, 1.0), UNLIMITED)
    assert (program.drafted().plan(), program.answer.proven) == (found, False)
    nothing = gap.GapProgram(draft, ground.requirement_at["b"], acts=False, moves=True)
    nothing.program.add_row([(nothing.short[0], 1.0)], lower=2.0)
    with pytest.raises(TimeoutError):
        nothing.minimise(dict.fromkeys(nothing.short, 1.0), UNLIMITED)


def test_an_explanation_names_the_acts_and_what_is_not_offered() -> None:
    caveat = Caveat("c", "geographic", areas=frozenset({"north"}))
    unit = replace(
        UNIT, caveats=(caveat,), approvals_needed=frozenset({"parliament"}), conditions=frozenset({"backstop"}), rest=1
    )
    needed = replace(REQUIREMENT, area="north")
    problem = make_problem(requirements=(needed,), contributions=(unit,))
    found = explain(problem, Plan(), "r")
    assert (found.gap, found.by_acts.remaining, found.by_moves.remaining, found.not_offered) == (12, 7, 12, 7)
    assert found.by_acts.acts == (
        Relaxation(Act.APPROVE, "parliament"),
        Relaxation(Act.LIFT, "c", "u"),
        Relaxation(Act.MEET, "backstop"),
        Relaxation(Act.MEET, "ceasefire"),
    )


def test_readiness_is_advanced_only_where_it_closes_more() -> None:
    needed = replace(REQUIREMENT, quantity=1, end=3)
    problem = make_problem(requirements=(needed,), contributions=(replace(UNIT, readiness=60),))
    found = explain(problem, Plan(), "r")
    assert (found.by_acts.remaining, found.by_acts.acts) == (0, (Relaxation(Act.ADVANCE, "u"),))


def test_a_move_says_what_others_lose() -> None:
    needs = (replace(REQUIREMENT, id="a", quantity=1, end=3), replace(REQUIREMENT, id="b", quantity=1, end=3))
    problem = make_problem(requirements=needs)
    plan = fill_greedily(Ground.of(problem))
    found = explain(problem, plan, "b")
    assert (found.gap, found.by_acts.remaining, found.by_acts.acts, found.not_offered) == (3, 3, (), 0)
    assert (found.by_moves.remaining, found.by_moves.losses) == (0, (("a", 3),))


def test_money_is_explained_to_the_cent() -> None:
    need = replace(REQUIREMENT, form=Form.STOCK, quantity=999_999_999_999_999)
    given_, held = (
        replace(UNIT, id=name, form=Form.STOCK, strength=333_333_333_333_333, approvals_needed=frozenset(needed))
        for name, needed in (("given", ()), ("held", ("parliament",)))
    )
    problem = make_problem(requirements=(need,), contributions=(given_, held))
    found = explain(problem, fill_greedily(Ground.of(problem)), "r")
    assert (found.gap, found.by_acts.remaining) == (666_666_666_666_666, 333_333_333_333_333)
