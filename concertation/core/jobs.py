"""Long work on a row, done by a process of its own: rows say which process works on what, and any of them may die.

Each write of a process names the attempt that it is part of, and does nothing once the job has ended or another process
has taken it: so any number of processes may run, and none can undo what another one stored.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db import models, transaction
from django.db.models import F, Q, QuerySet

from concertation.core import clock

STALE = timedelta(seconds=30)  # without a sign of life, after which a job counts as interrupted
MOST_ATTEMPTS = 3


class Job(models.Model):
    """What a process works on, and its last sign of life."""

    id: Any
    asked_at = models.DateTimeField()
    attempt = models.PositiveSmallIntegerField(default=0)
    beat_at = models.DateTimeField(null=True)  # the last sign of life of the process that works on it
    touched_at = models.DateTimeField(db_index=True)
    version = models.PositiveIntegerField(default=0)  # raised by all that the process stores
    ended_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def is_working(self) -> bool:
        """Whether something may still come."""
        return self.ended_at is None


J = TypeVar("J", bound=Job)


def due(jobs: QuerySet[J]) -> QuerySet[J]:
    """Return those that no process works on, though they have not ended; who waits longest comes first."""
    silent = Q(beat_at=None) | Q(beat_at__lt=clock.now() - STALE)
    return jobs.filter(silent, ended_at=None).order_by("asked_at", "pk")


def claim_due(jobs: QuerySet[J], give_up: Callable[[J], object]) -> J | None:
    """Take the job that waits longest and return it, numbered by the attempt; None if there is none.

    One that was tried too often is given up instead.
    """
    for waiting in due(jobs).only("pk", "attempt")[:20]:
        if waiting.attempt >= MOST_ATTEMPTS:
            give_up(waiting)
        elif (claimed := claim(jobs, waiting.pk)) is not None:
            return claimed
    return None


@transaction.atomic
def claim(jobs: QuerySet[J], key: UUID) -> J | None:
    """Take one job if no living process works on it, and return it; None if it has ended or another one has it."""
    now = clock.now()
    silent = due(jobs).filter(pk=key).order_by()
    if not silent.update(attempt=F("attempt") + 1, beat_at=now, touched_at=now, version=F("version") + 1):
        return None
    return jobs.get(pk=key)


def keep_alive(jobs: QuerySet[J], key: UUID, attempt: int) -> bool:
    """Give a sign of life, and say whether the job is still this process's."""
    return bool(_own(jobs, key, attempt).update(beat_at=clock.now()))


def store(jobs: QuerySet[J], key: UUID, attempt: int, **found: Any) -> bool:
    """Keep what was found; False if the job is no longer this process's."""
    now = clock.now()
    kept = {**found, "beat_at": now, "touched_at": now, "version": F("version") + 1}
    return bool(_own(jobs, key, attempt).update(**kept))


def release(jobs: QuerySet[J], key: UUID, attempt: int) -> bool:
    """Let go of a job that was not ended, so that another process takes it at once."""
    return bool(_own(jobs, key, attempt).update(beat_at=None))


def _own(jobs: QuerySet[J], key: UUID, attempt: int) -> QuerySet[J]:
    return jobs.filter(pk=key, attempt=attempt, ended_at=None)
