"""CPU time and queries of the pages of measures: `python -m benchmarks.alignment`.

261 programmes × 40 members, two of three pairs stated, one in ten corrected, one in twenty for the co-chairs only, over
three years. In one process on a fresh SQLite database, through every middleware, templates cached as in service. The
reader is a delegate from whom something is hidden. The import of a catalogue of as many programmes is timed too.
"""

import json
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from benchmarks.pages import MEMBERS

if TYPE_CHECKING:
    from concertation.pressure.cataloguing import Programme

ROUNDS, WARM_UP = 15, 3
PROGRAMMES, MORE_MEMBERS = 261, "JP KR MD AL RS"
FIRST = date(2023, 1, 1)
TYPES = ["Asset freeze", "Travel ban", "Export control", "Financial restrictions", "Arms embargo"]


def main() -> None:
    """Make the data, measure each page, print the table."""
    with tempfile.TemporaryDirectory(prefix="concertation-benchmark-") as folder:
        os.environ["CONCERTATION_VAR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "concertation.settings"
        import django  # settings read the folder when they are imported

        django.setup()
        from django.core.management import call_command

        from concertation.core.memory import collect_rarely

        call_command("migrate", verbosity=0)
        collect_rarely()  # as in service
        imported = make_measures()
        print(f"{'what':<44}{'CPU ms, median':>16}{'p90':>8}{'queries':>9}{'kB':>8}")
        for name, act in _acts().items():
            print("{:<44}{:>16.1f}{:>8.1f}{:>9}{:>8.0f}".format(name, *_measure(act)))
        print(f"\nimport of {PROGRAMMES} programmes with their entries in the record: {imported:.2f} s")


def _edition() -> "list[Programme]":
    """Return a catalogue of invented programmes."""
    from concertation.pressure.cataloguing import read

    chance = random.Random(1)
    rows: list[dict[str, Any]] = [
        {
            "key": f"P-{number}",
            "title": f"Programme {number} of restrictive measures in view of a situation",
            "url": f"https://issuer.example/{number}",
            "summary": "It freezes assets and bans travel. " * 10,
            "issuer": chance.choice(["eu_council", "gb_office", "ca_office", "zz_council"]),
            "measures": chance.sample(TYPES, chance.randint(1, 4)),
            "target_territories": chance.sample(["ru", "by", "ir", "kp", "sy"], chance.randint(0, 2)),
        }
        for number in range(PROGRAMMES)
    ]
    return read(json.dumps(rows).encode())


def make_measures() -> float:
    """Make members, measures and statements; return the seconds that the import took."""
    from concertation.core import clock
    from concertation.pressure.domain.catalogue import import_catalogue
    from concertation.pressure.models import Measure, Statement
    from tests.helpers.people import make_coalition, make_delegate

    make_coalition()
    people = [make_delegate(code) for code in f"{MEMBERS} {MORE_MEMBERS}".split()]
    edition = _edition()
    began = time.perf_counter()
    import_catalogue(by=None, programmes=edition)
    took = time.perf_counter() - began
    chance, at = random.Random(2), clock.now()
    rows: list[Statement] = []
    for measure in Measure.objects.all():
        number = 10
        for person in people:
            if chance.random() < 1 / 3:
                continue
            for _ in range(2 if chance.random() < 0.1 else 1):
                number += 1
                hidden = chance.random() < 0.05
                old = rows[-1] if rows and rows[-1].measure_id == measure.pk else None
                corrects = old if old and old.member_id == person.member_id else None
                rows.append(
                    Statement(
                        measure=measure,
                        number=number,
                        member_id=person.member_id or "",
                        origin="own",
                        stance=chance.choice(["applies", "applies", "prepared", "not"]),
                        valid_from=FIRST + timedelta(days=chance.randint(0, 1_000)),
                        reference="Decree",
                        by=person,
                        audience="chair" if hidden else "coalition",
                        readers=f",{person.member_id},FR,GB," if hidden else "",
                        corrects=corrects,
                        at=at,
                    )
                )
    Statement.objects.bulk_create(rows, batch_size=200)
    return took


def _acts() -> dict[str, Callable[[], int]]:
    """Return what is measured: each answers with the size of what it made, in bytes."""
    from django.urls import reverse

    from concertation.coalition.models import Delegate
    from concertation.pressure.models import Measure
    from tests.helpers.people import client_of

    client = client_of(Delegate.objects.get(member_id="IT"))

    def page(name: str, *arguments: object, query: str = "") -> Callable[[], int]:
        address = reverse(f"pressure:{name}", args=arguments) + query

        def get() -> int:
            answer = client.get(address, headers={"Host": "localhost"})
            if answer.status_code != HTTPStatus.OK:
                raise RuntimeError(f"{address}: {answer.status_code}")
            return len(answer.content)

        return get

    return {
        f"matrix, {PROGRAMMES} × 40": page("matrix"),
        "matrix, as of a day two years ago": page("matrix", query="?at=2024-06-01"),
        "matrix, one type": page("matrix", query="?kind=arms_embargo"),
        "matrix as CSV": page("export"),
        f"list, {PROGRAMMES} measures with bars": page("list"),
        "alignment by member and over time": page("alignment"),
        "page of a member": page("member", "DE"),
        "page of a measure": page("measure", Measure.objects.all()[0].pk),
    }


def _measure(act: Callable[[], int]) -> tuple[float, float, int, float]:
    """Return median and 90th percentile of the CPU time in ms, the queries, and the size in kB."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _ in range(WARM_UP):
        size = act()
    times = []
    for _ in range(ROUNDS):
        began = time.process_time()
        act()
        times.append((time.process_time() - began) * 1000)
    with CaptureQueriesContext(connection) as queries:
        act()
    return statistics.median(times), statistics.quantiles(times, n=10)[-1], len(queries), size / 1000


if __name__ == "__main__":
    main()
