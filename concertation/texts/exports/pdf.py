"""A copy of a text as a tagged PDF (PDF/UA-1), made by WeasyPrint in a process of its own. No Django here."""

import json
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

from concertation.texts.exports import markup, pdf_render
from concertation.texts.exports.fonts import faces, font_files
from concertation.texts.exports.frame import Copy
from concertation.texts.exports.pdf_style import style_of

AT_ONCE = 2
SECONDS = 90
_places = BoundedSemaphore(AT_ONCE)


class PdfFailed(Exception):
    """No PDF could be made; the subclass says why."""


class NoPango(PdfFailed):
    """The library Pango is not on this machine."""


class Busy(PdfFailed):
    """As many PDFs are being made as the server makes at once."""


class TooLong(PdfFailed):
    """It would take longer, or more memory, than one text may."""


def pdf_of(copy: Copy, *, fonts: Path) -> bytes:
    """Return the file, with the fonts in folder `fonts`, else the system's; raises NoPango, Busy, TooLong."""
    files = font_files(fonts)
    facts = {
        "fonts": {f"{script}-{style}": str(path) for (script, style), path in files.items()},
        "style": f"{faces(files)}\n{style_of(copy)}",
    }
    page = markup.page_of(copy, style="").encode()
    return _render(json.dumps(facts).encode() + b"\n" + page)


def _render(given: bytes) -> bytes:
    """Return what the program makes of its input; waits a little for a place."""
    if not _places.acquire(timeout=SECONDS / 3):
        raise Busy
    try:
        command = [sys.executable, "-m", pdf_render.__name__]
        done = subprocess.run(command, input=given, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise TooLong from error
    finally:
        _places.release()
    if done.returncode == pdf_render.NO_PANGO:
        raise NoPango
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        raise TooLong(done.stderr[-500:].decode(errors="replace"))
    return done.stdout
