"""Scenarios and runs for tests: made by the domain functions, planned in this process by a search of limited size."""

import json
from datetime import date
from typing import Any

from concertation.coalition.models import Delegate
from concertation.commitments.domain.plan_work import claim_run
from concertation.commitments.domain.plans import Assumed, define_scenario, start_run
from concertation.commitments.models import PlanRun, PlanScenario
from concertation.commitments.planning.running import make_plans
from concertation.record.models import Entry
from tests.helpers.people import make_secretary

FIRST = date(2025, 9, 1)
NODES = 200


def make_scenario(by: Delegate | None = None, **other: Any) -> PlanScenario:
    """Return a new scenario of six months from September 2025."""
    facts: dict[str, Any] = {"name": "Ceasefire in autumn", "first_month": FIRST, "months": 6, **other}
    return define_scenario(by=by or make_secretary(), assumed=Assumed(**facts))


def make_run(by: Delegate, scenario: PlanScenario | None = None, *, with_restricted: bool = False) -> PlanRun:
    """Return a new run that no process has taken yet."""
    scenario = scenario or make_scenario(by)
    return start_run(by=by, scenario_id=scenario.pk, limit=20, with_restricted=with_restricted)


def make_plan(by: Delegate, scenario: PlanScenario | None = None, *, with_restricted: bool = False) -> PlanRun:
    """Return a run that was worked on to its end."""
    run = make_run(by, scenario, with_restricted=with_restricted)
    return worked_on(run)


def worked_on(run: PlanRun) -> PlanRun:
    """Work on a run as its process does, and return it as it is then."""
    claimed = claim_run(run.pk)
    assert claimed
    make_plans(run.pk, claimed.attempt, stop=lambda: False, nodes=NODES)
    run.refresh_from_db()
    return run


def last_entry() -> dict[str, Any]:
    """Return the last entry of the record as everybody reads it."""
    leaf: dict[str, Any] = json.loads(Entry.objects.latest("sequence").leaf)
    return leaf
