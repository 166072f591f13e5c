"""What is stored of a text, and whether it may still change."""

from collections.abc import Collection
from uuid import UUID

from concertation.texts.models import (
    AdoptionProcedure,
    TextSnapshot,
    TextUpdate,
)


def frozen_among(text_ids: Collection[UUID]) -> set[UUID]:
    """Return those of `text_ids` that nobody may write in: proposed for adoption, or adopted."""
    holding = AdoptionProcedure.objects.holding().filter(text_id__in=text_ids)
    return set(holding.values_list("text_id", flat=True))


def stored_updates(text_id: UUID, *, until: int | None = None) -> list[bytes]:
    """Return what makes the stored document, now or after the update `until`: a snapshot, and every update after it."""
    snapshots = TextSnapshot.objects.filter(text_id=text_id)
    updates = TextUpdate.objects.filter(text_id=text_id)
    if until is not None:
        snapshots, updates = snapshots.filter(sequence__lte=until), updates.filter(sequence__lte=until)
    snapshot = snapshots.order_by("-sequence").first()
    later = updates.filter(sequence__gt=snapshot.sequence if snapshot else 0)
    rows = [bytes(row) for row in later.order_by("sequence").values_list("update", flat=True)]
    return [bytes(snapshot.state), *rows] if snapshot else rows
