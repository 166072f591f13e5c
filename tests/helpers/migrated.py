"""Databases for servers that tests start: migrated once in a run, then copied, since migrations take seconds."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PROGRAM = str(Path(sys.executable).parent / "concertation")
NAME = "concertation.sqlite3"


def give_database(folder: Path) -> None:
    """Put an empty database with all tables into the data folder of a server, unless it has one.

    Outside a run of tests nothing is kept from which to copy, and the server makes its own.
    """
    if "CONCERTATION_TEST_VAR" not in os.environ:
        return
    kept = Path(os.environ["CONCERTATION_TEST_VAR"]) / f"migrated-{NAME}"
    if not kept.exists():
        with tempfile.TemporaryDirectory(dir=kept.parent) as fresh:
            env = {**os.environ, "CONCERTATION_VAR": fresh}
            env.pop("DATABASE_URL", None)
            subprocess.run([PROGRAM, "migrate", "--verbosity", "0"], env=env, check=True)
            (Path(fresh) / NAME).replace(kept)
    if not (folder / NAME).exists():
        shutil.copyfile(kept, folder / NAME)
