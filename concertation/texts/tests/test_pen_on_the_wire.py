"""A real server, real sockets: who does not hold the pen is dropped, and writes nothing however it tries."""

import http.client
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from concertation.texts.sync import protocol
from concertation.texts.sync.tests.helpers import until
from concertation.texts.sync.tests.server import Server
from concertation.texts.sync.tests.wire import WireClient
from concertation.texts.tests.factories import edit

TOKEN = "t" * 32


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Yield a server with one text, a head of a co-chair, a delegate of another member."""
    made = Server(tmp_path)
    made.start()
    yield made
    made.stop()


def give_pen(server: Server, pen: str) -> int:
    """Change the setting as the co-chair, and return the status."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    headers = {
        "Cookie": f"{server.made['head']}; csrftoken={TOKEN}",
        "X-CSRFToken": TOKEN,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    form = {"title_en": "Statement", "role_en": "authentic", "audience": "coalition", "pen": pen}
    connection.request("POST", f"/texts/{server.made['text']}/settings/", urlencode(form), headers)
    status = connection.getresponse().status
    connection.close()
    return status


def closed(client: WireClient) -> int:
    return client.closed[0] if client.closed else 0


async def test_a_change_of_the_pen_drops_who_may_no_longer_type(server: Server) -> None:
    chair, delegate = await WireClient.open(server, "head"), await WireClient.open(server, "negotiator")
    await chair.greet()
    await delegate.greet()
    await delegate.send(protocol.change(edit("Typed freely.")))
    await until(lambda: b"Typed freely." in server.stored())

    assert give_pen(server, "proposals") == 302
    await until(lambda: delegate.closed is not None)
    assert closed(delegate) == 4403
    assert chair.closed is None

    forger = await WireClient.open(server, "negotiator")
    await forger.greet()
    await forger.send(protocol.change(edit("Typed all the same.")))
    await until(lambda: forger.closed is not None)
    assert closed(forger) == 4403
    await chair.send(protocol.change(edit("The chair types.")))
    await until(lambda: b"The chair types." in server.stored())
    assert b"Typed all the same." not in server.stored()

    assert give_pen(server, "secretariat") == 302
    await until(lambda: chair.closed is not None)
    assert closed(chair) == 4403

    assert give_pen(server, "free") == 302
    again = await WireClient.open(server, "negotiator")
    await again.greet()
    await again.send(protocol.change(edit("Free again.")))
    await until(lambda: b"Free again." in server.stored())
    await again.close()
