"""Files that anybody may have made: what is read, and what is refused before it can do harm."""

import io
import zipfile
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concertation.commitments.imports.cells import BadCell, Wrong, day_of, is_unknown, is_yes, number_of, parts_of
from concertation.commitments.imports.columns import Kind, guessed, known_headers
from concertation.commitments.imports.faults import BadFile, Fault, letters_of
from concertation.commitments.imports.reading import MOST_ROWS, Line, head_and_rows, read_lines
from concertation.commitments.tests.tables import xlsx_of
from concertation.core.tables import Format, table_of


def refusal(data: bytes) -> tuple[Fault, list[str]]:
    """Return why `data` cannot be read, and where."""
    with pytest.raises(BadFile) as refused:
        read_lines(data)
    return refused.value.fault, [str(place) for place in refused.value.places]


@pytest.mark.parametrize(
    "data",
    [
        b"a,b\r\n1,\xc3\xa9\r\n",
        b"\xef\xbb\xbfa,b\n1,\xc3\xa9",
        b"a;b\n1;\xe9\n",
        "a\tb\n1\té\n".encode("utf-16"),
        b"\r\na,b\n\n1,\xc3\xa9\n",
    ],
)
def test_csv_of_every_kind(data: bytes) -> None:
    assert [line.cells for line in read_lines(data)] == [("a", "b"), ("1", "é")]


def test_workbook_cells_become_text() -> None:
    noon = datetime.fromisoformat("2026-03-01T12:00:00")
    row = ["x", 1, 1.5, 0.1, True, noon, date(2026, 3, 2), None, "'=x"]
    assert read_lines(xlsx_of([row]))[0].cells == (
        *("x", "1", "1.5", "0.1", "true", "2026-03-01", "2026-03-02", "", "=x"),
    )


def test_rows_keep_their_numbers() -> None:
    assert [line.number for line in read_lines(b"a\n\n\nb\n")] == [1, 4]


def test_formulas_are_named_and_never_evaluated() -> None:
    assert refusal(xlsx_of([["a", "b"], [1, "=1+1"], ["=HYPERLINK(1)", 2]])) == (Fault.FORMULAS, ["B2", "A3"])
    assert refusal(b"a,b\n1,=1+1\n") == (Fault.FORMULAS, ["B2"])


def test_words_that_an_export_kept_from_being_formulas_come_back() -> None:
    table = table_of("T", ["a"], [["=1+1"], ["-x"], ["’t"]])
    for into in (Format.CSV, Format.XLSX):
        assert [line.cells[0] for line in read_lines(table.written(into))][-3:] == ["=1+1", "-x", "’t"]


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", Fault.EMPTY),
        (b"\n \n", Fault.EMPTY),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1xxxx", Fault.OLD_FORMAT),
        (b"PK\x03\x04broken", Fault.NOT_A_TABLE),
        (b"%PDF-1.7\x00\x01", Fault.NOT_A_TABLE),
        (b"x" * 3_500_001, Fault.TOO_LARGE),
        (b"," * 100 + b"a\n", Fault.TOO_MANY_COLUMNS),
        (b"1\n" * (MOST_ROWS + 101), Fault.TOO_MANY_ROWS),
        (xlsx_of([["a"]], more={"xl/externalLinks/externalLink1.xml": b"<x/>"}), Fault.LINKS),
        (xlsx_of([["a"]], more={"xl/connections.xml": b"<x/>"}), Fault.LINKS),
        (xlsx_of([["a"]], more={"xl/vbaProject.bin": b"x"}), Fault.MACROS),
        (xlsx_of([["a"]], more={"xl/x.xml": b'<!DOCTYPE x [<!ENTITY y "z">]><x/>'}), Fault.BROKEN),
        (xlsx_of([["a"]], more={"xl/bomb.xml": b"0" * 45_000_000}), Fault.TOO_LARGE),
    ],
)
def test_what_cannot_be_read(data: bytes, fault: Fault) -> None:
    assert refusal(data)[0] == fault


