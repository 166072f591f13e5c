"""What is required against what is offered: exact figures, filters, what is hidden, and the same by brute force."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from concertation.coalition.enums import Audience, Status
from concertation.coalition.models import Delegate
from concertation.commitments.domain.catalogue import Quote, enter_rates
from concertation.commitments.domain.facts import (
    Happening,
    commit_contribution,
    record_delivery,
    withdraw_contribution,
)
from concertation.commitments.domain.requirements import revise_requirement
from concertation.commitments.enums import Approval, Domain, Line, Phase, Stage
from concertation.commitments.ledger import forget, ledger_at
from concertation.commitments.models import Contribution
from concertation.commitments.months import month_of
from concertation.commitments.queries.coverage import Coverage, CoverageRow, Filter, coverage_for
from concertation.commitments.tests.factories import DAY, HAPPENED, make_contribution, make_requirement, need
from concertation.situation.enums import Verdict
from concertation.situation.tests.factories import make_condition, make_finding
from tests.helpers.people import make_coalition, make_delegate, make_member, make_secretary

SEPTEMBER = date(2025, 9, 1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> Delegate:
    make_coalition()
    return make_delegate("DE")


def look(reader: Delegate, *, months: int = 6, **asked: Any) -> Coverage:
    return coverage_for(reader, Filter(**{"first": SEPTEMBER, **asked}), months)


def shares(coverage: Coverage, place: int = 0) -> list[int]:
    return [cell.share for cell in coverage.rows[place].cells]


def test_units_count_in_the_months_in_which_they_are_there(reader: Delegate) -> None:
    make_requirement(quantity=4)
    make_contribution(quantity=1)
    make_contribution(quantity=2, available_from=date(2025, 10, 15), available_to=date(2025, 12, 1))
    coverage = look(reader)
    assert shares(coverage) == [25, 75, 75, 75, 25, 25]
    assert coverage.rows[0].missing == 3


def test_money_adds_up_over_months_in_the_base_currency(reader: Delegate) -> None:
    make_requirement("financial-aid", "1000", currency="EUR")
    make_contribution(None, "financial-aid", "250.50", currency="EUR")
    make_contribution(None, "financial-aid", "117", currency="USD", available_from=date(2025, 11, 1))
    make_contribution(None, "financial-aid", "999", currency="PLN")
    enter_rates(by=None, quotes=[Quote("USD", DAY, Decimal("1.17"))], source="ECB")
    coverage = look(reader)
    assert shares(coverage) == [25, 25, 35, 35, 35, 35]
    assert coverage.rows[0].cells[0].is_open  # zlotys without a rate are not nothing
    assert coverage.rows[0].missing == Decimal("649.50")
    (total,) = coverage.totals
    assert (total.stages["announced"], total.unconverted) == (Decimal("350.50"), 1)


def test_undisclosed_is_open_and_never_a_figure(reader: Delegate) -> None:
    make_requirement(quantity=2)
    make_contribution(quantity=None)
    coverage = look(reader)
    assert {(cell.share, cell.level) for cell in coverage.rows[0].cells} == {(0, "unknown")}
    (total,) = coverage.totals
    assert (total.stages["announced"], total.undisclosed, total.missing) == (Decimal(0), 1, Decimal(2))


def test_essential_is_filled_first_then_by_priority(reader: Delegate) -> None:
    make_requirement(quantity=2, name="Ordinary", priority=4)
    make_requirement(quantity=2, name="Essential", is_essential=True, priority=1)
    make_contribution(quantity=3)
    found = {row.revision.name: row.cells[0].share for row in look(reader).rows}
    assert found == {"Essential": 100, "Ordinary": 50}
    assert (look(reader).covered, look(reader).essential_gaps) == (1, 0)


def test_offers_of_another_line_do_not_count(reader: Delegate) -> None:
    make_requirement(quantity=2)
    make_contribution(quantity=2, line=Line.SUPPORT)
    assert shares(look(reader)) == [0] * 6


def test_stage_decides_what_counts(reader: Delegate) -> None:
    make_requirement(quantity=4)
    make_contribution(reader, quantity=1)
    waiting = make_contribution(reader, quantity=1, approvals=[Approval.PARLIAMENT])
    done = make_contribution(reader, quantity=2)
    commit_contribution(by=reader, contribution_id=done.pk, happening=HAPPENED)
    record_delivery(by=reader, contribution_id=done.pk, quantity=Decimal(1), happening=HAPPENED)
    found = {stage: shares(look(reader, stage=stage))[0] for stage in Stage}
    assert found == {
        Stage.ANNOUNCED: 100,
        Stage.APPROVED: 75,
        Stage.COMMITTED: 50,
        Stage.AVAILABLE: 50,
        Stage.DELIVERED: 25,
    }
    (total,) = look(reader).totals
    assert [int(value) for value in total.columns] == [4, 3, 2, 2, 1]
    assert look(reader).lacking == 1
    withdraw_contribution(by=reader, contribution_id=waiting.pk, happening=HAPPENED)
    assert shares(look(reader))[0] == 75


def test_filters(reader: Delegate) -> None:
    make_requirement(quantity=4)
    make_requirement("training", 100, line=Line.SUPPORT, phase=Phase.NOW)
    condition = make_condition()
    make_contribution(None, members=["FR"], quantity=1)
    make_contribution(None, members=["DE", "IT"], quantity=2, conditions=[condition.pk])
    assert [row.capability.pk for row in look(reader, line=Line.SUPPORT).rows] == ["training"]
    assert [row.capability.pk for row in look(reader, domain=Domain.AIR).rows] == ["air-defence"]
    assert [row.capability.pk for row in look(reader, phase=Phase.NOW).rows] == ["training"]
    assert shares(look(reader, member="IT"))[0] == 50
    assert shares(look(reader, with_waiting=False))[0] == 25
    assert look(reader).waiting == 1
    make_finding(condition, Verdict.VERIFIED, DAY)
    assert shares(look(reader, with_waiting=False))[0] == 75


def test_past_day_counts_what_was_required_and_known_for_it(reader: Delegate) -> None:
    requirement = make_requirement(quantity=4, valid_from=DAY)
    make_contribution(quantity=2, day=date(2025, 7, 5))
    revise_requirement(by=None, requirement_id=requirement.pk, need=need(quantity=2), valid_from=date(2025, 8, 1))
    found = {str(at): shares(look(reader, at=at))[0] for at in (date(2025, 7, 4), date(2025, 7, 5), date(2025, 8, 1))}
    assert found == {"2025-07-04": 0, "2025-07-05": 50, "2025-08-01": 100}
    assert look(reader, at=date(2025, 6, 1)).rows == []


def test_hidden_contributions_change_no_figure_and_are_counted_by_line(reader: Delegate) -> None:
    make_requirement(quantity=4)
    make_contribution(None, members=["FR"], quantity=1)
    make_contribution(None, members=["FR"], quantity=2, audience=Audience.CHAIR)
    outsider, chair = look(reader), look(make_delegate("GB"))
    assert (shares(outsider)[0], outsider.hidden) == (25, {"support": 0, "deterrence": 1})
    assert (shares(chair)[0], chair.hidden) == (75, {"support": 0, "deterrence": 0})
    for asked in ({"member": "IT"}, {"domain": Domain.SEA}, {"stage": Stage.DELIVERED}, {"at": DAY}):
        assert look(reader, **asked).hidden == {"support": 0, "deterrence": 1}


def test_ledger_reads_what_the_queryset_reads(reader: Delegate) -> None:
    make_contribution(quantity=1)
    make_contribution(None, members=["FR"], audience=Audience.CHAIR)
    make_contribution(None, members=["IT"], audience=Audience.MEMBERS, named=["DE"])
    make_member("PL", status=Status.INVITED)
    ledger = ledger_at()
    for who in (
        reader,
        make_delegate("IT"),
        make_delegate("UA"),
        make_delegate("GB"),
        make_secretary(),
        make_delegate("PL"),
    ):
        seen = {ledger.ids[place] for place in ledger.visible_to(who).nonzero()[0]}
        assert seen == set(Contribution.objects.visible_to(who).values_list("pk", flat=True))


def test_page_costs_the_same_with_one_and_with_three(reader: Delegate) -> None:
    counts = []
    for _ in range(3):
        make_requirement(quantity=4)
        make_contribution(quantity=1)
        ledger_at()
        with CaptureQueriesContext(connection) as queries:
            look(reader)
        counts.append(len(queries))
    assert len(set(counts)) == 1
    assert counts[0] <= 7


AMOUNTS = st.one_of(st.none(), st.integers(1, 5))
OFFERS = st.lists(st.tuples(AMOUNTS, st.integers(0, 5), st.integers(0, 5)), max_size=5)
NEEDS = st.lists(st.tuples(st.integers(1, 6), st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=3)


def month(number: int) -> date:
    """Return the first day of a month counted from September 2025."""
    return date(2025 + (8 + number) // 12, (8 + number) % 12 + 1, 1)


class Totals(TestCase):
    """Coverage against a count that looks at every month and every offer by itself."""

    def setUp(self) -> None:
        forget()
        make_coalition()

    @settings(max_examples=25)
    @given(NEEDS, OFFERS)
    def test_coverage_equals_a_count_by_hand(
        self, needs: Sequence[tuple[int, int, int]], offers: Sequence[tuple[int | None, int, int]]
    ) -> None:
        forget()
        reader = make_delegate("DE")
        for quantity, begin, length in needs:
            make_requirement(quantity=quantity, needed_from=month(begin), needed_to=month(begin + length))
        for amount, begin, length in offers:
            make_contribution(quantity=amount, available_from=month(begin), available_to=month(begin + length))
        coverage = look(reader, months=12)
        rows = {row.revision.requirement_id: row for row in coverage.rows}
        by_importance = sorted(
            rows.values(), key=lambda row: (row.revision.needed_from, str(row.revision.requirement_id))
        )
        for number in range(12):
            self._check_month(number, by_importance, offers)
        known = [amount for amount, _, _ in offers if amount is not None]
        (total,) = coverage.totals
        assert total.stages["announced"] == sum(known)
        assert total.undisclosed == len(offers) - len(known)
        assert total.required == sum(quantity for quantity, _, _ in needs)

    def _check_month(
        self, number: int, rows: Sequence[CoverageRow], offers: Sequence[tuple[int | None, int, int]]
    ) -> None:
        there = [amount for amount, begin, length in offers if begin <= number <= begin + length]
        left = sum(amount for amount in there if amount is not None)
        for row in rows:
            need, cell = row.revision, row.cells[number]
            needed = month_of(need.needed_from) <= month_of(cell.month) <= month_of(need.needed_to)
            taken = min(left, int(need.quantity)) if needed else 0
            left -= taken
            assert (cell.needed, cell.share) == (needed, 100 * taken // int(need.quantity))
            assert cell.is_open == (None in there)

    @settings(max_examples=15)
    @given(st.lists(st.tuples(st.integers(1, 10_000), st.sampled_from(["EUR", "USD", "GBP"])), min_size=1, max_size=6))
    def test_total_is_the_sum_of_its_parts_in_every_currency(self, cents: Sequence[tuple[int, str]]) -> None:
        forget()
        reader = make_delegate("DE")
        rates = {"USD": Decimal("1.17"), "GBP": Decimal("0.857"), "EUR": Decimal(1)}
        enter_rates(by=None, quotes=[Quote(code, DAY, rates[code]) for code in ("USD", "GBP")], source="ECB")
        parts = []
        for number, (amount, currency) in enumerate(cents):
            member = ["FR", "GB", "IT"][number % 3]
            make_contribution(None, "financial-aid", f"{Decimal(amount) / 100}", currency=currency, members=[member])
            parts.append((Decimal(amount) / 100 / rates[currency]).quantize(Decimal("0.01")))
        (total,) = look(reader).totals
        assert total.stages["announced"] == sum(parts)
        by_member = [look(reader, member=code).totals for code in ("FR", "GB", "IT")]
        assert sum(one.stages["announced"] for totals in by_member for one in totals) == sum(parts)


def test_more_offers_never_lower_a_share(reader: Delegate) -> None:
    make_requirement(quantity=5)
    seen = [shares(look(reader))]
    for begin in (0, 2, 4, 1):
        make_contribution(quantity=1, available_from=month(begin))
        seen.append(shares(look(reader)))
    for one, other in pairwise(seen):
        assert all(now >= before for before, now in zip(one, other, strict=True))
    withdrawn = Contribution.objects.order_by("pk")[0]
    withdraw_contribution(by=None, contribution_id=withdrawn.pk, happening=Happening(DAY))
    assert sum(shares(look(reader))) < sum(seen[-1])
