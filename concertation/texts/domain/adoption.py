"""Consensus in session: the chair proposes, every head of delegation of a full member answers, all or nothing.

Who counts are the full members that the text is for *when an answer comes*: who joined meanwhile must agree too,
who left or became an observer no longer counts. A departure alone adopts nothing: when it leaves nobody to wait
for, the chair concludes. `domain/silence.py` is the other way.
"""

from uuid import UUID

from django.db import transaction

from concertation.coalition.models import Delegate
from concertation.coalition.rules import is_chair
from concertation.core import clock
from concertation.core.errors import NotAllowed
from concertation.texts.domain.agreed_index import index_adopted
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
from concertation.texts.errors import ReasonMissing, SilenceRuns, StillWaiting
from concertation.texts.events import Act
from concertation.texts.models import AdoptionProcedure
from concertation.texts.queries import adopted_form, members_waited_for


@transaction.atomic
def propose_adoption(*, by: Delegate, text_id: UUID) -> AdoptionProcedure:
    """Freeze the text as it is stored now and ask the members; editors are disconnected.

    Raises NoSuchText, NotAllowed, Frozen, NobodyDecides, Hindered, EmptyVersion, NotAdoptable.
    """
    procedure = open_procedure(by, text_id)
    note_procedure(by, Act.PROPOSED, procedure)
    return procedure


@transaction.atomic
def respond(*, by: Delegate, procedure_id: UUID, agrees: bool, reason: str = "") -> Outcome:
    """Answer for the member that `by` binds, once and for all, and return what became of the procedure.

    The last agreement adopts the text; the first objection, which has a reason of at most 2,000 characters, opens
    it again. Raises NoSuchText, NotAllowed, NotRunning, SilenceRuns, AlreadyAnswered, ReasonMissing.
    """
    procedure = _in_session(by, procedure_id)
    reason = "" if agrees else reason.strip()
    member = answering_member(by, procedure)
    if not agrees and not 0 < len(reason) <= REASON_LENGTH:
        raise ReasonMissing
    keep_answer(by, procedure, member, reason=reason)
    if not agrees:
        return close(by, Act.OBJECTED, procedure, Outcome.OBJECTED, reason=reason)
    if members_waited_for(procedure).exists():
        note_procedure(by, Act.AGREED, procedure)
        return Outcome.RUNNING
    return _adopt(by, procedure)


@transaction.atomic
def withdraw_proposal(*, by: Delegate, procedure_id: UUID) -> None:
    """Take the proposal back, so that the text is open again; of a silence, only before its deadline.

    Raises NoSuchText, NotAllowed, NotRunning, SilenceEnded.
    """
    procedure = locked_procedure(by, procedure_id)
    if not is_chair(by):
        raise NotAllowed
    close(by, Act.WITHDRAWN, procedure, Outcome.WITHDRAWN)
    if procedure.by_silence:
        make_notices(procedure, Notice.ENDED)


@transaction.atomic
def conclude_adoption(*, by: Delegate, procedure_id: UUID) -> None:
    """Adopt the text after a departure left nobody to wait for.

    Raises NoSuchText, NotAllowed, NotRunning, SilenceRuns, StillWaiting (also when no member that counts agreed).
    """
    procedure = _in_session(by, procedure_id)
    if not is_chair(by):
        raise NotAllowed
    if members_waited_for(procedure).exists() or not adopted_form(procedure, clock.now()).members:
        raise StillWaiting
    _adopt(by, procedure)


def _in_session(by: Delegate, procedure_id: UUID) -> AdoptionProcedure:
    """Return the running procedure; raises SilenceRuns when the clock decides it, and what `locked_procedure` does."""
    procedure = locked_procedure(by, procedure_id)
    if procedure.by_silence:
        raise SilenceRuns
    return procedure


def _adopt(by: Delegate, procedure: AdoptionProcedure) -> Outcome:
    """Make the proposed content the adopted text, for ever."""
    adopted = adopted_form(procedure, clock.now())
    adopted.save(force_insert=True)
    index_adopted(adopted)
    facts = {"members": adopted.members, "authentic": adopted.languages}
    return close(by, Act.ADOPTED, procedure, Outcome.ADOPTED, **facts)
