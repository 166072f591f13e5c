"""One room: stored first, then shown; who may not write is refused; what cannot be stored is shown to nobody."""

import asyncio
import threading
from collections.abc import Collection, Sequence
from functools import partial

import pytest

from concertation.texts.sync import protocol
from concertation.texts.sync.commit import Committer, Frozen, NotStored, Write
from concertation.texts.sync.document import merge
from concertation.texts.sync.reader import uint
from concertation.texts.sync.room import MAX_ECHOES, Access, Code, Refusal
from concertation.texts.sync.rooms import Rooms
from concertation.texts.sync.tests.conftest import MakeRooms
from concertation.texts.sync.tests.helpers import OTHER, TEXT, Client, Line, SqliteStore, access, quiet, until
from concertation.texts.sync.tests.test_update import nested, typed


class SlowStore(SqliteStore):
    """Waits in each transaction until it is let through."""

    def __init__(self, store: SqliteStore) -> None:
        self.__dict__.update(store.__dict__)
        self.may_go = threading.Event()
        self.entered = threading.Event()

    def append(self, writes: Sequence[Write]) -> Collection[Write]:
        self.entered.set()
        assert self.may_go.wait(10)
        return super().append(writes)


async def test_words_reach_the_others_and_the_database(rooms: Rooms, store: SqliteStore) -> None:
    ada, boris = await Client.join(rooms), await Client.join(rooms, access("boris"))
    ada.type("Peace")
    await until(lambda: boris.read() == "Peace")
    assert store.words() == "Peace"
    assert store.authors() == ["ada"]


async def test_late_joiner_gets_the_whole_text(rooms: Rooms) -> None:
    ada = await Client.join(rooms)
    ada.type("Peace")
    await until(ada.stored)
    late = await Client.join(rooms, access("boris"))
    assert late.read() == "Peace"


async def test_text_is_there_after_everybody_left(rooms: Rooms) -> None:
    ada = await Client.join(rooms)
    ada.type("Peace")
    ada.room.leave(ada.connection)
    await until(lambda: not ada.room.is_open)
    assert (await Client.join(rooms)).read() == "Peace"


async def test_nobody_receives_before_the_commit(make_rooms: MakeRooms, store: SqliteStore) -> None:
    slow = SlowStore(store)
    rooms = make_rooms(slow)
    ada, boris = await Client.join(rooms), await Client.join(rooms, access("boris"))
    ada.type("Peace")
    await until(slow.entered.is_set)
    late = Line()
    room, connection = await rooms.join(TEXT, late, access("cyril"), _nobody_asks)
    room.receive(connection, protocol.ask(b"\x00"))
    await quiet()
    assert (boris.read(), ada.stored(), store.rows()) == ("", [], [])
    assert [message[:2] for message in late.messages] == [b"\x00\x00"]
    slow.may_go.set()
    await until(lambda: boris.read() == "Peace")
    await until(lambda: any(message[:2] == b"\x00\x01" for message in late.messages))
    await until(lambda: ada.stored()[-1:] == [({ada.doc.client_id: 5}, 2)])


async def test_changes_of_one_moment_become_one_row(make_rooms: MakeRooms, store: SqliteStore) -> None:
    slow = SlowStore(store)
    rooms = make_rooms(slow)
    ada, boris = await Client.join(rooms), await Client.join(rooms, access("boris"))
    ada.type("x")
    await until(slow.entered.is_set)
    for letter in "abc":
        ada.type(letter)
        boris.type(letter.upper())
    slow.may_go.set()
    await until(lambda: len(boris.read()) == 7 and len(ada.read()) == 7)
    assert store.authors() == ["ada", "ada,boris"]


async def test_two_rooms_share_a_commit(make_rooms: MakeRooms, store: SqliteStore) -> None:
    slow = SlowStore(store)
    rooms = make_rooms(slow)
    ada, boris = await Client.join(rooms), await Client.join(rooms, access("boris"), OTHER)
    ada.type("x")
    await until(slow.entered.is_set)
    boris.type("y")
    ada.type("z")
    await quiet()
    slow.may_go.set()
    await until(lambda: boris.stored() and store.words() == "xz")
    assert store.transactions[0] == [TEXT]
    assert OTHER in store.transactions[1]


