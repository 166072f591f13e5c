"""Files for tests of imports, made in memory."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook

REQUIREMENTS = "key,name,nom,line,phase,capability,quantity,currency,priority,essential,area,needed from,needed to"
CONTRIBUTIONS = (
    "key,member,title,line,capability,quantity,currency,available from,available to,to be delivered by,announced,"
    "committed,delivered,delivered on"
)
NEED = "a,Ports,Ports,deterrence,presence,air-defence,4,,high,yes,Coast,2026-03-01,2026-12-31"
OFFER = "a,DE,Two batteries,deterrence,air-defence,2,,2026-03-01,,2026-06-30,2025-07-01,2025-07-02,,"


def csv_of(*lines: str) -> bytes:
    """Return lines as a CSV file."""
    return ("\r\n".join(lines) + "\r\n").encode()


def xlsx_of(rows: Sequence[Sequence[Any]], *, more: Mapping[str, bytes] | None = None) -> bytes:
    """Return rows as a workbook, with `more` parts beside its own."""
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    file = io.BytesIO()
    book.save(file)
    if more:
        with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
            for name, content in more.items():
                archive.writestr(name, content)
    return file.getvalue()


def as_workbook(*lines: str) -> bytes:
    """Return CSV lines as a workbook whose numbers are numbers."""
    rows = csv.reader(lines)
    return xlsx_of([[float(cell) if cell.replace(".", "").isdigit() else cell or None for cell in row] for row in rows])
