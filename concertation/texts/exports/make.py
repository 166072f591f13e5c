"""The formats of an export, and the one way to make any of them. No Django here."""

from enum import StrEnum
from pathlib import Path

from concertation.core.word import CONTENT_TYPE
from concertation.texts.exports.akn import akn_of
from concertation.texts.exports.docx import docx_of
from concertation.texts.exports.frame import Copy
from concertation.texts.exports.markdown import markdown_of
from concertation.texts.exports.markup import html_of
from concertation.texts.exports.pdf import pdf_of


class Format(StrEnum):
    """What a text can be exported to; the value is the suffix of the file."""

    PDF = "pdf"
    DOCX = "docx"
    AKN = "xml"
    HTML = "html"
    MARKDOWN = "md"


CONTENT_TYPES = {
    Format.PDF: "application/pdf",
    Format.DOCX: CONTENT_TYPE,
    Format.AKN: "application/akn+xml",
    Format.HTML: "text/html; charset=utf-8",
    Format.MARKDOWN: "text/markdown; charset=utf-8",
}


def make(copy: Copy, into: Format, *, fonts: Path, kept_in: Path | None = None, is_public: bool = False) -> bytes:
    """Return the file; raises PdfFailed when no PDF could be made.

    PDFs are looked up and kept in folder `kept_in`; those for the public have a place of their own to be made in.
    """
    if into == Format.PDF:
        return pdf_of(copy, fonts=fonts, kept_in=kept_in, is_public=is_public)
    makers = {Format.DOCX: docx_of, Format.AKN: akn_of, Format.HTML: html_of, Format.MARKDOWN: markdown_of}
    return makers[into](copy)