def test_a_million_rows_in_a_small_workbook_end_early() -> None:
    sheet = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx_of([["a"]]))) as old, zipfile.ZipFile(sheet, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == "xl/worksheets/sheet1.xml":
                rows = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row>'
                start, end = content.index(b"<sheetData>") + 11, content.index(b"</sheetData>")
                content = content[:start] + rows + content[end:]
            new.writestr(info, content)
    assert refusal(sheet.getvalue())[0] == Fault.TOO_MANY_ROWS


@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_are_read_or_refused(data: bytes, is_zip: bool) -> None:
    with suppress(BadFile):
        read_lines(b"PK\x03\x04" + data if is_zip else data)


def test_the_head_of_an_export_is_passed_over() -> None:
    lines = read_lines(b"Coverage\nAs of,2026-01-01\n\nmember,title,line\nDE,Two,support\n")
    head, rows = head_and_rows(lines, known_headers(Kind.CONTRIBUTIONS))
    assert (head.number, head.cells, rows) == (4, ("member", "title", "line"), [Line(5, ("DE", "Two", "support"))])


def test_headers_without_rows() -> None:
    with pytest.raises(BadFile) as refused:
        head_and_rows(read_lines(b"member,title\n"), known_headers(Kind.CONTRIBUTIONS))
    assert refused.value.fault == Fault.EMPTY


def test_headers_are_guessed_in_both_languages() -> None:
    headers = ["Membre", "Intitulé", "Quantité", "À livrer avant le", "Nothing of ours", "Membre"]
    assert guessed(Kind.CONTRIBUTIONS, headers) == {"members": 0, "title": 1, "quantity": 2, "due_on": 3}
    assert guessed(Kind.REQUIREMENTS, ["Name", "NEEDED_FROM", "Needed to"]) == {
        "name_en": 0,
        "needed_from": 1,
        "needed_to": 2,
    }


def test_columns_are_named_as_spreadsheets_do() -> None:
    assert [letters_of(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1500", "1500"),
        ("1,500", "1500"),
        ("1,234,567.89", "1234567.89"),
        ("1 234 567,89", "1234567.89"),
        ("1.234.567,89", "1234567.89"),
        ("1.234,5", "1234.5"),
        ("2,5", "2.5"),
        ("2.5", "2.5"),
        ("-3", "-3"),
        ("1’000", "1000"),
        ("1e3", "1E+3"),
    ],
)
def test_numbers_as_people_write_them(text: str, number: str) -> None:
    assert number_of(text) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("1.500", Wrong.AMBIGUOUS),
        ("ten", Wrong.NUMBER),
        ("1,2,3", Wrong.NUMBER),
        ("1e999", Wrong.NUMBER),
        ("inf", Wrong.NUMBER),
        ("NaN", Wrong.NUMBER),
        ("", Wrong.NUMBER),
    ],
)
def test_what_is_no_number(text: str, wrong: Wrong) -> None:
    with pytest.raises(BadCell) as refused:
        number_of(text)
    assert refused.value.wrong == wrong


@pytest.mark.parametrize("text", ["2026-03-31", "31.03.2026", "31/3/2026", "2026-03-31 12:00:00"])
def test_days_as_people_write_them(text: str) -> None:
    assert day_of(text) == date(2026, 3, 31)


@pytest.mark.parametrize("text", ["2026-02-30", "3/31/2026", "March 2026", "45000", ""])
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(BadCell):
        day_of(text)


def test_unknown_is_a_value_and_not_zero() -> None:
    assert [is_unknown(text) for text in ("undisclosed", ".", "", "N/A", "Inconnu", "0", "1")] == [True] * 5 + [
        False
    ] * 2


def test_yes_no_and_lists() -> None:
    assert [is_yes(text) for text in ("Oui", "x", "no", "")] == [True, True, False, False]
    with pytest.raises(BadCell):
        is_yes("perhaps")
    assert parts_of("DE; FR,GB") == ["DE", "FR", "GB"]
