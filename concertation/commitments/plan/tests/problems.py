"""Small problems for tests: one made by hand, and a strategy for any."""

from dataclasses import replace
from types import MappingProxyType
from typing import Any

from hypothesis import strategies as st

from concertation.commitments.plan.model import (
    Caveat,
    Condition,
    Contribution,
    Form,
    Member,
    Plan,
    Problem,
    Requirement,
    Scenario,
    Tour,
)

MONTHS = 6
MEMBERS = (Member("FR", 3), Member("IT", 2))
CONDITIONS = (Condition("ceasefire"), Condition("backstop", frozenset({"ceasefire"})))
REQUIREMENT = Requirement("r", "air", Form.UNIT, quantity=2, start=0, end=MONTHS)
UNIT = Contribution("u", ("FR",), frozenset({"air"}), Form.UNIT, strength=1, start=0, end=MONTHS, tour=3, rest=2)


def make_problem(**changes: Any) -> Problem:
    """Return the need for two pieces in six months and one unit that can serve three of them, with `changes`."""
    return replace(Problem(MONTHS, (REQUIREMENT,), (UNIT,), MEMBERS, CONDITIONS), **changes)


def with_unit(**changes: Any) -> Problem:
    """Return the same problem with `changes` to its unit."""
    return make_problem(contributions=(replace(UNIT, **changes),))


@st.composite
def spans(draw: st.DrawFn) -> tuple[int, int]:
    """A span of months within the plan."""
    start = draw(st.integers(0, MONTHS - 1))
    return start, draw(st.integers(start + 1, MONTHS))


@st.composite
def requirements(draw: st.DrawFn, name: str, forms: tuple[Form, ...]) -> Requirement:
    """A requirement of one of `forms`."""
    form, (start, end) = draw(st.sampled_from(forms)), draw(spans())
    return Requirement(
        name,
        draw(st.sampled_from(("air", "sea"))),
        form,
        quantity=draw(st.integers(1, 700) if form is Form.STOCK else st.integers(1, 4)),
        start=start,
        end=end,
        weight=draw(st.integers(1, 3)),
        essential=draw(st.booleans()),
        area=draw(st.sampled_from(("north", "south"))),
    )


@st.composite
def contributions(draw: st.DrawFn, name: str, forms: tuple[Form, ...]) -> Contribution:
    """A contribution of one of `forms`."""
    form, (start, end) = draw(st.sampled_from(forms)), draw(spans())
    areas = draw(st.sampled_from(((), (), ("north",), ("south",))))
    return Contribution(
        name,
        draw(st.sampled_from((("FR",), ("IT",), ("FR", "IT")))),
        draw(st.sampled_from((frozenset({"air"}), frozenset({"sea"}), frozenset({"air", "sea"})))),
        form,
        strength=draw(st.integers(1, 900) if form is Form.STOCK else st.integers(1, 3)),
        start=start,
        end=end,
        readiness=draw(st.sampled_from((0, 0, 10, 60))),
        tour=draw(st.integers(1, MONTHS + 3)),
        rest=draw(st.sampled_from((0, 1, 2, 3, 9))),
        caveats=(Caveat("c", "geographic", frozenset(areas)),) if areas else (),
        conditions=frozenset(draw(st.sampled_from(((), (), ("ceasefire",), ("backstop",))))),
        approvals_needed=frozenset(draw(st.sampled_from(((), (), ("parliament",), ("government",))))),
        approvals_obtained=frozenset(draw(st.sampled_from(((), ("parliament",))))),
    )


@st.composite
def problems(draw: st.DrawFn, forms: tuple[Form, ...] = tuple(Form), most: int = 5) -> Problem:
    """A problem with up to three requirements and `most` contributions, with a previous plan half of the time."""
    needs = [draw(requirements(f"r{n}", forms)) for n in range(draw(st.integers(1, 3)))]
    offers = [draw(contributions(f"o{n}", forms)) for n in range(draw(st.integers(1, most)))]
    holds = draw(st.sampled_from(({}, {"ceasefire": 1}, {"ceasefire": 1, "backstop": 3}, {"backstop": 2})))
    scenario = Scenario(MappingProxyType(holds), frozenset(draw(st.sampled_from(((), ("government",))))))
    previous = Plan((Tour(offers[0].id, needs[0].id, 0, 1),)) if draw(st.booleans()) else None
    return Problem(MONTHS, tuple(needs), tuple(offers), MEMBERS, CONDITIONS, scenario, previous)
