"""Two states of a version side by side: which paragraphs came, went and moved, and which words changed in the others.

Square brackets and open proposals are part of what is compared: a bracket is a token, and words that are only proposed
are other tokens than the same words agreed. No Django here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from concertation.texts.blocks import Block, Run, look
from concertation.texts.reading import SheetParagraph
from concertation.texts.worddiff import split_words

ALIKE = 0.5  # paragraphs without a common id are the same one when at least this part of their words is common


class Kind(StrEnum):
    """What became of a paragraph, or of some words."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


class Style(StrEnum):
    """How words stand in a text: as such, as the sign of a bracket, or only proposed."""

    WORDS = "words"
    BRACKET = "bracket"
    PROPOSED = "proposed"  # to be inserted
    STRUCK = "struck"  # to be deleted


@dataclass(frozen=True, slots=True)
class Token:
    """One word, space or sign, as it stands."""

    text: str
    style: Style = Style.WORDS
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Neighbouring tokens of one kind and one look."""

    kind: Kind
    token: Token


@dataclass(frozen=True, slots=True)
class Compared:
    """One paragraph in both states: `before` or `after` is None when it came or went."""

    kind: Kind
    before: SheetParagraph | None
    after: SheetParagraph | None
    pieces: Sequence[Piece]
    moved: bool = False


def compare(before: Sequence[SheetParagraph], after: Sequence[SheetParagraph]) -> list[Compared]:
    """Return the paragraphs of both states in the order of `after`, each that went where it was."""
    pairs = pair(before, after)
    moved = _moved(pairs, len(before))
    partner = {new: old for old, new in pairs.items()}
    gone = [old for old in range(len(before)) if old not in pairs]
    found: list[Compared] = []
    for new, paragraph in enumerate(after):
        old = partner.get(new)
        if old is not None:
            found += [_removed(before[gone.pop(0)]) for _ in range(sum(1 for one in gone if one < old))]
        found.append(_compared(before[old] if old is not None else None, paragraph, moved=old in moved))
    return found + [_removed(before[old]) for old in gone]


def pair(before: Sequence[SheetParagraph], after: Sequence[SheetParagraph]) -> dict[int, int]:
    """Return which paragraph of `before` became which of `after`: by id, else by words, as indexes."""
    by_id = {paragraph.id: index for index, paragraph in enumerate(after) if paragraph.id}
    pairs = {old: by_id[paragraph.id] for old, paragraph in enumerate(before) if paragraph.id in by_id}
    taken = set(pairs.values())
    left = [new for new in range(len(after)) if new not in taken]
    for old, paragraph in enumerate(before):
        if old in pairs:
            continue
        words = _texts(tokens_of(paragraph))
        best = max(left, key=lambda new: _likeness(words, _texts(tokens_of(after[new]))), default=None)
        if best is not None and _likeness(words, _texts(tokens_of(after[best]))) >= ALIKE:
            pairs[old] = best
            left.remove(best)
    return pairs
