"""Runs of the solver in processes of their own: a server starts them and passes on what they announce.

Rows are the truth: a run whose process dies, or whose server does, is due again (`models.plans`). The solver is loaded
in these processes only.
"""

import logging
import os
import subprocess
import sys
import threading
from datetime import timedelta
from types import TracebackType
from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import connections

from concertation.commitments.domain.plan_entries import announce_run
from concertation.commitments.domain.plan_work import claim_due_run, keep_alive, release_run
from concertation.commitments.models import PlanRun
from concertation.core import clock

logger = logging.getLogger(__name__)

BEAT = 2.0  # seconds between two signs of life
PASSED_ON = timedelta(seconds=15)  # for which a change is passed on to browsers
_passed_on: dict[UUID, int] = {}


def run_due_plan() -> None:
    """Start a process for the run that waits longest, if there is one, and stay with it until it ends."""
    run = claim_due_run()
    if run is None:
        return
    connections.close_all()
    command = [sys.executable, "-m", "concertation.cli", "plan-run", str(run.pk), "--attempt", str(run.attempt)]
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True)  # noqa: S603
    if status := child.wait():
        logger.warning("The process that planned %s ended with status %s.", run.pk, status)
        release_run(run.pk, run.attempt)


def pass_changes_on() -> None:
    """Tell browsers what processes of runs stored: without a shared channel layer they cannot do it themselves."""
    if settings.VALKEY_URL:
        return
    rows = PlanRun.objects.light().filter(touched_at__gte=clock.now() - PASSED_ON)
    recent = {run.pk: run for run in rows}
    for key in _passed_on.keys() - recent.keys():
        del _passed_on[key]
    for key, run in recent.items():
        if _passed_on.get(key) != run.version:
            _passed_on[key] = run.version
            announce_run(run)


class Heart:
    """Gives signs of life for an attempt at a run, from a thread of its own, and hears when it is to stop.

    It is to stop when the run was cancelled, when another process has taken it, and when the process that started this
    one is gone.
    """

    def __init__(self, run_id: UUID, attempt: int) -> None:
        self._run_id, self._attempt, self._parent = run_id, attempt, os.getppid()
        self._stopping, self._ended = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._beat, name="plan-heart", daemon=True)

    def __enter__(self) -> Self:
        """Begin."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End."""
        self._ended.set()
        self._thread.join()

    def must_stop(self) -> bool:
        """Say whether to stop."""
        return self._stopping.is_set()

    def _beat(self) -> None:
        while not self._ended.wait(BEAT):
            if os.getppid() != self._parent or not keep_alive(self._run_id, self._attempt):
                self._stopping.set()
                break
        connections.close_all()
