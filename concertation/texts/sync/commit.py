"""The thread that writes: what is due in any room goes to the database in one transaction, in the order it came.

A thread of its own and not the pool, so that one database connection stays open and no write waits for a page.
"""

import logging
import queue
import threading
from asyncio import AbstractEventLoop
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

logger = logging.getLogger(__name__)


class Frozen(Exception):
    """The text takes no changes any more."""


class NotStored(Exception):
    """The database did not take the change."""


@dataclass(frozen=True, slots=True)
class Write:
    """One flush of one room: the merged update and the delegates whose changes are in it."""

    text_id: str
    update: bytes
    authors: tuple[str, ...]


class Store(Protocol):
    """Where texts are kept. Both methods are called from other threads than the event loop's."""

    def load(self, text_id: str) -> bytes | None:
        """Return everything that is stored of the text as one update, or None for a text nobody has written in."""

    def append(self, writes: Sequence[Write]) -> Collection[Write]:
        """Store `writes` in one transaction and return those that were refused because their text is frozen.

        When it raises, nothing was stored.
        """


Done = Callable[[Exception | None], None]


class Committer:
    """Commits writes one transaction after the other; a transaction takes all that waits when it begins."""

    def __init__(self, store: Store, loop: AbstractEventLoop) -> None:
        self._store = store
        self._loop = loop
        self._waiting: queue.SimpleQueue[tuple[Write, Done] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="texts-commit", daemon=True)
        self._thread.start()

    def submit(self, write: Write, done: Done) -> None:
        """Store `write`; `done` is called in the event loop, with None or with `Frozen` or `NotStored`."""
        self._waiting.put((write, done))

    def stop(self) -> None:
        """End the thread after what was submitted, and wait for it."""
        self._waiting.put(None)
        self._thread.join()

    def _run(self) -> None:
        """Commit until stopped."""
        while True:
            due = self._take()
            if due:
                outcomes = self._commit([write for write, _done in due])
                self._loop.call_soon_threadsafe(_tell, [done for _write, done in due], outcomes)
            if self._stopping:
                return

    def _take(self) -> list[tuple[Write, Done]]:
        """Wait for a write and return it with all others that wait."""
        due = [self._waiting.get()]
        while not self._waiting.empty():
            due.append(self._waiting.get())
        self._stopping = due[-1] is None
        return [item for item in due if item is not None]

    def _commit(self, writes: list[Write]) -> list[Exception | None]:
        """Store `writes` and return what became of each; when together they fail, each is tried by itself."""
        try:
            refused = self._store.append(writes)
        except Exception as error:  # whatever the database raises, the clients must hear of it
            if len(writes) > 1:
                return [outcome for write in writes for outcome in self._commit([write])]
            logger.error("The text %s could not be stored: %s", writes[0].text_id, error)
            return [NotStored()]
        return [Frozen() if write in refused else None for write in writes]


def _tell(dones: list[Done], outcomes: list[Exception | None]) -> None:
    """Call each of `dones` with its outcome."""
    for done, outcome in zip(dones, outcomes, strict=True):
        done(outcome)
