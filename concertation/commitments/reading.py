"""What the ledger derives its rows from, read as plain values: a hundred thousand contributions are no objects of rows.

It says the same as `Contribution.told` with `whole`, and a test compares them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from concertation.commitments import deriving
from concertation.commitments.models import Contribution, Fact, Party, Terms
from concertation.situation.assessing import Span
from concertation.situation.enums import Verdict
from concertation.situation.queries.conditions import findings_at

BATCH = 2_000
OF_TERMS = (
    "contribution_id",
    "id",
    "number",
    "valid_from",
    "low",
    "high",
    "available_from",
    "available_to",
    "readiness",
    "due_on",
    "expires_on",
    "approvals",
    "capability_id",
    "currency",
    "line",
    "phase",
)
OF_FACTS = (
    "contribution_id",
    "id",
    "corrects_id",
    "number",
    "kind",
    "day",
    "member_id",
    "approval",
    "quantity",
    "until",
    "caveat_id",
)
Values = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """What terms are about."""

    capability: str
    currency: str
    line: str
    phase: str


@dataclass(frozen=True, slots=True)
class Known:
    """A contribution as far as the ledger needs it; `subjects` go by the numbers of the terms."""

    key: UUID
    changed: int
    readers: frozenset[str]
    codes: list[str]
    told: deriving.Told
    subjects: dict[int, Subject]


def holding(day: date) -> dict[str, date]:
    """Return since when each condition that the coalition finds verified on `day` holds."""
    return verified(findings_at(day))


def verified(findings: Mapping[str, Span]) -> dict[str, date]:
    """Return the same of the findings of a day."""
    return {key: span.since for key, span in findings.items() if span.verdict == Verdict.VERIFIED}


def changed_since(seen: int) -> Iterator[Known]:
    """Yield the contributions that acts have changed after `seen`, in the order of the acts."""
    heads = Contribution.objects.filter(changed__gt=seen).order_by("changed", "pk")
    rows = list(heads.values_list("pk", "changed", "readers"))
    for first in range(0, len(rows), BATCH):
        yield from _batch(rows[first : first + BATCH])


def _batch(heads: Sequence[tuple[UUID, int, str]]) -> Iterator[Known]:
    keys = [key for key, _, _ in heads]
    parties = _grouped(
        Party.objects.filter(contribution__in=keys).order_by("id").values_list("contribution_id", "member_id")
    )
    facts = _grouped(Fact.objects.filter(contribution__in=keys).order_by("number").values_list(*OF_FACTS))
    terms = _grouped(Terms.objects.filter(contribution__in=keys).order_by("number").values_list(*OF_TERMS))
    links = Terms.conditions.through.objects.filter(terms__contribution__in=keys)
    conditions = _grouped(links.values_list("terms_id", "condition_id"))
    for key, changed, readers in heads:
        codes = [code for (code,) in parties.get(key, [])]
        worded = terms.get(key, [])
        told = deriving.Told(
            frozenset(codes), [_terms(row, conditions.get(row[0], [])) for row in worded], _facts(facts.get(key, []))
        )
        subjects = {row[1]: Subject(*row[11:]) for row in worded}
        yield Known(key, changed, frozenset(code for code in readers.split(",") if code), codes, told, subjects)


def _grouped(rows: Iterable[Values]) -> dict[Any, list[Values]]:
    """Return the rest of each row by its first value."""
    found: dict[Any, list[Values]] = {}
    for first, *rest in rows:
        found.setdefault(first, []).append(tuple(rest))
    return found


def _terms(row: Values, conditions: Iterable[Values]) -> deriving.Terms:
    """Return terms of values in the order of `OF_TERMS`, without the first."""
    _, number, valid_from, low, high, available_from, available_to, readiness, due_on, expires_on, approvals, *_ = row
    return deriving.Terms(
        number=number,
        valid_from=valid_from,
        amount=deriving.Amount(low, high),
        available_from=available_from,
        available_to=available_to,
        readiness=readiness,
        due_on=due_on,
        expires_on=expires_on,
        approvals=frozenset(approvals),
        conditions=frozenset(str(condition) for (condition,) in conditions),
    )


def _facts(rows: Sequence[Values]) -> list[deriving.Fact]:
    """Return facts of values in the order of `OF_FACTS`, without the first."""
    number_of = {row[0]: row[2] for row in rows}
    return [
        deriving.Fact(number, kind, day, member, approval, quantity, until, caveat, number_of.get(corrects))
        for _, corrects, number, kind, day, member, approval, quantity, until, caveat in rows
    ]
