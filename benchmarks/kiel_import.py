"""Importing a file of 3,176 rows, validation and record included: `python -m benchmarks.kiel_import`.

On a fresh SQLite database, or on PostgreSQL by `DATABASE_URL`: the tracker's own file where it is, else generated rows
of the same shape. By the clock, and in CPU time of this process: another busy program slows the clock alone.
"""

import io
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROWS = 3_176
SEED = 20240229
REAL = "kiel/r16ish_2024-02_allocations_rowlevel.csv"
HEADERS = (
    "Countries,date,general_type,specific_type,Original Currency,donation_type,Type of Item,Sub-type of item,"
    "No of Units,Unit Price in USD,eur_value"
)


def main() -> None:
    """Make members, import the file, import it again, prove its rows, and print a table."""
    with tempfile.TemporaryDirectory(prefix="concertation-benchmark-") as folder:
        os.environ["CONCERTATION_VAR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "concertation.settings"
        import django  # settings read the folder when they are imported

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        _measure(Path(folder))


def _measure(folder: Path) -> None:
    """Import with the command as people do, and print what it took."""
    from django.core.management import call_command

    from concertation.commitments.queries.imported import is_intact
    from concertation.record.models import Entry

    _prepare()
    file, kind = _file(folder)
    said = io.StringIO()

    def run() -> None:
        call_command("import-kiel", file, stdout=said)

    steps = {"import": run, "the same file again": run}
    print(f"{kind}, on {sys.platform}, {os.cpu_count()} cores")
    print(f"{'':<28}{'clock, s':>10}{'CPU, s':>10}")
    for name, act in steps.items():
        _print(name, act)
    entry = Entry.objects.filter(action="contribution.imported").latest("sequence")
    _print("every row proved", lambda: _sure(is_intact(entry)))
    print(said.getvalue().splitlines()[0])


def _print(name: str, act: Callable[[], None]) -> None:
    clock, work = time.perf_counter(), time.process_time()
    act()
    print(f"{name:<28}{time.perf_counter() - clock:>10.2f}{time.process_time() - work:>10.2f}")


def _sure(answer: bool) -> None:
    if not answer:
        raise AssertionError("the rows are not what the record says")


def _prepare() -> None:
    """Make every donor a member, and take the usual catalogue."""
    from concertation.coalition.enums import MemberKind, Status
    from concertation.coalition.models import Member
    from concertation.commitments.domain.catalogue import take_usual_catalogue
    from concertation.commitments.imports.kiel import DONORS

    take_usual_catalogue(by=None)
    for code in sorted(set(DONORS.values())):
        kind = MemberKind.STATE if len(code) == 2 and code != "EU" else MemberKind.ORGANISATION
        names = {} if kind == MemberKind.STATE else {"en": code}
        facts = {"capital": "–", "time_zone": "UTC", "status": Status.PARTNER}
        Member.objects.create(code=code, kind=kind, names=names, **facts)


def _file(folder: Path) -> tuple[Path, str]:
    """Return the tracker's file where it is, else one like it."""
    here = Path(__file__).resolve()
    for parent in here.parents:
        if (real := parent / "shared" / "data" / REAL).exists():
            return real, f"{ROWS:,} rows of the tracker"
    file = folder / "rows.csv"
    file.write_text("\n".join([HEADERS, *_rows()]) + "\n", encoding="utf-8")
    return file, f"{ROWS:,} generated rows (the tracker's file is not here)"


def _rows() -> list[str]:
    """Return rows of the shape of the tracker's: two in three without a value, one in four of undisclosed number."""
    from concertation.commitments.imports.kiel import DONORS

    dice, donors = random.Random(SEED), sorted(DONORS)
    rows = []
    for number in range(ROWS):
        value = f"{dice.uniform(1_000, 9e7):.8f}" if dice.random() < 0.33 else dice.choice(["0"] * 24 + ["."])
        units = "undisclosed" if dice.random() < 0.25 else str(dice.randrange(1, 5_000))
        day = f"202{dice.randrange(2, 4)}-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}"
        kind = dice.choice(["Military"] * 7 + ["Humanitarian"] * 2 + ["Financial"])
        item = f"Item {number % 400} of a generated row"
        rows.append(f"{dice.choice(donors)},{day},{kind},Weapons,USD,Allocation,Equipment,{item},{units},100,{value}")
    return rows


if __name__ == "__main__":
    main()
