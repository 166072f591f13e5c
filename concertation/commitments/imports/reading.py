"""A spreadsheet that anybody may have made becomes rows of text: bounded, streamed, nothing in it evaluated. No Django.

CSV is read with a comma, semicolon or tab between cells, in UTF-8, UTF-16 or the Western code page of spreadsheets;
XLSX from its first sheet that is not hidden. Reading stops as soon as there is too much.
"""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import zip_longest
from typing import Any

from openpyxl import load_workbook

from concertation.commitments.imports.faults import BadFile, Fault, Place, letters_of

LARGEST_FILE = 3_500_000
LARGEST_PART = 40_000_000
LARGEST_WHOLE = 80_000_000
MOST_PARTS = 500
MOST_ROWS = 10_000
MOST_COLUMNS = 100
LONGEST_CELL = 10_000
MOST_PLACES = 20
CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Excel 97, and whatever is encrypted
LINKED = ("xl/externalLinks/", "xl/connections.xml", "xl/queryTables/", "xl/ddeLinks/")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file that is not empty: its number, from 1, and its cells as text."""

    number: int
    cells: tuple[str, ...]


def read_lines(data: bytes, *, longest: int = LARGEST_FILE) -> list[Line]:
    """Return the rows of a CSV or XLSX file that hold anything; raises BadFile."""
    if len(data) > longest:
        raise BadFile(Fault.TOO_LARGE)
    if data.startswith(CFB):
        raise BadFile(Fault.OLD_FORMAT)
    rows = _rows_of_workbook(data) if data.startswith(b"PK") else _rows_of_csv(data)
    lines = list(_bounded(rows))
    if not lines:
        raise BadFile(Fault.EMPTY)
    return lines


def _bounded(rows: Iterable[tuple[str, ...]]) -> Iterator[Line]:
    """Yield the rows that hold anything, with their numbers; raises BadFile beyond the limits and for formulas."""
    formulas: list[Place] = []
    for number, cells in enumerate(rows, 1):
        if number > MOST_ROWS + 100:
            raise BadFile(Fault.TOO_MANY_ROWS)
        if len(cells) > MOST_COLUMNS:
            raise BadFile(Fault.TOO_MANY_COLUMNS)
        formulas += [Place(number, letters_of(index)) for index, cell in enumerate(cells) if cell.startswith("=")]
        if len(formulas) >= MOST_PLACES:
            break
        if any(cells):
            yield Line(number, tuple(_unquoted(cell) for cell in cells))
    if formulas:
        raise BadFile(Fault.FORMULAS, tuple(formulas[:MOST_PLACES]))


def _unquoted(cell: str) -> str:
    """Return a cell without the apostrophe by which our exports keep words from being formulas."""
    return cell[1:] if cell.startswith("'") and cell[1:].lstrip(" ").startswith(("=", "+", "-", "@")) else cell


def _rows_of_csv(data: bytes) -> Iterator[tuple[str, ...]]:
    """Yield the rows of CSV; raises BadFile."""
    text = _decoded(data)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        for row in reader:
            while row and not row[-1].strip():
                row.pop()
            yield tuple(cell.strip()[:LONGEST_CELL] for cell in row)
    except csv.Error as error:
        raise BadFile(Fault.BROKEN) from error


def _decoded(data: bytes) -> str:
    """Return the text of a CSV file; raises BadFile for what is no text."""
    is_wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    encodings = ["utf-16"] if is_wide else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise BadFile(Fault.NOT_A_TABLE)


def _delimiter(text: str) -> str:
    """Return what stands between cells: of comma, semicolon and tab the one that most of the first lines have most."""
    lines = text[:20_000].splitlines()[:30]
    return max(",;\t", key=lambda sign: sum(line.count(sign) for line in lines))


def _rows_of_workbook(data: bytes) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the first sheet that is not hidden; raises BadFile."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(archive)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        sheet = next((sheet for sheet in book.worksheets if sheet.sheet_state == "visible"), None)
        if sheet is None:
            raise BadFile(Fault.EMPTY)
        sheet.reset_dimensions()  # what the file says of its size is not trusted
        for row in sheet.iter_rows(max_col=MOST_COLUMNS + 1):
            yield _texts(row)
    except BadFile:
        raise
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, RuntimeError, EOFError, OSError) as error:
        raise BadFile(Fault.NOT_A_TABLE) from error
    except Exception as error:  # whatever the library makes of a file that is none
        raise BadFile(Fault.BROKEN) from error


def _check(archive: zipfile.ZipFile) -> None:
    """Refuse what unpacks to too much, declares entities, holds macros, or reaches out of the file; raises BadFile."""
    parts = archive.infolist()
    names = [part.filename for part in parts]
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_WHOLE:
        raise BadFile(Fault.TOO_LARGE)
    if any(part.file_size > LARGEST_PART for part in parts):
        raise BadFile(Fault.TOO_LARGE)
    if "xl/workbook.xml" not in names:
        raise BadFile(Fault.NOT_A_TABLE)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise BadFile(Fault.MACROS)
    if any(name.startswith(LINKED) for name in names):
        raise BadFile(Fault.LINKS)
    if len(set(names)) != len(names) or any(part.flag_bits & 1 for part in parts):
        raise BadFile(Fault.BROKEN)
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            with archive.open(part) as file:
                _check_xml(file)


def _check_xml(file: Any) -> None:
    """Refuse XML that declares a document type, or hides it in another encoding; raises BadFile."""
    last = b""
    while block := file.read(1_000_000):
        if not last and block[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise BadFile(Fault.BROKEN)
        if b"<!DOCTYPE" in last + block or b"<!ENTITY" in last + block:
            raise BadFile(Fault.BROKEN)
        last = block[-16:]


def _texts(row: Iterable[Any]) -> tuple[str, ...]:
    """Return the cells of a row of a workbook as text: ISO days, plain digits, formulas with their sign."""
    texts = [_text(cell) for cell in row]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return "="
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{Decimal(repr(value)).normalize():f}"
    text = str(value).strip()[:LONGEST_CELL]
    return f"'{text}" if text.startswith("=") else text  # words, as the file says, whatever they look like


def head_and_rows(lines: list[Line], known: frozenset[str]) -> tuple[Line, list[Line]]:
    """Return the row of headers and the rows below: of the first thirty the one with most headers of `known`.

    What stands above it, as the head of an export, is left out. Raises BadFile for a file without rows.
    """
    first = max(range(min(30, len(lines))), key=lambda place: _score(lines[place], known))
    if len(lines) <= first + 1:
        raise BadFile(Fault.EMPTY)
    if len(lines) - first - 1 > MOST_ROWS:
        raise BadFile(Fault.TOO_MANY_ROWS)
    width = max(len(line.cells) for line in lines[first:])
    return _padded(lines[first], width), [_padded(line, width) for line in lines[first + 1 :]]


def _score(line: Line, known: frozenset[str]) -> int:
    return sum(folded(cell) in known for cell in line.cells)


def _padded(line: Line, width: int) -> Line:
    cells = tuple(cell for cell, _ in zip_longest(line.cells, range(width), fillvalue=""))
    return Line(line.number, cells)


def folded(header: str) -> str:
    """Return a header without case, blanks and signs, so that “No. of units” and “no of units” are the same."""
    return "".join(sign for sign in header.casefold() if sign.isalnum())
