"""What the ledger derives its rows from, read as plain values: a hundred thousand contributions are no objects of rows.

It says the same as `Contribution.told` with `whole`, and a test compares them.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any, TypeVar

from django.db.models import CharField, Model, QuerySet
from django.db.models.functions import Cast

from concertation.commitments import deriving
from concertation.commitments.models import Contribution, Fact, Party, Terms
from concertation.situation.assessing import Span
from concertation.situation.enums import Verdict
from concertation.situation.queries.conditions import findings_at

BATCH = 2_000
CONTRIBUTION = Cast("contribution_id", CharField())  # the key as text: making UUIDs took most of the time
OF_TERMS = (
    CONTRIBUTION,
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
    CONTRIBUTION,
    "number",
    "kind",
    "day",
    "member_id",
    "approval",
    "quantity",
    "until",
    "caveat_id",
    "corrects__number",
)
Values = tuple[Any, ...]
Head = tuple[str, int, str]  # key, `changed`, readers
M = TypeVar("M", bound=Model)


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

    key: str
    changed: int
    readers: str  # as `Contribution.readers` has them
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
    for batch in _batches(list(heads.values_list(Cast("pk", CharField()), "changed", "readers"))):
        yield from _batch(batch)


def _batches(heads: Sequence[Head]) -> Iterator[Sequence[Head]]:
    """Yield some heads at a time; those that one act changed stay together, as an import may change thousands."""
    first = 0
    while first < len(heads):
        last = heads[min(first + BATCH, len(heads)) - 1][1]
        count = bisect_right(heads, last, lo=first, key=itemgetter(1)) - first
        yield heads[first : first + count]
        first += count


def _batch(heads: Sequence[Head]) -> Iterator[Known]:
    """Yield some contributions; one that an act changes meanwhile is left for the next call, which sees that act.

    It is told by its terms, which are read last: they are those of an act that came later, and so are not found.
    """
    acts = (heads[0][1], heads[-1][1])
    parties = _grouped(_of(Party.objects.order_by("id"), acts).values_list(CONTRIBUTION, "member_id"))
    facts = _grouped(_of(Fact.objects.order_by("number"), acts).values_list(*OF_FACTS))
    links = Terms.conditions.through.objects.filter(terms__contribution__changed__range=acts)
    conditions = _grouped(links.values_list("terms_id", "condition_id"))
    terms = _grouped(_of(Terms.objects.order_by("number"), acts).values_list(*OF_TERMS))
    for key, changed, readers in heads:
        if worded := terms.get(key):
            codes = [code for (code,) in parties[key]]
            told = deriving.Told(
                frozenset(codes),
                [_terms(row, conditions.get(row[0], [])) for row in worded],
                [deriving.Fact(*row) for row in facts.get(key, [])],
            )
            subjects = {row[1]: Subject(*row[11:]) for row in worded}
            yield Known(key, changed, readers, codes, told, subjects)


def _of(rows: QuerySet[M], acts: tuple[int, int]) -> QuerySet[M]:
    """Keep the rows of contributions whose last act is between two, both of them too."""
    return rows.filter(contribution__changed__range=acts)


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
