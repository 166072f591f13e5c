"""Timed work without a queue: tasks that look for what is due, each on its own clock, in every process that serves.

An app registers its tasks in `AppConfig.ready()`:

    rounds.register("texts.settle", settle_due_silences, every=5)

A task claims what it does by conditional update, so that any number of processes may run it at once, and commits
what it has done before it goes on. `concertation tick` runs each task once.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connections

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do every so many seconds."""

    name: str
    run: Callable[[], object]
    every: float


_tasks: dict[str, Task] = {}


def register(name: str, run: Callable[[], object], *, every: float) -> None:
    """Have `run` called every `every` seconds; the same name again replaces the task."""
    _tasks[name] = Task(name, run, every)


def run_each_once() -> list[str]:
    """Run every task, and return the names of those that failed."""
    return [task.name for task in _tasks.values() if not _run(task)]


def _run(task: Task) -> bool:
    """Run one task and say whether it came to its end; a failure is logged, and the next round tries again."""
    try:
        task.run()
    except Exception:  # whatever it raises must not end the loop
        logger.exception("The timed task %s failed.", task.name)
        return False
    return True


class Loop:
    """Runs every task in a thread of its own, beside the requests, until stopped."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._repeat, args=(task,), name=f"round-{task.name}", daemon=True)
            for task in _tasks.values()
        ]

    def start(self) -> None:
        """Begin, each task at once."""
        for thread in self._threads:
            thread.start()

    def stop(self, *, patience: float = 5) -> None:
        """End after the tasks that run now; one that takes longer than `patience` seconds ends with the process."""
        self._stopping.set()
        for thread in self._threads:
            thread.join(patience)

    def _repeat(self, task: Task) -> None:
        """Run one task until stopped; between two rounds no database connection is held."""
        while not self._stopping.is_set():
            _run(task)
            connections.close_all()
            self._stopping.wait(task.every)
