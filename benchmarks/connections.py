"""`python -m benchmarks.connections`: what a request pays for its connection to SQLite, kept or opened anew.

Median microseconds of CPU to get a connection, ask one thing, and close it, in one process on a fresh database with all
tables: by Django's own backend, and by ours. Both in turns, so that a busy machine slows them alike.
"""

import os
import statistics
import tempfile
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.backends.sqlite3.base import DatabaseWrapper

ROUNDS = 500


def main() -> None:
    """Migrate, measure both, print the table."""
    with tempfile.TemporaryDirectory(prefix="concertation-benchmark-") as folder:
        os.environ["CONCERTATION_VAR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "concertation.settings"
        import django  # settings read the folder when they are imported

        django.setup()
        from django.core.management import call_command
        from django.db import connections
        from django.db.backends.sqlite3.base import DatabaseWrapper as Anew

        from concertation.core.sqlite3.base import DatabaseWrapper as Kept

        call_command("migrate", verbosity=0)
        databases: dict[str, DatabaseWrapper] = {
            "opened anew (Django)": Anew(connections.settings["default"]),
            "kept": Kept(connections.settings["default"]),
        }
        times: dict[str, list[float]] = {name: [] for name in databases}
        for _ in range(ROUNDS):
            for name, database in databases.items():
                times[name].append(_microseconds(database))
        print(f"{'connection':<22}{'µs of CPU, median':>18}")
        for name, of in times.items():
            print(f"{name:<22}{statistics.median(of):>18.0f}")


def _microseconds(database: "DatabaseWrapper") -> float:
    before = time.process_time()
    with database.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM texts_text")
        cursor.fetchall()
    database.close()
    return (time.process_time() - before) * 1e6


if __name__ == "__main__":
    main()
