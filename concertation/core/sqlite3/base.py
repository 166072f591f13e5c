"""Django's SQLite database, except that a connection which is done with waits for the next who needs one.

Every request has a thread of its own, so what Django keeps by thread is never used again. Opening anew takes longer
than most queries: functions and settings are told to SQLite, and the first query reads the whole schema.
"""

import atexit
import os
from collections import defaultdict
from sqlite3 import Connection, OperationalError
from typing import Any

from django.db.backends.sqlite3 import base

MOST = 4  # connections that wait, by file; each keeps the pages that it read
Key = tuple[int, str]  # a process, since no connection outlives a fork, and a file

_waiting: dict[Key, list[Connection]] = defaultdict(list)


class DatabaseWrapper(base.DatabaseWrapper):
    """The database as one thread sees it."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection:
        """Return a connection: one that waited, or a new one."""
        try:
            connection = _waiting[_key(conn_params)].pop()
        except IndexError:
            opened: Connection = super().get_new_connection(conn_params)
            _define(opened)
            return opened
        connection.execute("PRAGMA foreign_keys = ON")  # which a migration that failed may have left off
        return connection

    def _close(self) -> None:
        """Let the connection wait if there is nothing left of what it was used for, and close it otherwise."""
        connection: Connection | None = self.connection
        if connection is not None:
            waiting = _waiting[_key(self.get_connection_params())]
            if len(waiting) < MOST and not self.errors_occurred and _is_idle(connection):
                waiting.append(connection)
            else:
                connection.close()


@atexit.register
def close_waiting() -> None:
    """Close what waits in this process: with the last connection SQLite writes its log back into the file."""
    for (process, _), connections in _waiting.items():
        while process == os.getpid() and connections:
            connections.pop().close()


def _key(conn_params: dict[str, Any]) -> Key:
    return os.getpid(), str(conn_params["database"])


def _is_idle(connection: Connection) -> bool:
    """Say whether `connection` is in no transaction and in the middle of no query, which would read what was then."""
    try:
        _define(connection)
    except OperationalError:
        return False
    return not connection.in_transaction


def _define(connection: Connection) -> None:
    """Define a function that nobody calls: SQLite refuses to define one again while a query runs."""
    connection.create_function("is_idle", 0, int)
