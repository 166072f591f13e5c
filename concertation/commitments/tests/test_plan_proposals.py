"""A plan is a proposal: each member confirms or declines its own part, and the next plan changes least of it."""

import json
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from concertation.coalition.enums import Audience, Capacity
from concertation.coalition.models import Delegate
from concertation.commitments.domain.facts import join_contribution, withdraw_contribution
from concertation.commitments.domain.plans import confirm_part, decline_part, propose_plan
from concertation.commitments.enums import Approval
from concertation.commitments.errors import (
    AlreadyAnswered,
    AlreadyProposed,
    NoPart,
    NoPlanYet,
    NoSuchRun,
    NotProposed,
    ReasonMissing,
)
from concertation.commitments.models import PlanAnswer, PlanRun
from concertation.commitments.plan.model import Plan, Share, Tour
from concertation.commitments.planning.history import differing, joined, of_contributions, shifted
from concertation.commitments.planning.spans import Horizon
from concertation.commitments.planning.stored import hash_of, plan_from, problem_from
from concertation.commitments.plans_waiting import awaiting_parts
from concertation.commitments.queries.planning import confirmed_plan
from concertation.commitments.tests.factories import HAPPENED, make_contribution, make_requirement
from concertation.commitments.tests.plan_scenes import FIRST, last_entry, make_plan, make_run, make_scenario
from concertation.core.errors import NotAllowed
from concertation.record.models import Entry
from tests.helpers.people import make_delegate
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db
HORIZON = Horizon(FIRST, 6)


@pytest.fixture
def italy(clerk: Delegate) -> Delegate:
    """The head of the Italian delegation."""
    return make_delegate("IT")


@pytest.fixture
def run(clerk: Delegate, germany: Delegate, italy: Delegate) -> PlanRun:
    """A plan in which Germany and Italy serve."""
    make_requirement()
    make_contribution(germany)
    make_contribution(italy)
    return make_plan(clerk)


def proposed(clerk: Delegate, run: PlanRun) -> PlanRun:
    """Propose a plan and return it as it is then."""
    propose_plan(by=clerk, run_id=run.pk)
    run.refresh_from_db()
    return run


def test_plan_is_proposed_with_the_hashes_of_what_it_is(
    clerk: Delegate, run: PlanRun, germany: Delegate, italy: Delegate
) -> None:
    topics = (f"plan:{run.pk}", "plans", f"delegate:{germany.pk}", f"delegate:{italy.pk}")
    with assert_write("plan.proposed", *topics):
        propose_plan(by=clerk, run_id=run.pk)
    run.refresh_from_db()
    assert run.part_codes == ["DE", "IT"]
    assert last_entry()["data"] == {
        "scenario_name": "Ceasefire in autumn",
        "from_month": "2025-09-01",
        "months": 6,
        "parts_of": ["DE", "IT"],
        "problem_hash": hash_of(run.problem),
        "plan_hash": hash_of(run.plan),
        "is_proven": True,
    }


def test_only_the_chair_proposes_and_only_what_has_ended(clerk: Delegate, run: PlanRun, germany: Delegate) -> None:
    assert_refused(NotAllowed, lambda: propose_plan(by=germany, run_id=run.pk))
    unfinished = make_run(clerk, run.scenario)
    assert_refused(NoPlanYet, lambda: propose_plan(by=clerk, run_id=unfinished.pk))
    proposed(clerk, run)
    assert_refused(AlreadyProposed, lambda: propose_plan(by=clerk, run_id=run.pk))


def test_plan_in_which_nobody_serves_is_not_proposed(clerk: Delegate) -> None:
    make_requirement()
    run = make_plan(clerk)
    assert_refused(NoPlanYet, lambda: propose_plan(by=clerk, run_id=run.pk))


def test_proposed_plan_is_final_in_the_database(clerk: Delegate, run: PlanRun) -> None:
    proposed(clerk, run)
    with pytest.raises(DatabaseError), transaction.atomic():
        PlanRun.objects.filter(pk=run.pk).update(plan={"tours": [], "shares": []})


