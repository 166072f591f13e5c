"""A SQLite connection is used again, unless something of its last use is left."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import OperationalError, connections
from pytest_django import DjangoDbBlocker

from concertation.core.sqlite3.base import MOST, DatabaseWrapper

NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1000) SELECT i FROM n"


@pytest.fixture
def open_one(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Callable[[], DatabaseWrapper]]:
    """Give what opens a database for another request."""
    options = {"transaction_mode": "IMMEDIATE", "init_command": "PRAGMA journal_mode=WAL"}
    described = connections.settings["default"] | {"NAME": tmp_path / "some.sqlite3", "OPTIONS": options}

    def opened() -> DatabaseWrapper:
        database = DatabaseWrapper(described)
        database.ensure_connection()
        return database

    with django_db_blocker.unblock():
        yield opened


Open = Callable[[], DatabaseWrapper]


def connection_of(database: DatabaseWrapper) -> sqlite3.Connection:
    assert isinstance(database.connection, sqlite3.Connection)
    return database.connection


def is_kept(database: DatabaseWrapper, open_one: Open) -> bool:
    """Close `database`, and say whether the next gets its connection."""
    before = connection_of(database)
    database.close()
    return connection_of(open_one()) is before


def test_a_connection_is_used_by_the_next_and_by_one_at_a_time(open_one: Open) -> None:
    first, second = open_one(), open_one()
    assert connection_of(first) is not connection_of(second)
    assert is_kept(first, open_one)


def test_the_next_reads_what_was_stored_meanwhile(open_one: Open) -> None:
    writer, reader = open_one(), open_one()
    with writer.cursor() as cursor:
        cursor.execute("CREATE TABLE word (it TEXT)")
    with reader.cursor() as cursor:
        cursor.execute("SELECT * FROM word")
        assert cursor.fetchall() == []
    reader.close()
    with writer.cursor() as cursor:
        cursor.execute("INSERT INTO word VALUES ('new')")
    with open_one().cursor() as cursor:
        cursor.execute("SELECT * FROM word")
        assert cursor.fetchall() == [("new",)]


def test_a_transaction_is_not_handed_on(open_one: Open) -> None:
    database = open_one()
    connection_of(database).execute("BEGIN")
    assert not is_kept(database, open_one)


def test_a_query_that_was_not_read_to_its_end_is_not_handed_on(open_one: Open) -> None:
    database = open_one()
    unread = connection_of(database).execute(NUMBERS)
    assert unread.fetchone() == (1,)
    assert not is_kept(database, open_one)


def test_a_connection_is_closed_after_an_error(open_one: Open) -> None:
    database = open_one()
    with pytest.raises(OperationalError), database.cursor() as cursor:
        cursor.execute("SELECT * FROM nothing")
    assert not is_kept(database, open_one)


def test_foreign_keys_hold_again(open_one: Open) -> None:
    database = open_one()
    connection_of(database).execute("PRAGMA foreign_keys = OFF")
    database.close()
    assert connection_of(open_one()).execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_few_wait(open_one: Open) -> None:
    opened = [open_one() for _ in range(MOST + 2)]
    before = [connection_of(database) for database in opened]
    for database in opened:
        database.close()
    after = [connection_of(open_one()) for _ in opened]
    assert sum(connection in before for connection in after) == MOST


def test_a_process_that_was_forked_opens_its_own(open_one: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    database = open_one()
    before = connection_of(database)
    database.close()
    monkeypatch.setattr(os, "getpid", lambda: 0)
    assert connection_of(open_one()) is not before
