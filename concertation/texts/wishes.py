"""What somebody proposes, as plain values: what the editor sends, and what imports and earlier states bring.

`id` is chosen by whoever sends the wish, so that it is made once however often it arrives. No Django here.
"""

from dataclasses import dataclass
from uuid import UUID

from concertation.texts.blocks import Block


@dataclass(frozen=True, slots=True)
class Change:
    """Other words for a paragraph: `block` as wanted, edited from `base`, or from what is stored if that is None."""

    language: str
    paragraph: str
    block: Block
    base: Block | None = None
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Insertion:
    """A new paragraph after the one with the id `after`, empty for the beginning.

    `paragraph` is its id when it is the counterpart of one in another language, else empty.
    """

    language: str
    after: str
    block: Block
    paragraph: str = ""
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Deletion:
    """A paragraph to go, in every language; `language` is the one that was read."""

    language: str
    paragraph: str
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """A paragraph to follow the one with the id `after`, empty for the beginning, in every language."""

    language: str
    paragraph: str
    after: str
    id: UUID | None = None


Wanted = Change | Insertion | Deletion | Move
