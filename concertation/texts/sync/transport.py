"""From one message to many sockets: the bytes are built once and handed to the transport of each."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Protocol

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from . import protocol

MAX_BEHIND = 4 * 1024 * 1024
TRY_AGAIN = 1013

Send = Callable[[dict[str, Any]], Awaitable[None]]


class Outgoing:
    """Messages for several receivers, with their frames."""

    __slots__ = ("frames", "messages")

    def __init__(self, *messages: bytes) -> None:
        self.messages = messages
        self.frames = protocol.frame(messages)


class Line(Protocol):
    """The way to one receiver. Nothing here waits; after `close` or `cut` writing does nothing."""

    def write(self, outgoing: Outgoing) -> None:
        """Send to a receiver that keeps up; cut one that is too far behind, it will come back and ask."""

    def close(self, code: int, reason: str) -> None:
        """End the connection after what was written, with a WebSocket close code and a reason in English."""

    def cut(self) -> None:
        """End the connection without a word, because nobody takes our words."""


def line_to(send: Send) -> Line:
    """Return the line behind an ASGI `send`: the socket itself on uvicorn, otherwise one through `send`."""
    server = getattr(send, "__self__", None)
    if isinstance(server, WebSocketsSansIOProtocol):
        return SocketLine(server, send)
    return SendLine(send)


class SocketLine:
    """Writes ready frames to the transport of uvicorn's WebSocket."""

    __slots__ = ("_closing", "_send", "_server", "_transport")

    def __init__(self, server: WebSocketsSansIOProtocol, send: Send) -> None:
        self._server = server
        self._transport = server.transport
        self._send = send
        self._closing: asyncio.Task[None] | None = None

    def write(self, outgoing: Outgoing) -> None:
        transport = self._transport
        if self._closing or self._server.close_sent or transport.is_closing():
            return
        if transport.get_write_buffer_size() > MAX_BEHIND:
            self.cut()
        else:
            transport.write(outgoing.frames)

    def close(self, code: int, reason: str) -> None:
        if self._closing is None:
            self._closing = asyncio.ensure_future(_send_close(self._send, code, reason))

    def cut(self) -> None:
        self._transport.abort()


class SendLine:
    """Sends one message after the other through ASGI, from a task of its own."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._waiting: asyncio.Queue[bytes | tuple[int, str]] = asyncio.Queue()
        self._behind = 0
        self._ended = False
        self._task = asyncio.ensure_future(self._run())

    def write(self, outgoing: Outgoing) -> None:
        if self._ended:
            return
        if self._behind > MAX_BEHIND:
            self.cut()
            return
        for message in outgoing.messages:
            self._behind += len(message)
            self._waiting.put_nowait(message)

    def close(self, code: int, reason: str) -> None:
        if not self._ended:
            self._ended = True
            self._waiting.put_nowait((code, reason))

    def cut(self) -> None:
        self._ended = True
        self._task.cancel()
        self._task = asyncio.ensure_future(_send_close(self._send, TRY_AGAIN, "too far behind"))

    async def _run(self) -> None:
        """Send what waits until the connection ends."""
        while isinstance(item := await self._waiting.get(), bytes):
            try:
                await self._send({"type": "websocket.send", "bytes": item})
            except OSError:  # how ASGI says that the client is gone; `receive` says it too
                self._ended = True
                return
            self._behind -= len(item)
        await _send_close(self._send, *item)


async def _send_close(send: Send, code: int, reason: str) -> None:
    """Send a close, to a client that may be gone already."""
    with suppress(OSError, RuntimeError):
        await send({"type": "websocket.close", "code": code, "reason": reason})
