"""Tables as CSV, XLSX and JSON: numbers are numbers, words are no formulas, the head says what is shown."""

import io
import json
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from concertation.commitments.exports.heads import head_of
from concertation.core.tables import Column, Format, Line, Table, table_of

DAY = date(2026, 1, 31)
EVIL = ["=HYPERLINK(1)", "+1", "-2", "@SUM(A1)", " =1", "\t=1", "＝1"]


def _table(*rows: list[object]) -> Table:
    columns = [Column("name", "Name"), Column("quantity", "Quantity, in €")]
    return Table("Coverage: now", columns, rows, [Line("date", "As of", DAY)])  # type: ignore[arg-type]


def test_csv_has_the_head_an_empty_line_and_the_rows() -> None:
    made = _table(["Tanks, “old”", Decimal("1200.50")], ["Trucks", None]).written(Format.CSV)

    assert made == (
        b'\xef\xbb\xbfCoverage: now\r\nAs of,2026-01-31\r\n\r\nName,"Quantity, in \xe2\x82\xac"\r\n'
        b'"Tanks, \xe2\x80\x9cold\xe2\x80\x9d",1200.50\r\nTrucks,\r\n'
    )


@pytest.mark.parametrize("words", EVIL)
def test_csv_keeps_words_from_being_formulas(words: str) -> None:
    made = _table([words, Decimal(-5)]).written(Format.CSV).decode("utf-8-sig")

    assert made.splitlines()[-1] == f"'{words},-5"


@pytest.mark.parametrize("words", EVIL)
def test_xlsx_keeps_words_from_being_formulas(words: str) -> None:
    sheet = load_workbook(io.BytesIO(_table([words, Decimal(-5)]).written(Format.XLSX))).active

    cells = [(cell.value, cell.data_type) for cell in sheet[5]]
    assert cells == [(words, "s"), (-5, "n")]
    assert sheet["A5"].quotePrefix


def test_xlsx_has_numbers_days_and_headers_that_stay_in_view() -> None:
    sheet = load_workbook(io.BytesIO(_table(["Tanks", Decimal("9999999999999.99")]).written(Format.XLSX))).active

    assert sheet.title == "Coverage now"
    assert [sheet[place].value for place in ("A1", "A2", "A4", "B4")] == [
        "Coverage: now",
        "As of",
        "Name",
        "Quantity, in €",
    ]
    assert (sheet["B2"].value.date(), sheet["B2"].is_date) == (DAY, True)
    assert sheet["B5"].value == 9999999999999.99
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A5", "A4:B5")


def test_json_has_every_row_as_an_object() -> None:
    made = json.loads(_table(["=1", Decimal("0.10")], ["Unknown", None]).written(Format.JSON))

    assert made == {
        "title": "Coverage: now",
        "about": [{"key": "date", "label": "As of", "value": "2026-01-31"}],
        "columns": [{"key": "name", "label": "Name"}, {"key": "quantity", "label": "Quantity, in €"}],
        "rows": [{"name": "=1", "quantity": 0.1}, {"name": "Unknown", "quantity": None}],
    }


def test_json_keeps_digits_that_a_double_would_lose() -> None:
    made = json.loads(_table(["a", Decimal("12345678901234567.89")], ["b", Decimal("4.00")]).written(Format.JSON))

    assert [row["quantity"] for row in made["rows"]] == ["12345678901234567.89", 4]


def test_plain_headers_get_keys_of_their_own() -> None:
    table = table_of("Table", ["Délivré", "délivré", "%"], [["a", "b", "c"]])

    assert [column.key for column in table.columns] == ["delivre", "delivre_2", "column"]


def test_a_name_that_no_system_refuses() -> None:
    assert table_of("Couverture : à ce jour / 1", [], []).named("csv", DAY) == "couverture-a-ce-jour-1-2026-01-31.csv"


def test_the_head_says_what_is_shown_and_what_is_left_out() -> None:
    lines = head_of(
        measure="Committed", day=DAY, currency="EUR", rate_day=DAY, filters=[("Line", "Support")], is_partial=True
    )

    assert [(line.key, line.value) for line in lines] == [
        ("measure", "Committed"),
        ("date", DAY),
        ("currency", "EUR"),
        ("rate_date", DAY),
        ("filter", "Line: Support"),
        ("partial", "Partial: something is for other members only and is not counted here."),
    ]


def test_the_head_says_that_nothing_was_filtered_or_left_out() -> None:
    lines = head_of(measure="Committed", day=DAY)

    assert [line.value for line in lines[2:]] == ["none", "Complete: nothing was left out."]
