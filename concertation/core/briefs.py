"""A brief or a book of them: headings, sentences and tables in one language, as Word to be edited and as PDF.

No Django here.
"""

import html
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from concertation.core.pdf.fonts import FAMILIES
from concertation.core.pdf.making import make_pdf
from concertation.core.word import FONT, element, field

STYLE = """
@page {
  size: A4; margin: 22mm 18mm 20mm;
  font: 8.5pt FAMILIES; color: #444;
  @top-left { content: string(title); }
  @top-right { content: string(mark); }
  @bottom-right { content: counter(page) " / " counter(pages); }
}
html { font: 10.5pt/1.4 FAMILIES; color: #111; }
body { margin: 0; }
h1 { font-size: 19pt; line-height: 1.2; margin: 0 0 1mm; string-set: title content(); }
h2 { font-size: 13pt; margin: 7mm 0 2mm; }
h3 { font-size: 10.5pt; margin: 5mm 0 1.5mm; }
h1, h2, h3 { break-after: avoid; }
.mark { string-set: mark content(); font-weight: 600; }
.book h2 { break-before: page; margin-top: 0; font-size: 15pt; }
nav { margin-top: 8mm; }
nav p { font-weight: 600; }
nav ol { list-style: none; margin: 0; padding: 0; }
nav li { margin: 0 0 1.5mm; }
nav a { color: inherit; text-decoration: none; }
nav a::after { content: leader(".") target-counter(attr(href), page); }
p { margin: 0 0 2mm; orphans: 2; widows: 2; }
.about { font-size: 9.5pt; padding: 2mm 0; margin: 3mm 0 5mm; }
.about { border-top: .5pt solid #888; border-bottom: .5pt solid #888; }
.about p { margin: 0; }
table { width: 100%; table-layout: fixed; border-collapse: collapse; font-size: 8.5pt; line-height: 1.3; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th { text-align: start; color: #444; font-weight: 400; padding: 1mm 3mm 1mm 0; border-bottom: .5pt solid #888; }
td { vertical-align: top; padding: 1.2mm 3mm 1.2mm 0; border-bottom: .25pt solid #ccc; }
.figure { text-align: end; }
td.figure { white-space: nowrap; }
""".replace("FAMILIES", FAMILIES)


COLONS = {"fr": "\u00a0:"}  # after a word and before what it says; elsewhere the sign alone
LINE = 120  # signs that fit beside one another in a table of a page
GAP = 3  # signs between two columns
LETTERS = (("Normal", 10.5), ("Title", 20), ("Subtitle", 11), ("Heading 1", 14), ("Heading 2", 11.5))


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of words and written figures; `figures` are the columns that stand to the right."""

    headers: Sequence[str]
    rows: Sequence[Sequence[str]]
    figures: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands below it; `level` is 1 for a chapter, 2 for a part of one."""

    heading: str
    sentences: Sequence[str] = ()
    grid: Grid | None = None
    level: int = 1


@dataclass(frozen=True, slots=True)
class Brief:
    """All of a brief, already in words; `about` says what is measured, when, and whether it is partial.

    `mark` stands above every page. With `contents`, the heading of its table of contents, it is a book: every chapter
    begins a page.
    """

    title: str
    subtitle: str
    about: Sequence[tuple[str, str]]
    sections: Sequence[Section] = ()
    language: str = "en"
    mark: str = ""
    contents: str = ""

    @property
    def colon(self) -> str:
        """The sign between a label and what it says, as the language writes it."""
        return COLONS.get(self.language, ":")


def brief_as_docx(brief: Brief) -> bytes:
    """Return a Word document with styles of Word's own, so that it is easily edited."""
    document = docx.Document()
    _set_styles(document, brief)
    _set_frame(document, brief)
    document.add_paragraph(brief.title, style="Title")
    document.add_paragraph(brief.subtitle, style="Subtitle")
    for label, value in brief.about:
        line = document.add_paragraph()
        line.paragraph_format.space_after = Pt(0)
        line.add_run(f"{label}{brief.colon} ").bold = True
        line.add_run(value)
    for section in brief.sections:
        heading = document.add_heading(section.heading, level=section.level)
        heading.paragraph_format.page_break_before = bool(brief.contents) and section.level == 1
        for sentence in section.sentences:
            document.add_paragraph(sentence)
        if section.grid:
            _add_grid(document, section.grid)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _set_styles(document: Any, brief: Brief) -> None:
    """Give the document its letters and its language."""
    for name, size in LETTERS:
        style = document.styles[name]
        style.font.size, style.font.name = Pt(size), FONT
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[theme]
        if name != "Normal":
            style.font.color.rgb = RGBColor(0x11, 0x18, 0x27)
    document.styles["Normal"].paragraph_format.space_after = Pt(4)
    for properties in document.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr"):
        for old in properties.findall(qn("w:lang")):
            properties.remove(old)
        properties.append(element("lang", val=brief.language))
    about = document.core_properties
    about.title, about.language, about.author = brief.title, brief.language, "Concertation"


