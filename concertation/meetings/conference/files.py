"""The outcome of a conference as a file: CSV, Word, PDF, and the JSON whose hash is in the record."""

import io
from enum import StrEnum
from html import escape
from pathlib import Path

import docx
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from concertation.core.pdf.fonts import FAMILIES
from concertation.core.pdf.making import make_pdf
from concertation.core.tables import csv_rows
from concertation.core.word import CONTENT_TYPE, element
from concertation.meetings.conference.reading import ReadLine, ReadOutcome

STYLE = """
@page { size: A4 landscape; margin: 20mm 16mm 18mm; font: 8pt FAMILIES; color: #444;
  @bottom-left { content: string(hash); width: 80%; text-align: left; }
  @bottom-right { content: counter(page) " / " counter(pages); width: 20%; text-align: right; } }
html { font: 10pt/1.4 FAMILIES; color: #111; }
h1 { font-size: 18pt; line-height: 1.2; margin: 0 0 3mm; }
h2 { font-size: 12pt; margin: 6mm 0 2mm; break-after: avoid; }
p { margin: 0 0 1.5mm; }
.hash { string-set: hash content(); font-size: 8pt; color: #444; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; margin-top: 4mm; font-size: 9pt; }
th { text-align: start; font-weight: 600; border-bottom: .75pt solid #444; padding: 1mm 3mm 1mm 0; }
td { vertical-align: top; border-bottom: .25pt solid #999; padding: 1.5mm 3mm 1.5mm 0; }
tr { break-inside: avoid; }
"""


class Kind(StrEnum):
    """The formats."""

    CSV = "csv"
    DOCX = "docx"
    PDF = "pdf"
    JSON = "json"


CONTENT_TYPES = {
    Kind.CSV: "text/csv; charset=utf-8",
    Kind.DOCX: CONTENT_TYPE,
    Kind.PDF: "application/pdf",
    Kind.JSON: "application/json",
}


def csv_of(outcome: ReadOutcome) -> bytes:
    """Return one line for each offer, and one for each requirement without any."""
    heads = [*_heads()[:4], _("Member"), _("Offered"), _("State"), _("Limits"), *_heads()[5:]]
    rows = [[fact] for fact in [outcome.heading, *_facts(outcome)]] + [[], heads]
    for line in outcome.lines:
        rows += _rows(line)
    for name, offer in outcome.others:
        rows.append(["", name, "", "", offer.member, offer.quantity, offer.state, offer.limits, "", ""])
    return csv_rows(rows)


def docx_of(outcome: ReadOutcome) -> bytes:
    """Return a Word document, meant to be edited afterwards."""
    document = docx.Document()
    about = document.core_properties
    about.title, about.author, about.language = outcome.heading, "Concertation", get_language() or "en"
    section = document.sections[0]
    section.page_width, section.page_height = section.page_height, section.page_width
    document.add_heading(outcome.heading, level=1)
    for fact in _facts(outcome):
        document.add_paragraph(fact)
    heads = _heads()
    table = document.add_table(rows=1, cols=len(heads), style="Table Grid")
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].add_run(head).bold = True
    table.rows[0]._tr.get_or_add_trPr().append(element("tblHeader"))  # repeated on each page
    for line in outcome.lines:
        for cell, text in zip(table.add_row().cells, _cells(line), strict=True):
            cell.text = text
    if outcome.others:
        document.add_heading(_("Pledged besides"), level=2)
        for name, offer in outcome.others:
            document.add_paragraph(f"{name} · {offer.line}", style="List Bullet")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def pdf_of(outcome: ReadOutcome, *, fonts: Path) -> bytes:
    """Return a tagged PDF; raises the errors of `core.pdf.making`."""
    return make_pdf(page_of(outcome), style=STYLE.replace("FAMILIES", FAMILIES), fonts=fonts)


def page_of(outcome: ReadOutcome) -> str:
    """Return the HTML that the PDF is made of."""
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in _heads())
    rows = "".join(
        f"<tr>{''.join(f'<td>{_broken(cell)}</td>' for cell in _cells(line))}</tr>" for line in outcome.lines
    )
    facts = "".join(f"<p>{escape(fact)}</p>" for fact in _facts(outcome)[:-1])
    besides = "".join(f"<li>{escape(f'{name} · {offer.line}')}</li>" for name, offer in outcome.others)
    besides_head = escape(_("Pledged besides"))
    rest = f"<h2>{besides_head}</h2><ul>{besides}</ul>" if besides else ""
    title = escape(outcome.heading)
    head = f'<meta charset="utf-8"><title>{title}</title>'
    return (
        f'<!doctype html><html lang="{get_language() or "en"}"><head>{head}</head>'
        f'<body><h1>{title}</h1>{facts}<p class="hash">{escape(_facts(outcome)[-1])}</p>'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>{rest}</body></html>"
    )


def _facts(outcome: ReadOutcome) -> list[str]:
    """Return what stands above the list: day and state, what the list shows, what is left out, the hash."""
    day = date_format(localtime(outcome.day), "DATETIME_FORMAT")
    shown = _("Requirements on the list: %(basis)s") % {"basis": outcome.basis}
    closed = ", ".join(f"{label}: {n}" for label, n in outcome.closings)
    kept = f"SHA-256 {outcome.sha256}" if outcome.sha256 else outcome.state
    return [f"{day}, {outcome.state}", shown, closed, *outcome.partial, kept]


def _heads() -> list[str]:
    return [
        _("No."),
        _("Requirement"),
        _("Required"),
        _("When needed"),
        _("Offered in this meeting"),
        _("Still missing"),
        _("Outcome"),
    ]


def _cells(line: ReadLine) -> list[str]:
    offers = "\n".join(offer.line for offer in line.offers) or "–"
    return [line.position, line.name, line.quantity, line.period, offers, line.missing, line.outcome]


def _rows(line: ReadLine) -> list[list[str]]:
    """Return the lines of a table of a requirement."""
    offers = [[offer.member, offer.quantity, offer.state, offer.limits] for offer in line.offers] or [[""] * 4]
    before = [line.position, line.name, line.quantity, line.period]
    return [[*before, *offer, line.missing, line.outcome] for offer in offers]


def _broken(text: str) -> str:
    return escape(text).replace("\n", "<br>")
