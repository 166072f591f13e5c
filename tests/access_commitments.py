"""What the walk through the addresses of commitments needs: a contribution of Germany that Italy may not know of."""

from typing import Any

from concertation.coalition.enums import Audience
from concertation.commitments.domain.facts import record_delivery, state_caveat
from concertation.commitments.enums import Approval, CaveatKind
from concertation.commitments.tests.factories import HAPPENED, make_contribution, make_requirement
from tests.helpers.people import Visitors

FACT = {"day": "2025-07-10", "evidence": "As recorded."}
TERMS = {
    "title": "Three batteries",
    "line": "deterrence",
    "capability": "air-defence",
    "known": "exact",
    "low": "3",
    "available_from": "2025-09-01",
}
NEED = {
    "name_en": "Air defence",
    "line": "deterrence",
    "phase": "deployment",
    "capability": "air-defence",
    "quantity": "7",
    "needed_from": "2025-09-01",
    "needed_to": "2026-02-28",
    "priority": "2",
}
NAMED = {"name_en": "Bridging", "unit_en": "bridge|bridges", "domain": "land"}
BODIES: dict[str, dict[str, str]] = {
    "commitments:require": NEED,
    "commitments:revise_requirement": NEED,
    "commitments:enter_rate": {"currency": "USD", "per_euro": "1.17", "day": "2025-07-10", "source": "ECB"},
    "commitments:define_capability": {**NAMED, "code": "bridging", "form": "stock"},
    "commitments:change_capability": NAMED,
    "commitments:announce": {**TERMS, "day": "2025-07-10", "audience": "coalition", "evidence": "Said."},
    "commitments:revise_terms": TERMS,
    "commitments:approve": FACT,
    "commitments:caveat": {"kind": "task", "tasks": "patrol", "audience": "coalition"},
    "commitments:lift": FACT,
    "commitments:act": FACT,
    "commitments:correct": FACT,
}


class Commitments:
    """One of everything that is required and contributed."""

    def __init__(self, people: Visitors) -> None:
        head = people.head
        self.requirement = make_requirement()
        self.contribution = make_contribution(head, audience=Audience.CHAIR, approvals=[Approval.PARLIAMENT])
        key = self.contribution.pk
        state_caveat(by=head, contribution_id=key, kind=CaveatKind.TASK, tasks=["patrol"])
        self.fact = record_delivery(by=head, contribution_id=key, quantity=None, happening=HAPPENED)

    def arguments(self, name: str) -> dict[str, Any]:
        """Return what stands in the address `name`."""
        if name.endswith("requirement"):
            return {"requirement_id": self.requirement.pk}
        if name in {"change_capability", "retire_capability"}:
            return {"code": "air-defence"}
        own = {"contribution_id": self.contribution.pk}
        arguments: dict[str, dict[str, Any]] = {
            "member": {"code": "DE"},
            "correct": {"fact_id": self.fact.pk},
            "contribution": own,
            "revise_terms": own,
            "caveat": own,
            "approve": {**own, "approval": "parliament"},
            "lift": {**own, "number": 1},
            "act": {**own, "name": "commit"},
        }
        return arguments.get(name, {})
