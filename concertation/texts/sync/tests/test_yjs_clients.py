"""Real Yjs clients, as browsers run them, against a real server."""

import asyncio
import json
import shutil
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from pycrdt import Doc, XmlElement, XmlFragment, XmlText

from concertation.texts import anchors
from concertation.texts.sync.tests.server import ROOT, Server

SCRIPTS = Path(__file__).parent


@pytest.fixture(scope="module")
def node() -> str:
    """Return the node that the environment brings; without the front end's packages there is nothing to run."""
    if not (ROOT / "node_modules" / "y-websocket").is_dir():
        pytest.skip("the packages of the front end are not installed: make setup")
    program = shutil.which("node", path=str(ROOT / ".venv" / "bin")) or shutil.which("node")
    assert program is not None
    return program


@pytest.mark.parametrize("seed", [1, 20261123])
async def test_yjs_clients_agree_with_each_other_and_with_the_database(node: str, tmp_path: Path, seed: int) -> None:
    server = Server(tmp_path)
    server.start()
    try:
        seen = await _run(node, server, seed)
    finally:
        server.stop()
    stored: Doc[XmlFragment] = Doc()
    stored.apply_update(server.stored())
    words = str(stored.get("en", type=XmlFragment))
    assert len(words) > 200
    assert seen["seen"] == [words] * 3
    assert seen["names"] == ["delegate of GB", "head of delegation of FR"]
    assert "Traceback" not in server.log()


async def _run(
    node: str,
    server: Server,
    seed: int,
    *,
    script: str = "yjs_clients.mjs",
    who: tuple[str, ...] = ("head", "delegate", "head"),
) -> dict[str, list[Any]]:
    """Run the clients and return what they saw."""
    task = {
        "address": server.address.rpartition("/")[0],
        "text": server.made["text"],
        "origin": f"http://127.0.0.1:{server.port}",
        "cookies": [server.made[one] for one in who],
        "seed": seed,
    }
    process = await asyncio.create_subprocess_exec(
        node, str(SCRIPTS / script), json.dumps(task), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    output, errors = await asyncio.wait_for(process.communicate(), 180)
    assert process.returncode == 0, errors.decode()
    result: dict[str, list[Any]] = json.loads(output)
    return result


@pytest.mark.parametrize("seed", [1, 7, 20261125])
async def test_editors_carry_brackets_along_and_agree_with_the_rows(node: str, tmp_path: Path, seed: int) -> None:
    """Typed, deleted, divided and joined by the editor's own binding, offline at times, while brackets are placed."""
    server = Server(tmp_path)
    server.start()
    try:
        seen = await _run(node, server, seed, script="bracket_clients.mjs", who=("head", "delegate"))
        brackets = json.loads(await asyncio.to_thread(_layer, server))["brackets"]
    finally:
        server.stop()
    stored: Doc[XmlFragment] = Doc()
    stored.apply_update(server.stored())
    version = stored.get("en", type=XmlFragment)
    assert seen["seen"] == [_deltas(version)] * 2
    assert seen["shown"] == [seen["shown"][0]] * 2
    joined_or_placed = sum(answer == 204 for answer in seen["answers"])
    assert joined_or_placed > 2
    assert 2 < len(brackets) <= joined_or_placed
    places = anchors.places_in(stored, "en")
    assert set(places) <= {bracket["id"] for bracket in brackets}
    for bracket in brackets:
        of_row = {"words": bracket["words"], "paragraph": bracket["paragraph"]}
        place = anchors.place_of(places.get(bracket["id"], []), **of_row)
        assert bracket["isPlaced"] == (place is not None)
        now = bracket["alternatives"][0]["words"]
        assert now == (place.words if place else bracket["words"])
        if now != bracket["words"] or place is None:
            assert bracket["changedBy"], "nobody is named for other words"
    assert "Traceback" not in server.log()


def _deltas(version: XmlFragment) -> list[Any]:
    """Return the words of each paragraph with their marks, as Yjs tells them."""
    found = []
    for paragraph in version.children:
        assert isinstance(paragraph, XmlElement)
        texts = [child for child in paragraph.children if isinstance(child, XmlText)]
        pieces = [[{"insert": piece, **({"attributes": m} if m else {})} for piece, m in text.diff()] for text in texts]
        found.append(pieces)
    return found


def _layer(server: Server) -> bytes:
    """Return what the head of delegation is told about the text."""
    address = f"http://127.0.0.1:{server.port}/texts/{server.made['text']}/layer.json"
    request = urllib.request.Request(address, headers={"Cookie": server.made["head"]})
    with urllib.request.urlopen(request, timeout=20) as answer:
        body: bytes = answer.read()
    return body
