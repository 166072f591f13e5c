"""Problems, plans and explanations as JSON and back; pure, and the same text for the same thing."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from hashlib import sha256
from typing import Any

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
    Share,
    Tour,
)
from concertation.record.canonical import Json, encode

Stored = dict[str, Any]


def as_json(value: object) -> Any:
    """Return a thing of the solver as JSON: objects by field, sets in order, months and pieces as they are."""
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: as_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: as_json(item) for key, item in sorted(value.items())}
    if isinstance(value, frozenset):
        return sorted(as_json(item) for item in value)
    if isinstance(value, tuple | list):
        return [as_json(item) for item in value]
    return value


def hash_of(stored: Json) -> str:
    """Return what identifies a stored problem or plan: SHA-256 of its canonical text, in hexadecimal."""
    return sha256(encode(stored)).hexdigest()


def plan_from(stored: Stored | None) -> Plan | None:
    """Return the plan that is stored so, None for none."""
    if stored is None:
        return None
    tours = tuple(Tour(**tour) for tour in stored["tours"])
    return Plan(tours, tuple(Share(**share) for share in stored["shares"]))


def problem_from(stored: Stored) -> Problem:
    """Return the problem that is stored so."""
    return Problem(
        months=stored["months"],
        requirements=tuple(_requirement(item) for item in stored["requirements"]),
        contributions=tuple(_contribution(item) for item in stored["contributions"]),
        members=tuple(Member(**item) for item in stored["members"]),
        conditions=tuple(Condition(item["id"], frozenset(item["after"])) for item in stored["conditions"]),
        scenario=_scenario(stored["scenario"]),
        previous=plan_from(stored["previous"]),
    )


def _requirement(stored: Stored) -> Requirement:
    return Requirement(**{**stored, "form": Form(stored["form"])})


def _contribution(stored: Stored) -> Contribution:
    sets = ("capabilities", "conditions", "approvals_needed", "approvals_obtained", "earmarks")
    return Contribution(
        **{
            **stored,
            "form": Form(stored["form"]),
            "members": tuple(stored["members"]),
            "caveats": tuple(_caveat(item) for item in stored["caveats"]),
            **{name: frozenset(stored[name]) for name in sets},
        }
    )


def _caveat(stored: Stored) -> Caveat:
    return Caveat(stored["id"], stored["kind"], frozenset(stored["areas"]), frozenset(stored["tasks"]))


def _scenario(stored: Stored) -> Scenario:
    return Scenario(
        holds=stored["holds"],
        assumed=frozenset(stored["assumed"]),
        lifted=frozenset((whose, what) for whose, what in stored["lifted"]),
        advanced=frozenset(stored["advanced"]),
    )
