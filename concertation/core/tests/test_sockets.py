"""A socket hears of its browser's end, whatever it was doing."""

from typing import Any

from asgiref.testing import ApplicationCommunicator

from concertation.core.sockets import Socket


class Echo(Socket):
    """Answers, and notes that its browser is gone."""

    ended: list[int] = []

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        await self.send(text_data)

    async def disconnect(self, code: int) -> None:
        self.ended.append(code)


async def test_disconnect_is_heard_after_an_answer_that_could_not_be_sent() -> None:
    async def vanished(scope: Any, receive: Any, send: Any) -> None:
        async def send_or_fail(message: Any) -> None:
            if message["type"] == "websocket.send":
                raise OSError
            await send(message)

        await Echo.as_asgi()(scope, receive, send_or_fail)

    communicator: Any = ApplicationCommunicator  # untyped
    browser = communicator(vanished, {"type": "websocket"})
    await browser.send_input({"type": "websocket.connect"})
    assert (await browser.receive_output(timeout=30))["type"] == "websocket.accept"
    await browser.send_input({"type": "websocket.receive", "text": "hello"})
    await browser.send_input({"type": "websocket.disconnect", "code": 1001})
    await browser.wait(timeout=30)
    assert Echo.ended == [1001]
