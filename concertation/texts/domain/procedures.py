"""What adoption by consensus and by silence share: the content that is frozen, the procedure, its end."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Max

from concertation.coalition.models import Delegate, Member
from concertation.coalition.rules import binds_member, is_chair
from concertation.core import clock
from concertation.core.errors import NotAllowed
from concertation.record.canonical import Json
from concertation.texts.canonical import UnknownContent, canonical_json, document_of, read_versions, sha256_of
from concertation.texts.domain.notes import heads_who_decide, locked_text, note
from concertation.texts.enums import Outcome, State
from concertation.texts.errors import (
    AlreadyAnswered,
    EmptyVersion,
    Frozen,
    Hindered,
    NobodyDecides,
    NoSuchText,
    NotAdoptable,
    NotRunning,
    SilenceEnded,
)
from concertation.texts.events import Act
from concertation.texts.models import AdoptionProcedure, Response, Text
from concertation.texts.queries import members_who_decide, stored_updates
from concertation.texts.queries.hindrances import hindrances
from concertation.texts.queries.reservations import open_reservations
from concertation.texts.sync.signals import recheck

REASON_LENGTH = 2000


def open_procedure(by: Delegate, text_id: UUID) -> AdoptionProcedure:
    """Freeze the text as it is stored now and return its new procedure; editors are disconnected.

    Raises NoSuchText, NotAllowed, Frozen, NobodyDecides, Hindered, EmptyVersion, NotAdoptable.
    """
    text = locked_text(by, text_id)
    if not is_chair(by):
        raise NotAllowed
    if text.state != State.DRAFT:
        raise Frozen
    if not members_who_decide(text).exists():
        raise NobodyDecides
    if found := hindrances(text):
        raise Hindered(found)
    content = content_of(text)
    last = text.procedures.aggregate(last=Max("number"))["last"] or 0
    procedure = AdoptionProcedure.objects.create(
        text=text,
        number=last + 1,
        proposed_at=clock.now(),
        proposed_by=by,
        content=content,
        sha256=sha256_of(content),
    )
    recheck(text.pk)
    return procedure


def content_of(text: Text) -> str:
    """Return the canonical form of what is stored; raises EmptyVersion, NotAdoptable."""
    versions = list(text.versions.all())
    document = document_of(stored_updates(text.pk))
    try:
        words = read_versions(document, [version.language for version in versions])
    except UnknownContent as unknown:
        raise NotAdoptable(unknown) from unknown
    for version in versions:
        if version.is_authentic and not words[version.language]:
            raise EmptyVersion(version.language)
    return canonical_json(
        text=str(text.pk),
        titles=text.titles,
        authentic=[version.language for version in versions if version.is_authentic],
        versions=words,
        reservations=open_reservations(text),
    )


def locked_procedure(by: Delegate, procedure_id: UUID) -> AdoptionProcedure:
    """Return the running procedure, nobody else acting on its text.

    Raises NoSuchText, NotRunning, SilenceEnded (it was not broken in time).
    """
    found = AdoptionProcedure.objects.filter(pk=procedure_id).values_list("text_id", flat=True).first()
    if found is None:
        raise NoSuchText
    text = locked_text(by, found)
    procedure = AdoptionProcedure.objects.select_related("silence").get(pk=procedure_id)
    if procedure.by_silence and procedure.outcome == Outcome.ADOPTED:
        raise SilenceEnded(procedure.silence.deadline, procedure.silence.zone)
    if procedure.outcome != Outcome.RUNNING:
        raise NotRunning
    procedure.text = text
    return procedure


def answering_member(by: Delegate, procedure: AdoptionProcedure) -> Member:
    """Return the member that `by` binds and that has not answered yet; raises NotAllowed, AlreadyAnswered."""
    member = by.member
    if member is None or not binds_member(by) or not members_who_decide(procedure.text).contains(member):
        raise NotAllowed
    if procedure.responses.filter(member=member).exists():
        raise AlreadyAnswered
    return member


def keep_answer(by: Delegate, procedure: AdoptionProcedure, member: Member, *, reason: str = "") -> Response:
    """Keep what a member answers, once and for all: it agrees, or says for what reason it does not."""
    return Response.objects.create(
        procedure=procedure, member=member, delegate=by, agrees=not reason, reason=reason, at=clock.now()
    )


def close(by: Delegate, act: Act, procedure: AdoptionProcedure, outcome: Outcome, **data: Json) -> Outcome:
    """End the procedure, and let editors in again unless the text is adopted; raises NotRunning."""
    running = AdoptionProcedure.objects.filter(pk=procedure.pk, outcome=Outcome.RUNNING)
    if not running.update(outcome=outcome, closed_at=clock.now()):
        raise NotRunning
    note_procedure(by, act, procedure, data)
    recheck(procedure.text_id)
    return outcome


def note_procedure(
    by: Delegate, act: Act, procedure: AdoptionProcedure, data: Mapping[str, Json] | None = None
) -> None:
    """Leave the entry of an act on a procedure; the homes of those who decide look again."""
    told = heads_who_decide(procedure.text)
    facts: dict[str, Json] = {"procedure": procedure.number, "sha256": procedure.sha256, **(data or {})}
    note(by, act, procedure.text, facts, told=told)
