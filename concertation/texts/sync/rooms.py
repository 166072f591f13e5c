"""The rooms that are open in this process, each made once: it listens to the others first and loads then."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from channels.layers import BaseChannelLayer

from concertation.core.live import group_of as live_group
from concertation.texts.sync.commit import Committer, Store
from concertation.texts.sync.relay import ChannelRelay, group_of
from concertation.texts.sync.room import Access, Authorise, Code, Connection, Room
from concertation.texts.sync.transport import Line

logger = logging.getLogger(__name__)


class Rooms:
    """Opens rooms, gives them what other processes say, and forgets them when they are empty."""

    def __init__(self, store: Store, layer: BaseChannelLayer) -> None:
        self._store = store
        self._loop = asyncio.get_running_loop()
        self._committer = Committer(store, self._loop)
        self._relay = ChannelRelay(layer, self._deliver)
        self._started = asyncio.ensure_future(self._relay.start())
        self._open: dict[str, Room] = {}
        self._opening: dict[str, asyncio.Task[Room]] = {}
        self._early: dict[str, list[dict[str, Any]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def join(self, text_id: str, line: Line, access: Access, authorise: Authorise) -> tuple[Room, Connection]:
        """Join the room of the text once it is loaded; raises what the store raises."""
        await self._started
        rights = live_group(f"delegate:{access.delegate}")
        await self._relay.subscribe(rights)
        try:
            room = await self._enter(text_id)
            while not room.is_open:
                room = await self._enter(text_id)
        except BaseException:
            await self._relay.unsubscribe(rights)
            raise
        return room, room.join(line, access, authorise)

    async def leave(self, room: Room, connection: Connection) -> None:
        """Leave the room again, if the room has not closed the connection itself."""
        room.leave(connection)
        await self._relay.unsubscribe(live_group(f"delegate:{connection.access.delegate}"))

    async def stop(self) -> None:
        """Store what is due and end the thread and the tasks."""
        await asyncio.to_thread(self._committer.stop)
        await self._relay.stop()

    async def _make(self, text_id: str) -> Room:
        """Listen, load, and open the room."""
        early = self._early[text_id] = []
        await self._relay.subscribe(group_of(text_id))
        try:
            loaded = await asyncio.to_thread(self._store.load, text_id)
        except BaseException:
            await self._relay.unsubscribe(group_of(text_id))
            raise
        finally:
            del self._early[text_id], self._opening[text_id]
        room = Room(
            text_id,
            loaded,
            loop=self._loop,
            committer=self._committer,
            relay=self._relay,
            on_gap=self._reload,
            on_end=self._forget,
        )
        self._open[text_id] = room
        for message in early:
            room.hear(message)
        return room

    async def _enter(self, text_id: str) -> Room:
        """Return the room of the text, made once however many wait for it."""
        if room := self._open.get(text_id):
            return room
        if text_id not in self._opening:
            self._opening[text_id] = asyncio.create_task(self._make(text_id))
        return await asyncio.shield(self._opening[text_id])

    def _deliver(self, message: dict[str, Any]) -> None:
        """Give a message of the channel layer to whom it concerns."""
        if message["type"] == "live.changed":
            delegate = message["topic"].removeprefix("delegate:")
            self._recheck(lambda _room, connection: connection.access.delegate == delegate)
        elif message["type"] == "sync.recheck":
            self._recheck(lambda room, _connection: room.text_id == message["text"])
        elif message["text"] in self._early:
            self._early[message["text"]].append(message)
        elif room := self._open.get(message["text"]):
            room.hear(message)

    def _recheck(self, concerns: Callable[[Room, Connection], bool]) -> None:
        """Ask anew what those may do whom a change of rights concerns."""
        for room in self._open.values():
            for connection in room.connections:
                if concerns(room, connection):
                    self._begin(self._authorise_anew(room, connection))

    async def _authorise_anew(self, room: Room, connection: Connection) -> None:
        """Apply what a connection may do now; without an answer it has to come back and ask."""
        try:
            answer = await connection.authorise()
        except Exception as error:  # whatever the database raises
            logger.error("The rights of a connection cannot be checked: %s", error)
            room.expel(connection, Code.RELOAD, "reload")
        else:
            room.change_access(connection, answer)

    def _reload(self, room: Room) -> None:
        """Load a room again that missed something."""
        self._begin(self._catch_up(room))

    async def _catch_up(self, room: Room) -> None:
        """Give `room` what is stored."""
        try:
            room.catch_up(await asyncio.to_thread(self._store.load, room.text_id))
        except Exception as error:  # whatever the database raises
            logger.error("The text %s cannot be loaded again: %s", room.text_id, error)
            room.end((Code.RELOAD, "reload"), (Code.RELOAD, "reload"))

    def _forget(self, room: Room) -> None:
        """Drop an ended room."""
        del self._open[room.text_id]
        self._begin(self._relay.unsubscribe(group_of(room.text_id)))

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Run `work` beside everything else."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
