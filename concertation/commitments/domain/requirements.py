"""The chair states what is needed, revises it, and drops what is needed no more or accepted as a gap."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from concertation.coalition.models import Delegate
from concertation.commitments.domain.checks import (
    check_currency,
    check_quantity,
    check_span,
    clean_names,
    current_capability,
)
from concertation.commitments.domain.entries import as_json, note_requirement, taken_requirement
from concertation.commitments.enums import Line, Phase, Priority
from concertation.commitments.errors import Dropped, OtherCurrency
from concertation.commitments.events import Act
from concertation.commitments.models import Capability, Requirement, Revision
from concertation.commitments.models.catalogue import BASE
from concertation.commitments.rules import may_require
from concertation.core import clock
from concertation.core.days import check_past
from concertation.core.errors import NotAllowed, NothingChanged
from concertation.core.words import clean_line, clean_prose
from concertation.record.canonical import Json

AREA_LENGTH = 80
REASON_LENGTH = 500


@dataclass(frozen=True, slots=True)
class Need:
    """What is needed: `quantity` of a capability in each month of the days [needed_from, needed_to], or, of stocks
    and money, once within them."""

    names: dict[str, str]
    line: Line
    phase: Phase
    capability: str
    quantity: Decimal
    needed_from: date
    needed_to: date
    currency: str = ""
    priority: Priority = Priority.MEDIUM
    is_essential: bool = False
    area: str = ""
    task: str = ""

    @classmethod
    def of(cls, revision: Revision) -> "Need":
        """Return what a revision says."""
        kept = {field.name: getattr(revision, field.name) for field in fields(cls) if field.name != "capability"}
        return cls(capability=revision.capability_id, **kept)


@transaction.atomic
def state_requirement(
    *,
    by: Delegate | None,
    need: Need,
    valid_from: date | None = None,
    sources: Sequence[str] = (),
    key: str = "",
) -> Requirement:
    """State what is needed, from today on unless `valid_from` says since when, and return the requirement.

    `by` is None for the loader, `key` what an import knows it by. Raises NotAllowed, and the errors of a need:
    NoSuchCapability, WordsMissing, TooLong, BadQuantity, BrokenUnit, BadCurrency, OtherCurrency, BadSpan,
    ReversedDates, BadDay.
    """
    _check(by)
    need = _checked(need)
    requirement = Requirement.objects.create(created_at=clock.now(), created_by=by, key=key, sources=list(sources))
    _revise(by, Act.REQUIRED, requirement, need, valid_from, {"sources": list(sources)})
    return requirement


@transaction.atomic
def revise_requirement(
    *, by: Delegate | None, requirement_id: UUID, need: Need, valid_from: date | None = None, reason: str = ""
) -> None:
    """Put other words and figures in force, from today on unless `valid_from` says since when.

    What was needed before stays readable. Raises NotAllowed, NoSuchRequirement, Dropped, NothingChanged, and the
    errors of a need.
    """
    _check(by)
    need, reason = _checked(need), clean_prose(reason, REASON_LENGTH)
    requirement = taken_requirement(by, requirement_id)
    before = _open_revision(requirement)
    if Need.of(before) == need:
        raise NothingChanged
    _revise(by, Act.REVISED, requirement, need, valid_from, {"reason": reason}, reason=reason)


@transaction.atomic
def drop_requirement(*, by: Delegate | None, requirement_id: UUID, reason: str) -> None:
    """Need something no more, or accept its gap; it stays readable. Raises NotAllowed, NoSuchRequirement, Dropped."""
    _check(by)
    reason = clean_prose(reason, REASON_LENGTH)
    requirement = taken_requirement(by, requirement_id)
    need = Need.of(_open_revision(requirement))
    _revise(by, Act.DROPPED, requirement, need, None, {"reason": reason}, reason=reason, is_dropped=True)


def _open_revision(requirement: Requirement) -> Revision:
    revision = requirement.revision
    if revision.is_dropped:
        raise Dropped
    return revision


def _revise(
    by: Delegate | None,
    act: Act,
    requirement: Requirement,
    need: Need,
    valid_from: date | None,
    facts: dict[str, Json],
    *,
    reason: str = "",
    is_dropped: bool = False,
) -> None:
    """Add the row and its entry."""
    valid_from = valid_from or clock.now().date()
    check_past(valid_from)
    words = {field.name: getattr(need, field.name) for field in fields(need) if field.name != "capability"}
    revision = Revision.objects.create(
        requirement=requirement,
        number=requirement.revisions.count() + 1,
        valid_from=valid_from,
        capability_id=need.capability,
        reason=reason,
        is_dropped=is_dropped,
        by=by,
        at=clock.now(),
        **words,
    )
    said: dict[str, Json] = {field.name: as_json(getattr(need, field.name)) for field in fields(need)}
    said["essential"] = said.pop("is_essential")
    numbered: dict[str, Json] = {"number": revision.number, "effective_from": valid_from.isoformat()}
    note_requirement(by, act, requirement, {**said, **numbered, **facts})


def _checked(need: Need) -> Need:
    """Return a need in normal form; raises its errors."""
    capability: Capability = current_capability(need.capability)
    check_currency(capability, need.currency)
    if need.currency not in {"", BASE}:
        raise OtherCurrency
    check_quantity(need.quantity, capability)
    check_span(need.needed_from, need.needed_to)
    return replace(
        need,
        names=clean_names(need.names),
        line=Line(need.line),
        phase=Phase(need.phase),
        priority=Priority(need.priority),
        area=clean_line(need.area, AREA_LENGTH),
        task=clean_line(need.task, AREA_LENGTH),
    )


def _check(by: Delegate | None) -> None:
    """Let the chair and the loader through; raises NotAllowed."""
    if by is not None and not may_require(by):
        raise NotAllowed
