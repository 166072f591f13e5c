"""A copy of a text as a Word document: real numbering, tracked changes and comments. No Django here."""

import io
from collections.abc import Sequence
from typing import Any

import docx

from concertation.core.word import element
from concertation.texts.exports.docx_parts import (
    KIND,
    LEGEND,
    LISTED,
    NUMBERED,
    TITLE,
    Numbering,
    set_frame,
    set_styles,
)
from concertation.texts.exports.docx_words import Writer
from concertation.texts.exports.flow import (
    ListFlow,
    Trace,
    aligned,
    list_of,
    pieces_of,
)
from concertation.texts.exports.frame import Copy, direction, version_line
from concertation.texts.reading import SheetParagraph, SheetVersion


def docx_of(copy: Copy) -> bytes:
    """Return the file."""
    document = docx.Document()
    set_styles(document, copy)
    set_frame(document, copy)
    _describe(document, copy)
    body = _Body(document, copy)
    for title, version in {one.title: one for one in reversed(copy.versions)}.items().__reversed__():
        body.line(title, TITLE, version.language)
    if copy.sheet.members:
        body.line(f"{copy.words.adopted_by} {', '.join(copy.sheet.members)}", LEGEND, copy.words.language)
    if copy.columns:
        body.table(copy.versions)
    else:
        for version in copy.versions:
            body.version(version)
    body.legend()
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _describe(document: Any, copy: Copy) -> None:
    """Fill in the properties that programs show of a file."""
    about = document.core_properties
    about.title, about.language = copy.title, copy.versions[0].language
    about.author = about.last_modified_by = "Concertation"
    about.comments = f"{copy.sheet.state} · {copy.sheet.audience} · SHA-256 {copy.sheet.sha256}"
    about.created = about.modified = copy.sheet.at.replace(tzinfo=None)


class _Body:
    """Writes versions into the document."""

    def __init__(self, document: Any, copy: Copy) -> None:
        self.document, self.copy = document, copy
        self.numbering = Numbering(document)
        self.writer = Writer(document, copy)
        self.counts: dict[str, int] = {}

    def version(self, version: SheetVersion) -> None:
        """Write a version below what there is."""
        if len(self.copy.versions) > 1:
            self.line(version_line(version, self.copy.words), KIND, self.copy.words.language)
        for paragraph in version.paragraphs:
            self.paragraph(self.document, paragraph, version.language)
        if not version.paragraphs:
            self.line(self.copy.words.nothing, LEGEND, self.copy.words.language)

    def table(self, versions: Sequence[SheetVersion]) -> None:
        """Write the versions side by side: a row for each paragraph, the head again on every page."""
        rows = aligned(versions)
        table = self.document.add_table(rows=0, cols=len(versions))
        row = table.add_row()
        row._tr.get_or_add_trPr().append(element("tblHeader"))
        for cell, version in zip(row.cells, versions, strict=True):
            cell.paragraphs[0].style = KIND
            cell.paragraphs[0].add_run(version_line(version, self.copy.words))
        for counterparts in rows:
            cells = table.add_row().cells
            for cell, version, paragraph in zip(cells, versions, counterparts, strict=True):
                if paragraph is not None:
                    self.paragraph(cell, paragraph, version.language)
                    first = cell.paragraphs[0]._p
                    first.getparent().remove(first)

    def paragraph(self, into: Any, paragraph: SheetParagraph, language: str) -> None:
        """Write one block into the document or a cell."""
        block = paragraph.block
        if block["type"] == "heading":
            made = self._new(into, f"Heading {block['level']}", paragraph, language)
            self.writer.write(made._p, pieces_of(paragraph), language)
        elif block["type"] == "paragraph":
            made = self._new(into, "Normal" if paragraph.number is None else NUMBERED, paragraph, language)
            if paragraph.number is not None:
                self._number(made, self._count(language), 0)
            self.writer.write(made._p, pieces_of(paragraph), language)
        else:
            self._list(into, list_of(paragraph), paragraph, language, depth=0)

    def _list(self, into: Any, flow: ListFlow, paragraph: SheetParagraph, language: str, *, depth: int) -> None:
        count = self.numbering.new(Numbering.ORDERED if flow.is_ordered else Numbering.BULLETED)
        for entry in flow.entries:
            made = self._new(into, LISTED, paragraph, language)
            self._number(made, count, depth)
            self.writer.write(made._p, entry.pieces, language)
            for inner in entry.below:
                self._list(into, inner, paragraph, language, depth=depth + 1)

    def _new(self, into: Any, style: str, paragraph: SheetParagraph, language: str) -> Any:
        """Return a new paragraph, itself proposed where the whole block is."""
        made = into.add_paragraph(style=style)
        if direction(language, self.copy.words) == "rtl":
            made._p.get_or_add_pPr().append(element("bidi"))
        if paragraph.inserted_by:
            self.writer.mark(made._p, "ins", Trace(paragraph.inserted_by))
        if paragraph.deleted_by:
            self.writer.mark(made._p, "del", Trace(paragraph.deleted_by))
        return made

    def _number(self, made: Any, count: int, level: int) -> None:
        numbering = made._p.get_or_add_pPr().get_or_add_numPr()
        numbering.get_or_add_ilvl().val = level
        numbering.get_or_add_numId().val = count

    def _count(self, language: str) -> int:
        """Return the count of the numbered paragraphs in one language."""
        if language not in self.counts:
            self.counts[language] = self.numbering.new(Numbering.PARAGRAPHS)
        return self.counts[language]

    def legend(self) -> None:
        """Say below the text how to read it; remarks are comments of Word."""
        for line in self.copy.legend:
            self.line(line, LEGEND, self.copy.words.language)

    def line(self, text: str, style: str, language: str) -> None:
        """Write one line of our own."""
        run = self.document.add_paragraph(style=style).add_run(text)
        run._r.get_or_add_rPr().append(element("lang", val=language, bidi=language))
