"""Jobs in processes of their own: a server starts them, gives signs of life, and passes on what they announce."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from types import TracebackType
from typing import Generic, Self
from uuid import UUID

from django.conf import settings
from django.db import connections
from django.db.models import QuerySet

from concertation.core import clock
from concertation.core.jobs import J

BEAT = 2.0  # seconds between two signs of life
PASSED_ON = timedelta(seconds=15)  # for which a change is passed on to browsers
NICER = 5  # so that pages are served first


def run_command(*words: str) -> int:
    """Run a command of ours in a process of its own, stay with it until it ends, and return its status."""
    connections.close_all()
    command = [sys.executable, "-m", "concertation.cli", *words]
    silent = subprocess.DEVNULL
    child = subprocess.Popen(command, stdin=silent, stdout=silent, start_new_session=True)  # noqa: S603 - our own words
    return child.wait()


class Relay(Generic[J]):
    """Tells browsers what processes stored: without a shared channel layer they cannot do it themselves."""

    def __init__(self, announce: Callable[[J], None]) -> None:
        self._announce = announce
        self._passed_on: dict[UUID, int] = {}

    def pass_on(self, jobs: QuerySet[J]) -> None:
        """Announce those of `jobs` that changed since they were passed on last."""
        if settings.VALKEY_URL:
            return
        recent = {job.pk: job for job in jobs.filter(touched_at__gte=clock.now() - PASSED_ON)}
        for key in self._passed_on.keys() - recent.keys():
            del self._passed_on[key]
        for key, job in recent.items():
            if self._passed_on.get(key) != job.version:
                self._passed_on[key] = job.version
                self._announce(job)


class Heart:
    """Gives signs of life for an attempt at a job, from a thread of its own, and hears when it is to stop.

    It is to stop when `beat` says that the job is no longer this process's, and when the process that started this one
    is gone.
    """

    def __init__(self, beat: Callable[[], bool]) -> None:
        self._give, self._parent = beat, os.getppid()
        self._stopping, self._ended = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._beat, name="heart", daemon=True)

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
            if os.getppid() != self._parent or not self._give():
                self._stopping.set()
                break
        connections.close_all()
