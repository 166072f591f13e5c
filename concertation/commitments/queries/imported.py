"""What an import wrote, as text with a hash: computed from the rows as they stand, so that the record can prove them.

Revisions, terms and facts are only ever added to, and those of one import share its moment: reading them again gives
the same texts, and the root of the tree over them is in the entry of the import (docs/decisions/0020).
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from concertation.commitments.models import Contribution, Fact, Party, Revision, Terms
from concertation.record import merkle
from concertation.record.canonical import Json
from concertation.record.models import Entry

BATCH = 900
OF_A_REVISION = [
    "number",
    "valid_from",
    "names",
    "line",
    "phase",
    "capability_id",
    "quantity",
    "currency",
    "priority",
    "is_essential",
    "area",
    "task",
    "needed_from",
    "needed_to",
    "is_dropped",
    "reason",
]
OF_TERMS = [
    "number",
    "valid_from",
    "title",
    "details",
    "line",
    "phase",
    "capability_id",
    "low",
    "high",
    "currency",
    "available_from",
    "available_to",
    "readiness",
    "tour",
    "rest",
    "due_on",
    "expires_on",
    "approvals",
    "link",
]
OF_A_FACT = ["number", "kind", "day", "member_id", "quantity", "evidence", "link"]


def as_text(value: Any) -> Json:
    """Return a value as canonical JSON can hold it: figures and days as text."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, dict | list):
        return value
    return f"{value.normalize():f}" if hasattr(value, "normalize") else str(value)


def requirement_row(key: str, revision: Revision) -> bytes:
    """Return the text of an imported requirement."""
    said = {name.removesuffix("_id"): as_text(getattr(revision, name)) for name in OF_A_REVISION}
    return _encoded({"key": key, "revision": said})


def contribution_row(
    contribution: Contribution,
    parties: Sequence[str],
    terms: Terms | None,
    conditions: Iterable[object],
    facts: Iterable[Fact],
) -> bytes:
    """Return the text of an imported contribution: its new terms, if any, and what was entered with them."""
    said: dict[str, Json] = {"key": contribution.key, "parties": list(parties)}
    if terms is not None:
        said["terms"] = {name.removesuffix("_id"): as_text(getattr(terms, name)) for name in OF_TERMS}
        said["conditions"] = sorted(str(condition) for condition in conditions)
    said["facts"] = [{name.removesuffix("_id"): as_text(getattr(fact, name)) for name in OF_A_FACT} for fact in facts]
    return _encoded(said)


def _encoded(value: dict[str, Json]) -> bytes:
    """Return canonical JSON (RFC 8785) of what has only texts, whole numbers and names of plain letters in it.

    For such values the library of Python writes the same bytes as `record.canonical`, and faster.
    """
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def root_of(rows: Iterable[bytes]) -> str:
    """Return the root of the RFC 9162 tree over the rows, sorted, in hexadecimal."""
    return merkle.root_of(merkle.leaf_hash(row) for row in sorted(rows)).hex()


def rows_of(entry: Entry) -> list[bytes]:
    """Return the texts of the rows that the import of `entry` wrote, sorted, from what stands in the database."""
    moment = datetime.fromisoformat(entry.content["data"]["imported_at"])
    if entry.action.startswith("requirement"):
        revisions = Revision.objects.filter(at=moment).select_related("requirement")
        return sorted(requirement_row(one.requirement.key, one) for one in revisions)
    return sorted(_contribution_rows(moment))


def is_intact(entry: Entry) -> bool:
    """Say whether every row that the import wrote is as the record says, none is missing and none was added."""
    return bool(root_of(rows_of(entry)) == entry.content["data"]["rows_root"])


def _contribution_rows(moment: datetime) -> Iterable[bytes]:
    terms_of = {one.contribution_id: one for one in _all(Terms.objects.filter(at=moment), "conditions")}
    facts_of: dict[Any, list[Fact]] = defaultdict(list)
    for fact in Fact.objects.filter(at=moment).order_by("contribution", "number"):
        facts_of[fact.contribution_id].append(fact)
    keys = [*terms_of, *(key for key in facts_of if key not in terms_of)]
    for start in range(0, len(keys), BATCH):
        some = Contribution.objects.filter(pk__in=keys[start : start + BATCH])
        for contribution in some.prefetch_related("parties"):
            terms = terms_of.get(contribution.pk)
            conditions = [condition.pk for condition in terms.conditions.all()] if terms else []
            yield contribution_row(contribution, contribution.codes, terms, conditions, facts_of[contribution.pk])


def _all(rows: QuerySet[Terms], *related: str) -> Iterable[Terms]:
    """Yield rows with what belongs to them, some at a time, because databases limit what one query may ask for."""
    return rows.prefetch_related(*related).order_by("pk").iterator(chunk_size=BATCH)


def sums_by_member(prefix: str) -> dict[str, Decimal]:
    """Return the known amounts, by the last terms, of contributions whose key begins with `prefix`, by member.

    What several members offer together counts for each of them in equal parts, so that nothing counts twice.
    """
    last: dict[Any, tuple[tuple[date, int], Decimal | None]] = {}
    terms = Terms.objects.filter(contribution__key__startswith=prefix)
    for key, day, number, low in terms.values_list("contribution_id", "valid_from", "number", "low"):
        if key not in last or (day, number) > last[key][0]:
            last[key] = ((day, number), low)
    parties: dict[Any, list[str]] = defaultdict(list)
    shares = Party.objects.filter(contribution__key__startswith=prefix).values_list("contribution_id", "member_id")
    for key, code in shares:
        parties[key].append(code)
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for key, codes in parties.items():
        for code in codes:
            sums[code] += (last[key][1] or Decimal(0)) / len(codes)
    return dict(sums)
