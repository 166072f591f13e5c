"""A hand-written Yjs client meets the brackets of another delegation, byte by byte on a real server.

Whatever it writes, it writes under its own name: what is shown as the holder's are the words that the holder bracketed.
"""

import asyncio
import json
import re
import urllib.request
import uuid
from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode

import pytest
from pycrdt import Doc, XmlElement, XmlFragment, XmlText

from concertation.texts import anchors
from concertation.texts.sync import protocol
from concertation.texts.sync.tests.helpers import until
from concertation.texts.sync.tests.server import Server
from concertation.texts.sync.tests.wire import WireClient

SENTENCE = "The leaders will deploy a force at once"
FIRST = "first00001"
ADDRESS = re.compile(rb'"/texts/([0-9a-f-]{36})/')


class Draftsman(WireClient):
    """A client that writes what an editor writes, or anything else."""

    def __init__(self, socket: Any) -> None:
        super().__init__(socket)
        self.doc: Doc[Any] = Doc()
        self.version = self.doc.get("en", type=XmlFragment)
        self._subscription = self.doc.observe(self._note)

    @property
    def words(self) -> XmlText:
        """The words of the first paragraph."""
        words = self.version.children[0].children[0]
        assert isinstance(words, XmlText)
        return words

    def write_paragraph(self, words: str, identity: str, marks: dict[str, Any] | None = None) -> None:
        """Write one more paragraph at the end."""
        element = XmlElement("paragraph")
        self.version.children.append(element)
        element.attributes["id"] = identity
        element.children.append(XmlText()).insert(0, words, marks)

    async def flush(self) -> None:
        """Send what was changed and wait until it is stored, or the connection closed."""
        updates, self._updates = self._updates, []
        stored = len(self.acknowledged())
        for update in updates:
            await self.send(protocol.change(update))
        await until(lambda: self.closed or len(self.acknowledged()) > stored)

    def acknowledged(self) -> list[bytes]:
        """Return the messages by which the server says that something is stored."""
        return [message for message in self.messages if message[0] == protocol.Kind.STORED]


