"""Scenarios and runs: who names and starts them, how they end, and that no process undoes another one's work."""

import subprocess
import sys
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import TestCase

from concertation.coalition.enums import Capacity
from concertation.coalition.models import Delegate
from concertation.commitments.domain.plan_work import (
    claim_due_run,
    claim_run,
    end_run,
    keep_alive,
    release_run,
    store_plan,
)
from concertation.commitments.domain.plans import (
    Assumed,
    cancel_run,
    change_scenario,
    define_scenario,
    start_run,
)
from concertation.commitments.domain.requirements import revise_requirement
from concertation.commitments.enums import Approval, Counted, Ending
from concertation.commitments.errors import (
    BadHorizon,
    BadLimit,
    NameMissing,
    NoSuchRun,
    NothingToPlan,
    RunEnded,
    ScenarioNameTaken,
    UnknownCondition,
)
from concertation.commitments.models import PlanRun
from concertation.commitments.plan.check import check
from concertation.commitments.planning import running
from concertation.commitments.planning.stored import plan_from, problem_from
from concertation.commitments.tests.factories import make_contribution, make_requirement, need
from concertation.commitments.tests.plan_scenes import FIRST, last_entry, make_plan, make_run, make_scenario, worked_on
from concertation.core import clock
from concertation.core.errors import NotAllowed, NothingChanged
from concertation.record.models import Entry
from concertation.situation.tests.factories import make_condition
from tests.helpers.people import make_delegate
from tests.helpers.writes import Listener, assert_refused, assert_write

pytestmark = pytest.mark.django_db


@pytest.fixture
def gap(clerk: Delegate) -> None:
    """Four batteries are needed; two are offered, and two more wait for a parliament."""
    germany = make_delegate("DE")
    make_requirement(is_essential=True)
    make_contribution(germany)
    make_contribution(germany, title="Two more", approvals=[Approval.PARLIAMENT])


def test_chair_defines_a_scenario(clerk: Delegate) -> None:
    condition = make_condition("Ceasefire in force")
    assumed = Assumed(
        " Ceasefire  in March ",
        date(2025, 9, 17),
        12,
        {condition.pk: date(2026, 3, 1)},
        [Approval.PARLIAMENT],
        Counted.COMMITTED,
    )
    with assert_write("scenario.defined", "plans"):
        scenario = define_scenario(by=clerk, assumed=assumed)
    assert (scenario.name, scenario.first_month, scenario.months) == ("Ceasefire in March", FIRST, 12)
    assert (scenario.holds, scenario.assumed) == ({str(condition.pk): "2026-03-01"}, ["parliament"])
    assert last_entry()["data"]["assumed_conditions"] == ["Ceasefire in force: 2026-03-01"]


def test_scenario_is_changed_and_runs_keep_what_they_were_asked_for(clerk: Delegate, gap: None) -> None:
    run = make_run(clerk)
    scenario = run.scenario
    with assert_write("scenario.changed", "plans"):
        change_scenario(by=clerk, scenario_id=scenario.pk, assumed=Assumed("Winter", FIRST, 3))
    run.refresh_from_db()
    assert (run.name, run.months) == ("Ceasefire in autumn", 6)
    assert_refused(
        NothingChanged,
        lambda: change_scenario(by=clerk, scenario_id=scenario.pk, assumed=Assumed("Winter", FIRST, 3)),
    )


@pytest.mark.parametrize(
    ("error", "assumed"),
    [
        (NameMissing, Assumed(" ", FIRST, 6)),
        (BadHorizon, Assumed("Winter", FIRST, 0)),
        (BadHorizon, Assumed("Winter", FIRST, 61)),
        (BadHorizon, Assumed("Winter", date(1999, 12, 1), 6)),
        (UnknownCondition, Assumed("Winter", FIRST, 6, {uuid4(): None})),
        (ScenarioNameTaken, Assumed("Ceasefire in autumn", FIRST, 6)),
    ],
)
def test_malformed_scenario_is_refused(clerk: Delegate, error: type[Exception], assumed: Assumed) -> None:
    make_scenario(clerk)
    assert_refused(error, lambda: define_scenario(by=clerk, assumed=assumed))


