"""The silence procedure: at its deadline, unbroken, the text is adopted. docs/decisions/0008 gives each rule.

The deadline decides by the clock: acts look at it once they hold the text, and `domain/settling.py` enters what it
decided.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from json import loads
from uuid import UUID

from django.db import transaction

from concertation.coalition.models import Delegate
from concertation.coalition.rules import is_chair
from concertation.core import clock
from concertation.core.errors import NotAllowed
from concertation.core.words import prose
from concertation.record.canonical import Json, time_text
from concertation.texts import deadlines
from concertation.texts.blocks import Block
from concertation.texts.domain.notices import make_notices
from concertation.texts.domain.procedures import (
    REASON_LENGTH,
    answering_member,
    close,
    keep_answer,
    locked_procedure,
    note_procedure,
    open_procedure,
)
from concertation.texts.enums import Notice, Outcome
from concertation.texts.errors import BadAmendment, NoSuchTime, NotLater, NotRunning, ReasonMissing, TooFar, TooSoon
from concertation.texts.errors import UnknownZone as ZoneRefused
from concertation.texts.events import Act
from concertation.texts.models import AdoptionProcedure, Amendment, Extension, SilenceProcedure

MOST_AMENDMENTS = 20
AMENDMENT_LENGTH = 10_000


@dataclass(frozen=True, slots=True)
class Proposed:
    """The words that a member would want instead of a paragraph, which is counted from 0 in its version."""

    language: str
    position: int
    words: str


def check_deadline(local: datetime, zone: str) -> deadlines.Deadline:
    """Return the deadline at the naive time `local` in `zone`; raises UnknownZone, NoSuchTime, TooSoon, TooFar."""
    try:
        deadline = deadlines.deadline_at(local, zone)
    except deadlines.UnknownZone:
        raise ZoneRefused from None
    except deadlines.NoSuchTime:
        raise NoSuchTime from None
    now = clock.now()
    if deadline.moment < now + deadlines.NEAREST:
        raise TooSoon
    if deadline.moment > now + deadlines.FARTHEST:
        raise TooFar
    return deadline


@transaction.atomic
def start_silence(*, by: Delegate, text_id: UUID, local: datetime, zone: str) -> AdoptionProcedure:
    """Freeze the text and put it under silence until the naive time `local` on the clocks of `zone`.

    Raises NoSuchText, NotAllowed, Frozen, NobodyDecides, Hindered, EmptyVersion, NotAdoptable, UnknownZone,
    NoSuchTime, TooSoon, TooFar.
    """
    procedure = open_procedure(by, text_id)
    deadline = check_deadline(local, zone)
    SilenceProcedure.objects.create(procedure=procedure, zone=zone, deadline=deadline.moment)
    note_procedure(by, Act.SILENCE_STARTED, procedure, {"deadline": time_text(deadline.moment), "zone": zone})
    make_notices(procedure, Notice.STARTED)
    return procedure


@transaction.atomic
def agree_under_silence(*, by: Delegate, procedure_id: UUID) -> None:
    """Agree for the member that `by` binds, once and for all; the deadline still decides.

    Raises NoSuchText, NotAllowed, NotRunning, SilenceEnded, AlreadyAnswered.
    """
    procedure = _locked(by, procedure_id)
    keep_answer(by, procedure, answering_member(by, procedure))
    note_procedure(by, Act.SILENCE_AGREED, procedure)


@transaction.atomic
def break_silence(*, by: Delegate, procedure_id: UUID, reason: str, amendments: Sequence[Proposed] = ()) -> None:
    """Break the silence for the member that `by` binds: the procedure ends, and the text is open for drafting.

    `reason` has 1 to 2,000 characters. Raises NoSuchText, NotAllowed, NotRunning, SilenceEnded (the deadline has
    come), AlreadyAnswered, ReasonMissing, BadAmendment.
    """
    procedure = _locked(by, procedure_id)
    member = answering_member(by, procedure)
    reason = prose(reason)
    if not 0 < len(reason) <= REASON_LENGTH:
        raise ReasonMissing
    rows = _amendments(procedure, amendments)
    response = keep_answer(by, procedure, member, reason=reason)
    for row in rows:
        row.response = response
    Amendment.objects.bulk_create(rows)
    said: list[Json] = [{"language": row.language, "position": row.position, "words": row.words} for row in rows]
    close(by, Act.SILENCE_BROKEN, procedure, Outcome.OBJECTED, reason=reason, amendments=said)
    make_notices(procedure, Notice.BROKEN)


@transaction.atomic
def extend_silence(*, by: Delegate, procedure_id: UUID, local: datetime) -> None:
    """Give the members until the naive time `local`, in the zone of the procedure; what was agreed stays.

    Raises NoSuchText, NotAllowed, NotRunning, SilenceEnded (the deadline has come), NotLater, and what
    `check_deadline` raises.
    """
    procedure = _locked(by, procedure_id)
    if not is_chair(by):
        raise NotAllowed
    silence = procedure.silence
    former, deadline = silence.deadline, check_deadline(local, silence.zone).moment
    if deadline <= former:
        raise NotLater
    if not SilenceProcedure.objects.filter(pk=silence.pk, deadline=former).update(deadline=deadline):
        raise NotRunning
    Extension.objects.create(silence=silence, former=former, deadline=deadline, delegate=by, at=clock.now())
    facts = {"deadline": time_text(deadline), "former": time_text(former), "zone": silence.zone}
    note_procedure(by, Act.SILENCE_EXTENDED, procedure, facts)
    silence.deadline = deadline
    make_notices(procedure, Notice.EXTENDED)


def _locked(by: Delegate, procedure_id: UUID) -> AdoptionProcedure:
    """Return the procedure under silence; raises NotRunning for one in session, and what `locked_procedure` does."""
    procedure = locked_procedure(by, procedure_id)
    if procedure.by_silence is None:
        raise NotRunning
    return procedure


def _amendments(procedure: AdoptionProcedure, amendments: Sequence[Proposed]) -> list[Amendment]:
    """Return rows, still without their answer, for amendments of the proposed text; raises BadAmendment."""
    if len(amendments) > MOST_AMENDMENTS:
        raise BadAmendment
    versions: dict[str, list[Block]] = loads(procedure.content)["versions"]
    return [_amendment(versions.get(amendment.language, []), amendment) for amendment in amendments]


def _amendment(blocks: Sequence[Block], amendment: Proposed) -> Amendment:
    """Return the row of one amendment of a version that consists of `blocks`; raises BadAmendment."""
    words = prose(amendment.words)
    if not 0 <= amendment.position < len(blocks) or not 0 < len(words) <= AMENDMENT_LENGTH:
        raise BadAmendment
    identifier = blocks[amendment.position].get("id", "")
    return Amendment(language=amendment.language, position=amendment.position, paragraph=identifier, words=words)
