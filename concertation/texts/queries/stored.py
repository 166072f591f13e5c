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


def stored_updates(text_id: UUID) -> list[bytes]:
    """Return what makes the stored document: the newest snapshot, and every update after it."""
    snapshot = TextSnapshot.objects.filter(text_id=text_id).order_by("-sequence").first()
    later = TextUpdate.objects.filter(text_id=text_id, sequence__gt=snapshot.sequence if snapshot else 0)
    rows = [bytes(row) for row in later.order_by("sequence").values_list("update", flat=True)]
    return [bytes(snapshot.state), *rows] if snapshot else rows
