"""Planning anew beside what stays: bounds hold, rules are kept, and nothing gets worse."""

from functools import partial
from random import Random

import numpy as np
from hypothesis import given, settings

from benchmarks.plan.generator import make_problem
from concertation.commitments.plan.check import check
from concertation.commitments.plan.columns import master_of
from concertation.commitments.plan.draft import Draft
from concertation.commitments.plan.greedy import fill_greedily
from concertation.commitments.plan.ground import Ground
from concertation.commitments.plan.measure import Stage, measure
from concertation.commitments.plan.model import Form, Problem
from concertation.commitments.plan.objectives import objective_of
from concertation.commitments.plan.parts import FIRST, Part
from concertation.commitments.plan.renewal import Renewal
from concertation.commitments.plan.tests.problems import problems
from concertation.commitments.plan.tours import TourProgram

FORCE = (Form.UNIT, Form.POOL)
NEVER = 1e9


def _ranked(ground: Ground, draft: Draft) -> float:
    essential, weighted, *_ = measure(ground, draft.plan())
    return weighted + FIRST * essential


@settings(max_examples=40, deadline=None)
@given(problems(FORCE))
def test_prices_of_what_is_missing_bound_every_way_to_bring_it(problem: Problem) -> None:
    ground = Ground.of(problem)
    draft, whole = Draft(ground, fill_greedily(ground)), Part.whole(ground)
    part = Part(whole.requirements, whole.units[::2], whole.divisible)
    for unit in part.units:
        draft.recall(unit)
    draft.take_back(part.divisible)
    missing = np.maximum(ground.need - draft.cover, 0)
    master = master_of(ground, part, 0.0, missing)
    bound, _ = master.generate(lambda: False, 200)
    tours = TourProgram(draft, master.market.promising(bound.prices, NEVER), part.divisible)
    cost = dict(objective_of(tours, Stage.WEIGHTED).cost)
    for column, factor in objective_of(tours, Stage.ESSENTIAL).cost.items():
        cost[column] += FIRST * factor
    answer = tours.program.minimise(cost)
    assert answer.solution is not None
    least = _ranked(ground, Draft(ground, tours.plan(answer.solution)))
    assert bound.value <= least + 1e-5 * max(1.0, least)


@settings(max_examples=40, deadline=None)
@given(problems())
def test_diving_and_mending_keep_every_rule_and_never_make_a_plan_worse(problem: Problem) -> None:
    ground = Ground.of(problem)
    renewal = Renewal(ground, Draft(ground, fill_greedily(ground)), lambda: False)
    before, parts = _ranked(ground, renewal.draft), list(renewal.parts())
    few = [renewal.some(renewal.served, Random(1))] if renewal.served else []
    changes = [partial(renewal.dive, part) for part in parts]
    changes += [partial(renewal.mend, part, most) for part in few for most in (None, 0, 5)]
    for change in changes:
        changed = change()
        after = _ranked(ground, renewal.draft)
        assert check(problem, renewal.draft.plan()) == ()
        assert (after < before) if changed else abs(after - before) < 1e-9 * max(1.0, before)
        before = after


def test_a_program_over_no_new_tours_finds_the_plan_before() -> None:
    ground = Ground.of(make_problem("S", 4))
    renewal = Renewal(ground, Draft(ground, fill_greedily(ground)), lambda: False)
    before, part = renewal.draft.plan(), Part.whole(ground, stock=False)
    assert not renewal.mend(part, 0)
    assert renewal.draft.plan().tours == before.tours
    assert renewal.mend(part, 50)
