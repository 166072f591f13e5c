"""What anybody saw, or was told to be saved, is in the database, also when the server is killed in the middle."""

import asyncio
import random
from pathlib import Path

from pycrdt import Doc, Text

from concertation.texts.domain.drafting import SNAPSHOT_EVERY
from concertation.texts.sync import protocol
from concertation.texts.sync.tests.helpers import ROOT, until
from concertation.texts.sync.tests.server import Server
from concertation.texts.sync.tests.wire import WireClient

PEOPLE = 8
ROUNDS = 3
KEYS_PER_SECOND = 40


async def test_killed_server_loses_nothing_that_others_saw(tmp_path: Path) -> None:
    server = Server(tmp_path)
    chance = random.Random(1)
    lost_keys = 0
    for _ in range(ROUNDS):
        server.start()
        people = [await WireClient.open(server, chance.choice(["head", "delegate"])) for _ in range(PEOPLE)]
        await asyncio.gather(*(person.greet() for person in people))
        typing = [asyncio.create_task(_type(person, chance)) for person in people]
        await until(lambda: all(person.stored_clock() for person in people))  # noqa: B023  # awaited in the same turn
        await asyncio.sleep(chance.random() / 2)
        with server.locked():  # or the moment between showing and storing would be too short to hit
            await asyncio.sleep(0.2)
            server.kill()
        await asyncio.gather(*typing, *(person.reading for person in people))
        lost_keys += _check(server, people)
    assert lost_keys < ROUNDS * PEOPLE * KEYS_PER_SECOND  # most of what was typed did arrive


async def _type(person: WireClient, chance: random.Random) -> None:
    """Type until the connection ends."""
    while person.closed is None:
        await person.type(chance.choice("abc "))
        await asyncio.sleep(1 / KEYS_PER_SECOND)


def _check(server: Server, people: list[WireClient]) -> int:
    """Compare the database with what each person saw of the others; return how many keys nobody had seen."""
    stored: Doc[Text] = Doc()
    stored.apply_update(server.stored())
    clocks = protocol.decode_state(stored.get_state())
    unseen = 0
    for person in people:
        own = person.doc.client_id
        for client, clock in protocol.decode_state(person.doc.get_state()).items():
            if client != own:
                assert clocks.get(client, 0) >= clock
        assert clocks.get(own, 0) >= person.stored_clock() > 0
        unseen += protocol.decode_state(person.doc.get_state())[own] - person.stored_clock()
    assert len(str(stored.get(ROOT, type=Text))) == sum(clocks.values())
    return unseen


async def test_long_history_gets_a_snapshot_and_opens_from_it(tmp_path: Path) -> None:
    server = Server(tmp_path)
    server.start()
    ada = await WireClient.open(server)
    await ada.greet()
    while server.count("texts_textsnapshot") == 0:
        for _ in range(SNAPSHOT_EVERY // 4):
            await ada.type("a")
            await asyncio.sleep(0.002)
    await until(lambda: ada.stored_clock() == len(str(ada.text)))
    server.kill()
    await ada.reading
    assert server.count("texts_textupdate") >= SNAPSHOT_EVERY  # the history stays
    server.start()
    late = await WireClient.open(server)
    await late.greet()
    assert str(late.text) == str(ada.text)
    await late.close()
    server.stop()
