"""A browser's end of the room's socket, for tests: through the whole application, cookie and origin included."""

import json
from typing import Any

from asgiref.sync import sync_to_async
from asgiref.testing import ApplicationCommunicator
from django.conf import settings

from concertation.asgi import application
from concertation.coalition.models import Delegate
from concertation.core import clock
from concertation.meetings.enums import Level
from concertation.meetings.models import Meeting, MemberInvitation
from tests.helpers.people import client_of

QUIET = 0.05


def make_open_meeting(*codes: str) -> Meeting:
    """Return a meeting in session to which the members `codes` are invited."""
    meeting = Meeting.objects.create(
        titles={"en": "Leaders' meeting"},
        starts_at=clock.now(),
        minutes=60,
        zone="Europe/Paris",
        level=Level.LEADERS,
        opened_at=clock.now(),
        uid=f"{clock.now().timestamp()}@coalition.example",
    )
    for code in codes:
        MemberInvitation.objects.create(meeting=meeting, member_id=code)
    return meeting


class Browser:
    """One window at the room's socket."""

    def __init__(self, delegate: Delegate | None, meeting_id: object) -> None:
        self.client = client_of(delegate)
        cookie = self.client.cookies.get(settings.SESSION_COOKIE_NAME)
        headers = [(b"origin", settings.BASE_URL.encode()), (b"host", b"127.0.0.1:8000")]
        if cookie:
            headers.append((b"cookie", f"{cookie.key}={cookie.value}".encode()))
        path = f"/meetings/{meeting_id}/room/socket"
        self.scope: dict[str, Any] = {"type": "websocket", "path": path, "headers": headers, "subprotocols": []}
        communicator: Any = ApplicationCommunicator  # untyped
        self.socket = communicator(self._serve, self.scope)
        self.is_there = True
        self.id = ""

    @classmethod
    async def open(cls, delegate: Delegate | None, meeting_id: object) -> "Browser":
        """Return a browser whose socket was accepted."""
        browser = await sync_to_async(cls)(delegate, meeting_id)
        assert await browser.connect()
        return browser

    @classmethod
    async def join(cls, delegate: Delegate, meeting_id: object) -> "Browser":
        """Return a browser that took a seat; what it heard so far is dropped."""
        browser = await cls.open(delegate, meeting_id)
        browser.id = (await browser.take_seat())["self"]["id"]
        return browser

    async def _serve(self, scope: Any, receive: Any, send: Any) -> None:
        """Run the application, which hears of a vanished browser as from any ASGI server: by an OSError."""

        async def send_if_there(message: Any) -> None:
            if not self.is_there:
                raise OSError
            await send(message)

        await application(scope, receive, send_if_there)

    async def connect(self) -> bool:
        """Open the socket; say whether it was accepted."""
        await self.socket.send_input({"type": "websocket.connect"})
        answer = await self.socket.receive_output(timeout=3)
        return bool(answer["type"] == "websocket.accept")

    async def take_seat(self) -> dict[str, Any]:
        """Join, and return the welcome."""
        await self.send({"type": "join"})
        welcome = await self.hear()
        assert welcome["type"] == "welcome"
        return welcome

    async def send(self, message: dict[str, Any]) -> None:
        """Send `message` as a browser would."""
        await self.send_text(json.dumps(message))

    async def send_text(self, text: str) -> None:
        """Send `text` as it is."""
        await self.socket.send_input({"type": "websocket.receive", "text": text})

    async def send_bytes(self, data: bytes) -> None:
        """Send a binary message."""
        await self.socket.send_input({"type": "websocket.receive", "bytes": data})

    async def relay(self, to: str, body: dict[str, Any]) -> None:
        """Send `body` to the peer `to`."""
        await self.send({"type": "relay", "to": to, "body": body})

    async def hear(self) -> dict[str, Any]:
        """Return the next message."""
        output = await self.socket.receive_output(timeout=3)
        assert output["type"] == "websocket.send", output
        message: dict[str, Any] = json.loads(output["text"])
        return message

    async def hears_nothing(self) -> bool:
        """Say whether no message arrives within a moment."""
        nothing: bool = await self.socket.receive_nothing(timeout=QUIET)
        return nothing

    async def closed_with(self) -> int:
        """Return the code with which the server closes the socket, next."""
        message = await self.socket.receive_output(timeout=3)
        assert message["type"] == "websocket.close", message
        code: int = message["code"]
        return code

    async def leave(self) -> None:
        """Close the socket from the browser's side."""
        await self.socket.send_input({"type": "websocket.disconnect", "code": 1001})
        await self.socket.wait(timeout=3)
