"""What is essential comes first, and costs the rest of a plan as little as can be."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from benchmarks.plan.generator import make_problem as coalition
from concertation.commitments.plan import essential
from concertation.commitments.plan.check import check
from concertation.commitments.plan.essential import blended, prove_essential
from concertation.commitments.plan.greedy import fill_greedily
from concertation.commitments.plan.ground import Ground
from concertation.commitments.plan.highs import UNLIMITED
from concertation.commitments.plan.measure import PROOF, Stage
from concertation.commitments.plan.model import Form, Plan, Problem, Tour
from concertation.commitments.plan.parts import Part
from concertation.commitments.plan.solve import solve
from concertation.commitments.plan.stages import Search
from concertation.commitments.plan.tests.plain import Plain
from concertation.commitments.plan.tests.problems import REQUIREMENT, UNIT, make_problem, problems


@settings(max_examples=60, deadline=None)
@given(problems(forms=(Form.UNIT, Form.POOL)))
def test_a_blend_keeps_every_rule_and_misses_nothing_essential_that_the_better_plan_has(problem: Problem) -> None:
    ground = Ground.of(problem)
    equal = replace(problem, requirements=tuple(replace(needed, essential=False) for needed in problem.requirements))
    greedy, best, units = fill_greedily(Ground.of(equal)), solve(problem).plan, ground.placed(Form.UNIT)
    for before in (greedy, Plan()):
        blend = blended(ground, best, before, units)
        assert check(problem, blend) == ()
        reached, wanted = (np.minimum(ground.cover(plan), ground.need)[ground.essential] for plan in (blend, best))
        assert (reached >= wanted).all()
    assert blended(ground, greedy, greedy, units) == greedy


def test_of_two_that_can_serve_the_one_that_does_nothing_else_is_taken() -> None:
    needs = (replace(REQUIREMENT, quantity=1, end=3, essential=True), replace(REQUIREMENT, id="s", quantity=1, end=3))
    units = (UNIT, replace(UNIT, id="v"), replace(UNIT, id="w"))
    ground = Ground.of(make_problem(requirements=needs, contributions=units))
    everybody = Plan(tuple(Tour(unit.id, "r", 0, 3) for unit in units))
    before = Plan((Tour("u", "s", 0, 3), Tour("w", "s", 0, 3)))
    assert blended(ground, everybody, before, [0, 1, 2]).tours == (
        *before.tours[:1],
        Tour("v", "r", 0, 3),
        *before.tours[1:],
    )


@pytest.mark.parametrize("seed", [1, 4])
def test_what_is_essential_is_proven(seed: int) -> None:
    ground = Ground.of(coalition("S", seed))
    search = Search(ground, fill_greedily(ground), UNLIMITED)
    least, _ = next(Plain(ground).values(UNLIMITED, (Stage.ESSENTIAL,)))
    gap = prove_essential(search, Part.whole(ground))
    assert search.values[0] == pytest.approx(least)
    assert gap == pytest.approx(0, abs=PROOF)


@pytest.mark.parametrize("most", [100_000, 0])
def test_little_else_is_lost_for_it(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(essential, "MOST_TOURS", most)
    ground = Ground.of(coalition("M", 1))
    search = Search(ground, fill_greedily(ground), UNLIMITED)
    first, before, *_ = search.values
    gap = prove_essential(search, Part.whole(ground))
    assert search.values[0] < first
    assert gap <= PROOF * first
    assert search.values[1] < 1.12 * before  # 1.14 if the rest is made anew
