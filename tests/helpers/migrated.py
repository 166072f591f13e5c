"""Databases of tests and of servers that tests start: migrated once in a run, since that takes long, then copied."""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

PROGRAM = str(Path(sys.executable).parent / "concertation")
NAME = "concertation.sqlite3"
TEMPLATE = "concertation_migrated"


def give_database(folder: Path) -> None:
    """Put an empty database with all tables into the data folder of a server, unless it has one.

    Outside a run of tests nothing is kept from which to copy, and the server makes its own.
    """
    if "CONCERTATION_TEST_VAR" in os.environ and not (folder / NAME).exists():
        shutil.copyfile(_migrated_file(), folder / NAME)


def give_test_database(settings: Any) -> None:
    """Let the database of the tests, which `settings` describe for Django, begin as a copy with all tables."""
    if "sqlite3" in settings["ENGINE"]:
        shutil.copyfile(_migrated_file(), settings["TEST"]["NAME"])
    else:
        settings["TEST"]["TEMPLATE"] = _migrated_template(os.environ["DATABASE_URL"])


@contextmanager
def made_once(name: str) -> Iterator[Path]:
    """Give the path `name` in the folder of this run to whoever is to make it if it is not there, one at a time."""
    path = Path(os.environ["CONCERTATION_TEST_VAR"]) / name
    with path.with_name(f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield path


def _migrated_file() -> Path:
    with made_once(f"migrated-{NAME}") as kept:
        if not kept.exists():
            with tempfile.TemporaryDirectory(dir=kept.parent) as fresh:
                env = {**os.environ, "CONCERTATION_VAR": fresh}
                env.pop("DATABASE_URL", None)
                _migrate(env)
                (Path(fresh) / NAME).replace(kept)
    return kept


def _migrated_template(url: str) -> str:
    with made_once(TEMPLATE) as mark:
        if not mark.exists():
            with psycopg.connect(url, autocommit=True) as server:
                server.execute(f"DROP DATABASE IF EXISTS {TEMPLATE}")
                server.execute(f"CREATE DATABASE {TEMPLATE}")
            _migrate({**os.environ, "DATABASE_URL": urlsplit(url)._replace(path=f"/{TEMPLATE}").geturl()})
            mark.touch()
    return TEMPLATE


def _migrate(env: dict[str, str]) -> None:
    subprocess.run([PROGRAM, "migrate", "--verbosity", "0"], env=env, check=True)
