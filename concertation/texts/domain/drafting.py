"""What was typed is stored here, before anybody else sees it.

Typing is the one write without an entry in the record and without a signal: the updates themselves are its
history, and each procedure of adoption enters their hash (docs/decisions/0006-texts.md).
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Max

from concertation.core import clock
from concertation.texts.canonical import document_of
from concertation.texts.enums import Outcome
from concertation.texts.models import Text, TextSnapshot, TextUpdate
from concertation.texts.queries import stored_updates

SNAPSHOT_EVERY = 500

# Plain SQL, because this runs for every flush of every room: the same through querysets takes 1 ms of CPU, not 0.2.
_KEY = Text._meta.pk
HOLDING = (Outcome.RUNNING.value, Outcome.ADOPTED.value)
LOCK = "SELECT id FROM texts_text WHERE id IN"
OPEN = """
    SELECT id FROM texts_text WHERE NOT EXISTS (
        SELECT 1 FROM texts_adoptionprocedure AS held WHERE held.text_id = texts_text.id AND held.outcome IN (%s, %s)
    ) AND id IN
"""
INSERT = 'INSERT INTO texts_textupdate (text_id, "update", authors, at) VALUES (%s, %s, %s, %s)'


@dataclass(frozen=True, slots=True)
class Draft:
    """One merged Yjs update of a text, and the ids of the delegates whose edits are in it."""

    text_id: UUID
    update: bytes
    authors: tuple[str, ...]


@transaction.atomic
def append_updates(*, drafts: Sequence[Draft]) -> set[UUID]:
    """Store `drafts` in their order, and return the texts that took none: frozen, adopted or unknown.

    On PostgreSQL the row of each text is locked, on SQLite the whole database: a text is frozen either before
    all of its drafts, which are then refused, or after them. Raises IntegrityError when the database refuses.
    """
    wanted = {draft.text_id for draft in drafts}
    with connection.cursor() as cursor:
        refused = wanted - _lock_open(cursor, wanted)
        rows = [_row(draft) for draft in drafts if draft.text_id not in refused]
        cursor.executemany(INSERT, rows)
    return refused


def _lock_open(cursor: CursorWrapper, wanted: Collection[UUID]) -> set[UUID]:
    """Return those of the texts `wanted` that may be written in, locked until the end of the transaction."""
    keys = [_KEY.get_db_prep_value(key, connection) for key in sorted(wanted)]
    marks = ", ".join(["%s"] * len(keys))
    if connection.features.has_select_for_update:
        cursor.execute(f"{LOCK} ({marks}) ORDER BY id FOR UPDATE", keys)
    cursor.execute(f"{OPEN} ({marks})", [*HOLDING, *keys])
    return {_KEY.to_python(key) for (key,) in cursor.fetchall()}


def _row(draft: Draft) -> tuple[Any, ...]:
    """Return what `INSERT` takes."""
    key = _KEY.get_db_prep_value(draft.text_id, connection)
    at = connection.ops.adapt_datetimefield_value(clock.now())
    return key, draft.update, json.dumps(draft.authors), at


@transaction.atomic
def take_snapshot(*, text_id: UUID) -> bool:
    """Merge what is stored of the text into one snapshot when that is due, and say whether it was."""
    Text.objects.select_for_update().filter(pk=text_id).first()
    last = TextSnapshot.objects.filter(text_id=text_id).aggregate(last=Max("sequence"))["last"] or 0
    later = TextUpdate.objects.filter(text_id=text_id, sequence__gt=last)
    if later.count() < SNAPSHOT_EVERY:
        return False
    newest = later.aggregate(newest=Max("sequence"))["newest"]
    state = document_of(stored_updates(text_id)).get_update()
    TextSnapshot.objects.create(text_id=text_id, sequence=newest, state=state, at=clock.now())
    return True
