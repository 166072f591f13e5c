"""A real server, real sockets: proposing a text drops who writes, and withdrawing lets them in again."""

import http.client
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from concertation.texts.sync import protocol
from concertation.texts.sync.tests.helpers import until
from concertation.texts.sync.tests.server import Server
from concertation.texts.sync.tests.wire import WireClient
from concertation.texts.tests.factories import edit


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Yield a server with one text, a head of a co-chair, a delegate and an observer."""
    made = Server(tmp_path)
    made.start()
    yield made
    made.stop()


def ask(server: Server, who: str, method: str, path: str, token: str = "") -> tuple[int, str]:
    """Send a request with the cookie of `who`, as a browser does, and return status and body."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    headers = {"Cookie": f"{server.made[who]}; csrftoken={token}", "X-CSRFToken": token}
    if method == "POST":
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection.request(method, path, urlencode({}), headers)
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, body


async def test_freezing_drops_who_writes_and_keeps_who_reads(server: Server) -> None:
    page, token = f"/texts/{server.made['text']}/", "t" * 32
    writer, reader = await WireClient.open(server, "delegate"), await WireClient.open(server, "observer")
    await writer.greet()
    await reader.greet()
    await writer.send(protocol.change(edit("Agreed words.")))
    await until(lambda: b"Agreed words." in server.stored())
    assert ask(server, "head", "POST", f"{page}propose/", token)[0] == 302
    await until(lambda: writer.closed is not None)
    assert writer.closed == (4409, "frozen")
    assert reader.closed is None

    late = await WireClient.open(server, "delegate")
    await late.greet()
    await late.send(protocol.change(edit("Too late.")))
    await until(lambda: late.closed is not None)
    assert late.closed == (4409, "frozen")

    status, shown = ask(server, "head", "GET", page)
    (withdrawal,) = set(re.findall(r'action="(/texts/procedures/[^"]+/withdraw/)"', shown))
    assert (status, ask(server, "head", "POST", withdrawal, token)[0]) == (200, 302)
    again = await WireClient.open(server, "delegate")
    await again.greet()
    await again.send(protocol.change(edit("Open again.")))
    await until(lambda: b"Open again." in server.stored())
    assert b"Too late." not in server.stored()
    for client in (again, reader):
        await client.close()
