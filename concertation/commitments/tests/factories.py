"""Requirements and contributions for tests: made by the domain functions themselves."""

import json
from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from concertation.coalition.enums import Audience
from concertation.coalition.models import Delegate
from concertation.commitments.domain.catalogue import take_usual_catalogue
from concertation.commitments.domain.contributions import (
    Announcement,
    Offer,
    announce_contribution,
    exactly,
)
from concertation.commitments.domain.facts import Happening
from concertation.commitments.domain.requirements import Need, state_requirement
from concertation.commitments.enums import Line, Phase
from concertation.commitments.models import Capability, Contribution, Requirement
from concertation.record.models import Entry

DAY = date(2025, 7, 1)
HAPPENED = Happening(DAY, evidence="As recorded.")
NAMES = {"en": "Air defence of ports", "fr": "Défense aérienne des ports"}


def make_catalogue() -> None:
    """Fill the catalogue, if it is empty."""
    if not Capability.objects.exists():
        take_usual_catalogue(by=None)


def need(capability: str = "air-defence", quantity: int | str = 4, **other: Any) -> Need:
    """Return a need for six months from September 2025."""
    facts: dict[str, Any] = {
        "names": NAMES,
        "line": Line.DETERRENCE,
        "phase": Phase.DEPLOYMENT,
        "needed_from": date(2025, 9, 1),
        "needed_to": date(2026, 2, 28),
    }
    return Need(capability=capability, quantity=Decimal(quantity), **{**facts, **other})


def make_requirement(
    capability: str = "air-defence", quantity: int | str = 4, *, name: str = "", valid_from: date = DAY, **other: Any
) -> Requirement:
    """Return a new requirement, stated by the loader."""
    make_catalogue()
    names = {"names": {"en": name}} if name else {}
    return state_requirement(by=None, need=need(capability, quantity, **names, **other), valid_from=valid_from)


def offer(capability: str = "air-defence", quantity: int | str | None = 2, **other: Any) -> Offer:
    """Return an offer from September 2025 on; no quantity is undisclosed."""
    amount = exactly(None if quantity is None else Decimal(quantity))
    facts: dict[str, Any] = {
        "title": "Two batteries",
        "line": Line.DETERRENCE,
        "amount": amount,
        "available_from": date(2025, 9, 1),
    }
    return Offer(capability=capability, **{**facts, **other})


def make_contribution(
    by: Delegate | None = None,
    capability: str = "air-defence",
    quantity: int | str | None = 2,
    *,
    members: Collection[str] = (),
    day: date = DAY,
    audience: Audience = Audience.COALITION,
    named: Collection[str] = (),
    conditions: Collection[UUID] = (),
    **other: Any,
) -> Contribution:
    """Return a new contribution of the member of `by`, or of `members`."""
    make_catalogue()
    own = [by.member_id] if by and by.member_id else ["DE"]
    announcement = Announcement(day, list(members) or own, audience, named, evidence="As announced.")
    terms = offer(capability, quantity, conditions=conditions, **other)
    return announce_contribution(by=by, offer=terms, announcement=announcement)


def said_last() -> dict[str, Any]:
    """Return the open data of the last entry of the record."""
    data: dict[str, Any] = json.loads(Entry.objects.latest("pk").leaf)["data"]
    return data
