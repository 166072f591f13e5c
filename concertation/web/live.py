"""The live socket: browsers follow topics, and hear that one changed; content is never sent here."""

import asyncio
import json
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from asgiref.sync import sync_to_async
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from concertation.coalition.domain.presence import mark_gone, mark_seen
from concertation.coalition.models import Delegate
from concertation.coalition.queries import delegate_of
from concertation.core.live import changed_since, group_of
from concertation.core.sockets import Socket
from concertation.web.topics import may_follow

BEAT_SECONDS = 25
GRACE_SECONDS = 5  # between two pages of one person the socket is closed for a moment
RENDER_SECONDS = 1  # a page may have read its rows so long before it was stamped
SIGNED_OUT, NOT_UNDERSTOOD = 4401, 4400


class Follow(BaseModel):
    """What a browser may say: which topics its page shows, and when it was made."""

    model_config = ConfigDict(extra="forbid")

    follow: list[str] = Field(max_length=50)
    since: float = 0  # epoch seconds at which the page was made


class LiveConsumer(Socket):
    """One browser window that follows topics."""

    delegate: Delegate | None = None
    beat: asyncio.Task[None] | None = None
    last_seen: datetime | None = None

    async def connect(self) -> None:
        """Accept people with a capacity; tell others to sign in (4401)."""
        await self.accept()
        self.topics: set[str] = set()
        self.delegate = await sync_to_async(delegate_of)(self.scope["user"])
        if self.delegate is None:
            await self.close(SIGNED_OUT)
            return
        await self._follow(f"delegate:{self.delegate.id}")
        self.beat = asyncio.create_task(self._keep_seen(self.delegate.id))

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Follow the topics a browser names, those that its delegate may follow; refuse anything else."""
        try:
            said = Follow.model_validate_json(text_data or "")
        except ValidationError:
            await self.close(NOT_UNDERSTOOD)
            return
        for topic in said.follow:
            if self.delegate and await sync_to_async(may_follow)(self.delegate, topic):
                await self._follow(topic)
                if changed_since(topic, said.since - RENDER_SECONDS):
                    await self.live_changed({"topic": topic})

    async def disconnect(self, code: int) -> None:
        """Stop following, and mark the delegate as gone unless another window shows soon."""
        for topic in self.topics:
            await self.channel_layer.group_discard(group_of(topic), self.channel_name)
        if self.beat and self.delegate:
            self.beat.cancel()
            asyncio.get_running_loop().call_later(GRACE_SECONDS, self._leave, self.delegate.id)

    async def live_changed(self, event: dict[Literal["topic"], str]) -> None:
        """Pass on that a topic changed."""
        await self.send(json.dumps({"changed": event["topic"]}))

    async def _follow(self, topic: str) -> None:
        if topic not in self.topics:
            self.topics.add(topic)
            await self.channel_layer.group_add(group_of(topic), self.channel_name)

    async def _keep_seen(self, delegate_id: UUID) -> None:
        while True:
            self.last_seen = await sync_to_async(mark_seen)(delegate_id=delegate_id)
            await asyncio.sleep(BEAT_SECONDS)

    def _leave(self, delegate_id: UUID) -> None:
        if self.last_seen:
            gone: Any = sync_to_async(mark_gone)(delegate_id=delegate_id, last_seen=self.last_seen)
            self.farewell = asyncio.ensure_future(gone)
