"""What is required and contributed as tables of a coalition file: what is in force now, its history left out."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

from concertation.coalition.enums import Audience
from concertation.commitments.catalogue import USUAL
from concertation.commitments.deriving import in_force
from concertation.commitments.enums import FactKind, Priority
from concertation.commitments.models import Capability, Caveat, Contribution, Fact, Rate, Requirement, Terms
from concertation.exchange.sources import SourceKeys
from concertation.exchange.values import UNDISCLOSED
from concertation.exchange.writing import Value

Row = dict[str, Value]


def commitment_tables(conditions: Mapping[UUID, str], cited: SourceKeys) -> dict[str, Value]:
    """Return the tables; `conditions` has the keys of conditions that files named."""
    rows = {row.pk: row for row in Capability.objects.all()}
    is_usual = all(capability.code in rows for capability in USUAL)
    usual = {capability.code: capability for capability in USUAL} if is_usual else {}
    needs = [row for row in Requirement.objects.prefetch_related("revisions") if not row.revision.is_dropped]
    return {
        "catalogue": {"usual": True} if is_usual else {},
        "capabilities": [_capability(row) for row in rows.values() if not _is_usual(row, usual)],
        "rates": _rates(cited),
        "requirements": [_requirement(row, cited) for row in needs],
        "contributions": list(_contributions({row.pk: row.key or str(row.pk) for row in needs}, conditions, cited)),
    }


def _is_usual(row: Capability, usual: Mapping[str, object]) -> bool:
    """Say whether the usual catalogue says all there is to say of a capability."""
    said = usual.get(row.code)
    own = (row.code, row.names, row.units, row.domain, row.form)
    return row.retired_at is None and said == own


def _capability(row: Capability) -> Row:
    return {
        "code": row.code,
        "names": row.names,
        "units": row.units,
        "domain": row.domain,
        "form": row.form,
        "retired": row.retired_at is not None or None,
    }


def _rates(cited: SourceKeys) -> list[Value]:
    """Return the last word on each day."""
    last = {(row.currency, row.day): row for row in Rate.objects.order_by("id")}
    return [
        {"currency": row.currency, "day": row.day, "per_euro": row.per_euro, "sources": cited.cite([row.source])}
        for _key, row in sorted(last.items())
    ]


def _requirement(row: Requirement, cited: SourceKeys) -> Row:
    """Return the table of a requirement by its last revision."""
    now = row.revision
    return {
        "key": row.key or str(row.pk),
        "names": now.names,
        "line": now.line,
        "phase": now.phase,
        "capability": now.capability_id,
        "quantity": now.quantity,
        "currency": now.currency,
        "priority": Priority(now.priority).name.lower() if now.priority != Priority.MEDIUM else None,
        "essential": now.is_essential or None,
        "area": now.area,
        "task": now.task,
        "needed_from": now.needed_from,
        "needed_to": now.needed_to,
        "since": now.valid_from,
        "sources": cited.cite(row.sources),
    }


def _contributions(needs: Mapping[UUID, str], conditions: Mapping[UUID, str], cited: SourceKeys) -> Iterator[Row]:
    """Yield the tables of all that was announced and not taken back."""
    for row in Contribution.objects.whole().prefetch_related("caveats", "facts__caveat", "facts__member"):
        standing = {fact.number for fact in in_force(row.told(), date.max)}
        facts = [fact for fact in row.facts.all() if fact.number in standing]
        announced = next((fact for fact in facts if fact.kind == FactKind.ANNOUNCED), None)
        if announced is not None:
            yield _contribution(row, announced, facts, _terms(row.current, needs, conditions), cited)


def _contribution(row: Contribution, announced: Fact, facts: list[Fact], terms: Row, cited: SourceKeys) -> Row:
    caveats = list(row.caveats.all())
    return {
        "key": row.key or str(row.pk),
        "title": row.title,
        "members": _parties(row, announced),
        "announced": announced.day,
        "evidence": announced.evidence,
        "audience": row.audience if row.audience != Audience.COALITION else None,
        "readers": row.reader_codes if row.audience == Audience.MEMBERS else [],
        **terms,
        "caveats": [_caveat(caveat) for caveat in caveats],
        "facts": [_fact(fact, caveats) for fact in facts if _is_kept(fact, row.current)],
        "sources": cited.cite(row.sources),
    }


def _parties(row: Contribution, announced: Fact) -> list[str]:
    """Return who offers it, whoever announced it first."""
    first = announced.member_id
    return sorted(row.codes, key=lambda code: code != first) if first in row.codes else row.codes


def _terms(terms: Terms, needs: Mapping[UUID, str], conditions: Mapping[UUID, str]) -> Row:
    """Return what the terms in force say."""
    keys = [conditions.get(condition.pk, str(condition.pk)) for condition in terms.conditions.all()]
    return {
        "line": terms.line,
        "phase": terms.phase,
        "capability": terms.capability_id,
        **_amount(terms),
        "currency": terms.currency,
        "available_from": terms.available_from,
        "available_to": terms.available_to,
        "readiness": terms.readiness or None,
        "tour": terms.tour,
        "rest": terms.rest,
        "due_on": terms.due_on,
        "expires_on": terms.expires_on,
        "approvals": terms.approvals,
        "conditions": sorted(keys),
        "earmark": needs.get(terms.earmark_id) if terms.earmark_id else None,
        "details": terms.details,
        "link": terms.link,
    }


def _amount(terms: Terms) -> Row:
    if terms.low != terms.high:
        return {"low": terms.low, "high": terms.high}
    return {"quantity": _quantity(terms.low)}


def _quantity(quantity: Decimal | None) -> Decimal | str:
    return UNDISCLOSED if quantity is None else quantity


def _caveat(caveat: Caveat) -> Row:
    return {
        "kind": caveat.kind,
        "areas": caveat.areas,
        "tasks": caveat.tasks,
        "wording": caveat.wording,
        "audience": caveat.audience if caveat.audience != Audience.COALITION else None,
        "readers": caveat.reader_codes if caveat.audience == Audience.MEMBERS else [],
    }


def _is_kept(fact: Fact, terms: Terms) -> bool:
    """Say whether an entry belongs to the terms in force; the announcement stands with the contribution itself."""
    if fact.kind in {FactKind.APPROVED, FactKind.REFUSED}:
        return fact.approval in terms.approvals
    if fact.kind == FactKind.RENEWED:
        return fact.until is not None and terms.expires_on is not None and fact.until > terms.expires_on
    return fact.kind != FactKind.ANNOUNCED


def _fact(fact: Fact, caveats: list[Caveat]) -> Row:
    """Return the table of an entry; caveats are counted as they stand in the file."""
    numbers = {caveat.pk: number for number, caveat in enumerate(caveats, 1)}
    return {
        "kind": fact.kind,
        "day": fact.day,
        "member": fact.member_id if fact.kind == FactKind.JOINED else None,
        "approval": fact.approval,
        "quantity": _quantity(fact.quantity) if fact.kind == FactKind.DELIVERED else None,
        "until": fact.until,
        "caveat": numbers.get(fact.caveat_id) if fact.caveat_id else None,
        "reference": fact.reference,
        "evidence": fact.evidence,
        "link": fact.link,
    }
