"""Starts, kills and asks a server process of its own, for tests that need real sockets and a real database."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pycrdt

from tests.helpers.migrated import give_database
from tests.helpers.ports import free_port

ROOT = Path(__file__).parents[4]


@dataclass
class Server:
    """A server on `var`; `made` names its text and has a cookie for each kind of person."""

    var: Path
    made: dict[str, str] = field(default_factory=dict)
    port: int = 0
    _process: "subprocess.Popen[str] | None" = None

    def start(self, mode: str = "socket") -> None:
        """Start the process and wait until it answers; `mode` "plain" hides uvicorn's socket from the endpoint."""
        self.port = free_port()
        give_database(self.var)
        environment = {**os.environ, "CONCERTATION_VAR": str(self.var)}
        environment.pop("DATABASE_URL", None)
        command = [sys.executable, "-m", "concertation.texts.sync.tests.served", str(self.port), mode]
        with (self.var / "log").open("a") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=log, text=True
            )
        assert self._process.stdout is not None
        if not (line := self._process.stdout.readline()):
            self.wait()
            raise RuntimeError(self.log())
        self.made |= json.loads(line)

    def kill(self) -> None:
        """End the process as a power cut would."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self.wait()

    def stop(self) -> None:
        """End the process in good order."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
        self.wait()

    def wait(self) -> None:
        """Wait for the end of the process."""
        assert self._process is not None
        self._process.wait(60)
        assert self._process.stdout is not None
        self._process.stdout.close()

    def log(self) -> str:
        """Return what the process logged."""
        return (self.var / "log").read_text()

    def stored(self) -> bytes:
        """Return all updates in the database file as one."""
        with sqlite3.connect(self.var / "concertation.sqlite3") as connection:
            rows = connection.execute('SELECT "update" FROM texts_textupdate ORDER BY sequence').fetchall()
        return pycrdt.merge_updates(*(row for (row,) in rows)) if rows else b"\x00\x00"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep the server from storing anything."""
        with closing(sqlite3.connect(self.var / "concertation.sqlite3", isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield

    def count(self, table: str) -> int:
        """Return how many rows `table` has."""
        with sqlite3.connect(self.var / "concertation.sqlite3") as connection:
            count: int = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # table is ours
        return count

    @property
    def address(self) -> str:
        """The address of the text's socket."""
        return f"ws://127.0.0.1:{self.port}/texts/sync/{self.made['text']}"
