"""The map of 50,000 incidents, the search for near-duplicates, and imports: `python -m benchmarks.incidents`.

On a fresh SQLite database, or on PostgreSQL by `DATABASE_URL`. 50,000 incidents of two and a half years, of which 569
share date and place; one in twenty is for the co-chairs only. Times are CPU times of this process, for a member that is
no co-chair, with everything that the answer needs: rights, totals, denominators, template.
"""

import csv
import io
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

INCIDENTS, ROWS, SAME, SEARCHES, VISITS = 50_000, 6_650, 569, 200, 20
FIRST, DAYS = datetime(2022, 2, 24, tzinfo=UTC), 900
PLACES = ((49.99, 36.23), (48.59, 37.98), (46.64, 32.62), (47.84, 35.14), (50.91, 34.8), (47.1, 37.55), (48.0, 37.8))


def main() -> None:
    """Fill a database and measure."""
    with tempfile.TemporaryDirectory(prefix="concertation-benchmark-") as folder:
        os.environ["CONCERTATION_VAR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "concertation.settings"
        import django  # settings read the folder when they are imported

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        from concertation.core.memory import collect_rarely

        call_command("migrate", verbosity=0)
        collect_rarely()  # as in service
        _import()
        _fill()
        print(f"\n{INCIDENTS} incidents on {connection.vendor}:")
        print(f"{'':<52}{'median ms':>10}{'p95':>8}")
        _pages()
        _searches()


def _fill() -> None:
    """Add incidents until there are enough, without the record, which is not what is measured here."""
    from django.db import connection, transaction

    from concertation.coalition.enums import Audience
    from concertation.situation.domain.incident_entries import find_by_account
    from concertation.situation.models import Account, Incident
    from concertation.situation.tests.incident_factories import make_report

    chance, missing = random.Random(3), INCIDENTS - Incident.objects.count()
    kinds = ("shelling", "drone-strike", "air-strike", "small-arms", "ground-attack")
    incidents, now = [], datetime.now(UTC)
    for number in range(missing):
        latitude, longitude = chance.choice(PLACES)
        is_secret = number % 20 == 0
        report = make_report(
            kind=chance.choice(kinds),
            occurred_at=FIRST + timedelta(days=DAYS * chance.random()),
            latitude=round(latitude + chance.gauss(0, 0.4), 5),
            longitude=round(longitude + chance.gauss(0, 0.6), 5),
        )
        incident = Incident(
            member_id="UA",
            at=now,
            entries=1,
            audience=Audience.CHAIR if is_secret else Audience.COALITION,
            readers=",FR,GB,UA," if is_secret else "",
            state=chance.choice(("reported", "reported", "verified", "unverifiable", "rejected")),
        )
        find_by_account(incident, Account(**report.columns()))
        incidents.append(incident)
    with transaction.atomic():
        Incident.objects.bulk_create(incidents, batch_size=500)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _pages() -> None:
    """Measure the pages, as a member that may not read everything."""
    from tests.helpers.people import client_of, make_delegate

    client = client_of(make_delegate("DE"))
    client.defaults["HTTP_HOST"] = "localhost"
    paths = {
        "page with map and list, all years": "/watch/incidents/?first=2000-01-01",
        "the same, a closer part of the map": "/watch/incidents/?first=2000-01-01&lat=48.5&lon=37.5&zoom=8",
        "page of 30 days": "/watch/incidents/?first=2023-06-01&last=2023-06-30",
        "calendar of a month": "/watch/incidents/calendar/?month=2023-06",
        "a day beside the day and the week before": "/watch/incidents/day/2023-06-15/",
    }
    for name, path in paths.items():

        def visit(path: str = path) -> None:
            assert client.get(path).status_code == 200

        _print(name, visit, VISITS)


def _searches() -> None:
    """Measure the search for near-duplicates of new reports."""
    from concertation.coalition.models import Delegate
    from concertation.situation.queries.near import near_duplicates
    from concertation.situation.tests.incident_factories import make_report

    reader, chance = Delegate.objects.get(member="DE"), random.Random(5)

    def search() -> None:
        latitude, longitude = chance.choice(PLACES)
        moment = FIRST + timedelta(days=DAYS * chance.random())
        near_duplicates(reader, make_report(occurred_at=moment, latitude=latitude, longitude=longitude))

    _print("near-duplicates of a new report", search, SEARCHES)
    crowd = make_report(occurred_at=FIRST, latitude=PLACES[0][0], longitude=PLACES[0][1], kind="other")
    _print(f"the same, where {SAME} share date and place", lambda: _all(near_duplicates(reader, crowd)), SEARCHES)


def _all(found: list[object]) -> None:
    assert found


def _print(name: str, act: Callable[[], object], times: int) -> None:
    act()
    took = []
    for _ in range(times):
        began = time.process_time()
        act()
        took.append(1000 * (time.process_time() - began))
    took.sort()
    print(f"{name:<52}{statistics.median(took):>10.1f}{took[int(0.95 * len(took))]:>8.1f}")


def _import() -> None:
    """Measure an import with its preview, the same file again, and a newer edition."""
    from concertation.situation.domain.incident_imports import ImportedFile, import_edition
    from concertation.situation.incidents.errors import NothingToImport
    from concertation.situation.incidents.reading import read_csv
    from concertation.situation.queries.editions import difference_of, kind_finder
    from tests.helpers.people import make_coalition, make_delegate

    make_coalition()
    by = make_delegate("GB")
    rows = _rows()
    data = _csv(rows)
    print(f"{ROWS} rows, {len(data) / 1e6:.1f} MB, {SAME} of them with one date and place:")

    def seconds(name: str, act: Callable[[], object]) -> None:
        began = time.process_time()
        act()
        print(f"{name:<52}{time.process_time() - began:>10.2f} s")

    read: list[object] = []
    seconds("read and check the file", lambda: read.append(read_csv(data, kind_finder())))
    reading = read_csv(data, kind_finder())
    assert not reading.faults, reading.faults[:3]
    seconds("say what it would change", lambda: difference_of("Generated", {row.key: row for row in reading.rows}))
    file = ImportedFile("generated.csv", "0" * 64)
    facts: dict[str, Any] = {"by": by, "name": "Generated", "file": file}
    seconds("import it, with its entry in the record", lambda: import_edition(rows=reading.rows, **facts))

    def again() -> None:
        try:
            import_edition(rows=reading.rows, **facts)
        except NothingToImport:
            return
        raise AssertionError("the same file changed something")

    seconds("the same file again: changes nothing", again)
    newer = [{**row, "best": "9", "high": "12"} if number % 100 == 0 else row for number, row in enumerate(rows[:-20])]
    edition = read_csv(_csv(newer), kind_finder())
    seconds("a newer edition", lambda: print(import_edition(rows=edition.rows, **facts).counts))


def _rows() -> list[dict[str, str]]:
    """Return rows under the names of UCDP GED."""
    chance = random.Random(7)
    rows = []
    for number in range(ROWS):
        latitude, longitude = PLACES[0] if number < SAME else chance.choice(PLACES)
        day = FIRST if number < SAME else FIRST + timedelta(days=chance.randrange(DAYS))
        away = 0.0 if number < SAME else chance.gauss(0, 0.3)
        low = chance.randrange(4)
        rows.append(
            {
                "id": str(400_000 + number),
                "type_of_violence": chance.choice("113"),
                "date_start": f"{day:%Y-%m-%d} 00:00:00.000",
                "date_prec": chance.choice("11124"),
                "where_coordinates": f"Town {number % 300}",
                "latitude": f"{latitude + away:.5f}",
                "longitude": f"{longitude + away:.5f}",
                "where_prec": chance.choice("11123"),
                "low": str(low),
                "best": str(low + chance.randrange(3)),
                "high": str(low + 3 + chance.randrange(5)),
                "source_article": f"Agency, {day:%d %B %Y}, Shelling near town {number % 300}; Ministry of defence",
            }
        )
    return rows


def _csv(rows: list[dict[str, str]]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


if __name__ == "__main__":
    main()