async def test_commit_that_fails_shows_nothing_and_closes_everybody(rooms: Rooms, store: SqliteStore) -> None:
    ada, boris = await Client.join(rooms), await Client.join(rooms, access("boris"))
    await until(ada.stored)
    before = ada.stored()
    store.break_down()
    ada.type("Peace")
    await until(lambda: ada.line.closed)
    assert ada.line.closed == boris.line.closed == (Code.NOT_STORED, "could not be stored")
    assert (boris.read(), ada.stored()) == ("", before)


async def test_failing_write_does_not_take_others_with_it() -> None:
    outcomes: dict[str, Exception | None] = {}

    class Picky:
        def load(self, text_id: str) -> bytes | None:
            return None

        def append(self, writes: Sequence[Write]) -> Collection[Write]:
            if any(write.text_id == "bad" for write in writes):
                raise OSError("no space")
            return [write for write in writes if write.text_id == "frozen"]

    committer = Committer(Picky(), asyncio.get_running_loop())
    for text_id in ("good", "bad", "frozen"):
        write = Write(text_id, b"\x00\x00", ())
        committer.submit(write, partial(outcomes.__setitem__, text_id))
    await asyncio.to_thread(committer.stop)
    await until(lambda: len(outcomes) == 3)
    assert outcomes["good"] is None
    assert isinstance(outcomes["bad"], NotStored)
    assert isinstance(outcomes["frozen"], Frozen)


async def test_text_frozen_meanwhile_closes_writers_and_shows_nothing(rooms: Rooms, store: SqliteStore) -> None:
    ada = await Client.join(rooms)
    reader = await Client.join(rooms, access("boris", may_write=False))
    store.frozen.add(TEXT)
    ada.type("too late")
    await until(lambda: ada.line.closed)
    assert ada.line.closed == (Code.FROZEN, "frozen")
    assert reader.line.closed == (Code.RELOAD, "reload")
    assert (reader.read(), store.rows()) == ("", [])
    assert (await Client.join(rooms, access("boris", may_write=False))).read() == ""


@pytest.mark.parametrize(
    ("is_frozen", "code", "reason"), [(False, Code.DENIED, "read only"), (True, Code.FROZEN, "frozen")]
)
async def test_change_by_a_reader_is_refused(
    rooms: Rooms, store: SqliteStore, is_frozen: bool, code: int, reason: str
) -> None:
    ada = await Client.join(rooms)
    reader = await Client.join(rooms, access("boris", may_write=False, is_frozen=is_frozen))
    reader.type("graffiti")
    assert reader.line.messages[-1] == protocol.denied(reason)
    assert reader.line.closed == (code, reason)
    await quiet()
    assert (ada.read(), store.rows()) == ("", [])


async def test_reader_may_answer_with_what_is_known(rooms: Rooms) -> None:
    ada = await Client.join(rooms)
    ada.type("Peace")
    del ada.text[0:1]
    ada.send_updates()
    await until(lambda: [changes for _clocks, changes in ada.stored()][-1:] == [3])
    reader = await Client.join(rooms, access("boris", may_write=False))
    reader.send(protocol.answer(reader.doc.get_update()))
    reader.send(protocol.answer(b"\x00\x00"))
    assert reader.read() == "eace"
    assert reader.line.closed is None


async def test_reader_cannot_keep_the_server_busy_with_copies_of_the_document(rooms: Rooms) -> None:
    ada = await Client.join(rooms)
    ada.type("Peace")
    del ada.text[0:1]
    ada.send_updates()
    reader = await Client.join(rooms, access("boris", may_write=False))
    for _ in range(MAX_ECHOES + 1):
        reader.send(protocol.answer(b"\x00\x00"))
    assert reader.line.closed is None
    for _ in range(MAX_ECHOES + 1):
        reader.send(protocol.answer(ada.doc.get_update()))
    assert reader.line.closed is not None
    assert reader.line.closed[0] == Code.MALFORMED


@pytest.mark.parametrize("said", ['{"a":NaN}', '{"a":1e999}', '{"a":"%s"}' % ("x" * 4080)])
async def test_caret_that_cannot_be_passed_on_closes_nobody_else(rooms: Rooms, said: str) -> None:
    ada = await Client.join(rooms)
    mallory = await Client.join(rooms, access("mallory", may_write=False))
    mallory.send(protocol.presences(protocol.encode_presences([protocol.Presence(5, 1, said)])))
    assert mallory.line.closed is not None
    assert mallory.line.closed[0] == Code.MALFORMED
    ada.type("Peace")
    await until(lambda: [changes for _clocks, changes in ada.stored()][-1:] == [2])
    assert (await Client.join(rooms)).read() == "Peace"


