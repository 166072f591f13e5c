"""A Yjs client on a real WebSocket, with a document of its own."""

import asyncio
from contextlib import suppress
from typing import Any

from pycrdt import Doc, Text
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from concertation.texts.sync import protocol
from concertation.texts.sync.reader import Reader
from concertation.texts.sync.tests.helpers import ROOT, until
from concertation.texts.sync.tests.server import Server


class WireClient:
    """One connection; `closed` is its close code and reason once it is closed."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self.doc: Doc[Text] = Doc()
        self.text = self.doc.get(ROOT, type=Text)
        self.messages: list[bytes] = []
        self.closed: tuple[int, str] | None = None
        self._updates: list[bytes] = []
        self._is_reading = False
        self._subscription = self.doc.observe(self._note)
        self.reading = asyncio.create_task(self._read())

    @classmethod
    async def open(cls, server: Server, who: str | None = "head", origin: str | None = None) -> "WireClient":
        """Connect as one of the people that the server made, or as nobody."""
        headers = {"Cookie": server.made[who]} if who else {}
        here = origin or f"http://127.0.0.1:{server.port}"
        socket = await connect(server.address, additional_headers=headers, origin=here, max_size=None)  # type: ignore[arg-type]  # Origin is a str
        return cls(socket)

    async def greet(self) -> None:
        """Ask for the document, wait for it, and answer the server's question."""
        await self.send(protocol.ask(self.doc.get_state()))
        await until(lambda: self.closed or any(message[:2] == b"\x00\x01" for message in self.messages))
        await self.send(protocol.answer(self.doc.get_update()))

    async def type(self, words: str) -> None:
        """Add words at the end and send the updates."""
        self.text += words
        updates, self._updates = self._updates, []
        for update in updates:
            await self.send(protocol.change(update))

    async def send(self, message: bytes | str) -> None:
        """Send any message; a closed connection takes none."""
        with suppress(ConnectionClosed):
            await self._socket.send(message)

    async def close(self) -> None:
        """Leave in good order."""
        await self._socket.close()
        await self.reading

    def stored_clock(self) -> int:
        """Return how much of what this client wrote the server says to be stored."""
        vectors = [Reader(m[1:]).block() for m in self.messages if m[0] == protocol.Kind.STORED]
        return protocol.decode_state(vectors[-1]).get(self.doc.client_id, 0) if vectors else 0

    async def _read(self) -> None:
        """Take what comes until the connection is closed."""
        try:
            async for message in self._socket:
                assert isinstance(message, bytes)
                self.messages.append(message)
                self._take(message)
        except ConnectionClosed:
            pass
        self.closed = (self._socket.close_code or 1006, self._socket.close_reason or "")

    def _take(self, message: bytes) -> None:
        """Apply the changes in `message`."""
        if message[0] == protocol.Kind.SYNC and message[1] != protocol.Sync.STEP_1:
            self._is_reading = True
            self.doc.apply_update(Reader(message[2:]).block())
            self._is_reading = False

    def _note(self, event: Any) -> None:
        if not self._is_reading:
            self._updates.append(event.update)
