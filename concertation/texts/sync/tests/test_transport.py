"""The way to a socket that is not in reach: one message after the other, and an end for those who do not keep up."""

import asyncio
from typing import Any

from concertation.texts.sync.tests.helpers import until
from concertation.texts.sync.transport import MAX_BEHIND, TRY_AGAIN, Outgoing, SendLine, line_to


class Receiver:
    """An ASGI `send` that keeps what it gets, and can stop taking messages."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self.takes = asyncio.Event()
        self.takes.set()

    async def send(self, message: dict[str, Any]) -> None:
        if message["type"] == "websocket.send":
            await self.takes.wait()
        self.sent.append(message)


async def test_messages_and_the_close_come_in_order() -> None:
    receiver = Receiver()
    line = line_to(receiver.send)
    assert isinstance(line, SendLine)
    line.write(Outgoing(b"one", b"two"))
    line.close(4403, "read only")
    line.write(Outgoing(b"three"))
    line.close(1000, "again")
    await until(lambda: len(receiver.sent) == 3)
    assert receiver.sent == [
        {"type": "websocket.send", "bytes": b"one"},
        {"type": "websocket.send", "bytes": b"two"},
        {"type": "websocket.close", "code": 4403, "reason": "read only"},
    ]


async def test_receiver_that_is_too_far_behind_is_closed() -> None:
    receiver = Receiver()
    receiver.takes.clear()
    line = line_to(receiver.send)
    for _ in range(MAX_BEHIND // 500_000 + 2):
        line.write(Outgoing(bytes(500_000)))
    await until(lambda: receiver.sent)
    assert receiver.sent == [{"type": "websocket.close", "code": TRY_AGAIN, "reason": "too far behind"}]


async def test_client_that_is_gone_ends_the_line_quietly() -> None:
    async def gone(message: dict[str, Any]) -> None:
        raise OSError

    line = line_to(gone)
    line.write(Outgoing(b"one"))
    await asyncio.sleep(0.01)
    line.write(Outgoing(b"two"))
    line.close(1000, "")
    await asyncio.sleep(0.01)
