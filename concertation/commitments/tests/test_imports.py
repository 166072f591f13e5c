"""Rows of a file are written at once, with one entry that proves each of them, or not at all."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from concertation.coalition.enums import Audience, Capacity
from concertation.coalition.models import Delegate
from concertation.commitments.deriving import Amount
from concertation.commitments.domain.contributions import exactly
from concertation.commitments.domain.facts import Happening, withdraw_contribution
from concertation.commitments.domain.imports import MOST_SHOWN, import_commitments
from concertation.commitments.domain.requirements import drop_requirement
from concertation.commitments.errors import (
    BadCurrency,
    BadQuantity,
    NoSuchCapability,
    NotAParty,
    NothingToImport,
    OtherCurrency,
    ReversedDates,
    RowsRefused,
    SourceMissing,
    TitleMissing,
    UnknownMember,
)
from concertation.commitments.imports.result import NeedRow, OfferRow, Upload
from concertation.commitments.models import Contribution, Fact, Requirement, Revision, Terms
from concertation.commitments.queries.imported import is_intact, rows_of
from concertation.commitments.tests.factories import make_catalogue, make_contribution, need, offer
from concertation.core.errors import NotAllowed
from concertation.record import canonical
from concertation.record.models import Entry
from concertation.situation.tests.factories import make_condition
from conftest import triggers_lifted
from tests.helpers.people import make_coalition, make_delegate, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db
DAY = date(2025, 7, 1)
FILE = Upload("list.xlsx", "ab" * 32, "https://press.example/list")


@pytest.fixture(autouse=True)
def _scene() -> None:
    make_coalition()
    make_catalogue()


def need_row(key: str = "a", **other: Any) -> NeedRow:
    """Return a row of a requirement."""
    return NeedRow(2, key, need(**other), frozenset({"names", "quantity", "needed_to"}))


def offer_row(key: str = "a", members: tuple[str, ...] = ("DE",), **other: Any) -> OfferRow:
    """Return a row of a contribution."""
    own = {name: other.pop(name) for name in list(other) if name in OfferRow.__dataclass_fields__}
    given = frozenset({"title", "amount", "available_from", "due_on"})
    return OfferRow(2, key, members, offer(**other), given, **{"announced": DAY, **own})


def imported(*rows: Any, by: Delegate | None = None, upload: Upload = FILE) -> Any:
    """Import rows."""
    return import_commitments(by=by, rows=rows, upload=upload)


def test_requirements_are_imported_once() -> None:
    clerk = make_secretary()
    with assert_write("requirement.imported", "commitments"):
        outcome = imported(need_row(), need_row("b", quantity=3), by=clerk)
    assert (outcome.new, outcome.changed, outcome.same) == (2, 0, 0)
    assert sorted(Requirement.objects.values_list("key", flat=True)) == ["a", "b"]
    assert_refused(NothingToImport, lambda: imported(need_row(), need_row("b", quantity=3), by=clerk))


def test_a_newer_edition_revises_exactly_what_differs() -> None:
    imported(need_row(), need_row("b"))
    outcome = imported(need_row(quantity=5, area="Not given"), need_row("b"), need_row("c"))
    assert (outcome.new, outcome.changed, outcome.same) == (1, 1, 1)
    said = Revision.objects.filter(requirement__key="a").values_list("number", "quantity", "area")
    assert list(said) == [(1, Decimal(4), ""), (2, Decimal(5), "")]
    assert Revision.objects.filter(requirement__key="b").count() == 1


def test_a_dropped_requirement_is_left() -> None:
    imported(need_row())
    drop_requirement(by=None, requirement_id=Requirement.objects.get().pk, reason="Accepted.")
    outcome = imported(need_row(quantity=5), need_row("b"))
    assert (outcome.new, outcome.left, Requirement.objects.get(key="a").revision.is_dropped) == (1, 1, True)


def test_contributions_are_imported_with_what_happened() -> None:
    condition = make_condition()
    row = offer_row(
        members=("DE", "FR"), conditions=frozenset({condition.pk}), committed=DAY, delivered=Decimal(1), evidence="So."
    )
    with assert_write("contribution.imported", "commitments"):
        imported(row)
    contribution = Contribution.objects.get()
    assert (contribution.key, contribution.codes, contribution.sources) == ("a", ["DE", "FR"], [FILE.link])
    assert list(contribution.current.conditions.all()) == [condition]
    assert [(fact.kind, fact.member_id, fact.quantity) for fact in contribution.facts.all()] == [
        ("announced", "DE", None),
        ("committed", "DE", None),
        ("delivered", "DE", Decimal(1)),
    ]
    assert contribution.changed == Entry.objects.latest("sequence").pk


def test_what_is_undisclosed_stays_unknown() -> None:
    imported(offer_row(quantity=None))
    assert (Terms.objects.get().low, Terms.objects.get().high) == (None, None)


def test_a_newer_edition_of_contributions_adds_what_is_new() -> None:
    imported(offer_row(delivered=Decimal(1), readiness=30), offer_row("b"))
    row = offer_row(quantity=3, committed=DAY, delivered=Decimal(2), delivered_on=DAY)
    outcome = imported(row, offer_row("b"))
    assert (outcome.new, outcome.changed, outcome.same) == (0, 1, 1)
    contribution = Contribution.objects.get(key="a")
    assert (contribution.current.amount, contribution.current.readiness) == (exactly(3), 30)
    assert [(fact.number, fact.kind, fact.quantity) for fact in contribution.facts.all()][2:] == [
        (3, "committed", None),
        (4, "delivered", Decimal(1)),
    ]
    assert_refused(NothingToImport, lambda: imported(row, offer_row("b")))


def test_a_published_correction_is_below_zero() -> None:
    row = offer_row(capability="military-aid", currency="EUR", quantity=-5, published=True)
    imported(row)
    assert Terms.objects.get().amount == Amount(Decimal(-5), Decimal(-5))
    assert_refused(BadQuantity, lambda: imported(replace(row, key="b", published=False)))


@pytest.mark.parametrize("count", [2, MOST_SHOWN + 1])
def test_the_record_proves_every_row(count: int) -> None:
    imported(*(offer_row(str(number)) for number in range(count)))
    entry = Entry.objects.latest("sequence")
    data = entry.content["data"]
    assert (data["imported_count"], data["rows_new"], data["file_sha256"]) == (count, count, FILE.sha256)
    assert ("imported_rows" in data) == (count <= MOST_SHOWN)
    assert is_intact(entry)
    with triggers_lifted():
        Terms.objects.filter(contribution__key="1").update(low=1)
    assert not is_intact(entry)


def test_the_record_proves_that_no_row_was_added_or_taken() -> None:
    imported(need_row(), need_row("b"))
    entry = Entry.objects.latest("sequence")
    assert is_intact(entry)
    with triggers_lifted():
        Revision.objects.filter(requirement__key="b").delete()
    assert not is_intact(entry)


def test_rows_are_canonical_json() -> None:
    imported(offer_row(title="“Zwei” \\ é\t/\u007f", details="a\nb"))
    [row] = rows_of(Entry.objects.latest("sequence"))
    assert canonical.encode(json.loads(row)) == row


def test_many_rows_take_as_many_queries_as_few() -> None:
    def queries(first: int, count: int) -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            imported(*(offer_row(str(number), committed=DAY) for number in range(first, first + count)))
        return len(seen)

    queries(0, 1)
    assert queries(1, 1) == queries(2, 3)


@pytest.mark.parametrize(
    ("row", "error"),
    [
        (offer_row(members=("XX",)), UnknownMember),
        (offer_row(members=()), UnknownMember),
        (offer_row(capability="nothing"), NoSuchCapability),
        (offer_row(title=" "), TitleMissing),
        (offer_row(currency="EUR"), BadCurrency),
        (offer_row(capability="military-aid", currency="XYZ"), BadCurrency),
        (offer_row(available_to=date(2025, 8, 1)), ReversedDates),
        (need_row(needed_to=date(2025, 8, 1)), ReversedDates),
        (need_row(capability="military-aid", currency="USD"), OtherCurrency),
        (need_row(quantity=-1), BadQuantity),
        (need_row(quantity=10**13), BadQuantity),
    ],
)
def test_what_is_wrong_saves_nothing(row: Any, error: type[Exception]) -> None:
    good = need_row("z") if isinstance(row, NeedRow) else offer_row("z")
    assert_refused(error, lambda: imported(good, row))
    assert (Contribution.objects.count(), Requirement.objects.count()) == (0, 0)


def test_who_may_import_requirements() -> None:
    for delegate in (make_delegate("DE"), make_delegate("FR", Capacity.OBSERVER)):
        assert_refused(NotAllowed, lambda delegate=delegate: imported(need_row(), by=delegate))  # type: ignore[misc]
    imported(need_row(), by=make_delegate("FR"))


def test_who_may_import_contributions() -> None:
    head, expert, clerk = make_delegate("DE"), make_delegate("DE", Capacity.DELEGATE), make_secretary()
    interpreter = make_delegate("DE", Capacity.INTERPRETER)
    assert_refused(NotAllowed, lambda: imported(offer_row(), by=interpreter))
    assert_refused(NotAParty, lambda: imported(offer_row(), offer_row("b", members=("FR",)), by=head))
    assert_refused(NotAllowed, lambda: imported(offer_row(committed=DAY), by=expert))
    assert_refused(NotAllowed, lambda: imported(offer_row(published=True), by=head))
    assert_refused(SourceMissing, lambda: imported(offer_row(), by=clerk, upload=Upload("a", "b")))
    imported(offer_row(), by=expert)
    imported(offer_row("b", committed=DAY), by=head)
    imported(offer_row("c", members=("FR",)), by=clerk)
    assert Fact.objects.filter(member=None).count() == 0


def test_what_others_offer_is_not_changed() -> None:
    imported(offer_row(members=("FR",)))
    with pytest.raises(RowsRefused) as refused:
        imported(offer_row(quantity=9), by=make_delegate("DE"))
    assert [(one.row, one.column) for one in refused.value.problems] == [(2, "")]
    with pytest.raises(RowsRefused) as refused:
        imported(offer_row(quantity=9))
    assert [one.sentence for one in refused.value.problems] == [
        "The contribution that has this key is offered by others: FR."
    ]


def test_what_is_for_some_members_only_never_enters_the_open_record() -> None:
    clerk = make_secretary()
    contribution = make_contribution(make_delegate("DE"), audience=Audience.MEMBERS, named=["FR"])
    with triggers_lifted():
        Contribution.objects.filter(pk=contribution.pk).update(key="a")
    assert_refused(RowsRefused, lambda: imported(offer_row(title="Secret number"), by=clerk))
    assert not Entry.objects.filter(words__contains="secret number").exists()


def test_less_delivered_than_was_entered_is_refused() -> None:
    imported(offer_row(delivered=Decimal(2)))
    assert_refused(RowsRefused, lambda: imported(offer_row(delivered=Decimal(1))))


def test_what_was_withdrawn_is_left() -> None:
    imported(offer_row())
    withdraw_contribution(by=None, contribution_id=Contribution.objects.get().pk, happening=Happening(DAY))
    outcome = imported(offer_row(quantity=9), offer_row("b"))
    assert (outcome.new, outcome.left, Terms.objects.filter(contribution__key="a").count()) == (1, 1, 1)
