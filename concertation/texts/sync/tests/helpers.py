"""What the tests of the sync server share: a store in a file, a line that keeps what it is given, and a Yjs client."""

import asyncio
import sqlite3
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any

import pycrdt
from pycrdt import Doc, Text

from concertation.texts.sync import protocol
from concertation.texts.sync.commit import Write
from concertation.texts.sync.reader import Reader
from concertation.texts.sync.room import Access, Connection, Refusal, Room
from concertation.texts.sync.rooms import Rooms
from concertation.texts.sync.transport import Outgoing

TEXT = "0d7cfe25-5e0c-4d3e-8f9e-0e1d7f1a9a01"
OTHER = "0d7cfe25-5e0c-4d3e-8f9e-0e1d7f1a9a02"
ROOT = "en"


class SqliteStore:
    """Keeps updates in an SQLite file, as durable as the real store; `frozen` texts take none."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.frozen: set[str] = set()
        self.transactions: list[list[str]] = []
        with self._connect() as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("CREATE TABLE IF NOT EXISTS updates (text, content BLOB, authors)")

    def load(self, text_id: str) -> bytes | None:
        rows = self.rows(text_id)
        return pycrdt.merge_updates(*rows) if rows else None

    def append(self, writes: Sequence[Write]) -> Collection[Write]:
        refused = [write for write in writes if write.text_id in self.frozen]
        with self._connect() as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(
                "INSERT INTO updates VALUES (?, ?, ?)",
                [(w.text_id, w.update, ",".join(w.authors)) for w in writes if w not in refused],
            )
        self.transactions.append([write.text_id for write in writes])
        return refused

    def rows(self, text_id: str = TEXT) -> list[bytes]:
        """Return the updates of a text in their order."""
        with self._connect() as connection:
            query = "SELECT content FROM updates WHERE text = ? ORDER BY rowid"
            return [row for (row,) in connection.execute(query, (text_id,))]

    def authors(self) -> list[str]:
        """Return who wrote each row."""
        with self._connect() as connection:
            return [row for (row,) in connection.execute("SELECT authors FROM updates ORDER BY rowid")]

    def words(self, text_id: str = TEXT) -> str:
        """Return the words of the stored text."""
        doc: Doc[Text] = Doc()
        for row in self.rows(text_id):
            doc.apply_update(row)
        return str(doc.get(ROOT, type=Text))

    def break_down(self) -> None:
        """Let every further transaction fail."""
        with self._connect() as connection:
            connection.execute("ALTER TABLE updates RENAME TO lost")

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=10)
        connection.execute("PRAGMA synchronous=FULL")
        return connection


class Line:
    """A line that remembers the messages given to it, and how it was closed."""

    def __init__(self) -> None:
        self.messages: list[bytes] = []
        self.closed: tuple[int, str] | None = None

    def write(self, outgoing: Outgoing) -> None:
        if self.closed is None:
            self.messages += outgoing.messages

    def close(self, code: int, reason: str) -> None:
        self.closed = self.closed or (code, reason)

    def cut(self) -> None:
        self.closed = self.closed or (1006, "")


def access(delegate: str = "ada", *, may_write: bool = True, is_frozen: bool = False) -> Access:
    """Return the access of a delegate who is shown by a capital letter."""
    user = {"delegate": delegate, "name": delegate.capitalize()}
    return Access(delegate, user, may_write=may_write, is_frozen=is_frozen)


class Client:
    """A Yjs client in a room of this process, with a document of its own."""

    def __init__(self, room: Room, connection: Connection, line: Line) -> None:
        self.room, self.connection, self.line = room, connection, line
        self.doc: Doc[Text] = Doc()
        self.text = self.doc.get(ROOT, type=Text)
        self._updates: list[bytes] = []
        self._doc_subscription = self.doc.observe(self._note)
        self._read = 0
        self._is_reading = False

    @classmethod
    async def join(
        cls, rooms: Rooms, who: Access | None = None, text_id: str = TEXT, later: Access | Refusal | None = None
    ) -> "Client":
        """Join a room and exchange the first messages; `later` is the answer when the rights are asked anew."""
        who = who or access()

        async def authorise() -> Access | Refusal:
            return later or who

        line = Line()
        room, connection = await rooms.join(text_id, line, who, authorise)
        client = cls(room, connection, line)
        client.send(protocol.ask(b"\x00"))
        await until(lambda: any(message[:2] == b"\x00\x01" for message in line.messages))
        client.read()
        client.send(protocol.answer(client.doc.get_update(b"\x00")))
        return client

    def type(self, words: str) -> None:
        """Add words at the end and send the update."""
        self.text += words
        self.send_updates()

    def send_updates(self) -> None:
        """Send what was changed since the last time."""
        for update in self._updates:
            self.send(protocol.change(update))
        self._updates.clear()

    def send(self, message: bytes) -> None:
        """Send any message."""
        self.room.receive(self.connection, message)

    def read(self) -> str:
        """Take what came and return the words that this client sees."""
        self._is_reading = True
        for message in self.line.messages[self._read :]:
            if message[0] == protocol.Kind.SYNC and message[1] != protocol.Sync.STEP_1:
                self.doc.apply_update(Reader(message[2:]).block())
        self._is_reading = False
        self._read = len(self.line.messages)
        return str(self.text)

    def stored(self) -> list[tuple[dict[int, int], int]]:
        """Return what the server said to be stored: clocks, and the number of change messages."""
        readers = [Reader(message[1:]) for message in self.line.messages if message[0] == protocol.Kind.STORED]
        return [(protocol.decode_state(reader.block()), reader.uint()) for reader in readers]

    def presences(self) -> list[protocol.Presence]:
        """Return every awareness state that came, in order."""
        bodies = [Reader(m[1:]).block() for m in self.line.messages if m[0] == protocol.Kind.AWARENESS]
        return [entry for body in bodies for entry in protocol.decode_presences(body)]

    def _note(self, event: Any) -> None:
        if not self._is_reading:
            self._updates.append(event.update)


async def until(condition: Callable[[], object]) -> None:
    """Wait until `condition` holds; fail when it does not within half a minute."""
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110  # what is waited for has no event of its own
            await asyncio.sleep(0.002)


async def quiet() -> None:
    """Wait for longer than any flush, so that what has not come does not come."""
    await asyncio.sleep(0.15)
