"""What an import says to a person: why a file was refused, what of it could not be kept."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from concertation.texts.blocks import words_of
from concertation.texts.exports.flow import first_words, full_name
from concertation.texts.imports.errors import Fault
from concertation.texts.imports.result import Imported, Loss
from concertation.texts.paragraphs import linear
from concertation.texts.reading import Change, SheetParagraph

FAULTS: Mapping[Fault, Promise] = {
    Fault.NOT_A_PACKAGE: _("This is not a Word document, or it is damaged. Save it again as .docx."),
    Fault.OLD_FORMAT: _("This is an old .doc file, or one with a password. Save it as .docx without a password."),
    Fault.NOT_A_DOCUMENT: _("This is another kind of file with the name of a Word document."),
    Fault.MACROS: _("This document has macros. Save it as .docx, which has none."),
    Fault.TOO_LARGE: _("This document is larger than a text can be (3.5 MB, 5,000 paragraphs, 1,000,000 characters)."),
    Fault.BROKEN: _("This document is damaged: it cannot be read to its end."),
    Fault.FOREIGN_ENTITIES: _("This document refers to things outside itself and was not opened."),
    Fault.EMPTY: _("No words were found in this document."),
}
LOSSES: Mapping[Loss, Promise] = {
    Loss.TABLE: _("Tables: the words of their cells became paragraphs"),
    Loss.IMAGE: _("Pictures: left out"),
    Loss.TEXT_BOX: _("Text boxes and drawings: left out"),
    Loss.FOOTNOTE: _("Footnotes: left out"),
    Loss.ENDNOTE: _("Endnotes: left out"),
    Loss.FORMULA: _("Formulas: left out"),
    Loss.OBJECT: _("Embedded objects: left out"),
    Loss.LINK: _("Links: their words stay, their addresses were left out"),
    Loss.FIELD: _("Fields, such as dates and cross-references: their last shown words stay"),
    Loss.HIDDEN: _("Hidden words: left out"),
    Loss.UNDERLINE: _("Underlining: the words stay without it"),
    Loss.STRIKE: _("Words struck through without tracking: they stay, not struck through"),
    Loss.SCRIPT: _("Superscript and subscript: the words stay on the line"),
    Loss.CONTROL: _("Characters that cannot be seen and could make words read otherwise: left out"),
    Loss.SYMBOL: _("Symbols of special fonts: left out"),
    Loss.HEADING_DEPTH: _("Headings below the third level: now of the third level"),
    Loss.LIST_DEPTH: _("Entries of lists deeper than eight levels: now on the eighth"),
    Loss.COMMENT: _("Comments on the title or outside the words: left out"),
    Loss.FRAME: _("Headers and footers: left out"),
    Loss.PARAGRAPH_BREAK: _("Tracked changes of where a paragraph ends: the paragraphs stay as they are"),
    Loss.LIST_ENTRY: _("Tracked new entries in a list: taken as part of the draft"),
    Loss.LOOK_CHANGE: _("Tracked changes of look: taken as they are now"),
    Loss.MOVE: _("Tracked moves: each became a deletion and an insertion"),
    Loss.BRACKET: _("Square brackets of an export of ours: left out with their holders; place them again"),
    Loss.MACROS: _("Macros: never opened, left out"),
    Loss.EXTERNAL: _("Templates and files elsewhere: not opened, left out"),
}


class Lost(NamedTuple):
    """One kind of thing that could not be kept, and how many there were."""

    sentence: Promise
    number: int


def lost(losses: Mapping[Loss, int]) -> list[Lost]:
    """Return what could not be kept, in the order of the list above."""
    return [Lost(sentence, losses[loss]) for loss, sentence in LOSSES.items() if losses.get(loss)]


class Proposed(NamedTuple):
    """What somebody did in the file: what it is, by whom, and the words."""

    kind: Promise
    author: str
    words: str


def acts_in(imported: Imported) -> list[Proposed]:
    """Return the tracked changes and the comments of a file, in their order."""
    return [act for paragraph in imported.paragraphs for act in _acts(paragraph)]


def _acts(paragraph: SheetParagraph) -> Iterator[Proposed]:
    if paragraph.inserted_by:
        yield Proposed(_("new paragraph"), full_name(paragraph.inserted_by), first_words(paragraph.block))
    if paragraph.deleted_by:
        yield Proposed(_("paragraph deleted"), full_name(paragraph.deleted_by), first_words(paragraph.block))
    for change in paragraph.changes:
        yield _act(change, linear(paragraph.block)[change.start : change.end])
    for remark in paragraph.remarks:
        yield Proposed(_("comment"), full_name(remark.author), remark.body)


def _act(change: Change, gone: str) -> Proposed:
    """Return one change in words."""
    come = words_of(change.runs)
    if gone and come:
        return Proposed(_("replaced"), full_name(change.author), f"{gone} → {come}")
    kind = _("deleted") if gone else _("inserted")
    return Proposed(kind, full_name(change.author), gone or come)
