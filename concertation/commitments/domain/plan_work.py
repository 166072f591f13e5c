"""What the process that solves writes: it claims a run, gives signs of life, and stores what it finds.

Each write names the attempt that it is part of, and does nothing once the run was cancelled or another process has
taken it: so any number of processes may run, and none can undo what another one stored.
"""

from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet

from concertation.commitments.domain.plan_entries import announce_run
from concertation.commitments.enums import Ending
from concertation.commitments.models import PlanRun
from concertation.commitments.planning.stored import Stored
from concertation.core import clock

MOST_ATTEMPTS = 3


def claim_due_run() -> PlanRun | None:
    """Take the run that waits longest and return it, numbered by the attempt; None if there is none.

    One that was tried too often is ended as interrupted instead.
    """
    for waiting in PlanRun.objects.due().only("pk", "attempt")[:20]:
        if waiting.attempt >= MOST_ATTEMPTS:
            end_run(waiting.pk, waiting.attempt, Ending.FAILED, fault={"kind": "interrupted"})
        elif (claimed := claim_run(waiting.pk)) is not None:
            return claimed
    return None


@transaction.atomic
def claim_run(run_id: UUID) -> PlanRun | None:
    """Take one run if no living process works on it, and return it; None if it has ended or another one has it."""
    now = clock.now()
    due = PlanRun.objects.due().filter(pk=run_id).order_by()
    if not due.update(attempt=F("attempt") + 1, beat_at=now, touched_at=now, version=F("version") + 1):
        return None
    return PlanRun.objects.get(pk=run_id)


def keep_alive(run_id: UUID, attempt: int) -> bool:
    """Give a sign of life, and say whether the run is still this process's."""
    return bool(_own(run_id, attempt).update(beat_at=clock.now()))


@transaction.atomic
def store_plan(run_id: UUID, attempt: int, plan: Stored | None, results: list[Stored], seconds: float) -> bool:
    """Keep what is known now, and `plan` if it is a better one; False if the run is no longer this process's."""
    found = {"results": results, "seconds": seconds, **({} if plan is None else {"plan": plan})}
    return _store(run_id, attempt, found)


@transaction.atomic
def store_gaps(run_id: UUID, attempt: int, gaps: list[Stored]) -> bool:
    """Keep the explanations so far; False if the run is no longer this process's."""
    return _store(run_id, attempt, {"gaps": gaps})


@transaction.atomic
def end_run(run_id: UUID, attempt: int, ending: Ending, fault: Stored | None = None) -> bool:
    """End a run; False if it is no longer this process's."""
    return _store(run_id, attempt, {"ended_at": clock.now(), "ending": ending, "fault": fault or {}})


def release_run(run_id: UUID, attempt: int) -> bool:
    """Let go of a run that was not ended, so that another process takes it at once."""
    return bool(_own(run_id, attempt).update(beat_at=None))


def _store(run_id: UUID, attempt: int, found: Stored) -> bool:
    now = clock.now()
    kept = {**found, "beat_at": now, "touched_at": now, "version": F("version") + 1}
    if not _own(run_id, attempt).update(**kept):
        return False
    announce_run(PlanRun.objects.light().get(pk=run_id))
    return True


def _own(run_id: UUID, attempt: int) -> QuerySet[PlanRun]:
    return PlanRun.objects.filter(pk=run_id, attempt=attempt, ended_at=None)
