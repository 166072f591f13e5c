"""The live socket: browsers follow topics, and hear that one changed; content is never sent here."""

import asyncio
import json
import logging
from collections import Counter
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from channels.db import database_sync_to_async
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from concertation.accounts.models import Person
from concertation.coalition.domain.presence import mark_gone, mark_seen
from concertation.coalition.models import Delegate
from concertation.coalition.queries import delegate_of
from concertation.core.live import changed_since, group_of
from concertation.core.sockets import Socket
from concertation.web.topics import followable

logger = logging.getLogger(__name__)

BEAT_SECONDS = 25
GRACE_SECONDS = 5  # between two pages of one person the socket is closed for a moment
RENDER_SECONDS = 1  # a page may have read its rows so long before it was stamped
SIGNED_OUT, NOT_UNDERSTOOD, TOO_MANY, TRY_AGAIN = 4401, 4400, 4429, 1011
MOST_TOPICS = 200  # of one window
MOST_WINDOWS = 50  # of one person in this process


class Follow(BaseModel):
    """What a browser may say: which topics its page shows, and when it was made."""

    model_config = ConfigDict(extra="forbid")

    follow: list[str] = Field(max_length=50)
    since: float = 0  # epoch seconds at which the page was made


class LiveConsumer(Socket):
    """One browser window that follows topics."""

    windows: Counter[UUID] = Counter()  # shared by all windows of this process
    delegate: Delegate | None = None
    beat: asyncio.Task[None] | None = None
    last_seen: datetime | None = None

    async def connect(self) -> None:
        """Accept people with a capacity; tell others to sign in (4401)."""
        await self.accept()
        self.topics: set[str] = set()
        delegate = await database_sync_to_async(delegate_behind)(self.scope)
        if delegate is None:
            await self.close(SIGNED_OUT)
            return
        if self.windows[delegate.id] >= MOST_WINDOWS:
            await self.close(TOO_MANY)
            return
        self.delegate = delegate
        self.windows[delegate.id] += 1
        await self._follow(f"delegate:{delegate.id}")
        self.beat = asyncio.create_task(self._keep_seen(delegate.id))

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Follow the topics a browser names, those that its delegate may follow; refuse anything else."""
        try:
            said = Follow.model_validate_json(text_data or "")
        except ValidationError:
            await self.close(NOT_UNDERSTOOD)
            return
        if self.delegate is None or f"delegate:{self.delegate.id}" not in self.topics:
            return  # closed, whether the browser minds it or not
        fresh = set(said.follow) - self.topics
        allowed = self.topics | await database_sync_to_async(followable)(self.delegate, fresh)
        for topic in said.follow:
            if topic not in self.topics and len(self.topics) >= MOST_TOPICS:
                await self.close(TOO_MANY)
                return
            if topic in allowed:
                await self._follow(topic)
                if changed_since(topic, said.since - RENDER_SECONDS):
                    await self.live_changed({"topic": topic})

    async def disconnect(self, code: int) -> None:
        """Stop following, and mark the delegate as gone unless another window shows soon."""
        await self._forget(*self.topics)
        if self.beat and self.delegate:
            self.beat.cancel()
            self.windows[self.delegate.id] -= 1
            if not self.windows[self.delegate.id]:
                del self.windows[self.delegate.id]
            asyncio.get_running_loop().call_later(GRACE_SECONDS, self._leave, self.delegate.id)

    async def live_changed(self, event: dict[Literal["topic"], str]) -> None:
        """Pass on that a topic changed; when it is the person itself, see first whether it may still hear."""
        topic = event["topic"]
        is_own = self.delegate is not None and topic == f"delegate:{self.delegate.id}"
        if topic in self.topics and (not is_own or await self._may_stay()):
            await self.send(json.dumps({"changed": topic}))

    async def _may_stay(self) -> bool:
        """Ask the rows anew who is signed in, in which capacity, and what it may follow; close when it may not."""
        delegate = await database_sync_to_async(delegate_behind)(self.scope)
        if delegate is None or self.delegate is None or delegate.id != self.delegate.id:
            await self._forget(*self.topics)
            await self.close(SIGNED_OUT)
            return False
        self.delegate = delegate
        followed = set(self.topics)
        await self._forget(*followed - await database_sync_to_async(followable)(delegate, followed))
        return True

    async def _forget(self, *topics: str) -> None:
        for topic in topics:
            self.topics.discard(topic)
            await self.channel_layer.group_discard(group_of(topic), self.channel_name)

    async def _follow(self, topic: str) -> None:
        if topic not in self.topics:
            self.topics.add(topic)
            await self.channel_layer.group_add(group_of(topic), self.channel_name)

    async def _keep_seen(self, delegate_id: UUID) -> None:
        """Mark the person as online again and again, as long as it may stay; without an answer it has to come back."""
        try:
            while await self._may_stay():
                self.last_seen = await database_sync_to_async(mark_seen)(delegate_id=delegate_id)
                await asyncio.sleep(BEAT_SECONDS)
        except DatabaseError as error:
            logger.error("The rights of a live socket cannot be checked: %s", error)
            await self.close(TRY_AGAIN)

    def _leave(self, delegate_id: UUID) -> None:
        if self.last_seen:
            gone: Any = database_sync_to_async(mark_gone)(delegate_id=delegate_id, last_seen=self.last_seen)
            self.farewell = asyncio.ensure_future(gone)


def delegate_behind(scope: dict[str, Any]) -> Delegate | None:
    """Return the capacity of who is behind a socket, None when the session has ended since it was opened."""
    session = scope["session"]
    if not session.session_key or not session.exists(session.session_key):
        return None
    return delegate_of(Person.objects.filter(pk=scope["user"].pk).first() or AnonymousUser())
