"""Cells become requirements and contributions; what is wrong is named by row and column."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from concertation.commitments.deriving import Amount
from concertation.commitments.enums import Approval
from concertation.commitments.imports.columns import Kind, guessed, known_headers
from concertation.commitments.imports.known import known_now
from concertation.commitments.imports.reading import head_and_rows, read_lines
from concertation.commitments.imports.rows import read_rows
from concertation.commitments.tests.factories import make_catalogue
from concertation.commitments.tests.tables import CONTRIBUTIONS, NEED, OFFER, REQUIREMENTS, csv_of
from concertation.situation.tests.factories import make_condition
from tests.helpers.people import make_coalition

pytestmark = pytest.mark.django_db
BAD_QUANTITY = "Give a quantity above 0, with at most two decimals and below ten trillion."
BAD_CURRENCY = "Name the currency of money by its three letters, as in EUR, and of nothing else."


def rows_in(kind: Kind, *lines: str, fixed: dict[str, str] | None = None) -> tuple[Any, list[tuple[int, str, str]]]:
    """Return the rows of CSV lines, and what is wrong in them."""
    make_catalogue()
    make_coalition()
    head, rest = head_and_rows(read_lines(csv_of(*lines)), known_headers(kind))
    rows, problems = read_rows(kind, rest, guessed(kind, head.cells), fixed or {}, known_now())
    return rows, [(one.row, one.column, one.sentence) for one in problems]


def test_a_requirement() -> None:
    [row], problems = rows_in(Kind.REQUIREMENTS, REQUIREMENTS, NEED)
    assert problems == []
    assert (row.number, row.key, row.need.names) == (2, "a", {"en": "Ports", "fr": "Ports"})
    assert (row.need.capability, row.need.quantity, row.need.priority) == ("air-defence", Decimal(4), 4)
    assert (row.need.is_essential, row.need.area, row.need.needed_to) == (True, "Coast", date(2026, 12, 31))


def test_a_contribution() -> None:
    condition = make_condition()
    head = "key,pays,objet,axe,capacité,au moins,au plus,disponible à partir du,approbations,seulement si,annoncé le"
    line = (
        "a,Allemagne,Deux batteries,dissuasion,Défense sol-air,1,2,1/3/2026,parlement; government,"
        "Cessez-le-feu en vigueur,01.07.2025"
    )
    [row], problems = rows_in(Kind.CONTRIBUTIONS, head, line)
    assert problems == []
    assert (row.members, row.offer.line, row.offer.capability) == (("DE",), "deterrence", "air-defence")
    assert (row.offer.amount, row.offer.available_from) == (Amount(Decimal(1), Decimal(2)), date(2026, 3, 1))
    assert row.offer.approvals == (Approval.GOVERNMENT, Approval.PARLIAMENT)
    assert (row.offer.conditions, row.announced) == (frozenset({condition.pk}), date(2025, 7, 1))


@pytest.mark.parametrize("text", ["undisclosed", ".", "", "n/a"])
def test_what_is_not_known_is_undisclosed(text: str) -> None:
    [row], _problems = rows_in(Kind.CONTRIBUTIONS, CONTRIBUTIONS, OFFER.replace(",2,,2026", f",{text},,2026"))
    assert row.offer.amount == Amount(None, None)


@pytest.mark.parametrize(
    ("old", "new", "column", "said"),
    [
        (",DE,", ",XX,", "members", "“XX” is not known here: offered by."),
        (",DE,", ",,", "members", "This must not be empty: offered by."),
        ("Two batteries", "", "title", "This must not be empty: what is offered."),
        ("deterrence", "war", "line", "“war” is not known here: line of effort. Known are: support, deterrence."),
        ("air-defence", "air", "capability", "“air” is not known here: capability."),
        (
            ",2,,2026",
            ",0,,2026",
            "quantity",
            BAD_QUANTITY,
        ),
        (
            ",2,,2026",
            ",-2,,2026",
            "quantity",
            BAD_QUANTITY,
        ),
        (
            ",2,,2026",
            ",1e13,,2026",
            "quantity",
            BAD_QUANTITY,
        ),
        (",2,,2026", ",2.5,,2026", "quantity", "This is counted in whole units: give a whole number."),
        (",2,,2026", ",two,,2026", "quantity", "“two” is no number."),
        (",2,,2026", ",2,XYZ,2026", "currency", "“XYZ” is no code of a currency."),
        (
            ",2,,2026",
            ",2,EUR,2026",
            "currency",
            BAD_CURRENCY,
        ),
        ("2026-03-01,,", "2026-03-01,2026-02-01,", "available_to", "The last day comes before the first."),
        ("2026-03-01,,", "someday,,", "available_from", "“someday” is no day. Write it as 2026-03-31 or 31/03/2026."),
        ("2026-06-30", "2199-01-01", "due_on", "Give days between the years 2000 and 2100."),
        ("2025-07-01", "2099-07-01", "announced", "Give a day from the year 2000 on that does not lie ahead."),
    ],
)
def test_what_is_wrong_is_named(old: str, new: str, column: str, said: str) -> None:
    assert old in OFFER
    rows, problems = rows_in(Kind.CONTRIBUTIONS, CONTRIBUTIONS, OFFER.replace(old, new))
    assert (rows, problems) == ([], [(2, column, said)])


def test_every_row_and_column_that_is_wrong_is_named() -> None:
    lines = [NEED, NEED.replace("a,", "b,").replace(",4,", ",undisclosed,"), NEED.replace("a,Ports,Ports", "c,,")]
    rows, problems = rows_in(Kind.REQUIREMENTS, REQUIREMENTS, *lines, NEED.replace("high,yes", "top,perhaps"))
    assert [row.key for row in rows] == ["a"]
    assert problems == [
        (3, "quantity", "“undisclosed” is no number."),
        (4, "name_en", "Write a name in at least one language."),
        (5, "key", "“a” stands here for the second time."),
        (5, "priority", "“top” is not known here: priority. Known are: low, medium, high."),
        (5, "essential", "“perhaps” is neither yes nor no."),
    ]


def test_one_value_for_all_rows() -> None:
    head, line = CONTRIBUTIONS.replace(",line", ""), OFFER.replace(",deterrence", "")
    assert rows_in(Kind.CONTRIBUTIONS, head, line)[1] == [(2, "line", "This must not be empty: line of effort.")]
    [row], _problems = rows_in(Kind.CONTRIBUTIONS, head, line, fixed={"line": "support"})
    assert row.offer.line == "support"


def test_without_a_key_a_row_is_known_by_what_it_says_it_is() -> None:
    head, line = CONTRIBUTIONS.replace("key,", ""), OFFER.replace("a,DE", "DE")
    first, _problems = rows_in(Kind.CONTRIBUTIONS, head, line, line, line.replace("DE", "FR"))
    more, _problems = rows_in(Kind.CONTRIBUTIONS, head, line.replace(",2,,", ",3,,"))
    assert len({row.key for row in first}) == 3
    assert (more[0].key, first[0].key[:14]) == (first[0].key, "contributions:")