class Desk:
    """A delegation's page: its acts are posts, what it sees is the layer."""

    def __init__(self, server: Server, who: str) -> None:
        self.server, self.who = server, who

    async def open_text(self) -> str:
        """Open a new text, as the chair, and return its id."""
        form = {"title_en": "Statement", "role_en": "authentic", "audience": "coalition", "pen": "free"}
        _, page = await asyncio.to_thread(self._open, "/texts/new/", form)
        found = ADDRESS.search(page)
        assert found
        return found[1].decode()

    def _open(self, path: str, data: dict[str, str] | None = None) -> tuple[int, bytes]:
        headers = {
            "Cookie": f"{self.server.made[self.who]}; csrftoken={'c' * 32}",
            "X-CSRFToken": "c" * 32,
            "HX-Request": "true",
        }
        address = f"http://127.0.0.1:{self.server.port}{path}"
        body = urlencode(data).encode() if data is not None else None
        try:
            with urllib.request.urlopen(urllib.request.Request(address, body, headers), timeout=20) as answer:
                return answer.status, answer.read()
        except HTTPError as error:
            with error:
                return error.code, error.read()

    async def post(self, path: str, **data: str) -> int:
        """Post a form and return the status."""
        status, _ = await asyncio.to_thread(self._open, path, data)
        return status

    async def place(self, words: str, key: str) -> int:
        """Put words of the sentence in brackets."""
        start = SENTENCE.index(words)
        where = {"language": "en", "paragraph": FIRST, "start": str(start), "end": str(start + len(words))}
        return await self.post(f"/texts/{self.server.made['text']}/brackets/place/", id=key, words=words, **where)

    async def sees(self) -> list[dict[str, Any]]:
        """Return the brackets of the layer, without what one may do."""
        _, body = await asyncio.to_thread(self._open, f"/texts/{self.server.made['text']}/layer.json")
        brackets: list[dict[str, Any]] = json.loads(body)["brackets"]
        return [
            {
                "words": bracket["words"],
                "now": bracket["alternatives"][0]["words"] if bracket["isPlaced"] else None,
                "holders": [member["code"] for member in bracket["holders"]],
                "by": bracket["changedBy"],
            }
            for bracket in brackets
        ]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all; each test has a text of its own."""
    server = Server(tmp_path_factory.mktemp("var"))
    server.start()
    yield server
    server.stop()
    assert "Traceback" not in server.log()


@pytest.fixture
async def scene(server: Server) -> AsyncIterator[tuple[Server, Desk, Draftsman, str]]:
    """France holds “will deploy”; a client of the United Kingdom has the document open."""
    server.made["text"] = await Desk(server, "head").open_text()
    attacker = await Draftsman.open(server, "delegate")
    assert isinstance(attacker, Draftsman)
    await attacker.greet()
    attacker.write_paragraph(SENTENCE, FIRST)
    await attacker.flush()
    desk, key = Desk(server, "head"), str(uuid.uuid4())
    assert await desk.place("will deploy", key) == 204
    await until(lambda: key in anchors.spans_in(attacker.doc, "en"))
    yield server, desk, attacker, key
    await attacker.close()


HELD = {"words": "will deploy", "now": "will deploy", "holders": ["FR"], "by": []}
BRITISH = "delegate of GB"


async def test_mark_written_over_other_words_claims_nothing(scene: tuple[Server, Desk, Draftsman, str]) -> None:
    _server, desk, attacker, key = scene
    mark = {anchors.name_of(key): {"id": key}}
    attacker.words.format(0, 3, mark)
    attacker.write_paragraph("France gives in on everything", "second0001", mark)
    await attacker.flush()
    assert attacker.closed is None
    assert await desk.sees() == [HELD]


async def test_mark_taken_away_leaves_the_bracket_and_names_who(scene: tuple[Server, Desk, Draftsman, str]) -> None:
    _server, desk, attacker, key = scene
    attacker.words.format(0, len(SENTENCE), {anchors.name_of(key): None})
    await attacker.flush()
    assert await desk.sees() == [{**HELD, "now": None, "by": [BRITISH]}]


async def test_words_retyped_in_a_bracket_are_not_the_holders(scene: tuple[Server, Desk, Draftsman, str]) -> None:
    _server, desk, attacker, key = scene
    start = SENTENCE.index("will deploy")
    attacker.words.insert(start + 5, "never ", {anchors.name_of(key): {"id": key}})
    del attacker.words[start : start + 5]
    await attacker.flush()
    assert await desk.sees() == [{**HELD, "now": "never deploy", "by": [BRITISH]}]


async def test_bracket_moved_to_other_words_is_shown_with_the_holders(
    scene: tuple[Server, Desk, Draftsman, str],
) -> None:
    _server, desk, attacker, key = scene
    mark = {anchors.name_of(key): {"id": key}}
    attacker.words.format(0, len(SENTENCE), {anchors.name_of(key): None})
    attacker.write_paragraph("France gives in on everything", "second0001", mark)
    await attacker.flush()
    assert await desk.sees() == [{**HELD, "now": "France gives in on everything", "by": [BRITISH]}]


async def test_anchor_without_a_row_means_nothing(scene: tuple[Server, Desk, Draftsman, str]) -> None:
    _server, desk, attacker, _key = scene
    unknown = str(uuid.uuid4())
    attacker.words.format(0, 3, {anchors.name_of(unknown): {"id": unknown}})
    await attacker.flush()
    assert attacker.closed is None
    assert await desk.sees() == [HELD]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("", {"id": "{key}", "member": "FR"}),
        ("", {"id": "{key}", "holders": ["FR", "DE"]}),
        ("", {"id": "not an id"}),
        ("", "FR"),
        ("bracket", {"member": "FR"}),
        ("anchor", {"id": "{key}"}),
    ],
)
async def test_mark_that_says_more_than_a_place_is_refused(
    scene: tuple[Server, Desk, Draftsman, str], name: str, value: Any
) -> None:
    server, desk, attacker, key = scene
    stored = server.stored()
    whole = json.loads(json.dumps(value).replace("{key}", key))
    attacker.words.format(0, 3, {name or anchors.name_of(key): whole})
    await attacker.flush()
    assert (attacker.closed or (0, ""))[0] == 4400
    assert server.stored() == stored
    assert await desk.sees() == [HELD]


async def test_posts_for_another_member_are_refused(scene: tuple[Server, Desk, Draftsman, str]) -> None:
    _server, desk, _attacker, key = scene
    observer = Desk(desk.server, "observer")
    assert await observer.place("at once", str(uuid.uuid4())) == 403
    for path, status in (("leave", 403), ("join", 403), ("lift", 403)):
        assert await observer.post(f"/texts/brackets/{key}/{path}/", member="FR") == status
    british = Desk(desk.server, "delegate")
    assert await british.post(f"/texts/brackets/{key}/leave/", member="FR") == 409
    assert await british.place("at once", key) == 404
    assert await desk.sees() == [HELD]


async def test_bracket_that_anybody_saw_survives_a_killed_server(scene: tuple[Server, Desk, Draftsman, str]) -> None:
    server, desk, attacker, key = scene
    server.kill()
    await attacker.reading
    server.start()
    assert await desk.sees() == [HELD]
    late = await Draftsman.open(server, "delegate")
    await late.greet()
    await until(lambda: anchors.spans_in(late.doc, "en").get(key))
    assert anchors.spans_in(late.doc, "en")[key].words == "will deploy"
    await late.close()
