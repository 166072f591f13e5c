"""CPU time of the coverage page and its neighbours with 100,000 contributions: `python -m benchmarks.coverage`.

35 members, 200 requirements, three currencies, one contribution in twenty for a few, one in fifty joint. In one
process on a fresh SQLite database, through every middleware, templates cached as in service. The first request derives
how every contribution stands; a later one derives those that changed.
"""

import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from benchmarks.pages import MEMBERS

if TYPE_CHECKING:
    from concertation.commitments.models import Capability, Contribution, Fact, Terms

ROUNDS, WARM_UP = 30, 3
CONTRIBUTIONS, REQUIREMENTS, BATCH = 100_000, 200, 10_000
NOW = datetime(2026, 1, 1, tzinfo=UTC)
DAY = date(2026, 1, 1)
RATES = {"USD": "1.0432", "GBP": "0.8315", "SEK": "11.0625"}


def main() -> None:
    """Make the data, measure the pages, print the table."""
    with tempfile.TemporaryDirectory(prefix="concertation-benchmark-") as folder:
        os.environ["CONCERTATION_VAR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "concertation.settings"
        import django  # settings read the folder when they are imported

        django.setup()
        from django.core.management import call_command

        from concertation.core.memory import collect_rarely

        call_command("migrate", verbosity=0)
        collect_rarely()  # as in service
        _make(random.Random(1))
        _print()


def _print() -> None:
    """Measure each page and print its line."""
    print(f"{'page, 100,000 contributions':<36}{'first s':>9}{'ms, median':>12}{'p90':>8}{'queries':>9}{'kB':>8}")
    for name, address in _addresses().items():
        print("{:<36}{:>9.2f}{:>12.1f}{:>8.1f}{:>9}{:>8.0f}".format(name, *_measure(address)))
    print(f"{'coverage after an announcement':<36}{'':>9}{_after_a_change():>12.1f}")


def _addresses() -> dict[str, str]:
    """Return the address of each page by its name; the coverage first, which pays for the derivation."""
    from django.urls import reverse

    coverage = reverse("commitments:coverage")
    return {
        "coverage": coverage,
        "coverage of deterrence, committed": f"{coverage}?line=deterrence&stage=committed",
        "contributions": reverse("commitments:contributions"),
        "timeline": reverse("commitments:timeline"),
        "delivered": reverse("commitments:delivered"),
        "burden": reverse("commitments:burden"),
        "home": reverse("web:home"),
    }


def _make(chance: random.Random) -> None:
    """Make members, catalogue, rates, requirements and contributions."""
    from concertation.commitments.domain.catalogue import take_usual_catalogue
    from concertation.commitments.models import Capability, Rate
    from tests.helpers.people import make_coalition, make_delegate

    make_coalition()
    for code in MEMBERS.split():
        make_delegate(code)
    take_usual_catalogue(by=None)
    Rate.objects.bulk_create(
        Rate(currency=code, day=DAY, per_euro=Decimal(rate), source="Benchmark", at=NOW) for code, rate in RATES.items()
    )
    capabilities = list(Capability.objects.order_by("code"))
    _require(chance, capabilities)
    for first in range(0, CONTRIBUTIONS, BATCH):
        _contribute(chance, capabilities, range(first, first + BATCH))


def _require(chance: random.Random, capabilities: "list[Capability]") -> None:
    """Make the requirements."""
    from concertation.commitments.domain.requirements import Need, state_requirement
    from concertation.commitments.enums import Line, Phase

    for number in range(REQUIREMENTS):
        capability = chance.choice(capabilities)
        begin = DAY + timedelta(days=30 * chance.randrange(12))
        need = Need(
            names={"en": f"Requirement {number}"},
            line=chance.choice(list(Line)),
            phase=chance.choice(list(Phase)),
            capability=capability.pk,
            quantity=Decimal(chance.randint(1, 5_000)),
            currency="EUR" if capability.is_money else "",
            is_essential=number % 4 == 0,
            needed_from=begin,
            needed_to=begin + timedelta(days=270),
        )
        state_requirement(by=None, need=need, valid_from=DAY)


def _contribute(chance: random.Random, capabilities: "list[Capability]", numbers: range) -> None:
    """Make some of the contributions, with their parties, terms and facts."""
    from concertation.commitments.models import Contribution, Fact, Party, Terms

    members = MEMBERS.split()
    made = [_contribution(chance, number) for number in numbers]
    Contribution.objects.bulk_create(made)
    parties = [(one, chance.sample(members, 2 if number % 50 == 0 else 1)) for number, one in enumerate(made)]
    Party.objects.bulk_create(Party(contribution=one, member_id=code) for one, codes in parties for code in codes)
    Terms.objects.bulk_create(_terms(chance, one, chance.choice(capabilities)) for one in made)
    Fact.objects.bulk_create(fact for one, codes in parties for fact in _facts(chance, one, codes))


def _contribution(chance: random.Random, number: int) -> "Contribution":
    from concertation.coalition.audiences import packed
    from concertation.coalition.enums import Audience
    from concertation.commitments.models import Contribution

    row = Contribution(created_at=NOW, entries=3, changed=number + 1)
    if number % 20 == 0:
        row.audience, row.readers = Audience.MEMBERS, packed(chance.sample(MEMBERS.split(), 3))
    return row


def _terms(chance: random.Random, contribution: "Contribution", capability: "Capability") -> "Terms":
    from concertation.commitments.enums import Approval, Line, Phase
    from concertation.commitments.models import Terms

    begin = DAY + timedelta(days=chance.randrange(540))
    low = Decimal(chance.randint(100, 10**7)) / 100 if chance.random() < 0.8 else None
    return Terms(
        contribution=contribution,
        number=1,
        valid_from=DAY,
        title="Contribution",
        line=chance.choice(Line.values),
        phase=chance.choice(["", *Phase.values]),
        capability=capability,
        low=low,
        high=low,
        currency=chance.choice(["EUR", *RATES]) if capability.is_money else "",
        available_from=begin,
        available_to=begin + timedelta(days=chance.randrange(700)),
        due_on=begin + timedelta(days=60) if chance.random() < 0.5 else None,
        approvals=[Approval.PARLIAMENT] if chance.random() < 0.3 else [],
        at=NOW,
    )


def _facts(chance: random.Random, contribution: "Contribution", codes: list[str]) -> "list[Fact]":
    """Return that it was announced and joined, and for some that it was committed and delivered in part."""
    from concertation.commitments.enums import FactKind
    from concertation.commitments.models import Fact

    kinds = [(FactKind.ANNOUNCED, codes[0]), *((FactKind.JOINED, code) for code in codes[1:])]
    if chance.random() < 0.6:
        kinds.append((FactKind.COMMITTED, codes[0]))
    facts = [
        Fact(contribution=contribution, number=number, kind=kind, day=DAY, member_id=code, at=NOW)
        for number, (kind, code) in enumerate(kinds, 1)
    ]
    if chance.random() < 0.3:
        quantity = Decimal(chance.randint(1, 10**6)) / 100
        facts.append(
            Fact(contribution=contribution, number=9, kind=FactKind.DELIVERED, day=DAY, quantity=quantity, at=NOW)
        )
    return facts


def _measure(address: str) -> tuple[float, float, float, int, float]:
    """Return the seconds of the first request, median and 90th percentile in ms, the queries, the size in kB."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from concertation.coalition.models import Delegate
    from tests.helpers.people import client_of

    client = client_of(Delegate.objects.get(member_id="FR"))
    client.defaults["HTTP_HOST"] = "localhost"
    began = time.process_time()
    response = client.get(address)
    first = time.process_time() - began
    if response.status_code != 200:
        raise SystemExit(f"{address} answered {response.status_code}")
    for _ in range(WARM_UP):
        client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    queries = len(captured)  # now: later requests empty the log
    times = sorted(_ms(lambda: client.get(address)) for _ in range(ROUNDS))
    return first, statistics.median(times), times[int(0.9 * ROUNDS)], queries, len(response.content) / 1000


def _after_a_change() -> float:
    """Return the median ms of the coverage page when something was announced since the last request."""
    from django.urls import reverse

    from concertation.coalition.models import Delegate
    from concertation.commitments.tests.factories import make_contribution
    from tests.helpers.people import client_of

    delegate = Delegate.objects.get(member_id="DE")
    client = client_of(delegate)
    client.defaults["HTTP_HOST"] = "localhost"
    times = []
    for _ in range(ROUNDS // 3):
        make_contribution(delegate)
        times.append(_ms(lambda: client.get(reverse("commitments:coverage"))))
    return statistics.median(times)


def _ms(act: Callable[[], object]) -> float:
    """Return the milliseconds that `act` takes."""
    before = time.process_time()
    act()
    return (time.process_time() - before) * 1000


if __name__ == "__main__":
    main()
