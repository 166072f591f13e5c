"""A real server, real sockets: nobody opens a language version by writing in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from concertation.texts.sync import protocol
from concertation.texts.sync.tests.helpers import until
from concertation.texts.sync.tests.server import Server
from concertation.texts.sync.tests.wire import WireClient
from concertation.texts.tests.factories import edit


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Yield a server with one text in English."""
    made = Server(tmp_path)
    made.start()
    yield made
    made.stop()


async def test_language_that_the_text_does_not_have_is_refused_and_nothing_is_stored(server: Server) -> None:
    reader, forger = await WireClient.open(server, "head"), await WireClient.open(server, "delegate")
    await reader.greet()
    await forger.greet()
    await forger.send(protocol.change(edit("Parole mai autorizzate.", language="it")))
    await until(lambda: forger.closed is not None)
    assert forger.closed == (4400, "malformed: the text has no version “it”")
    await reader.send(protocol.change(edit("Words allowed.", language="en")))
    await until(lambda: b"Words allowed." in server.stored())
    assert b"Parole" not in server.stored()
    assert reader.closed is None
    await reader.close()
