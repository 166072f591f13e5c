"""What an import found: the draft, what was proposed in it, and what could not be kept. No Django here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from concertation.texts.blocks import Block
from concertation.texts.reading import SheetParagraph


class Loss(StrEnum):
    """What a Word document can hold and a text cannot."""

    TABLE = "table"
    IMAGE = "image"
    TEXT_BOX = "text box"
    FOOTNOTE = "footnote"
    ENDNOTE = "endnote"
    FORMULA = "formula"
    OBJECT = "object"
    LINK = "link"
    FIELD = "field"
    HIDDEN = "hidden words"
    UNDERLINE = "underlining"
    STRIKE = "strike-through"
    SCRIPT = "superscript"
    CONTROL = "control character"
    SYMBOL = "symbol"
    HEADING_DEPTH = "deep heading"
    LIST_DEPTH = "deep list"
    COMMENT = "comment"
    FRAME = "header or footer"
    PARAGRAPH_BREAK = "tracked paragraph break"
    LIST_ENTRY = "tracked list entry"
    LOOK_CHANGE = "tracked look"
    MOVE = "tracked move"
    BRACKET = "bracket of an export"
    MACROS = "macros"
    EXTERNAL = "external reference"


@dataclass(frozen=True, slots=True)
class Imported:
    """A draft in one language; its paragraphs have no ids yet.

    A paragraph with `inserted_by` or `changes` is not part of the draft as such: somebody proposed it in the file.
    `losses` counts what could not be kept.
    """

    title: str
    paragraphs: Sequence[SheetParagraph]
    losses: Mapping[Loss, int]

    @property
    def blocks(self) -> list[Block]:
        """The draft as it stands when every proposal is refused."""
        return [paragraph.block for paragraph in self.paragraphs if paragraph.inserted_by is None]

    @property
    def proposals(self) -> int:
        """How many changes the file proposes."""
        whole = sum(bool(one.inserted_by) + bool(one.deleted_by) for one in self.paragraphs)
        return whole + sum(len(one.changes) for one in self.paragraphs)

    @property
    def remarks(self) -> int:
        """How many comments the file has."""
        return sum(len(one.remarks) for one in self.paragraphs)
