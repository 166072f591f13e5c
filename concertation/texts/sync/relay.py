"""Between processes: one message per flush through the channel layer. The database is the truth, so a lost one is found
by its number and made good by loading again."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from channels.layers import BaseChannelLayer

logger = logging.getLogger(__name__)

RENEW_AFTER = 3600.0
RETRY_AFTER = 1.0


def group_of(text_id: str) -> str:
    """Return the channel-layer group of the rooms of a text."""
    return f"sync.{text_id}"


class ChannelRelay:
    """One channel of this process in the groups of all texts that are open in it."""

    def __init__(self, layer: BaseChannelLayer, deliver: Callable[[dict[str, Any]], None]) -> None:
        self._layer = layer
        self._deliver = deliver
        self._channel = ""
        self._groups: dict[str, int] = {}
        self._outgoing: asyncio.Queue[tuple[str, dict[str, Any]]] = asyncio.Queue()
        self._joining = asyncio.Lock()
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Begin to send and to listen."""
        self._channel = await self._layer.new_channel()
        self._tasks = [asyncio.create_task(part()) for part in (self._send, self._listen, self._renew)]

    async def stop(self) -> None:
        """End what `start` began."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def subscribe(self, group: str) -> None:
        """Hear what is sent to `group`, until as many calls of `unsubscribe`."""
        async with self._joining:
            self._groups[group] = self._groups.get(group, 0) + 1
            await self._layer.group_add(group, self._channel)

    async def unsubscribe(self, group: str) -> None:
        """Undo one `subscribe`."""
        async with self._joining:
            self._groups[group] -= 1
            if not self._groups[group]:
                del self._groups[group]
                await self._layer.group_discard(group, self._channel)

    def publish(self, text_id: str, message: dict[str, Any]) -> None:
        """Send `message` to the rooms of the text in every process, this one too, in order, without waiting."""
        self._outgoing.put_nowait((text_id, {"type": "sync.message", "text": text_id, **message}))

    async def _send(self) -> None:
        """Send what is published; the others notice by its number when one is lost."""
        while True:
            text_id, message = await self._outgoing.get()
            try:
                await self._layer.group_send(group_of(text_id), message)
            except Exception as error:  # whatever the layer's client raises
                logger.error("The channel layer did not take a change of the text %s: %s", text_id, error)

    async def _listen(self) -> None:
        """Deliver what comes; a layer that fails is asked again."""
        while True:
            try:
                message = await self._layer.receive(self._channel)
            except Exception as error:  # whatever the layer's client raises
                logger.error("The channel layer cannot be read: %s", error)
                await asyncio.sleep(RETRY_AFTER)
            else:
                self._deliver(message)

    async def _renew(self) -> None:
        """Join the groups again before the layer forgets us, which it does after a day."""
        while True:
            await asyncio.sleep(RENEW_AFTER)
            for group in tuple(self._groups):
                await self._layer.group_add(group, self._channel)
