"""An edition of a collection is imported as a whole: rows are added, changed, withdrawn and restored in one act.

The record gets one entry with the root of a tree (RFC 9162) over the rows that the edition changed; each of them is
kept as an account, from which its proof is made.
"""

import uuid
from collections.abc import Collection as Codes
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from concertation.coalition.audiences import packed, readers_of
from concertation.coalition.enums import Audience
from concertation.coalition.models import Delegate
from concertation.core import clock, live
from concertation.core.errors import NotAllowed
from concertation.core.words import one_line
from concertation.record import merkle
from concertation.record.canonical import Json
from concertation.record.events import Subject
from concertation.situation.domain.incident_entries import FOUND_OF_ACCOUNT, find_by_account, note
from concertation.situation.incidents.editions import Difference, difference
from concertation.situation.incidents.errors import (
    IncidentTooLong,
    NamesMissing,
    NothingToImport,
    NotYourCollection,
    StaleImport,
)
from concertation.situation.incidents.events import IncidentAct
from concertation.situation.incidents.reading import Row
from concertation.situation.incidents.rules import may_import_into, may_report
from concertation.situation.models import Account, Collection, Edition, Incident
from concertation.situation.queries.editions import COMPARED, content_of, held_in, leaf_of

NAME_LENGTH, BATCH = 120, 500


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """The name and SHA-256 of the file, and how many editions there were when it was looked at; None: do not check."""

    name: str
    sha256: str
    editions_seen: int | None = None


@transaction.atomic
def import_edition(
    *,
    by: Delegate,
    name: str,
    file: ImportedFile,
    rows: Sequence[Row],
    audience: Audience = Audience.COALITION,
    named: Codes[str] = (),
) -> Edition:
    """Import an edition of the collection called `name` and return it; `audience` is for the incidents that are new.

    Rows that it does not hold any more are marked as withdrawn, none is deleted. What a delegation corrected stays
    until the edition itself says something new of the row. Raises NotAllowed, NotYourCollection, StaleImport,
    NothingToImport, NamesMissing, IncidentTooLong, UnknownReaders.
    """
    if not may_report(by):
        raise NotAllowed
    collection = _taken(by, one_line(name), file)
    told = {row.key: row for row in rows}
    found = difference(held_in(collection), {key: content_of(row) for key, row in told.items()})
    if found.is_empty:
        raise NothingToImport
    readers = readers_of(audience, own=by.member_id or "", named=named) - {""}
    accounts = _accounts(by, collection, found, told, (audience, packed(readers)))
    leaves = [leaf_of(account, account.incident.source_key) for account in accounts]
    edition = Edition.objects.create(
        collection=collection,
        number=collection.editions_count,
        file_name=one_line(file.name)[:200],
        sha256=file.sha256,
        root=merkle.root_of(map(merkle.leaf_hash, leaves)).hex(),
        counts=found.counts,
        by=by,
        at=clock.now(),
    )
    _save(accounts, set(found.added), edition)
    _note(by, collection, edition, accounts)
    return edition


def _taken(by: Delegate, name: str, file: ImportedFile) -> Collection:
    """Return the collection, which nobody else changes until the transaction ends; raises its errors."""
    if not name:
        raise NamesMissing
    if len(name) > NAME_LENGTH:
        raise IncidentTooLong
    collection, _is_new = Collection.objects.get_or_create(name=name, defaults={"member_id": by.member_id})
    if not may_import_into(by, collection):
        raise NotYourCollection
    Collection.objects.filter(pk=collection.pk).update(editions_count=F("editions_count") + 1)
    collection.refresh_from_db()
    if file.editions_seen is not None and collection.editions_count != file.editions_seen + 1:
        raise StaleImport
    return collection


def _accounts(
    by: Delegate, collection: Collection, found: Difference, told: Mapping[str, Row], readers: tuple[Audience, str]
) -> list[Account]:
    """Return an account for each row that changes, with its incident, neither saved yet, in the order of the tree."""
    now = clock.now()
    kept = {one.source_key: one for one in Incident.objects.filter(collection=collection).select_related("kind")}
    made = [_account(_new(by, collection, key, readers, now), told[key], by, now) for key in found.added]
    made += [_account(_next(kept[key]), told[key], by, now) for key in (*found.changed, *found.restored)]
    last = _last_accounts(collection, found.withdrawn)
    made += [_withdrawal(_next(kept[key]), last[key], by, now) for key in found.withdrawn]
    for leaf, account in enumerate(made):
        account.leaf = leaf
        find_by_account(account.incident, account)
    return made


def _new(by: Delegate, collection: Collection, key: str, readers: tuple[Audience, str], now: datetime) -> Incident:
    """Return an incident that is in no edition before."""
    return Incident(
        id=uuid.uuid4(),
        member_id=by.member_id,
        by=by,
        at=now,
        collection=collection,
        source_key=key,
        entries=1,
        audience=readers[0],
        readers=readers[1],
    )


def _next(incident: Incident) -> Incident:
    incident.entries += 1
    return incident


def _account(incident: Incident, row: Row, by: Delegate, now: datetime) -> Account:
    """Return what an edition says of an incident."""
    said = row.report
    return Account(
        incident=incident,
        number=incident.entries,
        summary=said.summary,
        sources=list(said.sources),
        links=list(said.links),
        by=by,
        at=now,
        **said.columns(),
    )


def _withdrawal(incident: Incident, last: Account, by: Delegate, now: datetime) -> Account:
    """Return the account by which an edition that is silent about an incident withdraws it."""
    said = {field: getattr(last, field) for field in COMPARED}
    return Account(
        incident=incident,
        number=incident.entries,
        sources=last.sources,
        links=last.links,
        is_withdrawn=True,
        by=by,
        at=now,
        **said,
    )


def _last_accounts(collection: Collection, keys: Iterable[str]) -> dict[str, Account]:
    """Return what the editions said last of the rows `keys`."""
    wanted = set(keys)
    if not wanted:
        return {}
    rows = Account.objects.filter(edition__collection=collection).select_related("incident").order_by("edition__number")
    return {row.incident.source_key: row for row in rows if row.incident.source_key in wanted}


def _save(accounts: Sequence[Account], added: set[str], edition: Edition) -> None:
    """Save incidents, then their accounts."""
    incidents = [account.incident for account in accounts]
    Incident.objects.bulk_create((one for one in incidents if one.source_key in added), batch_size=BATCH)
    kept = [one for one in incidents if one.source_key not in added]
    Incident.objects.bulk_update(kept, ["entries", *FOUND_OF_ACCOUNT], batch_size=BATCH // 5)
    for account in accounts:
        account.edition = edition
    Account.objects.bulk_create(accounts, batch_size=BATCH)


def _note(by: Delegate, collection: Collection, edition: Edition, accounts: Sequence[Account]) -> None:
    """Append the entry, sealed when any row is not for the whole coalition, for those who may read all of them."""
    counts = edition.counts
    facts: dict[str, Json] = {
        "collection": collection.name,
        "edition": edition.number,
        "file_name": edition.file_name,
        "sha256": edition.sha256,
        "rows_root": edition.root,
        "rows": len(accounts),
        "added": counts["added"],
        "changed": counts["changed"],
        "withdrawn_rows": counts["withdrawn"],
        "restored": counts["restored"],
        "reported_for": collection.member_id,
    }
    confined = [set(one.incident.reader_codes) for one in accounts if not one.incident.is_for_all]
    readers = set.intersection(*confined) if confined else None
    note(by, IncidentAct.IMPORTED, Subject("incident_collection", str(collection.pk)), facts, readers)
    live.announce("incidents")
