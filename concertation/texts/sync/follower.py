"""The thread that follows texts a moment after somebody wrote in them, so that pages find the ledger up to date.

It is a convenience: whoever needs the ledger sooner follows the text itself; without this thread, reads slow down.
"""

import logging
import threading
import time
from collections.abc import Callable
from uuid import UUID

from django.db import connection

from concertation.texts.domain.ledger import follow_paragraphs

logger = logging.getLogger(__name__)

QUIET = 1.0  # seconds without a change after which a text is followed
LONGEST = 5.0  # seconds after which it is followed although it still changes


class Follower:
    """Calls `follow` for each text that was noted: once it is quiet, or when it has waited long enough."""

    def __init__(self, follow: Callable[[UUID], object], *, quiet: float = QUIET, longest: float = LONGEST) -> None:
        self._follow = follow
        self._quiet, self._longest = quiet, longest
        self._due: dict[UUID, tuple[float, float]] = {}  # when a text is to be followed, at the latest when
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def note(self, text_id: UUID) -> None:
        """Let the text be followed soon; the thread begins with the first."""
        now = time.monotonic()
        with self._changed:
            latest = self._due.get(text_id, (0.0, now + self._longest))[1]
            self._due[text_id] = (min(now + self._quiet, latest), latest)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="texts-follow", daemon=True)
                self._thread.start()
            self._changed.notify()

    def _run(self) -> None:
        while True:
            self._follow(self._next())

    def _next(self) -> UUID:
        """Wait for the text that is due first, and return it."""
        with self._changed:
            while True:
                text_id = min(self._due, key=lambda key: self._due[key][0], default=None)
                if text_id is None:
                    self._changed.wait()
                    continue
                wait = self._due[text_id][0] - time.monotonic()
                if wait <= 0:
                    del self._due[text_id]
                    return text_id
                self._changed.wait(wait)


def follow_quietly(text_id: UUID) -> None:
    """Follow a text; without it, pages take longer, and nothing else."""
    try:
        follow_paragraphs(text_id=text_id)
    except Exception as error:  # whatever the database raises
        logger.error("The text %s was not followed: %s", text_id, error)
    finally:
        connection.close()


_follower = Follower(follow_quietly)


def follow_soon(text_id: UUID) -> None:
    """Let the text be followed in the background, once nobody has written in it for a moment."""
    _follower.note(text_id)
