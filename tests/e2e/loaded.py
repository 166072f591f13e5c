"""The data folder of the example coalition with some sign-in links, made once in a run of tests and then copied."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.helpers.migrated import give_database, made_once

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "coalition-of-the-willing.toml"
LINKS = "links"
ROUNDS = 3
ADDRESS = "http://localhost"
ORIGIN = "localhost/record"  # the same for every copy, since the record keeps it from its first entry on


def give_coalition(folder: Path) -> None:
    """Put the example into the data folder of a server, with `ROUNDS` links for each person in the file `LINKS`."""
    with made_once("coalition") as kept:
        if not kept.exists():
            with tempfile.TemporaryDirectory(dir=kept.parent) as fresh:
                give_database(Path(fresh))
                _load(Path(fresh))
                shutil.copytree(fresh, f"{kept}.whole")
            Path(f"{kept}.whole").replace(kept)
    shutil.copytree(kept, folder, dirs_exist_ok=True)


def _load(folder: Path) -> None:
    """Load the example into `folder`, by the commands of the program, in one process."""
    env = {**os.environ, "CONCERTATION_VAR": str(folder), "BASE_URL": ADDRESS, "RECORD_ORIGIN": ORIGIN}
    env.pop("DATABASE_URL", None)
    with (folder / LINKS).open("w") as links:
        subprocess.run([sys.executable, "-m", "tests.e2e.loaded"], env=env, cwd=ROOT, stdout=links, check=True)


def main() -> None:
    """Load the example as `concertation serve --example` does, and print links."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("load", str(EXAMPLE), from_now=True, verbosity=0)
    for _ in range(ROUNDS):
        call_command("links")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concertation.settings")
    main()
