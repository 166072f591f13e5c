"""Reads about texts and their procedures."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from concertation.coalition.models import Member
from concertation.texts.enums import Audience, Outcome
from concertation.texts.models import AdoptionProcedure, Text, TextSnapshot, TextUpdate


def frozen_among(text_ids: Collection[UUID]) -> set[UUID]:
    """Return those of `text_ids` that nobody may write in: proposed for adoption, or adopted."""
    holding = AdoptionProcedure.objects.filter(text_id__in=text_ids, outcome__in=[Outcome.RUNNING, Outcome.ADOPTED])
    return set(holding.values_list("text_id", flat=True))


def stored_updates(text_id: UUID) -> list[bytes]:
    """Return what makes the stored document: the newest snapshot, and every update after it."""
    snapshot = TextSnapshot.objects.filter(text_id=text_id).order_by("-sequence").first()
    later = TextUpdate.objects.filter(text_id=text_id, sequence__gt=snapshot.sequence if snapshot else 0)
    rows = [bytes(row) for row in later.order_by("sequence").values_list("update", flat=True)]
    return [bytes(snapshot.state), *rows] if snapshot else rows


def running_procedure(text_id: UUID) -> AdoptionProcedure | None:
    """Return the procedure that holds the text frozen while members answer, or None."""
    return AdoptionProcedure.objects.filter(text_id=text_id, outcome=Outcome.RUNNING).first()


def members_who_decide(text: Text) -> QuerySet[Member]:
    """Return the members whose agreement adopts `text`: full members now, among those that it is for."""
    full = Member.objects.full()
    return full.filter(texts=text) if text.audience == Audience.MEMBERS else full
