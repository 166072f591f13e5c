"""What our sockets share."""

from contextlib import suppress
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer


class Socket(AsyncWebsocketConsumer):  # type: ignore[misc]  # channels is untyped
    """A socket whose `disconnect` always runs, also when the browser vanished before an answer reached it."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Serve one browser; sending to one that has just gone is no error, its disconnect comes next."""

        async def send_if_there(message: Any) -> None:
            with suppress(OSError):  # which the ASGI specification names for this
                await send(message)

        await super().__call__(scope, receive, send_if_there)
