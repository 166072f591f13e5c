"""What an act on a page writes in a text: every open editor shows it, in this process and in others."""

import asyncio
from typing import Any

from pycrdt import Doc, Text

from concertation.texts.sync.commit import Write
from concertation.texts.sync.relay import group_of
from concertation.texts.sync.rooms import Rooms
from concertation.texts.sync.tests.conftest import MakeRooms
from concertation.texts.sync.tests.helpers import ROOT, TEXT, Client, SqliteStore, quiet, until


class Domain:
    """Does what a domain function does: stores a change of the stored document, then tells the rooms."""

    def __init__(self, store: SqliteStore, rooms: Rooms) -> None:
        self.store, self.layer = store, rooms._relay._layer

    def change(self, words: str) -> bytes:
        """Store words at the end of the text, and return the update without telling anybody."""
        doc: Doc[Text] = Doc()
        if stored := self.store.load(TEXT):
            doc.apply_update(stored)
        before = doc.get_state()
        text = doc.get(ROOT, type=Text)
        text += words
        update = doc.get_update(before)
        self.store.append([Write(TEXT, update, ("chair",))])
        return update

    async def tell(self, update: bytes) -> None:
        """Send what `signals.written` sends."""
        message: dict[str, Any] = {"type": "sync.message", "kind": "written", "origin": "domain", "text": TEXT}
        await self.layer.group_send(group_of(TEXT), {**message, "update": update})

    async def write(self, words: str) -> None:
        """Do both."""
        await self.tell(self.change(words))


async def test_open_rooms_of_every_process_show_what_was_written(make_rooms: MakeRooms, store: SqliteStore) -> None:
    here, elsewhere = make_rooms(), make_rooms()
    ada, boris = await Client.join(here), await Client.join(elsewhere)
    domain = Domain(store, here)
    await domain.write("In brackets. ")
    await until(lambda: ada.read() == boris.read() == "In brackets. ")
    ada.type("Typed. ")
    await until(lambda: boris.read() == "In brackets. Typed. ")
    await domain.write("Decided.")
    await until(lambda: ada.read() == boris.read() == "In brackets. Typed. Decided.")
    assert store.words() == ada.read()
    assert len(store.rows()) == 3  # no room stores it a second time


async def test_act_and_typing_at_the_same_time_both_stay(make_rooms: MakeRooms, store: SqliteStore) -> None:
    rooms = make_rooms()
    ada = await Client.join(rooms)
    domain = Domain(store, rooms)
    ada.type("Typed. ")
    await asyncio.gather(domain.write("Written. "), domain.write("Again. "))
    await until(lambda: len(store.rows()) == 3 and len(ada.read()) == len(store.words()))
    assert ada.read() == store.words()


async def test_write_that_builds_on_what_a_room_has_not_got_makes_it_load(
    make_rooms: MakeRooms, store: SqliteStore
) -> None:
    rooms = make_rooms()
    ada = await Client.join(rooms)
    domain = Domain(store, rooms)
    domain.change("Its signal was lost. ")
    update = domain.change("This one came.")
    await domain.tell(update)
    await until(lambda: ada.read() == "Its signal was lost. This one came.")
    assert ada.line.closed is None


async def test_write_heard_while_a_room_opens_is_not_lost(make_rooms: MakeRooms, store: SqliteStore) -> None:
    rooms = make_rooms()
    domain = Domain(store, rooms)
    joining = asyncio.create_task(Client.join(rooms))
    await domain.write("Early.")
    ada = await joining
    await until(lambda: ada.read() == "Early.")


async def test_malformed_write_is_passed_over_and_the_room_loads(make_rooms: MakeRooms, store: SqliteStore) -> None:
    rooms = make_rooms()
    ada = await Client.join(rooms)
    ada.type("Kept.")
    await until(lambda: store.words() == "Kept.")
    await Domain(store, rooms).tell(b"\xff\xff\xff")
    await quiet()
    assert (ada.read(), ada.line.closed) == ("Kept.", None)
    ada.type(" On.")
    await until(lambda: store.words() == "Kept. On." and ada.stored()[-1][1] == 3)
