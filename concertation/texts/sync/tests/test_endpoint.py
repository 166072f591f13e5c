"""The sync socket on a real server: who is let in, what bytes do, and both ways of writing to a socket."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from concertation.texts.sync import protocol
from concertation.texts.sync.tests.helpers import TEXT, until
from concertation.texts.sync.tests.server import Server
from concertation.texts.sync.tests.test_update import nested, typed
from concertation.texts.sync.tests.wire import WireClient


@pytest.fixture(scope="module", params=["socket", "plain"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Yield a running server, once with uvicorn's socket in reach and once with plain ASGI only."""
    server = Server(tmp_path_factory.mktemp("var"))
    server.start(request.param)
    yield server
    server.stop()


async def test_three_people_write_and_read(server: Server) -> None:
    people = [await WireClient.open(server, who) for who in ("head", "delegate", "observer")]
    for person in people:
        await person.greet()
    await people[0].type("Peace ")
    await until(lambda: str(people[1].text).endswith("Peace "))
    await people[1].type("and quiet")
    await until(lambda: all(str(person.text).endswith("Peace and quiet") for person in people))
    await until(lambda: people[0].stored_clock() == 6 and people[1].stored_clock() == 9)
    late = await WireClient.open(server, "observer")
    await late.greet()
    await until(lambda: str(late.text) == str(people[0].text))
    for person in [*people, late]:
        assert person.closed is None
        await person.close()


async def test_large_text_goes_through_in_one_piece(server: Server) -> None:
    ada, boris = await WireClient.open(server), await WireClient.open(server, "delegate")
    await ada.greet()
    await boris.greet()
    await ada.type("x" * 300_000)
    await until(lambda: str(boris.text).endswith("x" * 300_000))
    await ada.close()
    await boris.close()


async def test_nobody_and_people_without_a_valid_session_are_told_to_sign_in(server: Server) -> None:
    nobody = await WireClient.open(server, None)
    await nobody.reading
    assert (nobody.closed, nobody.messages) == ((4401, "signed out"), [])


async def test_unknown_text_is_refused(server: Server) -> None:
    other = Server(server.var, {**server.made, "text": TEXT}, server.port)
    client = await WireClient.open(other)
    await client.reading
    assert client.closed == (4404, "unknown text")


async def test_other_site_is_refused(server: Server) -> None:
    with pytest.raises(InvalidStatus):
        await WireClient.open(server, origin="https://elsewhere.example")


async def test_address_without_a_socket_is_refused(server: Server) -> None:
    with pytest.raises(InvalidStatus):
        await connect(server.address + "x", origin=None)


async def test_observer_who_writes_is_refused_and_stores_nothing(server: Server) -> None:
    before = server.stored()
    client = await WireClient.open(server, "observer")
    await client.greet()
    await client.type("graffiti")
    await client.reading
    assert client.closed == (4403, "read only")
    assert client.messages[-1] == protocol.denied("read only")
    assert server.stored() == before


@pytest.mark.parametrize(
    ("message", "code", "reason"),
    [
        ("text", 4400, "malformed: text instead of bytes"),
        (b"\x00\x02\xff", 4400, "malformed: truncated"),
        (protocol.change(nested(100_000)), 4400, "malformed: value nested too deep"),
        (protocol.answer(typed("ab", client=3)[1]), 4400, "malformed: earlier changes of the same client are missing"),
        (b"\x00\x02" + bytes(protocol.MAX_MESSAGE), 1009, "message too large"),
    ],
)
async def test_hostile_bytes_close_with_a_reason(server: Server, message: bytes | str, code: int, reason: str) -> None:
    witness, before = await WireClient.open(server), server.stored()
    await witness.greet()
    client = await WireClient.open(server, "delegate")
    await client.send(message)
    await client.reading
    assert client.closed == (code, reason)
    assert server.stored() == before
    assert witness.closed is None
    await witness.close()
    assert "Traceback" not in server.log()


@pytest.mark.parametrize(
    ("data", "close"),
    [
        (b"\x81\x82\x00\x00\x00\x00\xff\xfe", 1007),
        (b"\x83\x82\x00\x00\x00\x00\xff\xfe", 1002),
        (b"\x82\x02no", 1002),
        (b"\x82\xff" + (2**40).to_bytes(8) + bytes(8), 1009),
    ],
)
async def test_bytes_that_are_no_frame_end_the_connection_without_a_trace(
    server: Server, data: bytes, close: int
) -> None:
    reader, writer = await _handshake(server)
    assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 101 ")
    writer.write(data)
    received = await reader.read()
    assert int.from_bytes(received[received.rindex(b"\x88") + 2 :][:2]) == close
    writer.close()
    assert "Traceback" not in server.log()


async def test_server_that_stops_says_so_and_one_that_reads_nothing_is_cut_before(tmp_path: Path) -> None:
    server = Server(tmp_path)
    server.start()
    ada, boris = await WireClient.open(server), await WireClient.open(server, "delegate")
    await ada.greet()
    await boris.greet()
    await _flood(server, ada, boris)
    server.stop()
    await ada.reading
    assert ada.closed == (1012, "")
    await boris.reading


async def _flood(server: Server, ada: WireClient, boris: WireClient) -> None:
    """Let somebody connect who reads nothing, and type more than is kept for anybody."""
    reader, writer = await _handshake(server)
    await reader.readline()
    for _ in range(60):
        seen = len(str(boris.text))
        await ada.type("y" * 200_000)
        await until(lambda: len(str(boris.text)) >= seen + 200_000)  # noqa: B023  # awaited in the same turn
    with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
        await reader.readexactly(1 << 40)
    writer.close()


async def _handshake(server: Server) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Return a socket on which an observer asked for the text."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port, limit=1024)
    head = [
        f"GET /texts/sync/{server.made['text']} HTTP/1.1",
        f"Host: 127.0.0.1:{server.port}",
        f"Origin: http://127.0.0.1:{server.port}",
        f"Cookie: {server.made['observer']}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
    ]
    writer.write("\r\n".join([*head, "", ""]).encode())
    return reader, writer
