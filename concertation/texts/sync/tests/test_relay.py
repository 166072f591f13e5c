"""The same text in two processes, which hear each other through a channel layer."""

import asyncio
from typing import Any

import pytest
from channels.layers import InMemoryChannelLayer

from concertation.core.live import group_of as live_group
from concertation.texts.sync import protocol
from concertation.texts.sync.commit import Write
from concertation.texts.sync.relay import group_of
from concertation.texts.sync.room import Code, Refusal
from concertation.texts.sync.rooms import Rooms
from concertation.texts.sync.tests.conftest import MakeRooms
from concertation.texts.sync.tests.helpers import OTHER, TEXT, Client, SqliteStore, access, quiet, until
from concertation.texts.sync.tests.test_update import typed

DAMAGED = {"kind": "flush", "origin": "elsewhere", "number": 1, "update": b"\x01", "presences": b"\x00"}


class LossyLayer(InMemoryChannelLayer):  # type: ignore[misc]  # channels is untyped
    """Loses the messages that it is told to lose."""

    losing = False

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        if not self.losing:
            await super().group_send(group, message)


@pytest.fixture
async def pair(make_rooms: MakeRooms) -> tuple[Rooms, Rooms]:
    """Return the rooms of two processes."""
    return make_rooms(), make_rooms()


async def test_words_reach_the_other_process(pair: tuple[Rooms, Rooms], store: SqliteStore) -> None:
    ada, boris = await Client.join(pair[0]), await Client.join(pair[1], access("boris"))
    ada.type("Peace")
    await until(lambda: boris.read() == "Peace")
    boris.type("!")
    await until(lambda: ada.read() == "Peace!")
    assert (store.authors(), store.words()) == (["ada", "boris"], "Peace!")


@pytest.mark.usefixtures("short_grace")
async def test_carets_reach_the_other_process_and_one_that_opens_later(pair: tuple[Rooms, Rooms]) -> None:
    ada = await Client.join(pair[0])
    ada.send(protocol.presences(protocol.encode_presences([protocol.Presence(5, 1, "{}")])))
    await quiet()
    boris = await Client.join(pair[1], access("boris"))
    state = '{"user":{"delegate":"ada","name":"Ada"}}'
    await until(lambda: boris.presences() == [protocol.Presence(5, 1, state)])
    ada.room.leave(ada.connection)
    await until(lambda: boris.presences()[-1] == protocol.Presence(5, 1, "null"))


async def test_message_between_subscribing_and_loading_is_not_lost(
    store: SqliteStore, make_rooms: MakeRooms, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = make_rooms(), make_rooms()
    ada = await Client.join(first)
    loaded = asyncio.Event()
    loop = asyncio.get_running_loop()
    load = store.load

    def load_and_type(text_id: str) -> bytes | None:
        content = load(text_id)
        asyncio.run_coroutine_threadsafe(type_and_wait(), loop).result(10)
        return content

    async def type_and_wait() -> None:
        if not loaded.is_set():
            loaded.set()
            ada.type("Peace")
            await until(lambda: store.words() == "Peace")
            await quiet()

    monkeypatch.setattr(store, "load", load_and_type)
    boris = await Client.join(second, access("boris"))
    await until(lambda: boris.read() == "Peace")


async def test_lost_message_is_made_good_by_loading(store: SqliteStore) -> None:
    layer = LossyLayer(capacity=10_000)
    first, second = Rooms(store, layer), Rooms(store, layer)
    ada, boris = await Client.join(first), await Client.join(second, access("boris"))
    ada.type("Pe")
    await until(lambda: boris.read() == "Pe")
    layer.losing = True
    ada.type("a")
    await until(lambda: store.words() == "Pea")
    await quiet()
    layer.losing = False
    ada.type("ce")
    await until(lambda: boris.read() == "Peace")
    await first.stop()
    await second.stop()


async def test_two_processes_open_at_once_and_converge(pair: tuple[Rooms, Rooms], store: SqliteStore) -> None:
    ada, boris = await asyncio.gather(Client.join(pair[0]), Client.join(pair[1], access("boris")))
    for letter in "abcdefgh":
        ada.type(letter)
        boris.type(letter.upper())
        await asyncio.sleep(0.004)
    await until(lambda: len(ada.read()) == 16 and ada.read() == boris.read() == store.words())


async def test_recheck_closes_those_who_lost_their_rights_in_every_process(
    pair: tuple[Rooms, Rooms], store: SqliteStore
) -> None:
    gone = Refusal(Code.DENIED, "no access")
    lost = await Client.join(pair[0], access("ada"), later=gone)
    kept = await Client.join(pair[1], access("boris"))
    elsewhere = await Client.join(pair[1], access("cyril"), OTHER, later=gone)
    layer = pair[0]._relay._layer
    await layer.group_send(group_of(TEXT), {"type": "sync.recheck", "text": TEXT})
    await until(lambda: lost.line.closed)
    await quiet()
    assert (lost.line.closed, kept.line.closed, elsewhere.line.closed) == ((Code.DENIED, "no access"), None, None)


async def test_change_of_a_delegate_rechecks_that_delegate_everywhere(pair: tuple[Rooms, Rooms]) -> None:
    gone = Refusal(Code.ANONYMOUS, "signed out")
    clients = [
        await Client.join(rooms, access(who), text, later=gone)
        for rooms, who, text in [
            (pair[0], "ada", TEXT),
            (pair[1], "ada", OTHER),
            (pair[0], "boris", TEXT),
        ]
    ]
    layer = pair[0]._relay._layer
    topic = "delegate:ada"
    await layer.group_send(live_group(topic), {"type": "live.changed", "topic": topic})
    await until(lambda: clients[0].line.closed and clients[1].line.closed)
    await quiet()
    assert clients[2].line.closed is None


async def test_words_stored_by_another_program_appear_on_reload(rooms: Rooms, store: SqliteStore) -> None:
    ada = await Client.join(rooms)
    store.append([Write(TEXT, update, ()) for update in typed("Peace", client=7)])
    ada.room.catch_up(store.load(TEXT))
    await until(lambda: ada.read() == "Peace")


async def test_damaged_message_is_made_good_by_loading(pair: tuple[Rooms, Rooms]) -> None:
    ada, boris = await Client.join(pair[0]), await Client.join(pair[1], access("boris"))
    pair[1]._relay.publish(TEXT, DAMAGED)
    ada.type("Peace")
    await until(lambda: boris.read() == "Peace")
    assert boris.line.closed is None


async def test_room_that_cannot_be_loaded_again_lets_everybody_come_back(
    pair: tuple[Rooms, Rooms], store: SqliteStore
) -> None:
    boris = await Client.join(pair[1], access("boris"))
    store.break_down()
    pair[1]._relay.publish(TEXT, DAMAGED)
    await until(lambda: boris.line.closed)
    assert boris.line.closed == (Code.RELOAD, "reload")
