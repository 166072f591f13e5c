"""A store in a file, and the rooms of one process, ended after each test."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from channels.layers import InMemoryChannelLayer

from concertation.texts.sync import awareness, room
from concertation.texts.sync.rooms import Rooms
from concertation.texts.sync.tests.helpers import SqliteStore

MakeRooms = Callable[..., Rooms]


@pytest.fixture
def store(tmp_path: Path) -> SqliteStore:
    """Return an empty store."""
    return SqliteStore(tmp_path / "texts.sqlite3")


@pytest.fixture
async def make_rooms(store: SqliteStore) -> AsyncIterator[MakeRooms]:
    """Yield a function that makes the rooms of one more process, around one channel layer."""
    layer = InMemoryChannelLayer(capacity=10_000)
    async with AsyncExitStack() as stack:

        def make(own: SqliteStore | None = None) -> Rooms:
            rooms = Rooms(own or store, layer)
            stack.push_async_callback(rooms.stop)
            return rooms

        yield make


@pytest.fixture
async def rooms(make_rooms: MakeRooms) -> Rooms:
    """Return the rooms of one process."""
    return make_rooms()


@pytest.fixture
def short_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let those who leave be gone almost at once."""
    for module in (awareness, room):
        monkeypatch.setattr(module, "GRACE", 0.05)
