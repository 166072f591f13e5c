"""Enters what the clock decided: a silence that nobody broke until its deadline has adopted the text.

Every read says so already (`AdoptionProcedureQuerySet`, `Text.state`). This makes the rows, whoever comes by first.
"""

from uuid import UUID

from django.db import transaction

from concertation.core import clock
from concertation.record.canonical import Json, time_text
from concertation.texts.domain.agreed_index import index_adopted
from concertation.texts.domain.entries import heads_who_decide, note
from concertation.texts.domain.notices import make_notices
from concertation.texts.enums import Notice, Outcome
from concertation.texts.events import Act
from concertation.texts.models import AdoptionProcedure, Text
from concertation.texts.queries import adopted_form, members_who_decide
from concertation.texts.sync.signals import recheck


def settle_due_silences() -> int:
    """Enter every silence that ended unbroken, each in a transaction of its own, and return how many there were."""
    due = AdoptionProcedure.objects.due().order_by("silence__deadline")
    return sum(_settle_locked(text_id) for text_id in due.values_list("text_id", flat=True))


@transaction.atomic
def _settle_locked(text_id: UUID) -> bool:
    """Enter the silence of one text, nobody else acting on it, and say whether there was one to enter."""
    Text.objects.select_for_update().filter(pk=text_id).first()
    return settle_text(text_id)


def settle_text(text_id: UUID) -> bool:
    """Enter the silence of a text that the caller has locked, and say whether there was one to enter.

    The text is adopted as of the deadline, by the members that decide; it happens once, whoever tries.
    """
    procedure = AdoptionProcedure.objects.due().select_related("silence", "text").filter(text_id=text_id).first()
    if procedure is None:
        return False
    adopted = adopted_form(procedure, procedure.silence.deadline)
    running = AdoptionProcedure.objects.filter(pk=procedure.pk, outcome=Outcome.RUNNING)
    if not running.update(outcome=Outcome.ADOPTED, closed_at=adopted.adopted_at):
        return False
    adopted.save(force_insert=True)
    index_adopted(adopted)
    facts: dict[str, Json] = {
        "procedure": procedure.number,
        "sha256": procedure.sha256,
        "members": adopted.members,
        "authentic": adopted.languages,
        "deadline": time_text(adopted.adopted_at),
    }
    note(None, Act.SILENCE_KEPT, procedure.text, facts, told=heads_who_decide(procedure.text))
    make_notices(procedure, Notice.ADOPTED)
    recheck(text_id)
    return True


def end_deserted_silences() -> None:
    """End, without adoption, each running silence that no member is left to break.

    For the transaction in which a membership changes; the clock adopts nothing by nobody.
    """
    running = AdoptionProcedure.objects.running().filter(silence__isnull=False).select_related("text", "silence")
    for procedure in running:
        if not members_who_decide(procedure.text).exists():
            _end_deserted(procedure)


def _end_deserted(procedure: AdoptionProcedure) -> None:
    """End one procedure that lost its last member."""
    Text.objects.select_for_update().filter(pk=procedure.text_id).first()
    running = AdoptionProcedure.objects.running().filter(pk=procedure.pk)
    if running.update(outcome=Outcome.WITHDRAWN, closed_at=clock.now()):
        facts: dict[str, Json] = {"procedure": procedure.number, "sha256": procedure.sha256}
        note(None, Act.SILENCE_DESERTED, procedure.text, facts)
        make_notices(procedure, Notice.ENDED)
        recheck(procedure.text_id)
