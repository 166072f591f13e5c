"""A copy of a text as a tagged PDF (PDF/UA-1), made by WeasyPrint in a process of its own. No Django here."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import BoundedSemaphore

from concertation.texts.exports import markup, pdf_render
from concertation.texts.exports.fonts import faces, font_files
from concertation.texts.exports.frame import Copy
from concertation.texts.exports.pdf_style import style_of

SECONDS = 240  # for one PDF, waiting for a busy machine included; the program bounds its own work
PATIENCE = 30  # seconds to wait for a place
KEPT = 200  # files
_delegates, _public = BoundedSemaphore(2), BoundedSemaphore(1)  # strangers never take the delegates' places


class PdfFailed(Exception):
    """No PDF could be made; the subclass says why."""


class NoPango(PdfFailed):
    """The library Pango is not on this machine."""


class Busy(PdfFailed):
    """As many PDFs are being made as the server makes at once."""


class TooLong(PdfFailed):
    """It would take longer, or more memory, than one text may."""


def pdf_of(copy: Copy, *, fonts: Path, kept_in: Path | None = None, is_public: bool = False) -> bytes:
    """Return the file, with the fonts in folder `fonts`, else the system's; raises NoPango, Busy, TooLong.

    With `kept_in`, the same copy is made once: what comes out depends on nothing but what goes in.
    """
    page = markup.page_of(copy, style="")
    return pdf_of_page(page, style_of(copy), fonts=fonts, kept_in=kept_in, is_public=is_public)


def pdf_of_page(page: str, style: str, *, fonts: Path, kept_in: Path | None = None, is_public: bool = False) -> bytes:
    """Return a page of HTML with its style sheet as such a file; else as `pdf_of`."""
    files = font_files(fonts)
    facts = {
        "fonts": {f"{script}-{kind}": str(path) for (script, kind), path in files.items()},
        "style": f"{faces(files)}\n{style}",
    }
    given = json.dumps(facts, sort_keys=True).encode() + b"\n" + page.encode()
    kept = kept_in / f"{hashlib.sha256(given).hexdigest()}.pdf" if kept_in else None
    if kept and kept.is_file():
        return kept.read_bytes()
    made = _render(given, _public if is_public else _delegates)
    if kept:
        _keep(kept, made)
    return made


def _render(given: bytes, places: BoundedSemaphore) -> bytes:
    """Return what the program makes of its input; waits a little for a place."""
    if not places.acquire(timeout=PATIENCE):
        raise Busy
    try:
        command = [sys.executable, "-m", pdf_render.__name__]
        done = subprocess.run(command, input=given, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise TooLong from error
    finally:
        places.release()
    if done.returncode == pdf_render.NO_PANGO:
        raise NoPango
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        raise TooLong(done.stderr[-500:].decode(errors="replace"))
    return done.stdout


def _keep(path: Path, made: bytes) -> None:
    """Keep a file, whole or not at all, and drop the oldest of too many."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(made)
    Path(file.name).replace(path)
    by_age = sorted(path.parent.glob("*.pdf"), key=lambda one: one.stat().st_mtime, reverse=True)
    for old in by_age[KEPT:]:
        old.unlink(missing_ok=True)
