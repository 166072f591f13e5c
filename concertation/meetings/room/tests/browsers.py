"""A browser's end of the room's socket, for tests."""

import json
from typing import Any

from asgiref.sync import sync_to_async

from concertation.accounts.models import Person
from concertation.coalition.models import Delegate
from concertation.meetings.models import Meeting
from tests.helpers import meetings
from tests.helpers.people import make_secretary
from tests.helpers.sockets import Socket, socket_of


def make_open_meeting(*codes: str) -> Meeting:
    """Return a meeting in session to which only the members `codes` are invited."""
    return meetings.make_open_meeting(by=make_secretary("Opener"), members=codes)


class Browser:
    """One window at the room's socket."""

    def __init__(self, socket: Socket) -> None:
        self.socket = socket
        self.id = ""

    @classmethod
    async def open(cls, who: Delegate | Person | None, meeting_id: object) -> "Browser":
        """Return a browser whose socket was accepted."""
        browser = cls(await socket_of(f"/meetings/{meeting_id}/room/socket", who))
        assert await browser.socket.connect()
        return browser

    @classmethod
    async def join(cls, who: Delegate, meeting_id: object) -> "Browser":
        """Return a browser that took a seat; what it heard so far is dropped."""
        browser = await cls.open(who, meeting_id)
        browser.id = (await browser.take_seat())["self"]["id"]
        return browser

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
        await self.socket.send(text=text)

    async def relay(self, to: str, body: dict[str, Any]) -> None:
        """Send `body` to the peer `to`."""
        await self.send({"type": "relay", "to": to, "body": body})

    async def hear(self) -> dict[str, Any]:
        """Return the next message."""
        event = await self.socket.receive()
        assert event["type"] == "websocket.send", event
        message: dict[str, Any] = json.loads(event["text"])
        return message

    async def hears_nothing(self) -> bool:
        """Say whether no message arrives within a moment."""
        return await self.socket.receives_nothing(0.05)

    async def closed_with(self) -> int:
        """Return the code with which the server closes the socket, next."""
        event = await self.socket.receive()
        assert event["type"] == "websocket.close", event
        return int(event["code"])

    async def leave(self) -> None:
        """Close the socket from the browser's side."""
        await self.socket.close()


async def run_sync(act: Any, /, **arguments: Any) -> Any:
    """Call a domain function as a view does, in a thread."""
    return await sync_to_async(act)(**arguments)