@pytest.mark.parametrize("capacity", [Capacity.HEAD, Capacity.DELEGATE, Capacity.OBSERVER])
def test_only_the_chair_plans(clerk: Delegate, gap: None, capacity: Capacity) -> None:
    scenario, run = make_scenario(clerk), make_run(clerk, make_scenario(clerk, name="Other"))
    italy = make_delegate("IT", capacity)
    assert_refused(NotAllowed, lambda: define_scenario(by=italy, assumed=Assumed("Winter", FIRST, 6)))
    assert_refused(
        NotAllowed, lambda: change_scenario(by=italy, scenario_id=scenario.pk, assumed=Assumed("Winter", FIRST, 6))
    )
    assert_refused(NotAllowed, lambda: start_run(by=italy, scenario_id=scenario.pk, limit=20))
    assert_refused(NotAllowed, lambda: cancel_run(by=italy, run_id=run.pk))


def test_first_plan_is_there_at_once_and_a_run_is_not_recorded(clerk: Delegate, gap: None) -> None:
    scenario, before = make_scenario(clerk), Entry.objects.count() + 1
    run = make_run(clerk, scenario)
    assert Entry.objects.count() == before - 1
    plan = plan_from(run.plan)
    assert plan
    assert [(tour.start, tour.months) for tour in plan.tours] == [(0, 6)]
    assert check(problem_from(run.problem), plan) == ()


def test_nothing_to_plan_and_bad_limits_are_refused(clerk: Delegate) -> None:
    scenario = make_scenario(clerk)
    assert_refused(NothingToPlan, lambda: start_run(by=clerk, scenario_id=scenario.pk, limit=20))
    assert_refused(BadLimit, lambda: start_run(by=clerk, scenario_id=scenario.pk, limit=21))
    assert PlanRun.objects.count() == 0


def test_run_is_proven_and_its_gap_explained(clerk: Delegate, gap: None) -> None:
    run = make_plan(clerk)
    (found,) = run.gaps
    (act,) = found["by_acts"]["acts"]
    assert (run.ending, [result["value"] for result in run.results][:3]) == (Ending.PROVEN, [6.0, 6.0, 0.0])
    assert (found["gap"], found["by_acts"]["remaining"], act["act"]) == (12, 0, "APPROVE")
    assert found["not_offered"] == 0


def test_gap_that_takes_longer_is_explained_after_the_others(
    clerk: Delegate, gap: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "seconds_at_first", lambda _problem: 0.0)
    assert make_plan(clerk).gaps[0]["by_acts"]["remaining"] == 0


@pytest.mark.parametrize(("name", "explained"), [("SECONDS_OF_GAPS", False), ("SECONDS_A_GAP", True)])
def test_gap_for_which_there_is_no_time_keeps_what_was_said_of_it(
    clerk: Delegate, gap: None, monkeypatch: pytest.MonkeyPatch, name: str, *, explained: bool
) -> None:
    monkeypatch.setattr(running, name, 0.0)
    monkeypatch.setattr(running, "is_settled", lambda _stored: False)
    assert ["gap" in found for found in make_plan(clerk).gaps] == [explained]


@pytest.mark.parametrize("proven", [[True, True], [True, False], [False, True]])
def test_what_is_not_proven_is_looked_at_again(proven: list[bool]) -> None:
    acts, moves = ({"proven": each} for each in proven)
    assert running.is_settled({"gap": 1, "by_acts": acts, "by_moves": moves}) == all(proven)
    assert not running.is_settled({"requirement": "r"})


def test_assumed_approval_closes_the_gap(clerk: Delegate, gap: None) -> None:
    run = make_plan(clerk, make_scenario(clerk, approvals=[Approval.PARLIAMENT]))
    assert [result["value"] for result in run.results][:3] == [0.0, 0.0, 6.0]
    assert run.gaps == []


