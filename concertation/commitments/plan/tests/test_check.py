"""The checker finds every kind of breach, and says which contribution breaks what."""

from dataclasses import replace

import pytest

from concertation.commitments.plan.check import check
from concertation.commitments.plan.model import Caveat, Form, Plan, Problem, Scenario, Share, Tour
from concertation.commitments.plan.tests.problems import REQUIREMENT, UNIT, make_problem, with_unit

ONE = Plan((Tour("u", "r", 0, 1),))
POOL = make_problem(
    requirements=(replace(REQUIREMENT, form=Form.POOL),), contributions=(replace(UNIT, form=Form.POOL, strength=2),)
)
CAVEAT = Caveat("c", "geographic", areas=frozenset({"north"}))


def test_a_plan_that_keeps_every_rule_has_no_breach() -> None:
    assert check(make_problem(), Plan((Tour("u", "r", 0, 3), Tour("u", "r", 5, 1)))) == ()
    assert check(POOL, Plan((), (Share("u", "r", 0, 2), Share("u", "r", 1, 2)))) == ()


@pytest.mark.parametrize(
    ("problem", "plan", "rule"),
    [
        (make_problem(), Plan((Tour("x", "r", 0, 1),)), "serves r: one of them does not exist"),
        (with_unit(capabilities=frozenset({"sea"})), ONE, "cannot do what r needs"),
        (POOL.under(Scenario()), Plan((Tour("u", "r", 0, 1),)), "is divisible, and does not serve in tours"),
        (with_unit(form=Form.STOCK), Plan((), (Share("u", "r", 0, 1),)), "is a stock, r needs a unit"),
        (with_unit(earmarks=frozenset({"s"})), ONE, "is not earmarked for r"),
        (with_unit(approvals_needed=frozenset({"parliament"})), ONE, "lacks approval parliament"),
        (with_unit(start=1), ONE, "is used in [0, 1), and can be had in [1, 6)"),
        (
            make_problem(requirements=(replace(REQUIREMENT, start=1),)),
            ONE,
            "serves r in [0, 1), when it is not needed",
        ),
        (
            make_problem(
                requirements=(replace(REQUIREMENT, area="north"),), contributions=(replace(UNIT, caveats=(CAVEAT,)),)
            ),
            ONE,
            "has caveat c against r",
        ),
        (with_unit(conditions=frozenset({"ceasefire"})), ONE, "waits for ceasefire, which does not hold in month 0"),
        (with_unit(readiness=10), ONE, "needs 10 days, and is used 0 months after its conditions hold"),
        (make_problem(), Plan((Tour("u", "r", 0, 4),)), "serves 4 months on end, of at most 3"),
        (make_problem(), Plan((Tour("u", "r", 0, 2), Tour("u", "r", 1, 1))), "is used twice in month 1"),
        (make_problem(), Plan((Tour("u", "r", 0, 2), Tour("u", "r", 3, 1))), "rests 1 months, of at least 2"),
        (make_problem(), Plan((), (Share("u", "r", 0, 1),)), "gives 1 pieces, and cannot"),
        (POOL, Plan((), (Share("u", "r", 0, 3),)), "gives 3 of 2 pieces in month 0"),
        (POOL, Plan((), (Share("u", "r", 0, 1), Share("u", "r", 0, 1))), "gives to r twice in month 0"),
    ],
)
def test_a_plan_that_breaks_a_rule_is_found_out(problem: Problem, plan: Plan, rule: str) -> None:
    assert [breach.rule for breach in check(problem, plan)] == [rule]


def test_a_caveat_that_is_lifted_is_no_breach() -> None:
    problem = make_problem(
        requirements=(replace(REQUIREMENT, area="north"),), contributions=(replace(UNIT, caveats=(CAVEAT,)),)
    )
    assert check(problem.under(Scenario(lifted=frozenset({("u", "c")}))), ONE) == ()
