"""A table with a head that says what it shows, as CSV, XLSX or JSON; pure, and the same for every page and chart.

Numbers stay numbers and days stay days. Words that a spreadsheet would take for a formula are kept from being one: in
CSV by an apostrophe before them, which the import takes off again, in XLSX by their type.
"""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from concertation.core.names import slug

Cell = str | int | float | Decimal | date | bool | None
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # a spreadsheet may begin a formula so
WIDEST = 60
NARROWEST = 10
SHEET_NAME_LENGTH = 31


class Format(StrEnum):
    """What a table can be exported to; the value is the suffix of the file."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


CONTENT_TYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.JSON: "application/json",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `key` for programs, which never changes with the language, `label` for people."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the head: a fact about the whole table, as measure, date, currency, filter."""

    key: str
    label: str
    value: Cell


@dataclass(frozen=True, slots=True)
class Table:
    """Rows below their columns, with a head; cells that are None are empty."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    head: Sequence[Line] = ()

    def named(self, suffix: str, day: date | None = None) -> str:
        """Return a name that every system takes, as in “coverage-2026-01-31.xlsx”."""
        parts = [slug(self.title)[:60].strip("-") or "table", day.isoformat() if day else ""]
        return f"{'-'.join(filter(None, parts))}.{suffix}"

    def written(self, into: Format) -> bytes:
        """Return the file."""
        return {Format.CSV: csv_of, Format.XLSX: xlsx_of, Format.JSON: json_of}[into](self)


def table_of(title: str, headers: Sequence[str], rows: Iterable[Sequence[Cell]], head: Sequence[Line] = ()) -> Table:
    """Return the table of plain headers; programs get their slugs as keys, numbered where two would be the same."""
    columns: list[Column] = []
    for header in headers:
        key = slug(header).replace("-", "_") or "column"
        taken = sum(column.key == key or column.key.startswith(f"{key}_") for column in columns)
        columns.append(Column(f"{key}_{taken + 1}" if taken else key, header))
    return Table(title, columns, rows, head)


def csv_of(table: Table) -> bytes:
    """Return CSV by RFC 4180 in UTF-8 with the mark that spreadsheets want: title, head, an empty line, the rows."""
    head: list[Sequence[Cell]] = [[table.title], *([line.label, line.value] for line in table.head), []]
    return csv_rows([*head, [column.label for column in table.columns], *table.rows])


def csv_rows(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return rows as such a file; every CSV that leaves the server is written here."""
    file = io.StringIO()
    csv.writer(file).writerows([_plain(cell) for cell in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def _plain(cell: Cell) -> str:
    """Return a cell of CSV: a point in numbers, ISO days, and no word that is a formula."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    if isinstance(cell, date):
        return cell.isoformat()
    return f"'{cell}" if isinstance(cell, str) and _is_formula(cell) else str(cell)


def _is_formula(words: str) -> bool:
    """Say whether a spreadsheet may take `words` for a formula."""
    return words.lstrip(" ").startswith(FORMULA_SIGNS)


def xlsx_of(table: Table) -> bytes:
    """Return a workbook with one sheet: title, head, an empty line, the rows below headers that stay in view."""
    rows = [list(row) for row in table.rows]
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_name(table.title))
    labels = [column.label for column in table.columns]
    first = len(table.head) + 3
    sheet.freeze_panes = f"A{first + 1}"
    for number, width in enumerate(_widths([labels, *([line.label, line.value] for line in table.head), *rows]), 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([_bold(sheet, table.title)])
    for line in table.head:
        sheet.append([_typed(sheet, line.label), _typed(sheet, line.value)])
    sheet.append([])
    sheet.append([_bold(sheet, label) for label in labels])
    for row in rows:
        sheet.append([_typed(sheet, cell) for cell in row])
    if labels:
        sheet.auto_filter.ref = f"A{first}:{get_column_letter(len(labels))}{first + len(rows)}"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _typed(sheet: Any, value: Cell) -> Any:
    """Return a cell of a workbook whose words are words, whatever sign they begin with."""
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", value))
    cell.data_type = "s"
    if _is_formula(value):
        cell.quotePrefix = True
    return cell


def _bold(sheet: Any, words: str) -> Any:
    cell = _typed(sheet, words)
    cell.font = Font(bold=True)
    cell.alignment = Alignment(vertical="top", wrap_text=False)
    return cell


def _sheet_name(title: str) -> str:
    """Return a name without the signs that sheets may not have in theirs."""
    return "".join(sign for sign in title if sign not in r"[]:*?/\'")[:SHEET_NAME_LENGTH].strip() or "Table"


def _widths(rows: Sequence[Sequence[Cell]]) -> list[int]:
    """Return how wide the columns must be to show what they hold, within limits."""
    count = max((len(row) for row in rows), default=0)
    longest = [0] * count
    for row in rows:
        for number, cell in enumerate(row):
            longest[number] = max(longest[number], len(_plain(cell)))
    return [min(max(length + 2, NARROWEST), WIDEST) for length in longest]


def json_of(table: Table) -> bytes:
    """Return JSON: the title, the head by its keys, the columns, and each row as an object."""
    keys = [column.key for column in table.columns]
    whole = {
        "title": table.title,
        "about": [{"key": line.key, "label": line.label, "value": _encoded(line.value)} for line in table.head],
        "columns": [{"key": column.key, "label": column.label} for column in table.columns],
        "rows": [dict(zip(keys, map(_encoded, row), strict=True)) for row in table.rows],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode() + b"\n"


def _encoded(cell: Cell) -> object:
    """Return a cell of JSON: a number where a double holds it exactly as written, else its digits as text."""
    if isinstance(cell, date):
        return cell.isoformat()
    if not isinstance(cell, Decimal):
        return cell
    if cell == cell.to_integral_value():
        return int(cell)
    return float(cell) if Decimal(repr(float(cell))) == cell else f"{cell:f}"
