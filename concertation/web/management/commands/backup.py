"""`concertation backup`: a consistent copy of everything that cannot be made again, taken while the server runs."""

import shutil
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

KEYS = ("secret.key",)


class Command(BaseCommand):
    """Copy the database and the keys."""

    help = "Write the SQLite database and the keys into FOLDER, which must not exist. For PostgreSQL, use pg_dump."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder."""
        parser.add_argument("folder", type=Path)

    def handle(self, *, folder: Path, **options: Any) -> None:
        """Write the copy, readable by its owner only; refuse to overwrite anything."""
        if connection.vendor != "sqlite":
            raise CommandError("The database is PostgreSQL: copy it with pg_dump, and the keys with it.")
        try:
            folder.mkdir(mode=0o700)
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(folder / "concertation.sqlite3")])
            for key in [settings.RECORD_KEY_FILE, *(settings.VAR / name for name in KEYS)]:
                if key.exists():
                    shutil.copy2(key, folder / key.name)
        except FileExistsError as error:
            raise CommandError(f"{folder} exists already: name a new folder.") from error
        except (DatabaseError, OSError) as error:
            raise CommandError(f"The copy could not be written: {error}.") from error
        self.stdout.write(f"Copied to {folder}. It holds the signing key: keep it where only you can read it.")
