"""CPU time and queries of the main pages, for one member of the secretariat: `python -m benchmarks.pages`.

In one process on a fresh SQLite database, through every middleware, templates cached as in service. The meeting has
35 delegations in the room and 30 agenda items; the record, the texts and the lists are as long as a busy month's.
"""

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

ROUNDS, WARM_UP = 60, 5
MEMBERS = "FR GB UA DE IT AT BE BG HR CY CZ DK EE FI GR HU IE LV LT LU MT NL PL PT RO SK SI ES SE IS NO CA AU NZ TR"
ITEMS, MEETINGS, TEXTS = 30, 50, 20


def main() -> None:
    """Make the data, measure each page, print the table."""
    with fresh_database():
        pages = _make_pages()
        print(f"{'page':<28}{'CPU ms, median':>16}{'p90':>8}{'queries':>9}{'kB':>8}")
        for name, address in pages.items():
            print("{:<28}{:>16.1f}{:>8.1f}{:>9}{:>8.1f}".format(name, *_measure(address)))


@contextmanager
def fresh_database() -> Iterator[None]:
    """Set Django up on a new SQLite database with all tables; mails go nowhere."""
    with tempfile.TemporaryDirectory(prefix="concertation-benchmark-") as folder:
        os.environ["CONCERTATION_VAR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "concertation.settings"
        import django  # settings read the folder when they are imported

        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
        call_command("migrate", verbosity=0)
        yield


def _make_pages() -> dict[str, str]:
    """Make the data and return the address of each page by its name."""
    from django.urls import reverse

    from concertation.meetings.domain.attendance import record_attendance
    from concertation.meetings.domain.floor import ask_for_floor
    from concertation.meetings.domain.texts import attach_text
    from concertation.record.events import Actor
    from concertation.texts.domain.texts import create_text
    from tests.helpers.meetings import make_meeting, make_open_meeting
    from tests.helpers.people import make_coalition, make_delegate

    make_coalition()
    people = [make_delegate(code) for code in MEMBERS.split()]
    texts = [create_text(by=None, titles={"en": f"Text {n}"}, languages=["en", "fr"]) for n in range(TEXTS)]
    for number in range(MEETINGS):
        make_meeting(items=3, titles={"en": f"Meeting {number}"})
    meeting = make_open_meeting(items=ITEMS)
    attach_text(by=Actor.system(), meeting=meeting, text=texts[0])
    for person in people:
        record_attendance(by=person, meeting=meeting)
        ask_for_floor(by=person, meeting=meeting)
    return {
        "home": reverse("web:home"),
        "coalition, 35 members": reverse("coalition:show"),
        "meetings, 51": reverse("meetings:list"),
        "meeting, 35 × 30": reverse("meetings:detail", args=[meeting.pk]),
        "room, 35 × 30": reverse("meetings:room", args=[meeting.pk]),
        "texts, 20": reverse("texts:list"),
        "text": reverse("texts:show", args=[texts[0].pk]),
        "record": reverse("record:show"),
    }


def _measure(address: str) -> tuple[float, float, int, float]:
    """Return median and 90th percentile of the CPU time in ms, the queries, and the size in kB of a page."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tests.helpers.people import client_of, make_secretary

    client = client_of(make_secretary())
    client.defaults["HTTP_HOST"] = "localhost"
    for _ in range(WARM_UP):
        response = client.get(address)
    if response.status_code != 200:
        raise SystemExit(f"{address} answered {response.status_code}")
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    queries = len(captured)  # now: later requests empty the log
    times = sorted(cpu_ms(lambda: client.get(address)) for _ in range(ROUNDS))
    return statistics.median(times), times[int(0.9 * ROUNDS)], queries, len(response.content) / 1000


def cpu_ms(act: Callable[[], object]) -> float:
    """Return the milliseconds of CPU that `act` takes in this process."""
    before = time.process_time()
    act()
    return (time.process_time() - before) * 1000


if __name__ == "__main__":
    main()
