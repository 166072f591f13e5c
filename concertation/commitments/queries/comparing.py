"""What rows of a file would change: each against what is known by its key."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _

from concertation.coalition.enums import Audience
from concertation.coalition.models import Delegate
from concertation.commitments.deriving import in_force
from concertation.commitments.domain.contributions import Offer
from concertation.commitments.domain.requirements import Need
from concertation.commitments.enums import FactKind
from concertation.commitments.imports.result import NeedRow, OfferRow, Problem
from concertation.commitments.models import Contribution, Requirement
from concertation.commitments.rules import may_report

BATCH = 900
M = TypeVar("M", bound=models.Model)
R = TypeVar("R", NeedRow, OfferRow)
V = TypeVar("V", Need, Offer)


class Status(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs: `name` of the field, what stands and what the file says."""

    name: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class Planned(Generic[R, V, M]):
    """A row with what is there, what it becomes, and what is to be entered beside the terms."""

    row: R
    there: M | None
    value: V
    changes: tuple[Change, ...]
    committed: date | None = None
    delivery: Decimal | None = None
    is_left: bool = False

    @property
    def status(self) -> Status:
        """What becomes of the row."""
        if self.is_left:
            return Status.LEFT
        if self.there is None:
            return Status.NEW
        entered = self.committed is not None or self.delivery is not None
        return Status.CHANGED if self.changes or entered else Status.SAME


PlannedNeed = Planned[NeedRow, Need, Requirement]
PlannedOffer = Planned[OfferRow, Offer, Contribution]


def compare_needs(rows: Sequence[NeedRow]) -> Iterator[PlannedNeed]:
    """Yield what each row would do; a requirement that was dropped is left as it is."""
    there = _by_key(Requirement.objects.prefetch_related("revisions"), rows)
    for row in rows:
        found = there.get(row.key)
        if found is None:
            yield Planned(row, None, row.need, ())
            continue
        before = Need.of(found.revision)
        given = {name: getattr(row.need, name) for name in row.given}
        if "names" in given:
            given["names"] = {**before.names, **row.need.names}
        after = replace(before, **given)
        yield Planned(row, found, after, _changes(before, after), is_left=found.revision.is_dropped)


def compare_offers(by: Delegate | None, rows: Sequence[OfferRow]) -> tuple[list[PlannedOffer], list[Problem]]:
    """Return what each row would do, and the rows that may not do it."""
    there = _by_key(Contribution.objects.whole(), rows)
    planned: list[PlannedOffer] = []
    problems: list[Problem] = []
    for row in rows:
        found = there.get(row.key)
        if found is None:
            planned.append(Planned(row, None, row.offer, (), row.committed, row.delivered))
        elif why := _refusal(by, row, found):
            problems.append(Problem(row.number, *why))
        else:
            planned.append(_planned(row, found))
    problems += [Problem(one.row.number, "delivered", _less(one)) for one in planned if (one.delivery or 0) < 0]
    return planned, problems


def _by_key(query: models.QuerySet[M], rows: Sequence[NeedRow] | Sequence[OfferRow]) -> dict[str, M]:
    """Return what is known by the keys of `rows`."""
    found: dict[str, M] = {}
    keys = [row.key for row in rows]
    for start in range(0, len(keys), BATCH):
        some = keys[start : start + BATCH]
        found.update({item.key: item for item in query.filter(key__in=some)})  # type: ignore[attr-defined]
        ids = [identifier for identifier in map(_as_id, some) if identifier]
        found.update({str(item.pk): item for item in query.filter(pk__in=ids, key="")} if ids else {})
    return found


def _as_id(key: str) -> UUID | None:
    """Return a key as an identifier where it is one: exports name so what no file gave a key."""
    try:
        return UUID(key)
    except ValueError:
        return None


def _refusal(by: Delegate | None, row: OfferRow, found: Contribution) -> tuple[str, str] | None:
    """Return the column and the reason for which `row` may not change `found`, None if it may."""
    if by is not None and not may_report(by, found.codes):
        return "", _("Your delegation has no part in the contribution that has this key.")
    if found.audience != Audience.COALITION:
        return "", _("What only some members may read is changed on its own page, not by a file.")
    if set(found.codes) != set(row.members):
        return "members", _("The contribution that has this key is offered by others: %(members)s.") % {
            "members": ", ".join(found.codes)
        }
    return None


def _planned(row: OfferRow, found: Contribution) -> PlannedOffer:
    """Return what a row would change: its terms, and what happened since."""
    before = Offer.of(found.current)
    after = replace(before, **{name: getattr(row.offer, name) for name in row.given})
    facts = in_force(found.told(), date.max)
    kinds = {fact.kind for fact in facts}
    known = sum((fact.quantity or Decimal(0) for fact in facts if fact.kind == FactKind.DELIVERED), Decimal(0))
    differs = row.delivered is not None and row.delivered != known
    return Planned(
        row,
        found,
        after,
        _changes(before, after),
        committed=row.committed if FactKind.COMMITTED not in kinds else None,
        delivery=row.delivered - known if row.delivered is not None and differs else None,
        is_left=FactKind.WITHDRAWN in kinds,
    )


def _less(one: PlannedOffer) -> str:
    sentence = _("More has been delivered than the file says, by %(more)s. Correct that delivery on its own page.")
    return sentence % {"more": f"{-(one.delivery or 0):f}"}


def _changes(before: V, after: V) -> tuple[Change, ...]:
    """Return what differs between two needs or two offers."""
    names = [field.name for field in fields(before)]
    pairs: Mapping[str, tuple[object, object]] = {name: (getattr(before, name), getattr(after, name)) for name in names}
    return tuple(Change(name, old, new) for name, (old, new) in pairs.items() if old != new)
