"""Problems that make no sense are refused, each with an error of its own that names what is wrong."""

from dataclasses import replace
from typing import Any

import pytest

from concertation.commitments.plan.model import Condition, Form, Problem, Scenario
from concertation.commitments.plan.tests.problems import REQUIREMENT, UNIT, make_problem, with_unit
from concertation.commitments.plan.validation import (
    BadQuantity,
    BadSpan,
    CircularConditions,
    DuplicateId,
    InfeasibleEarmark,
    PlanError,
    UnknownReference,
    validate,
)


def _with_need(**changes: Any) -> Problem:
    return make_problem(requirements=(replace(REQUIREMENT, **changes),))


def test_a_problem_that_makes_sense_passes() -> None:
    validate(make_problem())
    validate(with_unit(earmarks=frozenset({"r"}), conditions=frozenset({"backstop"})))


@pytest.mark.parametrize(
    ("problem", "error", "subject"),
    [
        (_with_need(quantity=-1), BadQuantity, "r"),
        (_with_need(quantity=0), BadQuantity, "r"),
        (_with_need(quantity=10**16), BadQuantity, "r"),
        (_with_need(weight=0), BadQuantity, "r"),
        (_with_need(start=4, end=2), BadSpan, "r"),
        (_with_need(end=7), BadSpan, "r"),
        (with_unit(strength=-5), BadQuantity, "u"),
        (with_unit(readiness=-1), BadQuantity, "u"),
        (with_unit(tour=0), BadQuantity, "u"),
        (with_unit(rest=-1), BadQuantity, "u"),
        (with_unit(start=3, end=3), BadSpan, "u"),
        (with_unit(members=()), UnknownReference, "u"),
        (with_unit(members=("XX",)), UnknownReference, "u"),
        (with_unit(conditions=frozenset({"snow"})), UnknownReference, "u"),
        (with_unit(earmarks=frozenset({"s"})), UnknownReference, "u"),
        (with_unit(earmarks=frozenset({"r"}), capabilities=frozenset({"sea"})), InfeasibleEarmark, "u"),
        (with_unit(earmarks=frozenset({"r"}), form=Form.POOL), InfeasibleEarmark, "u"),
        (make_problem(months=0), BadQuantity, "the plan"),
        (make_problem(contributions=(UNIT, UNIT)), DuplicateId, "u"),
        (make_problem(scenario=Scenario({"snow": 1})), UnknownReference, "the scenario"),
        (make_problem(scenario=Scenario({"ceasefire": -1})), BadSpan, "ceasefire"),
    ],
)
def test_a_problem_that_makes_no_sense_is_refused(problem: Problem, error: type[PlanError], subject: str) -> None:
    with pytest.raises(error) as raised:
        validate(problem)
    assert raised.value.subject == subject


def test_an_earmark_for_another_time_is_refused() -> None:
    problem = make_problem(
        requirements=(replace(REQUIREMENT, end=2),),
        contributions=(replace(UNIT, start=2, earmarks=frozenset({"r"})),),
    )
    with pytest.raises(InfeasibleEarmark, match="u: is earmarked for r, which is needed at another time"):
        validate(problem)


def test_conditions_that_wait_for_each_other_are_refused() -> None:
    circle = (Condition("a", frozenset({"b"})), Condition("b", frozenset({"a"})))
    with pytest.raises(CircularConditions, match="a: waits for itself"):
        validate(make_problem(conditions=circle))
