"""What was typed is stored here, before anybody else sees it.

Typing is the one write without an entry in the record and without a signal: the updates themselves are its
history, and each procedure of adoption enters their hash (docs/decisions/0006-texts.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from concertation.core import clock
from concertation.texts.canonical import document_of
from concertation.texts.models import Text, TextSnapshot, TextUpdate
from concertation.texts.queries import frozen_among, stored_updates

SNAPSHOT_EVERY = 500


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
    locked = Text.objects.select_for_update().filter(pk__in=wanted).order_by("pk")
    refused = wanted - set(locked.values_list("pk", flat=True))
    refused |= frozen_among(wanted)
    now = clock.now()
    TextUpdate.objects.bulk_create(
        TextUpdate(text_id=draft.text_id, update=draft.update, authors=list(draft.authors), at=now)
        for draft in drafts
        if draft.text_id not in refused
    )
    return refused


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
