"""Starts the server as `make run` does, in a data folder of its own, and knows everybody's sign-in link."""

import os
import re
import signal
import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

from tests.helpers.migrated import give_database

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = str(Path(sys.executable).parent / "concertation")
EXAMPLE = ROOT / "examples" / "coalition-of-the-willing.toml"
HEAD = "head of delegation"
PERSON = re.compile(r"^(?P<name>.+), (?P<member>[A-Z]{2,8}|–), (?P<capacity>[a-z ]+)$")


class Server:
    """A server with the example coalition; its clock is moved by the seconds that stand in the file `clock`."""

    def __init__(self, folder: Path, *, example: Path | None = EXAMPLE, clock: Path | None = None) -> None:
        self.folder, self.example, self.clock = folder, example, clock
        self._links: dict[tuple[str, str], str] = {}
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.address = f"http://localhost:{self.port}"  # passkeys need a name
        self.env = {**os.environ, "CONCERTATION_VAR": str(folder), "BASE_URL": self.address}
        self.env.pop("DATABASE_URL", None)
        if clock:
            self.env["TEST_CLOCK"] = str(clock)

    def tell_time(self, moment: datetime) -> None:
        """Make it `moment` now, on a server that was given a clock; it runs on from there."""
        self._move((moment - datetime.now(UTC)).total_seconds())

    def pass_time(self, by: timedelta) -> None:
        """Make it as much later, on a server that was given a clock."""
        assert self.clock
        self._move(float(self.clock.read_text("ascii")) + by.total_seconds())

    def _move(self, seconds: float) -> None:
        assert self.clock
        fresh = self.clock.with_suffix(".new")
        fresh.write_text(str(seconds), "ascii")
        fresh.replace(self.clock)

    def __enter__(self) -> Self:
        """Start, and load the example into the empty database."""
        self.start()
        return self

    def __exit__(self, *reason: object) -> None:
        """Stop."""
        self.stop()

    def start(self) -> None:
        """Serve until `stop` or `kill`."""
        example = ["--example", str(self.example)] if self.example else []
        give_database(self.folder)
        command = [PROGRAM, "serve", "--port", str(self.port), *example]
        self.log = (self.folder / "server.log").open("ab")
        self.process = subprocess.Popen(command, env=self.env, stdout=subprocess.PIPE, stderr=self.log, text=True)
        assert self.process.stdout
        for line in self.process.stdout:
            if line.startswith("Concertation serves"):
                return
        raise AssertionError(f"the server did not start: {(self.folder / 'server.log').read_text()}")

    def stop(self) -> None:
        """End the server as Ctrl+C does."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """End the server as a power cut does."""
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        self.process.send_signal(how)
        self.process.wait(timeout=15)
        assert self.process.stdout
        self.process.stdout.close()
        self.log.close()

    def run(self, *words: str) -> str:
        """Run a `concertation` command against the same data and return what it printed."""
        return subprocess.run([PROGRAM, *words], env=self.env, capture_output=True, text=True, check=True).stdout

    def link(self, member: str, capacity: str = HEAD) -> str:
        """Return a sign-in link that nobody used, of a person of a member (– for the secretariat)."""
        if (member, capacity) not in self._links:
            lines = self.run("links").splitlines()
            people = [match for line in lines[::2] if (match := PERSON.match(line))]
            self._links = {(p["member"], p["capacity"]): at.strip() for p, at in zip(people, lines[1::2], strict=True)}
        return self._links.pop((member, capacity))
