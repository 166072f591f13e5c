"""What the process that solves writes: it claims a run, gives signs of life, and stores what it finds (`core.jobs`)."""

from typing import Any
from uuid import UUID

from django.db import transaction

from concertation.commitments.domain.plan_entries import announce_run
from concertation.commitments.enums import Ending
from concertation.commitments.models import PlanRun
from concertation.commitments.planning.stored import Stored
from concertation.core import clock, jobs


def claim_due_run() -> PlanRun | None:
    """Take the run that waits longest and return it; None if there is none.

    One that was tried too often is ended as interrupted instead.
    """
    return jobs.claim_due(
        PlanRun.objects.all(),
        lambda run: end_run(run.pk, run.attempt, Ending.FAILED, fault={"kind": "interrupted"}),
    )


def claim_run(run_id: UUID) -> PlanRun | None:
    """Take one run if no living process works on it, and return it; None if it has ended or another one has it."""
    return jobs.claim(PlanRun.objects.all(), run_id)


def keep_alive(run_id: UUID, attempt: int) -> bool:
    """Give a sign of life, and say whether the run is still this process's."""
    return jobs.keep_alive(PlanRun.objects.all(), run_id, attempt)


def store_plan(run_id: UUID, attempt: int, plan: Stored | None, results: list[Stored], seconds: float) -> bool:
    """Keep what is known now, and `plan` if it is a better one; False if the run is no longer this process's."""
    found = {"results": results, "seconds": seconds, **({} if plan is None else {"plan": plan})}
    return _store(run_id, attempt, **found)


def store_gaps(run_id: UUID, attempt: int, gaps: list[Stored]) -> bool:
    """Keep the explanations so far; False if the run is no longer this process's."""
    return _store(run_id, attempt, gaps=gaps)


def end_run(run_id: UUID, attempt: int, ending: Ending, fault: Stored | None = None) -> bool:
    """End a run; False if it is no longer this process's."""
    return _store(run_id, attempt, ended_at=clock.now(), ending=ending, fault=fault or {})


def release_run(run_id: UUID, attempt: int) -> bool:
    """Let go of a run that was not ended, so that another process takes it at once."""
    return jobs.release(PlanRun.objects.all(), run_id, attempt)


@transaction.atomic
def _store(run_id: UUID, attempt: int, **found: Any) -> bool:
    if not jobs.store(PlanRun.objects.all(), run_id, attempt, **found):
        return False
    announce_run(PlanRun.objects.light().get(pk=run_id))
    return True
