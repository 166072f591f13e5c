"""A copy of a text as a tagged PDF (PDF/UA-1). No Django here."""

from pathlib import Path

from concertation.core.pdf.making import make_pdf
from concertation.texts.exports import markup
from concertation.texts.exports.frame import Copy
from concertation.texts.exports.pdf_style import style_of


def pdf_of(copy: Copy, *, fonts: Path, kept_in: Path | None = None, is_public: bool = False) -> bytes:
    """Return the file, as `make_pdf` makes it; raises NoPango, Busy, TooLong."""
    page = markup.page_of(copy, style="")
    return make_pdf(page, style=style_of(copy), fonts=fonts, kept_in=kept_in, is_public=is_public)
