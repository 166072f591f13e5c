"""The server as a program: it starts, and says in one sentence why it cannot."""

import os
import resource
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.helpers.migrated import give_database
from tests.helpers.ports import free_port

PROGRAM = [str(Path(sys.executable).parent / "concertation"), "serve"]
pytestmark = pytest.mark.skipif("DATABASE_URL" in os.environ, reason="starts servers of its own, on SQLite")


@pytest.fixture
def port() -> int:
    return free_port()


def environment(folder: Path, **values: str) -> dict[str, str]:
    """Return the variables of a server whose data lies in `folder`, and which writes as Python does by itself."""
    env = {**os.environ, "CONCERTATION_VAR": str(folder), **values}
    env.pop("PYTHONUNBUFFERED", None)
    return env


def outcome(*words: str, env: dict[str, str], before: Callable[[], None] | None = None) -> tuple[int, list[str]]:
    """Run the program to its end and return its status and its lines."""
    run = subprocess.run([*PROGRAM, *words], env=env, preexec_fn=before, capture_output=True, text=True, timeout=60)
    return run.returncode, (run.stdout + run.stderr).splitlines()


@contextmanager
def running(folder: Path, port: int) -> Iterator[str]:
    """Serve from `folder` within the block, and give the first line that the server printed: it says no more."""
    command = [*PROGRAM, "--port", str(port)]
    env, pipe = environment(folder), subprocess.PIPE
    with subprocess.Popen(command, env=env, stdout=pipe, stderr=subprocess.STDOUT, text=True) as server:
        try:
            assert server.stdout
            yield server.stdout.readline()
        finally:
            server.send_signal(signal.SIGINT)
            rest, _ = server.communicate(timeout=60)
            assert (server.returncode, rest) == (0, "")


def test_server_answers_and_ends_on_interrupt(tmp_path: Path, port: int) -> None:
    with running(tmp_path, port) as line:
        assert line == f"Concertation serves on http://127.0.0.1:{port} (Ctrl+C ends it)\n"
        with closing(HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
            connection.request("GET", "/")
            assert connection.getresponse().status == 200
    assert {path.stat().st_mode & 0o77 for path in tmp_path.glob("*.key")} == {0}
    assert [path.name for path in tmp_path.glob("*.sqlite3*")] == ["concertation.sqlite3"]  # everything is in one file


def test_taken_port_is_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        answer = outcome("--port", str(taken), env=environment(tmp_path))
    reason = "another program uses it. Choose another one: make run PORT=8001"
    assert answer == (1, [f"Port {taken} on 127.0.0.1 cannot be opened: {reason}"])


def test_port_out_of_range_is_one_sentence(tmp_path: Path) -> None:
    status, lines = outcome("--port", "70000", env=environment(tmp_path))
    assert (status, len(lines)) == (1, 1)
    assert lines[0].startswith("Port 70000 on 127.0.0.1 cannot be opened: ")


def test_data_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    folder = tmp_path / "file" / "var"
    sentence = f"concertation: The data folder {folder} cannot be made (Not a directory)."
    assert outcome(env=environment(folder)) == (1, [sentence])


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("BASE_URL", "coalition", "BASE_URL must be like https://coalition.example; it is “coalition”."),
        ("DEBUG", "perhaps", "DEBUG must be one of yes, no, true, false, 1, 0; it is “perhaps”."),
        ("EMAIL_URL", "http://x", "EMAIL_URL must begin with smtp://, smtp+tls:// or smtps://."),
        ("SIGN_IN_LINK_DAYS", "365", "SIGN_IN_LINK_DAYS must be a whole number from 1 to 90; it is “365”."),
    ],
)
def test_broken_setting_is_one_sentence(tmp_path: Path, name: str, value: str, sentence: str) -> None:
    assert outcome(env=environment(tmp_path, **{name: value})) == (1, [f"concertation: {sentence}"])


def test_full_disk_is_one_sentence(tmp_path: Path, port: int) -> None:
    def no_large_files() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (16_384, 16_384))

    status, lines = outcome("--port", str(port), env=environment(tmp_path), before=no_large_files)
    assert (status, len(lines)) == (1, 1)
    assert lines[0].startswith("The database cannot be used: ")
    assert lines[0].endswith(f". The data folder is {tmp_path}.")


def test_second_start_touches_nothing(tmp_path: Path, port: int) -> None:
    give_database(tmp_path)
    with running(tmp_path, port):
        pass
    before = kept_in(tmp_path)
    with running(tmp_path, port):
        pass
    assert kept_in(tmp_path) == before


def kept_in(folder: Path) -> dict[str, object]:
    """Return what the data folder holds; of the database the rows, without the claims of timed work."""
    files: dict[str, object] = {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix == ".key"}
    with closing(sqlite3.connect(folder / "concertation.sqlite3")) as database:
        files["rows"] = [line for line in database.iterdump() if "core_claim" not in line]
    return files