def test_what_can_never_be_planned_ends_the_run_with_the_reason(clerk: Delegate) -> None:
    needed = make_requirement()
    row = make_contribution(make_delegate("DE"), earmark=needed.pk)
    revise_requirement(by=None, requirement_id=needed.pk, need=need("artillery"))
    run = make_run(clerk)
    assert (run.ending, run.plan) == (Ending.FAILED, None)
    assert run.fault == {"kind": "InfeasibleEarmark", "subject": str(row.pk), "about": str(needed.pk)}
    assert claim_due_run() is None


def test_cancelled_run_keeps_its_plan_and_its_process_stores_nothing_more(clerk: Delegate, gap: None) -> None:
    run = make_run(clerk)
    claimed = claim_run(run.pk)
    assert claimed
    cancel_run(by=clerk, run_id=run.pk)
    assert not store_plan(run.pk, claimed.attempt, {"tours": [], "shares": []}, [], 1.0)
    assert not keep_alive(run.pk, claimed.attempt)
    assert not end_run(run.pk, claimed.attempt, Ending.PROVEN)
    before = run.plan
    run.refresh_from_db()
    assert (run.ending, run.plan) == (Ending.CANCELLED, before)
    assert_refused(RunEnded, lambda: cancel_run(by=clerk, run_id=run.pk))
    assert_refused(NoSuchRun, lambda: cancel_run(by=clerk, run_id=uuid4()))


def test_one_process_has_a_run(clerk: Delegate, gap: None) -> None:
    run = make_run(clerk)
    claimed = claim_due_run()
    assert claimed
    assert (claimed.pk, claimed.attempt) == (run.pk, 1)
    assert claim_due_run() is None
    assert claim_run(run.pk) is None


def test_run_of_a_dead_process_is_taken_again_and_the_dead_one_stores_nothing(clerk: Delegate, gap: None) -> None:
    run = make_run(clerk)
    assert claim_due_run()
    with clock.frozen(clock.now() + timedelta(seconds=29)):
        assert claim_due_run() is None
    with clock.frozen(clock.now() + timedelta(seconds=31)):
        again = claim_due_run()
        assert again
        assert again.attempt == 2
        assert not store_plan(run.pk, 1, {"tours": [], "shares": []}, [], 1.0)
        assert keep_alive(run.pk, 2)
        assert worked_on_now(run, 2).ending == Ending.PROVEN


def worked_on_now(run: PlanRun, attempt: int) -> PlanRun:
    """Go on with an attempt that was claimed."""
    release_run(run.pk, attempt)
    return worked_on(run)


def test_run_whose_processes_die_three_times_is_interrupted(clerk: Delegate, gap: None) -> None:
    run = make_run(clerk)
    for attempt in (1, 2, 3):
        assert claim_due_run()
        assert release_run(run.pk, attempt)
    assert claim_due_run() is None
    run.refresh_from_db()
    assert (run.ending, run.fault) == (Ending.FAILED, {"kind": "interrupted"})
    assert run.plan is not None


def test_later_attempt_never_makes_a_stored_plan_worse(clerk: Delegate, gap: None) -> None:
    run = make_plan(clerk)
    best = run.plan
    PlanRun.objects.filter(pk=run.pk).update(ended_at=None, ending="", beat_at=None)
    claimed = claim_run(run.pk)
    assert claimed
    assert store_plan(run.pk, claimed.attempt, None, run.results, 1.0)
    release_run(run.pk, claimed.attempt)
    assert worked_on(run).plan == best


def test_stored_plan_is_announced(clerk: Delegate, gap: None) -> None:
    run = make_run(clerk)
    claimed = claim_run(run.pk)
    assert claimed
    listener = Listener((f"plan:{run.pk}", "plans"))
    with TestCase.captureOnCommitCallbacks(execute=True):
        store_plan(run.pk, claimed.attempt, run.plan, run.results, 1.0)
    assert listener.heard() == {f"plan:{run.pk}", "plans"}


def test_web_process_does_not_load_the_solver() -> None:
    program = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'concertation.settings'; django.setup();"
        "import concertation.urls, concertation.asgi; from django.urls import get_resolver;"
        "get_resolver().url_patterns; sys.exit('highspy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
