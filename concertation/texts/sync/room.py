"""One open text in one process. The database is the truth; what this holds mirrors it and what is on its way there.

A change is applied, waits for the next flush (at once when the room is idle, otherwise every `WINDOW` seconds), is
committed together with the others that came, and only then is sent to anybody.
"""

import secrets
import time
from asyncio import AbstractEventLoop, Handle
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol

from concertation.texts.sync.awareness import GRACE, Awareness
from concertation.texts.sync.commit import Committer, Frozen, Write
from concertation.texts.sync.document import Document, merge
from concertation.texts.sync.protocol import Ask, Change, Presences
from concertation.texts.sync.reader import Malformed
from concertation.texts.sync.transport import Line, Outgoing
from concertation.texts.sync.update import EMPTY, Unmet

from . import protocol

SECONDS_PER_READER = 40e-6  # a write takes about 17 µs, so less than half the time goes into writing
MAX_WINDOW = 0.05
MAX_ECHOES = 8  # to see whether a reader sends back only what is here costs a copy of the document


class Code:
    """Why a connection is closed, as WebSocket close codes."""

    GOING_AWAY = 1001
    NOT_STORED = 1011
    RELOAD = 1012
    MALFORMED = 4400
    ANONYMOUS = 4401
    DENIED = 4403
    UNKNOWN = 4404
    FROZEN = 4409
    TOO_LARGE = 1009