def test_head_confirms_the_own_part(clerk: Delegate, run: PlanRun, germany: Delegate) -> None:
    proposed(clerk, run)
    with assert_write("plan.part_confirmed", f"plan:{run.pk}", "plans", f"delegate:{germany.pk}"):
        confirm_part(by=germany, run_id=run.pk)
    assert [(answer.member_id, answer.confirms) for answer in run.answers.all()] == [("DE", True)]
    assert last_entry()["data"] == {"scenario_name": "Ceasefire in autumn", "plan_hash": hash_of(run.plan)}
    assert_refused(AlreadyAnswered, lambda: confirm_part(by=germany, run_id=run.pk))


def test_head_declines_with_a_reason_and_may_think_again(clerk: Delegate, run: PlanRun, germany: Delegate) -> None:
    proposed(clerk, run)
    assert_refused(ReasonMissing, lambda: decline_part(by=germany, run_id=run.pk, reason=" "))
    with assert_write("plan.part_declined", f"plan:{run.pk}", "plans", f"delegate:{germany.pk}"):
        decline_part(by=germany, run_id=run.pk, reason="Not before spring.")
    assert last_entry()["data"]["reason"] == "Not before spring."
    confirm_part(by=germany, run_id=run.pk)
    assert confirmed_plan(HORIZON, None) is not None
    assert PlanAnswer.objects.count() == 2


def test_nobody_confirms_for_another_member(clerk: Delegate, run: PlanRun) -> None:
    assert_refused(NotProposed, lambda: confirm_part(by=make_delegate("GB"), run_id=run.pk))
    proposed(clerk, run)
    assert_refused(NoPart, lambda: confirm_part(by=make_delegate("FR"), run_id=run.pk))
    assert_refused(NotAllowed, lambda: confirm_part(by=clerk, run_id=run.pk))
    assert_refused(NotAllowed, lambda: confirm_part(by=make_delegate("DE", Capacity.DELEGATE), run_id=run.pk))
    assert_refused(
        NotAllowed, lambda: decline_part(by=make_delegate("DE", Capacity.OBSERVER), run_id=run.pk, reason="No.")
    )


