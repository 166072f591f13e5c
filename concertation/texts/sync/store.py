"""The database behind the rooms; its stored updates are the truth about every text."""

import logging
from collections import Counter
from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from django.db import connection

from concertation.texts.domain.drafting import SNAPSHOT_EVERY, Draft, append_updates, take_snapshot
from concertation.texts.queries import stored_updates
from concertation.texts.sync.commit import Write
from concertation.texts.sync.document import snapshot
from concertation.texts.sync.follower import follow_soon

logger = logging.getLogger(__name__)


class DjangoStore:
    """Loads and stores texts through the domain. Text ids are those that `authorise` let through."""

    def __init__(self) -> None:
        self._since_snapshot: Counter[str] = Counter()
        self._tidier = ThreadPoolExecutor(1, "texts-snapshot")

    def load(self, text_id: str) -> bytes | None:
        """Return what is stored of the text as one update, or None when nothing is.

        The updates are applied one by one: merged, they would bring back all that was ever deleted at once.
        """
        try:
            updates = stored_updates(UUID(text_id))
        finally:
            connection.close()  # of a thread that serves anybody next
        return snapshot(updates) if updates else None

    def append(self, writes: Sequence[Write]) -> Collection[Write]:
        """Store `writes` in one transaction and return those that were refused; raises what the database raises."""
        drafts = [Draft(UUID(write.text_id), write.update, write.authors) for write in writes]
        try:
            refused = append_updates(drafts=drafts)
        except Exception:
            connection.close()  # the next write tries a fresh one
            raise
        self._count(writes)
        for text_id in {draft.text_id for draft in drafts} - refused:
            follow_soon(text_id)
        return [write for write, draft in zip(writes, drafts, strict=True) if draft.text_id in refused]

    def _count(self, writes: Sequence[Write]) -> None:
        """Let a text have a snapshot from time to time, beside the thread that commits."""
        for write in writes:
            self._since_snapshot[write.text_id] += 1
            if self._since_snapshot[write.text_id] >= SNAPSHOT_EVERY:
                del self._since_snapshot[write.text_id]
                self._tidier.submit(_snapshot, write.text_id)


def _snapshot(text_id: str) -> None:
    """Take a snapshot; without it the text opens more slowly, and nothing else."""
    try:
        take_snapshot(text_id=UUID(text_id))
    except Exception as error:  # whatever the database raises
        logger.error("No snapshot of the text %s was taken: %s", text_id, error)
    finally:
        connection.close()
