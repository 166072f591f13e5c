"""Opens a socket of the real application as some visitor, through the same doors as a browser."""

import json
from typing import Any
from urllib.parse import urlsplit

from asgiref.sync import sync_to_async
from asgiref.testing import ApplicationCommunicator
from django.test import Client

from concertation.accounts.models import Person
from concertation.asgi import application
from concertation.coalition.models import Delegate
from tests.helpers.people import client_of

ORIGIN = b"http://127.0.0.1:8000"


class Socket:
    """A browser's end of a WebSocket."""

    def __init__(self, path: str, cookies: str, origin: bytes) -> None:
        address = urlsplit(path)
        communicator: Any = ApplicationCommunicator  # untyped
        self.application = communicator(
            application,
            {
                "type": "websocket",
                "path": address.path,
                "query_string": address.query.encode(),
                "headers": [(b"origin", origin), (b"host", b"127.0.0.1:8000"), (b"cookie", cookies.encode())],
                "subprotocols": [],
            },
        )

    async def connect(self) -> bool:
        """Ask to be let in, and say whether it was granted."""
        await self.application.send_input({"type": "websocket.connect"})
        answer = await self.receive()
        return bool(answer["type"] == "websocket.accept")

    async def receive(self) -> dict[str, Any]:
        """Return the next event from the server, within half a minute, which only a busy machine needs."""
        event: dict[str, Any] = await self.application.receive_output(timeout=30)
        return event

    async def receive_json(self) -> Any:
        """Return the next message from the server."""
        return json.loads((await self.receive())["text"])

    async def receives_nothing(self, seconds: float = 0.2) -> bool:
        """Say whether the server stays silent for so long."""
        return bool(await self.application.receive_nothing(timeout=seconds))

    async def send(self, *, text: str | None = None, data: bytes | None = None) -> None:
        """Send a text or a binary message."""
        await self.application.send_input({"type": "websocket.receive", "text": text, "bytes": data})

    async def close(self) -> None:
        """Go away, and wait until the server has noticed."""
        await self.application.send_input({"type": "websocket.disconnect", "code": 1000})
        await self.application.wait(timeout=30)


async def socket_of(path: str, who: Delegate | Person | None, *, origin: bytes = ORIGIN) -> Socket:
    """Return a socket for `path`, not yet connected, with the session of `who`."""
    return socket_with(await sync_to_async(client_of)(who), path, origin=origin)


def socket_with(client: Client, path: str, *, origin: bytes = ORIGIN) -> Socket:
    """Return a socket for `path`, not yet connected, with the session of `client`."""
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    return Socket(path, cookies, origin)
