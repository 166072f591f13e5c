"""How long the files of a long text take: `python -m benchmarks.exports` prints a table, beside peers.

400 paragraphs in two languages with 200 proposals, 100 brackets and 50 reservations. The peers make less: LibreOffice
turns our Word file into a PDF, python-docx writes the bare words of one language, no numbering, changes or comments.
"""

import io
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import docx

from concertation.texts.exports.frame import Copy
from concertation.texts.exports.make import Format, make
from concertation.texts.imports.reader import import_docx
from concertation.texts.paragraphs import linear
from concertation.texts.reading import BracketSpan, Change, RemarkSpan, SheetParagraph, SheetVersion
from concertation.texts.tests.sheets import AT, BRITAIN, FRANCE, LABELS, plain, rich_sheet

PARAGRAPHS = 400
WORDS = (
    "The members of the coalition reaffirm that a just and lasting peace rests on the full respect of sovereignty and "
    "territorial integrity, and stand ready to deploy forces once a ceasefire has come into effect."
)
RUNS = 2


def version(language: str) -> SheetVersion:
    """Return one long version."""
    return SheetVersion(language, "Joint statement", True, [paragraph(number) for number in range(1, PARAGRAPHS + 1)])


def paragraph(number: int) -> SheetParagraph:
    """Return one paragraph; every second has a proposal, every fourth a bracket, every eighth a reservation."""
    key = f"{number:010d}"
    changes = (Change(key, 4, 11, ({"text": "States"},), FRANCE, AT),) if number % 2 == 0 else ()
    brackets = (BracketSpan(key, 50, 75, ("GB", "IT")),) if number % 4 == 0 else ()
    remarks = (RemarkSpan(key, True, 50, 75, BRITAIN, AT, "Subject to parliament."),) if number % 8 == 0 else ()
    return SheetParagraph(key, number, plain(f"{WORDS} ({number})"), brackets, changes, remarks)


def bare_docx(copy: Copy) -> bytes:
    """Return what python-docx writes of the bare words."""
    document = docx.Document()
    for one in copy.versions[0].paragraphs:
        document.add_paragraph(linear(one.block))
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def office_pdf(data: bytes) -> bytes:
    """Return the PDF that LibreOffice makes of a Word file, its start included."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "text.docx"
        path.write_bytes(data)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", folder, str(path)]
        subprocess.run(command, capture_output=True, check=True)
        return path.with_suffix(".pdf").read_bytes()


def measured(act: Callable[[], bytes], runs: int = RUNS) -> tuple[float, float, int]:
    """Return the best of some times, in seconds by the clock and of work, and the size of what came out."""
    best, least, size = float("inf"), float("inf"), 0
    for _ in range(runs):
        began, worked = time.perf_counter(), work_done()
        size = len(act())
        best, least = min(best, time.perf_counter() - began), min(least, work_done() - worked)
    return best, least, size


def work_done() -> float:
    """Return the seconds of work of this process and of the programs that it ran."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def main() -> int:
    """Print the table."""
    sheet = rich_sheet(versions=[version("en"), version("fr")])
    both = Copy(sheet, list(sheet.versions), LABELS)
    single = Copy(sheet, list(sheet.versions)[:1], LABELS)
    side = Copy(sheet, list(sheet.versions), LABELS, is_side_by_side=True)
    fonts = Path(__file__).parent.parent / "frontend" / "dist" / "assets"
    word = make(single, Format.DOCX, fonts=fonts)
    rows: list[tuple[str, Callable[[], bytes]]] = [
        ("PDF, one language", lambda: make(single, Format.PDF, fonts=fonts)),
        ("PDF, two in sequence", lambda: make(both, Format.PDF, fonts=fonts)),
        ("PDF, two side by side", lambda: make(side, Format.PDF, fonts=fonts)),
        ("DOCX, one language", lambda: make(single, Format.DOCX, fonts=fonts)),
        ("DOCX, two side by side", lambda: make(side, Format.DOCX, fonts=fonts)),
        ("Akoma Ntoso, two, validated", lambda: make(both, Format.AKN, fonts=fonts)),
        ("HTML, two side by side", lambda: make(side, Format.HTML, fonts=fonts)),
        ("Markdown, two", lambda: make(both, Format.MARKDOWN, fonts=fonts)),
        ("import of the DOCX", lambda: b"x" * len(import_docx(word, now=AT).paragraphs)),
        ("peer: python-docx, bare words", lambda: bare_docx(single)),
    ]
    if shutil.which("soffice"):
        rows.append(("peer: LibreOffice, DOCX to PDF", lambda: office_pdf(word)))
    print(f"{'400 paragraphs':<32}{'seconds':>9}{'of work':>9}{'bytes':>12}")
    for name, act in rows:
        seconds, work, size = measured(act)
        print(f"{name:<32}{seconds:>9.2f}{work:>9.2f}{size:>12,}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