def _set_frame(document: Any, brief: Brief) -> None:
    """Put title and mark above every page and its number below, within margins that leave room for tables."""
    section = document.sections[0]
    section.left_margin = section.right_margin = Cm(2)
    section.header.paragraphs[0].text = " · ".join(filter(None, [brief.title, brief.mark]))
    foot = section.footer.paragraphs[0]
    foot.alignment = 2
    foot._p.append(field("PAGE"))


def _add_grid(document: Any, grid: Grid) -> None:
    """Add a table whose headers stand on every page again."""
    table = document.add_table(rows=1, cols=len(grid.headers), style="Light List")
    table.rows[0]._tr.get_or_add_trPr().append(element("tblHeader"))
    for cells, texts in ((table.rows[0].cells, grid.headers), *_filled(table, grid.rows)):
        for place, (cell, text) in enumerate(zip(cells, texts, strict=True)):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            paragraph.add_run(text).font.size = Pt(9)
            if place in grid.figures:
                paragraph.alignment = 2


def _filled(table: Any, rows: Sequence[Sequence[str]]) -> Iterable[tuple[Any, Sequence[str]]]:
    """Yield new rows of the table with what belongs in them."""
    return ((table.add_row().cells, row) for row in rows)


def brief_as_pdf(brief: Brief, *, fonts: Path) -> bytes:
    """Return a tagged PDF; raises NoPango, Busy, TooLong of `core.pdf.making`."""
    return make_pdf(page_of(brief), style=STYLE, fonts=fonts)


def page_of(brief: Brief) -> str:
    """Return the page from which the PDF is made."""
    mark = f'<p class="mark">{_safe(brief.mark)}</p>' if brief.mark else ""
    about = "".join(
        f"<p><strong>{_safe(label)}{brief.colon}</strong> {_safe(value)}</p>" for label, value in brief.about
    )
    sections = "".join(_section(number, section) for number, section in enumerate(brief.sections))
    return (
        f'<!doctype html><html lang="{_safe(brief.language)}"><head><meta charset="utf-8">'
        f"<title>{_safe(brief.title)}</title></head><body{_named('book' if brief.contents else '')}>"
        f"<h1>{_safe(brief.title)}</h1>{mark}"
        f'<p>{_safe(brief.subtitle)}</p><div class="about">{about}</div>{_contents(brief)}{sections}</body></html>'
    )


def _contents(brief: Brief) -> str:
    """Return the chapters of a book with their pages."""
    if not brief.contents:
        return ""
    lines = "".join(
        f'<li><a href="#s{number}">{_safe(section.heading)}</a></li>'
        for number, section in enumerate(brief.sections)
        if section.level == 1
    )
    return f"<nav><p>{_safe(brief.contents)}</p><ol>{lines}</ol></nav>"


def _section(number: int, section: Section) -> str:
    tag = f"h{section.level + 1}"
    sentences = "".join(f"<p>{_safe(sentence)}</p>" for sentence in section.sentences)
    heading = f'<{tag} id="s{number}">{_safe(section.heading)}</{tag}>'
    return f"<section>{heading}{sentences}{_grid(section.grid) if section.grid else ''}</section>"


def _grid(grid: Grid) -> str:
    head = "".join(
        f'<th scope="col"{_named("figure" if place in grid.figures else "")}>{_safe(text)}</th>'
        for place, text in enumerate(grid.headers)
    )
    rows = "".join(
        "<tr>"
        + "".join(
            f"<td{_named('figure' if place in grid.figures else '')}>{_safe(text)}</td>"
            for place, text in enumerate(row)
        )
        + "</tr>"
        for row in grid.rows
    )
    columns = "".join(f'<col style="width: {share:.1%}">' for share in shares_of(grid))
    return f"<table><colgroup>{columns}</colgroup><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def shares_of(grid: Grid) -> list[float]:
    """Return how much of the width each column takes: what its longest cell needs, as far as others leave room.

    Of the room, long columns get shares by the square root of what they need. Widths that are known beforehand spare
    the layout a quarter of its time.
    """
    columns = list(zip(grid.headers, *grid.rows, strict=True))
    wanted = [max(map(len, column)) + GAP for column in columns]
    least = [max(len(word) for cell in column for word in cell.split() or [""]) + GAP for column in columns]
    room, widths = float(LINE), [0.0] * len(wanted)
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    for place, column in enumerate(order):
        fair = room * sqrt(wanted[column]) / sum(sqrt(wanted[other]) for other in order[place:])
        widths[column] = max(min(wanted[column], fair), least[column])
        room = max(room - widths[column], 0)
    return [width / sum(widths) for width in widths]


def _named(name: str) -> str:
    return f' class="{name}"' if name else ""


def _safe(text: str) -> str:
    return html.escape(text)
