"""Properties of every plan, on small problems of any kind."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from benchmarks.plan.generator import make_problem as coalition
from concertation.commitments.plan.check import check
from concertation.commitments.plan.greedy import fill_greedily
from concertation.commitments.plan.ground import Ground
from concertation.commitments.plan.highs import UNLIMITED, Effort
from concertation.commitments.plan.large import approach
from concertation.commitments.plan.measure import Stage, better, measure
from concertation.commitments.plan.model import Form, Plan, Problem, Scenario, Tour
from concertation.commitments.plan.solve import improve, solve
from concertation.commitments.plan.stages import Search
from concertation.commitments.plan.tests.plain import Plain
from concertation.commitments.plan.tests.problems import MONTHS, REQUIREMENT, UNIT, make_problem, problems, with_unit

CLOSE = 1e-5


def _values(problem: Problem) -> list[float]:
    return [result.value for result in solve(problem).results]


@settings(max_examples=40, deadline=None)
@given(problems())
def test_every_plan_keeps_every_rule_and_none_is_worse_than_the_one_before(problem: Problem) -> None:
    ground, before = Ground.of(problem), None
    for progress in improve(problem):
        assert check(problem, progress.plan) == ()
        values = measure(ground, progress.plan)
        assert before is None or not better(before, values)
        assert [result.value for result in progress.results] == list(values)
        assert all(result.bound <= result.value + CLOSE * max(1, result.value) for result in progress.results)
        before = values
    assert progress.proven


@settings(max_examples=30, deadline=None)
@given(problems((Form.UNIT, Form.POOL), most=4))
def test_the_plain_formulation_agrees_at_all_five_stages(problem: Problem) -> None:
    plain = [value for value, _ in Plain(Ground.of(problem)).values(UNLIMITED)]
    assert _values(problem) == pytest.approx(plain, rel=CLOSE, abs=CLOSE)


@settings(max_examples=30, deadline=None)
@given(problems(most=4))
def test_the_plain_formulation_agrees_about_stocks_until_it_spreads_parts_of_a_cent(problem: Problem) -> None:
    stages = (Stage.ESSENTIAL, Stage.WEIGHTED, Stage.UNAPPROVED)
    plain = [value for value, _ in Plain(Ground.of(problem)).values(UNLIMITED, stages)]
    assert _values(problem)[:3] == pytest.approx(plain, rel=CLOSE, abs=CLOSE)


def test_the_plain_formulation_is_right_about_money_beside_units() -> None:
    """Counted in cents, HiGHS proved 51.75: 18 of it for money that is there."""
    plain = Plain(Ground.of(coalition("S", 1)))
    assert next(plain.values(UNLIMITED, (Stage.ESSENTIAL,))) == pytest.approx((33.75, 33.75))


@settings(max_examples=25, deadline=None)
@given(problems())
def test_the_search_for_large_problems_keeps_every_rule_and_bounds_that_hold(problem: Problem) -> None:
    ground = Ground.of(problem)
    search = Search(ground, fill_greedily(ground), Effort())
    before, best = search.values, _values(problem)
    for latest in approach(search):
        assert check(problem, search.plan) == ()
        assert not better(before, search.values)
        before = search.values
        results = latest
    assert results[0].proven
    for result, value in zip(results[:2], best, strict=False):
        assert result.bound <= value + CLOSE * max(1, value)


@settings(max_examples=20, deadline=None)
@given(problems())
def test_the_order_of_a_problem_changes_nothing(problem: Problem) -> None:
    turned = replace(
        problem,
        requirements=problem.requirements[::-1],
        contributions=problem.contributions[::-1],
        members=problem.members[::-1],
        conditions=problem.conditions[::-1],
    )
    assert solve(problem).plan == solve(turned).plan


@settings(max_examples=25, deadline=None)
@given(problems())
def test_more_offers_never_raise_the_shortfall(problem: Problem) -> None:
    fewer = _values(replace(problem, contributions=problem.contributions[:-1], previous=None))
    more = _values(replace(problem, previous=None))
    assert not better(tuple(fewer[:2]), tuple(more[:2]))


def test_a_unit_serves_two_tours_with_rest_between_them() -> None:
    assert solve(make_problem()).plan == Plan((Tour("u", "r", 0, 3), Tour("u", "r", 5, 1)))


def test_a_condition_that_never_holds_leaves_the_unit_at_home() -> None:
    assert solve(with_unit(conditions=frozenset({"backstop"}))).plan == Plan()


def test_a_condition_waits_for_what_must_hold_before_it() -> None:
    scenario = Scenario({"backstop": 1, "ceasefire": 4})
    problem = replace(with_unit(conditions=frozenset({"backstop"})), scenario=scenario)
    assert solve(problem).plan == Plan((Tour("u", "r", 4, 2),))


def test_an_approval_that_is_assumed_counts_as_unapproved() -> None:
    problem = with_unit(approvals_needed=frozenset({"parliament"}))
    assert solve(problem).plan == Plan()
    assumed = solve(problem.under(Scenario(assumed=frozenset({"parliament"}))))
    assert [result.value for result in assumed.results[:3]] == pytest.approx([0.0, 4.0, 2.0])


def test_money_is_conserved_to_the_cent() -> None:
    needs = tuple(
        replace(REQUIREMENT, id=name, form=Form.STOCK, quantity=quantity)
        for name, quantity in (("a", 333_333_333_333), ("b", 999_999_999_999_999))
    )
    offers = tuple(
        replace(UNIT, id=name, form=Form.STOCK, strength=strength)
        for name, strength in (("x", 1), ("y", 777_777_777_777), ("z", 100_000_000_000_001))
    )
    plan = solve(make_problem(requirements=needs, contributions=offers)).plan
    assert sum(share.amount for share in plan.shares) == 100_777_777_777_779
    assert sum(share.amount for share in plan.shares if share.requirement == "a") == 333_333_333_333


def test_a_previous_plan_is_kept_where_another_is_as_good() -> None:
    twins = tuple(replace(UNIT, id=name, tour=6) for name in ("u", "v"))
    need = replace(REQUIREMENT, quantity=1)
    for name in ("u", "v"):
        previous = Plan((Tour(name, "r", 0, 6),))
        problem = make_problem(requirements=(need,), contributions=twins, previous=previous)
        assert solve(problem).plan == previous


def test_a_cancelled_search_returns_the_first_plan() -> None:
    plans = list(improve(make_problem(), Effort(cancelled=lambda: True)))
    assert check(make_problem(), plans[-1].plan) == ()


def test_a_share_of_a_pool_is_whole_pieces() -> None:
    pool = replace(UNIT, form=Form.POOL, strength=5)
    needs = tuple(replace(REQUIREMENT, id=name, form=Form.POOL, quantity=3, end=1) for name in ("a", "b"))
    plan = solve(make_problem(requirements=needs, contributions=(pool,))).plan
    assert sorted(share.amount for share in plan.shares) == [2, 3]


def test_a_pool_that_is_larger_than_one_need_serves_two_at_once() -> None:
    needs = tuple(replace(REQUIREMENT, id=name, form=Form.POOL, quantity=1) for name in ("a", "b"))
    problem = make_problem(requirements=needs, contributions=(replace(UNIT, form=Form.POOL, strength=2),))
    assert _values(problem)[1] == 0.0
    ground = Ground.of(problem)
    search = Search(ground, fill_greedily(ground), Effort())
    *_, results = approach(search)
    assert (results[1].value, results[1].bound) == (0.0, 0.0)


def test_a_tour_as_long_as_the_plan_and_a_rest_longer_than_it() -> None:
    units = (replace(UNIT, tour=2, rest=9), replace(UNIT, id="v", tour=MONTHS))
    assert _values(make_problem(contributions=units))[1] == 2.0
