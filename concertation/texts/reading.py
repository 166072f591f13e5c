"""A text at one moment, as plain values that pages, comparisons and exports share. No Django here.

Offsets are in code points of a paragraph's linear text (`paragraphs.linear`): runs joined, line breaks and the items
of a list separated by “\\n”.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from concertation.texts.blocks import Block, Run


@dataclass(frozen=True, slots=True)
class Alternative:
    """Other words for what stands in a bracket, and the codes of the members that support them."""

    words: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BracketSpan:
    """Square brackets around [start, end) of a paragraph, held by `holders` (codes of members).

    `held` are the words that the holders bracketed, where others stand there now; empty as long as they are the same.
    `supporters` support the words in the text.
    """

    id: str
    start: int
    end: int
    holders: tuple[str, ...]
    alternatives: tuple[Alternative, ...] = ()
    held: str = ""
    supporters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Author:
    """Who proposed or remarked: a delegate's name, and the code of the member (empty for the secretariat)."""

    name: str
    member: str


@dataclass(frozen=True, slots=True)
class Change:
    """One hunk of a proposal: [start, end) is to be replaced by `runs`; an insertion has start == end."""

    proposal: str
    start: int
    end: int
    runs: tuple[Run, ...]
    author: Author
    at: datetime


@dataclass(frozen=True, slots=True)
class RemarkSpan:
    """A comment or a reservation, on [start, end) or, when both are None, on the whole paragraph."""

    id: str
    is_reservation: bool
    start: int | None
    end: int | None
    author: Author
    at: datetime
    body: str


@dataclass(frozen=True, slots=True)
class SheetParagraph:
    """One block at the top of a version. `number` is set for numbered paragraphs; `id` aligns the languages.

    `inserted_by`, `deleted_by`: the whole paragraph is only proposed, or proposed to go, by this author.
    """

    id: str
    number: int | None
    block: Block
    brackets: tuple[BracketSpan, ...] = ()
    changes: tuple[Change, ...] = ()
    remarks: tuple[RemarkSpan, ...] = ()
    inserted_by: Author | None = None
    deleted_by: Author | None = None


@dataclass(frozen=True, slots=True)
class SheetVersion:
    """One language version."""

    language: str
    title: str
    is_authentic: bool
    paragraphs: Sequence[SheetParagraph]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A text at one moment: its state in words (“draft”, “Rev.2”, “under silence until …”, “adopted …”), its content.

    `audience` is the audience in words; `sha256` is of the canonical form of the words shown; `members` are the names
    of those that adopted it, empty before.
    """

    text: str
    state: str
    audience: str
    sha256: str
    at: datetime
    versions: Sequence[SheetVersion]
    members: Sequence[str] = ()
