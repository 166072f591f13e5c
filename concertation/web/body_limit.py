"""Refuses bodies that are larger than any form of ours, before they are written to a disk."""

from typing import Any

LARGEST = 12_000_000  # a year of incidents as CSV, with every column that its source has
ANSWER = b"This is larger than anything that can be sent here."


class BodyLimit:
    """The ASGI application behind it sees no request whose body is larger than LARGEST bytes."""

    def __init__(self, application: Any) -> None:
        self.application = application

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer 413 in place of the application as soon as too much was announced or came."""
        if _announced(scope) > LARGEST:
            await _refuse(send)
            return
        came = 0

        async def receive_some() -> Any:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            return message if came <= LARGEST else {"type": "http.disconnect"}

        await self.application(scope, receive_some, send)
        if came > LARGEST:  # Django saw that the client was gone, and said nothing
            await _refuse(send)


def _announced(scope: Any) -> int:
    """Return the size that the request says its body has, 0 when it does not say."""
    sizes = [value for name, value in scope["headers"] if name == b"content-length"]
    return int(sizes[0]) if sizes and sizes[0].isdigit() else 0


async def _refuse(send: Any) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": ANSWER})
