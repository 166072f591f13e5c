"""Promised against delivered: exact figures, what is apart, and what each reader sees of them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from concertation.coalition.enums import Audience
from concertation.coalition.models import Delegate
from concertation.commitments.domain.catalogue import Quote, enter_rates
from concertation.commitments.domain.facts import (
    Happening,
    commit_contribution,
    join_contribution,
    record_delivery,
    withdraw_contribution,
)
from concertation.commitments.enums import Line
from concertation.commitments.queries.delivered import Delivered, Tally, delivered_for
from concertation.commitments.queries.looking import Filter
from concertation.commitments.tests.factories import DAY, HAPPENED, make_contribution
from concertation.core import clock
from tests.helpers.people import make_coalition, make_delegate, make_secretary

pytestmark = pytest.mark.django_db
NOW = datetime(2025, 10, 1, 12, tzinfo=UTC)
ZERO = Decimal(0)
NOTHING = Tally(ZERO, ZERO, ZERO, ZERO, ZERO, ZERO, 0, 0, 0)


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    """Five members, on the first of October 2025."""
    make_coalition()
    with clock.frozen(NOW):
        yield


def figures(*values: Decimal | int) -> list[Decimal]:
    """Return figures as they compare."""
    return [Decimal(value) for value in values]


def money(by: Delegate | None, quantity: int | str | None, *, currency: str = "EUR", **other: object) -> UUID:
    """Return a new contribution in money."""
    return make_contribution(by, "military-aid", quantity, currency=currency, line=Line.SUPPORT, **other).pk  # type: ignore[arg-type]


def deliver(contribution: UUID, quantity: int | str | None) -> None:
    amount = None if quantity is None else Decimal(quantity)
    record_delivery(by=None, contribution_id=contribution, quantity=amount, happening=HAPPENED)


def commit(by: Delegate, contribution: UUID) -> None:
    commit_contribution(by=by, contribution_id=contribution, happening=HAPPENED)


def tallies(found: Delivered) -> dict[str, Tally]:
    return {one.member.pk: one.tally for one in found.by_member}


def test_parts_of_a_promise_are_delivered_overdue_to_come_or_only_announced() -> None:
    germany = make_delegate("DE")
    bound, late, offered = money(germany, 100), money(germany, 40, due_on=date(2025, 9, 1)), money(germany, 7)
    commit(germany, bound)
    deliver(bound, 30)
    deliver(late, 15)
    found = delivered_for(make_secretary(), Filter())
    wanted = Tally(
        announced=Decimal(147),
        committed=Decimal(100),
        delivered=Decimal(45),
        overdue=Decimal(25),
        coming=Decimal(70),
        offered=Decimal(7),
        contributions=3,
        undisclosed=0,
        unconverted=0,
    )
    assert found.total == tallies(found)["DE"] == wanted
    assert [(one.capability.pk, one.line, one.tally) for one in found.by_capability] == [
        ("military-aid", Line.SUPPORT, wanted)
    ]
    assert offered


def test_what_is_due_today_is_not_overdue() -> None:
    money(make_delegate("DE"), 40, due_on=date(2025, 10, 2))  # today somewhere on earth
    assert delivered_for(make_secretary(), Filter()).total.overdue == 0
    with clock.frozen(datetime(2025, 10, 2, 12, tzinfo=UTC)):
        assert delivered_for(make_secretary(), Filter()).total.overdue == 40


def test_undisclosed_is_counted_apart_and_never_as_nothing() -> None:
    germany = make_delegate("DE")
    money(germany, None)
    known = money(germany, 10)
    deliver(known, None)
    total = delivered_for(make_secretary(), Filter()).total
    assert figures(total.announced, total.delivered, total.undisclosed, total.contributions) == figures(10, 0, 2, 2)


def test_money_is_counted_in_euro_at_the_rate_of_the_day_and_apart_without_one() -> None:
    germany = make_delegate("DE")
    money(germany, 110, currency="USD")
    money(germany, 5, currency="SEK")
    enter_rates(by=None, quotes=[Quote("USD", DAY, Decimal("1.1"))], source="European Central Bank")
    total = delivered_for(make_secretary(), Filter()).total
    assert figures(total.announced, total.unconverted) == figures(100, 1)


def test_joint_contributions_count_once_in_totals_and_in_parts_by_member() -> None:
    france = make_delegate("FR")
    joint = money(france, "100.00", members=["FR", "DE", "IT"])
    assert delivered_for(make_secretary(), Filter()).by_member == []  # proposed until all have joined
    for code in ("DE", "IT"):
        join_contribution(by=make_delegate(code), contribution_id=joint, happening=HAPPENED)
    found = delivered_for(make_secretary(), Filter())
    assert {code: tally.announced for code, tally in tallies(found).items()} == {
        "FR": Decimal("33.34"),
        "DE": Decimal("33.33"),
        "IT": Decimal("33.33"),
    }
    assert figures(found.total.announced, found.total.contributions) == figures(100, 1)


def test_what_was_delivered_stays_after_a_withdrawal() -> None:
    germany = make_delegate("DE")
    gone = money(germany, 100)
    deliver(gone, 20)
    withdraw_contribution(by=germany, contribution_id=gone, happening=Happening(date(2025, 9, 1), evidence="Gone."))
    total = delivered_for(make_secretary(), Filter()).total
    assert figures(total.announced, total.delivered, total.offered, total.contributions) == figures(0, 20, 0, 0)


def test_figures_hide_what_is_for_others_and_say_that_they_are_partial() -> None:
    germany, italy = make_delegate("DE"), make_delegate("IT")
    money(germany, 1_000)
    secret = money(germany, 4_321, audience=Audience.MEMBERS, named=["FR"])
    deliver(secret, 321)
    own, others = delivered_for(germany, Filter()), delivered_for(italy, Filter())
    assert figures(own.total.announced, own.total.delivered) == figures(5_321, 321)
    assert own.hidden == {"support": 0, "deterrence": 0}
    assert figures(others.total.announced, others.total.delivered) == figures(1_000, 0)
    assert tallies(others)["DE"].announced == 1_000
    assert others.hidden == {"support": 1, "deterrence": 0}
    assert delivered_for(italy, Filter(line=Line.DETERRENCE)).hidden == others.hidden  # whatever the filters


def test_members_who_offer_only_in_secret_are_not_named_to_others() -> None:
    money(make_delegate("DE"), 4_321, audience=Audience.MEMBERS, named=["FR"])
    found = delivered_for(make_delegate("IT"), Filter())
    assert (found.by_member, found.by_capability, found.total) == ([], [], NOTHING)


def test_members_figures_are_in_the_capability_that_is_asked_for() -> None:
    germany = make_delegate("DE")
    money(germany, 100)
    make_contribution(germany, "air-defence", 2)
    found = delivered_for(make_secretary(), Filter(), "air-defence")
    assert figures(found.total.announced, found.total.contributions) == figures(2, 1)
    assert delivered_for(make_secretary(), Filter()).total.announced == 100
    assert delivered_for(make_secretary(), Filter(line=Line.SUPPORT), "air-defence").by_member == []


def test_past_days_show_what_was_so_then() -> None:
    known = money(make_delegate("DE"), 100)
    record_delivery(
        by=None, contribution_id=known, quantity=Decimal(30), happening=Happening(date(2025, 9, 10), evidence="Seen.")
    )
    assert delivered_for(make_secretary(), Filter(at=date(2025, 9, 9))).total.delivered == 0
    assert delivered_for(make_secretary(), Filter(at=date(2025, 9, 10))).total.delivered == 30


def test_queries_do_not_grow_with_contributions() -> None:
    reader, germany = make_secretary(), make_delegate("DE")
    counts = []
    for number in (1, 3):
        for _ in range(number):
            money(germany, 10)
        delivered_for(reader, Filter())
        with CaptureQueriesContext(connection) as captured:
            delivered_for(reader, Filter())
        counts.append(len(captured))
    assert counts == [5, 5]  # findings, what changed, rates, capabilities, members