@dataclass(frozen=True, slots=True)
class Access:
    """What a connection may do. `user` is shown to the others; the delegate's id is kept with each change.

    `languages` are the versions that the text has, and in which it may write; None for all that anybody may think of.
    """

    delegate: str
    user: Mapping[str, object]
    may_write: bool
    is_frozen: bool = False
    languages: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why somebody may not open a text, as a close code and its reason."""

    code: int
    reason: str


Authorise = Callable[[], Awaitable[Access | Refusal]]


@dataclass(eq=False, slots=True)
class Connection:
    """One client in the room; `authorise` says anew what it may do."""

    line: Line
    access: Access
    authorise: Authorise
    answered: bool = False
    changes: int = 0
    echoes: int = 0
    is_open: bool = True

    def close(self, code: int, reason: str) -> None:
        """End the connection."""
        self.is_open = False
        self.line.close(code, reason)


class Relay(Protocol):
    """The way to the same room in other processes."""

    def publish(self, text_id: str, message: dict[str, Any]) -> None:
        """Send `message` to the room of every other process, in order, without waiting."""


@dataclass(slots=True)
class Batch:
    """What the next flush brings: changes to store, changes already stored elsewhere, and who waits for it."""

    changes: list[bytes] = field(default_factory=list)
    relayed: list[bytes] = field(default_factory=list)
    authors: dict[str, None] = field(default_factory=dict)
    writers: dict[Connection, int] = field(default_factory=dict)
    answers: list[tuple[Connection, bytes]] = field(default_factory=list)
    state: bytes = b""
    merged: bytes = b""

    def __bool__(self) -> bool:
        return bool(self.changes or self.relayed or self.writers or self.answers)


class Room:
    """The connections to one text, its document, and what goes to the database and to them next."""

    def __init__(
        self,
        text_id: str,
        loaded: bytes | None,
        *,
        loop: AbstractEventLoop,
        committer: Committer,
        relay: Relay,
        on_gap: Callable[["Room"], None],
        on_end: Callable[["Room"], None],
    ) -> None:
        self.text_id = text_id
        self.connections: set[Connection] = set()
        self.origin = secrets.token_hex(8)
        self._document = Document(loaded)
        self._awareness = Awareness()
        self._loop = loop
        self._committer = committer
        self._relay = relay
        self._on_gap = on_gap
        self._on_end = on_end
        self._batch = Batch()
        self._timer: Handle | None = None
        self._is_committing = False
        self.is_open = True
        self._flushed_at = 0.0
        self._not_before = 0.0
        self._published = 0
        self._heard: dict[str, int] = {}
        relay.publish(text_id, {"kind": "opened", "origin": self.origin})

    def join(self, line: Line, access: Access, authorise: Authorise) -> Connection:
        """Add a client, ask it for what it has, and tell it who is there."""
        connection = Connection(line, access, authorise)
        self.connections.add(connection)
        messages = [protocol.ask(self._document.state())]
        if present := self._awareness.present(time.monotonic()):
            messages.append(protocol.presences(protocol.encode_presences(present)))
        line.write(Outgoing(*messages))
        return connection

    def leave(self, connection: Connection) -> None:
        """Remove a client and its carets."""
        connection.is_open = False
        if connection in self.connections:
            self.connections.remove(connection)
            self._awareness.leave(connection, time.monotonic())
            self._loop.call_later(GRACE, self._drop_away)
            self._due()

    def change_access(self, connection: Connection, answer: Access | Refusal) -> None:
        """Let a client go on with other rights, or close its connection when it lost some."""
        if connection not in self.connections:
            return
        if isinstance(answer, Refusal):
            self.expel(connection, answer.code, answer.reason)
        elif connection.access.may_write and not answer.may_write:
            self.expel(connection, *_why_read_only(answer))
        else:
            connection.access = answer

    def expel(self, connection: Connection, code: int, reason: str) -> None:
        """Close a client's connection and remove it."""
        connection.close(code, reason)
        self.leave(connection)

    def receive(self, connection: Connection, data: bytes) -> None:
        """Do what a client's message says; a message against the protocol or the rules ends its connection."""
        if not connection.is_open or not self.is_open:
            return
        if len(data) > protocol.MAX_MESSAGE:
            self.expel(connection, Code.TOO_LARGE, "message too large")
            return
        try:
            self._do(connection, protocol.decode(data))
        except (Malformed, Unmet) as error:
            self.expel(connection, Code.MALFORMED, f"malformed: {error}")

    def hear(self, message: Mapping[str, Any]) -> None:
        """Take a message of the same room in another process, or of the domain."""
        if message["origin"] == self.origin or not self.is_open:
            return
        if message["kind"] == "opened":
            self._awareness.repeat()
        elif message["kind"] == "written":
            self._hear_written(message["update"])
        else:
            self._hear_flush(message)
        self._due()

    def catch_up(self, loaded: bytes | None) -> None:
        """Take the stored state again, after messages of other processes were lost."""
        if loaded is None or not self.is_open:
            return
        try:
            self._take_relayed(loaded)
        except (Malformed, Unmet):
            self.end((Code.RELOAD, "reload"), (Code.RELOAD, "reload"))
        else:
            self._due()

    def end(self, for_writers: tuple[int, str], for_readers: tuple[int, str]) -> None:
        """Close every connection and forget what is not stored."""
        self.is_open = False
        if self._timer is not None:
            self._timer.cancel()
        for connection in self.connections:
            connection.close(*(for_writers if connection.access.may_write else for_readers))
        self.connections.clear()
        self._on_end(self)

    def _do(self, connection: Connection, message: protocol.Message) -> None:
        """Do what `message` says; raises `Malformed` or `Unmet`."""
        if isinstance(message, Change):
            self._change(connection, message)
        elif isinstance(message, Ask):
            self._answer(connection, protocol.answer(self._document.missing_from(message.state)))
        elif isinstance(message, Presences):
            self._awareness.hear(message.entries, connection, connection.access, time.monotonic())
            if self._awareness.has_changed:
                self._due()
        else:
            present = self._awareness.present(time.monotonic())
            connection.line.write(Outgoing(protocol.presences(protocol.encode_presences(present))))

    def _change(self, connection: Connection, message: Change) -> None:
        """Take a change by somebody who may write, and refuse it from others."""
        if not connection.access.may_write:
            self._refuse(connection, message)
            return
        connection.changes += 1
        try:
            changed = self._document.take(message.update, connection.access.languages)
        except Unmet:
            if connection.answered or message.answer:
                raise
            return  # typed before our question arrived: the answer to it will bring this and what it builds on
        connection.answered = connection.answered or message.answer
        if changed:
            self._batch.changes.append(message.update)
            self._batch.authors[connection.access.delegate] = None
        if connection.answered:
            self._batch.writers[connection] = connection.changes
        self._due()

    def _refuse(self, connection: Connection, message: Change) -> None:
        """Close the connection of somebody who may not write, unless the message holds nothing new."""
        if message.update == EMPTY:
            return
        connection.echoes += 1
        if connection.echoes > MAX_ECHOES:
            raise Malformed("a reader that sends back more than once what it reads")
        try:
            if not self._document.would_change(message.update):
                return
        except Unmet:
            pass
        code, reason = _why_read_only(connection.access)
        connection.line.write(Outgoing(protocol.denied(reason)))
        self.expel(connection, code, reason)

    def _answer(self, connection: Connection, message: bytes) -> None:
        """Send `message`, made of the document as it is now, as soon as all of that is stored."""
        if self._is_committing or self._batch.changes:
            self._batch.answers.append((connection, message))
            self._due()
        else:
            connection.line.write(Outgoing(message))

    def _hear_flush(self, message: Mapping[str, Any]) -> None:
        """Take what another process stored and who is there; notice when a message before it was lost."""
        number, origin = message["number"], message["origin"]
        if self._heard.get(origin, number - 1) != number - 1:
            self._on_gap(self)
        self._heard[origin] = number
        try:
            self._awareness.hear_relayed(protocol.decode_presences(message["presences"]), time.monotonic())
            self._take_relayed(message["update"])
        except (Malformed, Unmet):
            self._on_gap(self)

    def _hear_written(self, update: bytes) -> None:
        """Take what an act on a page stored; load again when it builds on what is not here."""
        try:
            self._take_relayed(update)
        except (Malformed, Unmet):
            self._on_gap(self)

    def _take_relayed(self, update: bytes) -> None:
        """Take changes that are in the database already; raises `Malformed` or `Unmet`."""
        if self._document.take(update):
            self._batch.relayed.append(update)

    def _due(self) -> None:
        """Plan a flush, unless one is planned or running; its end plans the next."""
        if self._timer is not None or self._is_committing:
            return
        wait = self._not_before - time.monotonic()
        self._timer = self._loop.call_later(wait, self._flush) if wait > 0 else self._loop.call_soon(self._flush)

    def _flush(self) -> None:
        """Send what waits to the database, or straight to the clients when nothing of it has to be stored."""
        self._timer = None
        self._flushed_at = time.monotonic()
        batch, self._batch = self._batch, Batch()
        batch.state = self._document.state()
        if not batch.changes:
            self._show(batch)
            return
        self._is_committing = True
        batch.merged = merge(batch.changes)
        write = Write(self.text_id, batch.merged, tuple(batch.authors))
        self._committer.submit(write, partial(self._committed, batch))

    def _committed(self, batch: Batch, error: Exception | None) -> None:
        """Show what was stored; when it was not, nobody may go on with a document that has it."""
        self._is_committing = False
        if not self.is_open:
            return
        if isinstance(error, Frozen):
            self.end((Code.FROZEN, "frozen"), (Code.RELOAD, "reload"))
        elif error is not None:
            self.end((Code.NOT_STORED, "could not be stored"), (Code.NOT_STORED, "could not be stored"))
        else:
            self._show(batch)

    def _show(self, batch: Batch) -> None:
        """Send a stored batch to everybody, here and in other processes, and plan the next one."""
        here, elsewhere = self._awareness.take_changed()
        shared = []
        if batch.merged or batch.relayed:
            shared.append(protocol.change(merge([u for u in (batch.merged, *batch.relayed) if u])))
        if here or elsewhere:
            shared.append(protocol.presences(protocol.encode_presences(here + elsewhere)))
        self._write(shared, batch)
        if batch.merged or here:
            self._publish(batch.merged or EMPTY, protocol.encode_presences(here))
        self._not_before = self._flushed_at + min(MAX_WINDOW, SECONDS_PER_READER * len(self.connections))
        if self._batch or self._awareness.has_changed:
            self._due()
        elif not self.connections and not self._awareness.waits_for_somebody:
            self.is_open = False
            self._on_end(self)

    def _drop_away(self) -> None:
        """Tell the others of those who did not come back."""
        self._awareness.drop_away(time.monotonic())
        if self.is_open and (self._awareness.has_changed or not self.connections):
            self._due()

    def _write(self, shared: list[bytes], batch: Batch) -> None:
        """Write the `shared` messages to everybody, with what is for one of them only."""
        if shared:
            outgoing = Outgoing(*shared)
            writers = batch.writers
            for connection in self.connections:
                if connection not in writers:
                    connection.line.write(outgoing)
        for connection, changes in batch.writers.items():
            connection.line.write(Outgoing(*shared, protocol.stored(batch.state, changes)))
        for connection, message in batch.answers:
            connection.line.write(Outgoing(message))

    def _publish(self, update: bytes, presences: bytes) -> None:
        """Send what was stored to the other processes."""
        self._published += 1
        self._relay.publish(
            self.text_id,
            {
                "kind": "flush",
                "origin": self.origin,
                "number": self._published,
                "update": update,
                "presences": presences,
            },
        )


def _why_read_only(access: Access) -> tuple[int, str]:
    """Return the close code and reason for somebody who writes and may not."""
    return (Code.FROZEN, "frozen") if access.is_frozen else (Code.DENIED, "read only")
