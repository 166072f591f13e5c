"""A document in memory: what the database holds of one text and what is on its way there."""

from collections.abc import Set

import pycrdt
from pycrdt import Doc, XmlFragment

from concertation.texts.sync.protocol import decode_state
from concertation.texts.sync.reader import Malformed
from concertation.texts.sync.update import Shape, Unmet, examine, halves_in

MIN_REMEMBERED = 64 * 1024
MAX_TYPES = 20_000  # the library deletes by recursion: some 80,000 elements, each in the one before, end the process
TYPE_BYTES = 4  # that an element takes at least


def merge(updates: list[bytes]) -> bytes:
    """Return one update that does what all of `updates` do."""
    return updates[0] if len(updates) == 1 else pycrdt.merge_updates(*updates)


def snapshot(updates: list[bytes]) -> bytes:
    """Return one update with the state that `updates` lead to, without the content of what was deleted."""
    doc: Doc[XmlFragment] = Doc()
    for update in updates:
        doc.apply_update(update)
    return doc.get_update()


class Document:
    """A Yjs document that takes only whole and well-formed updates, and stays as it was when it refuses one."""

    def __init__(self, loaded: bytes | None) -> None:
        self._taken = [] if loaded is None else [loaded]
        self._halves = halves_in(loaded) if loaded else set()
        self._room_left = max(MIN_REMEMBERED, len(loaded or b""))
        self._types = len(loaded or b"") // TYPE_BYTES  # never fewer than there are
        self._rebuild()

    def take(self, update: bytes, languages: Set[str] | None = None) -> bool:
        """Apply `update` and return whether it changed anything; raises `Malformed` or `Unmet`, and then it did not.

        It may write in the versions `languages` only; None for what is stored already.
        """
        shape = examine(update, self._clocks)
        if languages is not None:
            shape.check_roots(languages)
        shape.check_whole(self._halves)
        self._count_types(shape.types)
        self._changed = False
        try:
            self._doc.apply_update(update)
        except BaseException as error:
            self._rebuild()
            if isinstance(error, Exception) or type(error).__name__ == "PanicException":
                raise Malformed("not a Yjs update") from None
            raise
        if len(shape.ends) > 1:
            self._check_integrated(shape)
        grown = {client: end for client, end in shape.ends.items() if end > self._clocks.get(client, 0)}
        self._clocks.update(grown)
        self._halves |= shape.halves
        if grown or self._changed:
            self._remember(update)
            return True
        return False

    def state(self) -> bytes:
        """Return the state vector."""
        return self._doc.get_state()

    def missing_from(self, state: bytes) -> bytes:
        """Return the update that brings somebody with the state vector `state` here; raises `Malformed`."""
        decode_state(state)
        return self._doc.get_update(state)

    def would_change(self, update: bytes) -> bool:
        """Return whether `update` holds anything that is not here; raises `Malformed` or `Unmet`."""
        shape = examine(update, self._clocks)
        if any(end > self._clocks.get(client, 0) for client, end in shape.ends.items()):
            return True
        return bool(shape.deletes) and Document(self._doc.get_update()).take(update)

    def _rebuild(self) -> None:
        """Make the document again from the updates that were taken."""
        self._doc: Doc[XmlFragment] = Doc()
        self._subscription = self._doc.observe(self._note_change)
        for update in self._taken:
            self._doc.apply_update(update)
        self._clocks = decode_state(self._doc.get_state())
        self._changed = False

    def _count_types(self, more: int) -> None:
        """Count `more` elements; raises `Malformed` when that makes more than a text may have."""
        if more and self._types + more > MAX_TYPES:
            self._types = examine(self._doc.get_update(), {}).types
            if self._types + more > MAX_TYPES:
                raise Malformed("too many elements")
        self._types += more

    def _note_change(self, _event: object) -> None:
        self._changed = True

    def _check_integrated(self, shape: Shape) -> None:
        """Undo an update of several clients that waits for itself in a circle."""
        clocks = decode_state(self._doc.get_state())
        if any(clocks.get(client, 0) < end for client, end in shape.ends.items()):
            self._rebuild()
            raise Unmet("it waits for itself")

    def _remember(self, update: bytes) -> None:
        """Keep `update` for a rebuild; when as much came as there was, the whole is kept anew, and smaller."""
        self._taken.append(update)
        self._room_left -= len(update)
        if self._room_left < 0:
            self._taken = [self._doc.get_update()]
            self._room_left = max(MIN_REMEMBERED, len(self._taken[0]))
