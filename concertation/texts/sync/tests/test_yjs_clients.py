"""Real Yjs clients, as browsers run them, against a real server."""

import asyncio
import json
import shutil
from pathlib import Path

import pytest
from pycrdt import Doc, XmlFragment

from concertation.texts.sync.tests.server import ROOT, Server

SCRIPT = Path(__file__).with_name("yjs_clients.mjs")


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


async def _run(node: str, server: Server, seed: int) -> dict[str, list[str]]:
    """Run the clients and return what they saw."""
    task = {
        "address": server.address.rpartition("/")[0],
        "text": server.made["text"],
        "origin": f"http://127.0.0.1:{server.port}",
        "cookies": [server.made[who] for who in ("head", "delegate", "head")],
        "seed": seed,
    }
    process = await asyncio.create_subprocess_exec(
        node, str(SCRIPT), json.dumps(task), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    output, errors = await asyncio.wait_for(process.communicate(), 180)
    assert process.returncode == 0, errors.decode()
    result: dict[str, list[str]] = json.loads(output)
    return result