async def test_stored_message_counts_deletions_too(rooms: Rooms) -> None:
    ada = await Client.join(rooms)
    ada.type("Peace")
    await until(lambda: ada.stored()[-1:] == [({ada.doc.client_id: 5}, 2)])
    del ada.text[0:5]
    ada.send_updates()
    await until(lambda: ada.stored()[-1:] == [({ada.doc.client_id: 5}, 3)])


async def test_words_typed_before_the_answer_wait_for_it(rooms: Rooms, store: SqliteStore) -> None:
    offline, live = typed("ab", client=7)
    line = Line()
    room, connection = await rooms.join(TEXT, line, access(), _nobody_asks)
    room.receive(connection, protocol.change(live))
    await quiet()
    assert (line.closed, len(line.messages), store.rows()) == (None, 1, [])
    room.receive(connection, protocol.answer(merge([offline, live])))
    await until(lambda: line.messages[-1] == protocol.stored(b"\x01\x07\x02", 2))
    assert store.words() == "ab"


async def test_update_with_a_gap_after_the_answer_closes(rooms: Rooms, store: SqliteStore) -> None:
    ada = await Client.join(rooms)
    ada.send(protocol.change(typed("ab", client=7)[1]))
    assert ada.line.closed == (Code.MALFORMED, "malformed: earlier changes of the same client are missing")
    assert store.rows() == []


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"\x00\x02",
        b"\x00\x02" + uint(2**40),
        b"\x00\x00\x02\xff\xff",
        protocol.change(nested(1000)),
        protocol.change(b"\x01\x02\x03"),
        protocol.presences(b"\x01\x05\x01\x01{"),
        b"\x63",
    ],
)
async def test_hostile_bytes_close_one_connection_and_leave_the_room(
    rooms: Rooms, store: SqliteStore, message: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    ada, mallory = await Client.join(rooms), await Client.join(rooms, access("mallory"))
    mallory.send(message)
    assert mallory.line.closed is not None
    assert mallory.line.closed[0] == Code.MALFORMED
    mallory.send(protocol.change(typed("later", client=9)[0]))
    ada.type("Peace")
    await until(lambda: store.words() == "Peace")
    assert ada.line.closed is None
    assert caplog.records == []


async def test_oversized_message_is_refused_with_the_standard_code(rooms: Rooms) -> None:
    ada = await Client.join(rooms)
    ada.send(b"\x00\x02" + bytes(protocol.MAX_MESSAGE))
    assert ada.line.closed == (Code.TOO_LARGE, "message too large")


@pytest.mark.usefixtures("short_grace")
async def test_carets_are_stamped_and_gone_with_their_connection(rooms: Rooms, store: SqliteStore) -> None:
    ada, boris = await Client.join(rooms), await Client.join(rooms, access("boris"))
    caret = protocol.Presence(5, 1, '{"cursor":3,"user":{"name":"Somebody else"}}')
    ada.send(protocol.presences(protocol.encode_presences([caret])))
    state = '{"cursor":3,"user":{"delegate":"ada","name":"Ada"}}'
    await until(lambda: boris.presences() == [protocol.Presence(5, 1, state)])
    late = await Client.join(rooms, access("cyril"))
    assert late.presences() == [protocol.Presence(5, 1, state)]
    late.send(b"\x03")
    assert late.presences() == [protocol.Presence(5, 1, state)] * 2
    ada.room.leave(ada.connection)
    await until(lambda: boris.presences()[-1] == protocol.Presence(5, 1, "null"))
    assert store.rows() == []


@pytest.mark.parametrize(
    ("answer", "closed"),
    [
        (Refusal(Code.UNKNOWN, "unknown"), (Code.UNKNOWN, "unknown")),
        (access(may_write=False), (Code.DENIED, "read only")),
        (access(may_write=False, is_frozen=True), (Code.FROZEN, "frozen")),
        (access(), None),
    ],
)
async def test_change_of_rights_is_applied(
    rooms: Rooms, answer: Access | Refusal, closed: tuple[int, str] | None
) -> None:
    ada = await Client.join(rooms)
    ada.room.change_access(ada.connection, answer)
    assert ada.line.closed == closed


async def test_reader_who_may_write_now_goes_on(rooms: Rooms, store: SqliteStore) -> None:
    ada = await Client.join(rooms, access(may_write=False))
    ada.room.change_access(ada.connection, access())
    ada.type("Peace")
    await until(lambda: store.words() == "Peace")


async def _nobody_asks() -> Refusal:
    raise AssertionError
