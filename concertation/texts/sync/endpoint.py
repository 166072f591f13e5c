"""The sync socket as a plain ASGI application: it lets people in, passes on what they send, and notes that they left.

Not a Channels consumer, because one message a flush has to reach each of some hundred sockets at the price of a write.
"""

import logging
from collections.abc import Awaitable, Callable, MutableMapping
from functools import partial
from typing import Any

from channels.layers import BaseChannelLayer

from concertation.texts.sync.commit import Store
from concertation.texts.sync.room import Access, Authorise, Code, Connection, Refusal, Room
from concertation.texts.sync.rooms import Rooms
from concertation.texts.sync.transport import Line, Send, line_to

logger = logging.getLogger(__name__)

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
AuthoriseScope = Callable[[Scope, str], Awaitable[Access | Refusal]]


class SyncEndpoint:
    """Serves the y-websocket protocol for the text whose id ends the path."""

    def __init__(self, authorise: AuthoriseScope, store: Store, layer: Callable[[], BaseChannelLayer]) -> None:
        self._authorise = authorise
        self._store = store
        self._layer = layer
        self._rooms: Rooms | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        await receive()  # websocket.connect
        await send({"type": "websocket.accept"})  # a refused handshake would hide the code from browsers
        line = line_to(send)
        text_id = scope["path"].rstrip("/").rpartition("/")[2]
        authorise = partial(self._authorise, scope, text_id)
        if (joined := await self._admit(line, text_id, authorise)) is None:
            await _drain(receive)
            return
        room, connection = joined
        try:
            await _listen(receive, room, connection)
        finally:
            await self.rooms.leave(room, connection)

    @property
    def rooms(self) -> Rooms:
        """The rooms of this process, made in its event loop by the first who connects."""
        if self._rooms is None:
            self._rooms = Rooms(self._store, self._layer())
        return self._rooms

    async def _admit(self, line: Line, text_id: str, authorise: Authorise) -> tuple[Room, Connection] | None:
        """Let somebody into the room of the text, or close with the reason why not."""
        try:
            access = await authorise()
            if isinstance(access, Access):
                return await self.rooms.join(text_id, line, access, authorise)
            line.close(access.code, access.reason)
        except Exception as error:  # whatever the database raises
            logger.error("The text %s cannot be opened: %s", text_id, error)
            line.close(Code.NOT_STORED, "cannot be opened")
        return None


async def _listen(receive: Receive, room: Room, connection: Connection) -> None:
    """Give the room what the client sends until it is gone."""
    while (message := await receive())["type"] == "websocket.receive":
        data = message.get("bytes")
        if data is None:
            room.expel(connection, Code.MALFORMED, "malformed: text instead of bytes")
        else:
            room.receive(connection, data)


async def _drain(receive: Receive) -> None:
    """Wait until a refused client is gone."""
    while (await receive())["type"] == "websocket.receive":
        pass