def test_answers_refuse_to_be_changed(clerk: Delegate, run: PlanRun, germany: Delegate) -> None:
    answer = confirm_part(by=germany, run_id=proposed(clerk, run).pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        PlanAnswer.objects.filter(pk=answer.pk).update(confirms=False)


def test_later_proposal_takes_the_place_of_the_former(clerk: Delegate, run: PlanRun, germany: Delegate) -> None:
    proposed(clerk, run)
    again = proposed(clerk, make_plan(clerk, run.scenario))
    assert_refused(NotProposed, lambda: confirm_part(by=germany, run_id=run.pk))
    assert confirm_part(by=germany, run_id=again.pk).confirms


def test_part_waits_for_the_head_until_it_is_answered(
    clerk: Delegate, run: PlanRun, germany: Delegate, italy: Delegate
) -> None:
    assert list(awaiting_parts(germany)) == []
    proposed(clerk, run)
    (thing,) = awaiting_parts(germany)
    assert (thing.live_topic, thing.url) == (f"plan:{run.pk}", f"/commit/plan/{run.pk}/")
    assert list(awaiting_parts(make_delegate("DE", Capacity.DELEGATE))) == []
    assert list(awaiting_parts(make_delegate("FR"))) == []
    assert list(awaiting_parts(clerk)) == []
    confirm_part(by=germany, run_id=run.pk)
    assert list(awaiting_parts(germany)) == []
    assert len(list(awaiting_parts(italy))) == 1


def test_confirmed_part_is_what_the_next_plan_changes_least(
    clerk: Delegate, run: PlanRun, germany: Delegate, italy: Delegate
) -> None:
    proposed(clerk, run)
    confirm_part(by=germany, run_id=run.pk)
    plan = plan_from(run.plan)
    assert plan
    own = {tour.contribution for tour in plan.tours if tour.contribution in german(run)}
    assert confirmed_plan(HORIZON, None) == of_contributions(plan, own)
    confirm_part(by=italy, run_id=run.pk)
    assert confirmed_plan(HORIZON, None) == plan


def german(run: PlanRun) -> set[str]:
    """Return the ids of what Germany offers."""
    return {offer.id for offer in problem_from(run.problem).contributions if offer.members == ("DE",)}


def test_changed_fact_changes_only_what_it_must(clerk: Delegate, germany: Delegate, italy: Delegate) -> None:
    make_requirement(quantity=4)
    row = make_contribution(germany)
    make_contribution(italy)
    first = proposed(clerk, make_plan(clerk))
    for head in (germany, italy):
        confirm_part(by=head, run_id=first.pk)
    make_requirement("artillery", 1)
    again = make_plan(clerk, first.scenario)
    assert differing(problem_from(again.problem), plan_from(again.plan) or Plan()) == (0, 2)
    withdraw_contribution(by=germany, contribution_id=row.pk, happening=HAPPENED)
    make_contribution(make_delegate("FR"), title="In its place")
    last = make_plan(clerk, first.scenario)
    plan = plan_from(last.plan)
    assert plan
    assert differing(problem_from(last.problem), plan) == (0, 1)  # what Germany confirmed is not there any more
    assert len({tour.contribution for tour in plan.tours}) == 2


def test_joint_contribution_is_confirmed_when_all_who_offer_it_did(
    clerk: Delegate, germany: Delegate, italy: Delegate
) -> None:
    make_requirement()
    row = make_contribution(germany, members=["DE", "IT"])
    join_contribution(by=italy, contribution_id=row.pk, happening=HAPPENED)
    run = proposed(clerk, make_plan(clerk))
    confirm_part(by=germany, run_id=run.pk)
    assert confirmed_plan(HORIZON, None) is None
    confirm_part(by=italy, run_id=run.pk)
    assert confirmed_plan(HORIZON, None) == plan_from(run.plan)


def test_restricted_proposal_is_sealed_and_known_to_its_readers_only(
    clerk: Delegate, germany: Delegate, italy: Delegate
) -> None:
    make_requirement()
    make_contribution(germany, audience=Audience.CHAIR)
    france = make_delegate("FR")
    run = make_plan(clerk, with_restricted=True)
    assert run.reader_codes == ["DE", "FR", "GB"]
    with assert_write("plan.proposed", f"plan:{run.pk}", f"delegate:{germany.pk}"):
        propose_plan(by=clerk, run_id=run.pk)
    entry = last_entry()
    assert (entry["data"], "restricted" in entry) == ({}, True)
    assert "Ceasefire in autumn" not in json.dumps(entry)
    assert [list(awaiting_parts(head)) != [] for head in (germany, france, italy)] == [True, False, False]
    assert_refused(NoSuchRun, lambda: confirm_part(by=italy, run_id=run.pk))
    confirm_part(by=germany, run_id=run.pk)
    assert last_entry()["data"] == {}
    assert confirmed_plan(HORIZON, None) is None
    assert confirmed_plan(HORIZON, frozenset({"DE", "FR"})) == plan_from(run.plan)
    assert confirmed_plan(HORIZON, frozenset({"DE", "IT"})) is None


def test_plan_of_the_coalition_stays_proposed_beside_a_restricted_one(
    clerk: Delegate, run: PlanRun, germany: Delegate
) -> None:
    proposed(clerk, run)
    make_contribution(germany, "artillery", audience=Audience.CHAIR)
    proposed(clerk, make_plan(clerk, make_scenario(clerk, name="Other"), with_restricted=True))
    run.refresh_from_db()
    assert run.is_current_proposal
    assert Entry.objects.filter(action="plan.proposed").count() == 2


def test_former_plan_is_read_in_the_months_of_the_next() -> None:
    plan = Plan((Tour("a", "r", 0, 4), Tour("b", "r", 0, 1)), (Share("c", "r", 1, 5), Share("c", "r", 3, 5)))
    assert shifted(plan, 2, 6) == Plan((Tour("a", "r", 0, 2),), (Share("c", "r", 1, 5),))
    assert shifted(plan, -2, 3) == Plan((Tour("a", "r", 2, 1), Tour("b", "r", 2, 1)))
    assert joined([of_contributions(plan, {"c"}), of_contributions(plan, {"a", "b"})]) == plan


def test_approvals_still_missing_keep_a_contribution_out_of_the_parts(clerk: Delegate, germany: Delegate) -> None:
    make_requirement(needed_from=date(2025, 9, 1))
    make_contribution(germany)
    make_contribution(make_delegate("IT"), approvals=[Approval.PARLIAMENT])
    assert proposed(clerk, make_plan(clerk)).part_codes == ["DE"]
