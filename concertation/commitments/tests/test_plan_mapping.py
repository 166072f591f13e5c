"""From rows to the problem of the solver: exactly, to the cent, and with a word about what is left out."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concertation.commitments.deriving import Amount
from concertation.commitments.domain.facts import (
    commit_contribution,
    join_contribution,
    lift_caveat,
    record_approval,
    state_caveat,
    withdraw_contribution,
)
from concertation.commitments.domain.requirements import drop_requirement, revise_requirement
from concertation.commitments.economies import economies
from concertation.commitments.enums import Approval, CaveatKind, Counted, Form, Phase, Priority
from concertation.commitments.models import Contribution, Requirement
from concertation.commitments.plan import model
from concertation.commitments.plan.validation import InfeasibleEarmark, validate
from concertation.commitments.planning.mapping import Assumptions, Known, Mapped, members_of, pieces, problem_of
from concertation.commitments.planning.spans import Horizon
from concertation.commitments.planning.stored import as_json, hash_of, problem_from
from concertation.commitments.tests.factories import HAPPENED, make_contribution, make_requirement, need
from concertation.core import clock
from concertation.situation.tests.factories import make_condition
from tests.helpers.people import make_coalition, make_delegate, make_secretary

pytestmark = pytest.mark.django_db
TODAY = date(2025, 7, 10)
FIRST = date(2025, 9, 1)
HORIZON = Horizon(FIRST, 6)
LAND = "deterrence/deployment/air-defence"


@pytest.fixture(autouse=True)
def _members() -> None:
    make_coalition()


def mapped(known: Known | None = None, previous: model.Plan | None = None, **assumed: object) -> Mapped:
    """Return all rows as a problem of six months from September 2025."""
    needs = Requirement.objects.prefetch_related("revisions__capability")
    offers = Contribution.objects.whole().prefetch_related("caveats")
    assumptions = Assumptions(**{"horizon": HORIZON, **assumed})  # type: ignore[arg-type]
    return problem_of(needs, offers, assumptions, known or Known(TODAY), previous)


def test_requirement_of_units_is_counted_in_units() -> None:
    row = make_requirement(quantity=4, priority=Priority.HIGH, is_essential=True, area="Odesa", task="air defence")
    assert mapped().problem.requirements == (
        model.Requirement(
            id=str(row.pk),
            capability=LAND,
            form=model.Form.UNIT,
            quantity=4,
            start=0,
            end=6,
            weight=4,
            essential=True,
            area="Odesa",
            task="air defence",
        ),
    )


def test_contribution_is_mapped_field_by_field() -> None:
    germany = make_delegate("DE")
    condition = make_condition()
    target = make_requirement()
    row = make_contribution(
        germany,
        members=["DE", "FR"],
        phase=Phase.DEPLOYMENT,
        available_from=date(2025, 10, 15),
        available_to=date(2026, 1, 2),
        readiness=45,
        tour=4,
        rest=2,
        approvals=[Approval.GOVERNMENT, Approval.PARLIAMENT],
        conditions=[condition.pk],
        earmark=target.pk,
    )
    join_contribution(by=make_delegate("FR"), contribution_id=row.pk, happening=HAPPENED)
    record_approval(by=germany, contribution_id=row.pk, approval=Approval.GOVERNMENT, happening=HAPPENED)
    state_caveat(by=germany, contribution_id=row.pk, kind=CaveatKind.GEOGRAPHIC, areas=["Kharkiv"], wording="Never.")
    own = str(row.pk)
    assert mapped().problem.contributions == (
        model.Contribution(
            id=own,
            members=("DE", "FR"),
            capabilities=frozenset({LAND}),
            form=model.Form.UNIT,
            strength=2,
            start=1,
            end=5,
            readiness=45,
            tour=4,
            rest=2,
            caveats=(model.Caveat("1", "geographic", frozenset({"Kharkiv"})),),
            conditions=frozenset({str(condition.pk)}),
            approvals_needed=frozenset({f"{own}:government", f"{own}:parliament"}),
            approvals_obtained=frozenset({f"{own}:government"}),
            earmarks=frozenset({str(target.pk)}),
        ),
    )


def test_offer_for_any_phase_serves_every_phase_of_its_line_only() -> None:
    make_contribution(make_delegate("DE"))
    found = mapped().problem.contributions[0].capabilities
    assert found == {f"deterrence/{phase}/air-defence" for phase in ("now", "deployment", "presence")}


def test_means_of_members_are_their_economies() -> None:
    known = economies()
    make_contribution(make_delegate("DE"))
    make_contribution(make_delegate("IT"))
    assert mapped().problem.members == tuple(model.Member(code, int(known[code].gdp or 0)) for code in ("DE", "IT"))


def test_means_of_a_member_without_a_figure_are_the_median_of_the_others() -> None:
    known = economies()
    assert {member.id: member.means for member in members_of({"DE", "FR", "EE", "EU"})} == {
        **{code: int(known[code].gdp or 0) for code in ("DE", "FR", "EE")},
        "EU": int(known["FR"].gdp or 0),
    }


def test_means_are_equal_where_no_member_has_a_figure() -> None:
    assert members_of({"EU", "UN"}) == (model.Member("EU", 1), model.Member("UN", 1))


def test_no_tour_is_no_limit() -> None:
    make_contribution(make_delegate("DE"))
    (offer,) = mapped().problem.contributions
    assert (offer.tour, offer.rest) == (6, 0)


@pytest.mark.parametrize(("readiness", "quantity", "form"), [(0, "0.01", "pool"), (0, "400.55", "stock")])
def test_divisible_quantities_are_counted_in_hundredths(readiness: int, quantity: str, form: str) -> None:
    make_contribution(make_delegate("DE"), "strategic-lift" if form == "pool" else "ammunition-155", quantity)
    (offer,) = mapped().problem.contributions
    assert (offer.strength, offer.form.value) == (int(Decimal(quantity) * 100), form)


def test_money_is_counted_in_cents_of_a_euro_by_the_rate() -> None:
    make_contribution(make_delegate("DE"), "military-aid", "1000.10", currency="EUR")
    make_contribution(make_delegate("GB"), "military-aid", "500", currency="GBP")
    found = mapped(Known(TODAY, per_euro={"GBP": Decimal("0.8")})).problem.contributions
    assert sorted((offer.strength, offer.form.value) for offer in found) == [(62_500, "stock"), (100_010, "stock")]


def test_money_without_a_rate_is_left_out_and_said() -> None:
    row = make_contribution(make_delegate("GB"), "military-aid", "500", currency="GBP")
    found = mapped()
    assert found.problem.contributions == ()
    assert found.left_out == {"no_rate": [str(row.pk)]}


def test_undisclosed_quantity_is_left_out_and_opens_the_months_that_it_could_serve() -> None:
    needed = make_requirement()
    row = make_contribution(make_delegate("DE"), quantity=None, available_to=date(2025, 10, 31))
    found = mapped()
    assert found.problem.contributions == ()
    assert found.left_out == {"undisclosed": [str(row.pk)]}
    assert found.unknown == {str(needed.pk): [0, 1]}


def test_undisclosed_quantity_opens_nothing_while_its_condition_does_not_hold() -> None:
    make_requirement()
    make_contribution(make_delegate("DE"), quantity=None, conditions=[make_condition().pk])
    assert mapped().unknown == {}


def test_lowest_figure_of_a_range_counts() -> None:
    make_contribution(make_delegate("DE"), amount=Amount(Decimal(2), Decimal(5)))
    assert mapped().problem.contributions[0].strength == 2


def test_withdrawn_and_dropped_rows_are_not_planned() -> None:
    germany, clerk = make_delegate("DE"), make_secretary()
    row, needed = make_contribution(germany), make_requirement()
    withdraw_contribution(by=germany, contribution_id=row.pk, happening=HAPPENED)
    drop_requirement(by=clerk, requirement_id=needed.pk, reason="Not needed.")
    found = problem_of(
        Requirement.objects.all(), Contribution.objects.all(), Assumptions(HORIZON), Known(clock.now().date())
    )
    assert (found.problem.requirements, found.problem.contributions) == ((), ())
    assert found.left_out == {"not_live": [str(row.pk)]}


def test_only_what_has_come_so_far_counts() -> None:
    germany = make_delegate("DE")
    announced = make_contribution(germany, approvals=[Approval.PARLIAMENT])
    approved, committed = make_contribution(germany), make_contribution(germany)
    commit_contribution(by=germany, contribution_id=committed.pk, happening=HAPPENED)
    by_stage = {stage: {offer.id for offer in mapped(counted=stage).problem.contributions} for stage in Counted}
    assert by_stage == {
        Counted.ANNOUNCED: {str(announced.pk), str(approved.pk), str(committed.pk)},
        Counted.APPROVED: {str(approved.pk), str(committed.pk)},
        Counted.COMMITTED: {str(committed.pk)},
    }
    assert mapped(counted=Counted.COMMITTED).left_out == {"not_counted": [str(announced.pk), str(approved.pk)]}


def test_pending_approvals_are_assumed_by_kind_but_not_refused_ones() -> None:
    germany = make_delegate("DE")
    rows = [make_contribution(germany, approvals=[Approval.PARLIAMENT, Approval.MANDATE]) for _ in range(2)]
    refused = rows[1].pk
    record_approval(
        by=germany, contribution_id=refused, approval=Approval.PARLIAMENT, happening=HAPPENED, granted=False
    )
    assert mapped().problem.scenario.assumed == frozenset()
    found = mapped(assumed=frozenset({"parliament"})).problem.scenario.assumed
    assert found == {f"{rows[0].pk}:parliament"}


def test_conditions_hold_as_found_unless_the_scenario_says_otherwise() -> None:
    one, two, three, four = (make_condition(f"Condition {n}") for n in range(4))
    make_contribution(make_delegate("DE"), conditions=[one.pk, two.pk, three.pk, four.pk])
    found = {str(one.pk): date(2025, 5, 1), str(two.pk): date(2025, 5, 1)}
    holds = {str(two.pk): None, str(three.pk): date(2025, 11, 30), str(four.pk): date(2026, 3, 1)}
    problem = mapped(Known(TODAY, found), holds=holds).problem
    assert problem.scenario.holds == {str(one.pk): 0, str(three.pk): 2}
    assert [condition.id for condition in problem.conditions] == sorted(str(c.pk) for c in (one, two, three, four))


def test_lifted_caveat_is_gone() -> None:
    germany = make_delegate("DE")
    row = make_contribution(germany)
    state_caveat(by=germany, contribution_id=row.pk, kind=CaveatKind.TASK, tasks=["patrol"])
    assert len(mapped().problem.contributions[0].caveats) == 1
    lift_caveat(by=germany, contribution_id=row.pk, number=1, happening=HAPPENED)
    assert mapped().problem.contributions[0].caveats == ()


def test_what_ends_before_the_plan_begins_is_left_out() -> None:
    row = make_contribution(make_delegate("DE"), available_from=date(2025, 7, 1), available_to=date(2025, 8, 31))
    expired = make_contribution(make_delegate("IT"), expires_on=date(2025, 8, 1))
    make_requirement(needed_from=date(2025, 3, 1), needed_to=date(2025, 8, 31))
    found = mapped()
    assert (found.problem.contributions, found.problem.requirements) == ((), ())
    assert found.left_out == {"other_time": [str(row.pk), str(expired.pk)]}


def test_earmark_for_what_is_not_planned_leaves_the_contribution_out() -> None:
    later = make_requirement(needed_from=date(2027, 1, 1), needed_to=date(2027, 6, 1))
    row = make_contribution(make_delegate("DE"), earmark=later.pk)
    assert mapped().left_out == {"other_need": [str(row.pk)]}


def test_earmark_that_can_never_serve_is_an_error_that_names_both() -> None:
    needed = make_requirement()
    row = make_contribution(make_delegate("DE"), earmark=needed.pk)
    other = need("artillery")
    revise_requirement(by=None, requirement_id=needed.pk, need=other, valid_from=date(2025, 7, 5))
    with pytest.raises(InfeasibleEarmark) as caught:
        validate(mapped().problem)
    assert (caught.value.subject, caught.value.about) == (str(row.pk), str(needed.pk))


def test_previous_plan_keeps_only_what_is_still_there() -> None:
    needed, row = make_requirement(), make_contribution(make_delegate("DE"))
    kept = model.Tour(str(row.pk), str(needed.pk), 0, 3)
    former = model.Plan((kept, model.Tour("gone", str(needed.pk), 0, 3), model.Tour(str(row.pk), "gone", 3, 3)))
    assert mapped(previous=former).problem.previous == model.Plan((kept,))


def test_problem_survives_storage_and_its_hash_follows_its_content() -> None:
    test_contribution_is_mapped_field_by_field()
    former = model.Plan(shares=(model.Share("a", "b", 1, 10**15),))
    problem = mapped().problem
    problem = replace(problem, previous=former)
    stored = as_json(problem)
    assert problem_from(stored) == problem
    assert hash_of(stored) == hash_of(as_json(problem_from(stored)))
    assert hash_of(as_json(replace(problem, months=5))) != hash_of(stored)


@given(st.lists(st.integers(1, 10**14), min_size=1, max_size=20))
def test_quantities_conserve_to_the_cent(cents: list[int]) -> None:
    quantities = [Decimal(cent) / 100 for cent in cents]
    assert sum(pieces(quantity, Form.MONEY, "EUR", {}) for quantity in quantities) == sum(quantities) * 100


@given(st.integers(1, 10**14), st.decimals("0.01", "500", places=4))
def test_exchanged_money_is_exact_to_half_a_cent(cents: int, rate: Decimal) -> None:
    exact = Decimal(cents) / 100 / rate
    if exact >= 1:
        found = pieces(Decimal(cents) / 100, Form.MONEY, "USD", {"USD": rate})
        assert abs(Decimal(found) / 100 - exact) <= Decimal("0.0051")


@pytest.mark.parametrize(
    ("first", "last", "span"),
    [
        (date(2025, 9, 30), date(2025, 9, 30), (0, 1)),
        (date(2025, 8, 31), None, (0, 6)),
        (date(2026, 2, 28), date(2030, 1, 1), (5, 6)),
        (date(2026, 3, 1), None, None),
        (date(2025, 1, 1), date(2025, 8, 31), None),
    ],
)
def test_months_count_as_a_whole(first: date, last: date | None, span: tuple[int, int] | None) -> None:
    assert HORIZON.span(first, last) == span
