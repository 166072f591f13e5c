"""A copy of the database, taken while it is in use."""

import sqlite3
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.helpers.people import make_member

pytestmark = pytest.mark.django_db(transaction=True)
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="copies SQLite only")


@on_sqlite
def test_backup_holds_what_was_committed(tmp_path: Path) -> None:
    make_member("DE")
    call_command("backup", str(tmp_path / "copy"), stdout=StringIO())
    with closing(sqlite3.connect(tmp_path / "copy" / "concertation.sqlite3")) as copy:
        assert copy.execute("SELECT code FROM coalition_member").fetchall() == [("DE",)]
    assert (tmp_path / "copy").stat().st_mode & 0o77 == 0


@on_sqlite
def test_backup_overwrites_nothing(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="exists already"):
        call_command("backup", str(tmp_path))


@pytest.mark.skipif(connection.vendor == "sqlite", reason="says what to do on PostgreSQL")
def test_backup_of_postgresql_names_the_tool(tmp_path: Path) -> None:
    assert connection.vendor == "postgresql"
    with pytest.raises(CommandError, match="pg_dump"):
        call_command("backup", str(tmp_path / "copy"))
