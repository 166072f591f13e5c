"""Adoption: the chair proposes, every head of delegation of a full member answers, all or nothing.

Who counts are the full members that the text is for *when an answer comes*: who joined meanwhile must agree too,
who left or became an observer no longer counts. A departure alone adopts nothing: when it leaves nobody to wait
for, the chair concludes.
"""

from uuid import UUID

from django.db import transaction
from django.db.models import Max

from concertation.coalition.models import Delegate
from concertation.coalition.rules import binds_member, is_chair
from concertation.core import clock
from concertation.core.errors import NotAllowed
from concertation.record.canonical import Json
from concertation.texts.canonical import UnknownContent, canonical_json, document_of, read_versions, sha256_of
from concertation.texts.domain.agreed_language import index_adopted
from concertation.texts.domain.notes import heads_who_decide, locked_text, note
from concertation.texts.enums import Outcome, State
from concertation.texts.errors import (
    AlreadyAnswered,
    EmptyVersion,
    Frozen,
    NobodyDecides,
    NoSuchText,
    NotAdoptable,
    NotRunning,
    ReasonMissing,
    StillWaiting,
)
from concertation.texts.events import Act
from concertation.texts.models import AdoptedText, AdoptionProcedure, Response, Text
from concertation.texts.queries import members_waited_for, members_who_decide, stored_updates
from concertation.texts.sync.signals import recheck

REASON_LENGTH = 2000


@transaction.atomic
def propose_adoption(*, by: Delegate, text_id: UUID) -> AdoptionProcedure:
    """Freeze the text as it is stored now and ask the members; editors are disconnected.

    Raises NoSuchText, NotAllowed, Frozen, NobodyDecides, EmptyVersion, NotAdoptable.
    """
    text = locked_text(by, text_id)
    if not is_chair(by):
        raise NotAllowed
    if text.state != State.DRAFT:
        raise Frozen
    if not members_who_decide(text).exists():
        raise NobodyDecides
    content = _content(text)
    last = text.procedures.aggregate(last=Max("number"))["last"] or 0
    procedure = AdoptionProcedure.objects.create(
        text=text,
        number=last + 1,
        proposed_at=clock.now(),
        proposed_by=by,
        content=content,
        sha256=sha256_of(content),
    )
    _note(by, Act.PROPOSED, procedure)
    recheck(text.pk)
    return procedure


@transaction.atomic
def respond(*, by: Delegate, procedure_id: UUID, agrees: bool, reason: str = "") -> Outcome:
    """Answer for the member that `by` binds, once and for all, and return what became of the procedure.

    The last agreement adopts the text; the first objection, which has a reason of at most 2,000 characters, opens
    it again. Raises NoSuchText, NotAllowed, NotRunning, AlreadyAnswered, ReasonMissing.
    """
    procedure = _locked(by, procedure_id)
    reason = reason.strip()
    member = by.member
    if member is None or not binds_member(by) or not members_who_decide(procedure.text).contains(member):
        raise NotAllowed
    if procedure.responses.filter(member=member).exists():
        raise AlreadyAnswered
    if not agrees and not 0 < len(reason) <= REASON_LENGTH:
        raise ReasonMissing
    Response.objects.create(
        procedure=procedure,
        member=member,
        delegate=by,
        agrees=agrees,
        reason="" if agrees else reason,
        at=clock.now(),
    )
    if not agrees:
        return _close(by, procedure, Outcome.OBJECTED, reason=reason)
    if members_waited_for(procedure).exists():
        _note(by, Act.AGREED, procedure)
        return Outcome.RUNNING
    return _adopt(by, procedure)


@transaction.atomic
def withdraw_proposal(*, by: Delegate, procedure_id: UUID) -> None:
    """Take the proposal back, so that the text is open again; raises NoSuchText, NotAllowed, NotRunning."""
    procedure = _locked(by, procedure_id)
    if not is_chair(by):
        raise NotAllowed
    _close(by, procedure, Outcome.WITHDRAWN)


@transaction.atomic
def conclude_adoption(*, by: Delegate, procedure_id: UUID) -> None:
    """Adopt the text after a departure left nobody to wait for.

    Raises NoSuchText, NotAllowed, NotRunning, StillWaiting (also when no member that counts agreed).
    """
    procedure = _locked(by, procedure_id)
    if not is_chair(by):
        raise NotAllowed
    if members_waited_for(procedure).exists() or not _agreed(procedure):
        raise StillWaiting
    _adopt(by, procedure)


def _locked(by: Delegate, procedure_id: UUID) -> AdoptionProcedure:
    """Return the running procedure, nobody else acting on its text; raises NoSuchText, NotRunning."""
    found = AdoptionProcedure.objects.filter(pk=procedure_id).values_list("text_id", flat=True).first()
    if found is None:
        raise NoSuchText
    text = locked_text(by, found)
    procedure = AdoptionProcedure.objects.filter(pk=procedure_id, outcome=Outcome.RUNNING).first()
    if procedure is None:
        raise NotRunning
    procedure.text = text
    return procedure


def _content(text: Text) -> str:
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
    authentic = [version.language for version in versions if version.is_authentic]
    return canonical_json(text=str(text.pk), titles=text.titles, authentic=authentic, versions=words)


def _agreed(procedure: AdoptionProcedure) -> list[str]:
    """Return the codes of the members that count and agreed, in protocol order."""
    agreed = procedure.responses.filter(agrees=True).values("member_id")
    return list(members_who_decide(procedure.text).filter(pk__in=agreed).values_list("pk", flat=True))


def _adopt(by: Delegate, procedure: AdoptionProcedure) -> Outcome:
    """Make the proposed content the adopted text, for ever."""
    authentic = procedure.text.versions.filter(is_authentic=True)
    agreed = _agreed(procedure)
    adopted = AdoptedText.objects.create(
        text=procedure.text,
        procedure=procedure,
        content=procedure.content.encode(),
        sha256=procedure.sha256,
        adopted_at=clock.now(),
        members=agreed,
        languages=list(authentic.values_list("language", flat=True)),
    )
    index_adopted(adopted)
    return _close(by, procedure, Outcome.ADOPTED, members=agreed)


ACT_OF = {
    Outcome.ADOPTED: Act.ADOPTED,
    Outcome.OBJECTED: Act.OBJECTED,
    Outcome.WITHDRAWN: Act.WITHDRAWN,
}


def _close(by: Delegate, procedure: AdoptionProcedure, outcome: Outcome, **data: str | list[str]) -> Outcome:
    """End the procedure, and let editors in again unless the text is adopted; raises NotRunning."""
    running = AdoptionProcedure.objects.filter(pk=procedure.pk, outcome=Outcome.RUNNING)
    if not running.update(outcome=outcome, closed_at=clock.now()):
        raise NotRunning
    _note(by, ACT_OF[outcome], procedure, **data)
    recheck(procedure.text_id)
    return outcome


def _note(by: Delegate, act: Act, procedure: AdoptionProcedure, **data: str | list[str]) -> None:
    """Leave the entry of an act on a procedure; the homes of those who decide look again."""
    told = heads_who_decide(procedure.text)
    facts: dict[str, Json] = {"procedure": procedure.number, "sha256": procedure.sha256, **data}
    note(by, act, procedure.text, facts, told=told)
