"""A table as CSV that a spreadsheet opens without running anything; pure."""

import csv
import io
from collections.abc import Iterable, Sequence

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # what a spreadsheet may read as a formula


def harmless(value: str) -> str:
    """Return `value` so that a spreadsheet takes it for words: an apostrophe before what would begin a formula."""
    return f"'{value}" if value.lstrip(" ").startswith(FORMULA) or value.startswith(FORMULA) else value


def csv_of(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return CSV in UTF-8 with a mark of it, since spreadsheets guess otherwise."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([harmless(value) for value in head])
    writer.writerows([harmless(value) for value in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")
