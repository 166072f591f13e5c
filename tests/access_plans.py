"""What the walk through the addresses of plans needs: plans with what Italy and Poland may not read."""

from typing import Any

from concertation.coalition.enums import Audience
from concertation.commitments.domain.plans import propose_plan
from concertation.commitments.tests.factories import make_contribution, make_requirement
from concertation.commitments.tests.plan_scenes import make_plan, make_run, make_scenario
from concertation.core import clock
from concertation.situation.models import Condition
from tests.helpers.people import Visitors


class Plans:
    """One scenario, and of its plans one that is proposed, one that is made now and one that has ended."""

    def __init__(self, people: Visitors, condition: Condition) -> None:
        chair = people.secretariat
        make_requirement()
        make_contribution(people.head, audience=Audience.CHAIR)
        self.scenario = make_scenario(chair)
        self.proposed = make_plan(chair, self.scenario, with_restricted=True)
        propose_plan(by=chair, run_id=self.proposed.pk)
        self.working = make_run(chair, self.scenario, with_restricted=True)
        self.ended = make_plan(chair, self.scenario, with_restricted=True)
        month = f"{clock.now():%Y-%m}-01"
        assumed = {"name": "Winter", "first_month": month, "months": "6", "counted": "committed"}
        assumed[f"holds_{condition.pk}"] = "never"
        self.bodies: dict[str, dict[str, str]] = {
            "commitments:plan_scenario_new": assumed,
            "commitments:plan_scenario_change": assumed,
            "commitments:plan_start": {"limit": "20", "restricted": "on"},
            "commitments:plan_decline": {"reason": "Not before spring."},
        }

    def arguments(self, name: str) -> dict[str, Any]:
        """Return what stands in the address `name`."""
        if name in {"plans", "plan_compare", "plan_scenario_new"}:
            return {}
        if name in {"plan_scenario", "plan_scenario_change", "plan_start"}:
            return {"scenario_id": self.scenario.pk}
        runs = {"plan_cancel": self.working, "plan_propose": self.ended}
        return {"run_id": runs.get(name, self.proposed).pk}
