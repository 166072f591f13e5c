"""Two states of a version side by side: which paragraphs came, went and moved, and which words changed in the others.

Square brackets and open proposals are part of what is compared: a bracket is a token, and words that are only proposed
are other tokens than the same words agreed. No Django here.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, pairwise

from concertation.texts.blocks import Block, Run, look, run
from concertation.texts.paragraphs import linear
from concertation.texts.reading import SheetParagraph
from concertation.texts.worddiff import Token, edits, part_of, words_in

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
class Piece:
    """Neighbouring words of one kind, one style and one look."""

    kind: Kind
    style: Style
    run: Run


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
    moved = _moved(pairs)
    partner = {new: old for old, new in pairs.items()}
    gone = [old for old in range(len(before)) if old not in pairs]
    found: list[Compared] = []
    for new, paragraph in enumerate(after):
        old = partner.get(new)
        while gone and old is not None and gone[0] < old:
            found.append(_one(before[gone.pop(0)], None))
        found.append(_one(before[old] if old is not None else None, paragraph, moved=old in moved))
    return found + [_one(before[old], None) for old in gone]


def pair(before: Sequence[SheetParagraph], after: Sequence[SheetParagraph]) -> dict[int, int]:
    """Return which paragraph of `before` became which of `after`, as indexes: by id, else by their words."""
    by_id = {paragraph.id: index for index, paragraph in enumerate(after) if paragraph.id}
    pairs = {old: by_id[paragraph.id] for old, paragraph in enumerate(before) if paragraph.id in by_id}
    left = [new for new in range(len(after)) if new not in set(pairs.values())]
    for old, paragraph in enumerate(before):
        if old not in pairs and left:
            likeness = {new: _likeness(paragraph, after[new]) for new in left}
            best = max(left, key=lambda new: likeness[new])
            if likeness[best] >= ALIKE:
                pairs[old] = best
                left.remove(best)
    return pairs


def tokens_of(paragraph: SheetParagraph) -> list[Token]:
    """Return what stands in a paragraph: words, brackets with their holders, and what is proposed."""
    places = {0, len(linear(paragraph.block))}
    places |= {place for bracket in paragraph.brackets for place in (bracket.start, bracket.end)}
    places |= {place for change in paragraph.changes for place in (change.start, change.end)}
    found: list[Token] = []
    edges = sorted(places)
    for start, end in pairwise([*edges, edges[-1]]):
        found += _closing(paragraph, start)
        found += _opening(paragraph, start)
        style = _style(paragraph, start, end)
        for piece in part_of(_runs_of(paragraph.block), start, end):
            found += _tokens(piece, style)
    return found


def _closing(paragraph: SheetParagraph, at: int) -> Iterator[Token]:
    """Yield what stands at the end of what ends at `at`: proposed words, alternatives, closing brackets."""
    for change in paragraph.changes:
        if change.end == at:
            for piece in change.runs:
                yield from _tokens(piece, Style.PROPOSED)
    for bracket in sorted(paragraph.brackets, key=lambda one: -one.start):
        if bracket.end == at:
            for alternative in bracket.alternatives:
                yield (" / ", False, False, Style.BRACKET)
                yield from _tokens(run(alternative.words), Style.BRACKET)
            yield (f"]{' '.join(bracket.holders)}", False, False, Style.BRACKET)


def _opening(paragraph: SheetParagraph, at: int) -> Iterator[Token]:
    """Yield an opening bracket for each that begins at `at`."""
    for bracket in paragraph.brackets:
        if bracket.start == at:
            yield ("[", False, False, Style.BRACKET)


def _style(paragraph: SheetParagraph, start: int, end: int) -> Style:
    """Return how the words in [start, end) stand: as such, or as a proposal would have them."""
    if paragraph.inserted_by is not None:
        return Style.PROPOSED
    struck = any(change.start <= start < end <= change.end for change in paragraph.changes)
    return Style.STRUCK if struck or paragraph.deleted_by is not None else Style.WORDS


def _tokens(piece: Run, style: Style) -> Iterator[Token]:
    bold, italic = look(piece)
    for word in words_in(piece["text"]):
        yield (word, bold, italic, style)


def _runs_of(block: Block) -> list[Run]:
    """Return the words of a block in one line, as `linear` counts them."""
    if block["type"] == "heading" or block["type"] == "paragraph":
        return block["runs"]
    found: list[Run] = []
    for number, inner in enumerate(inner for item in block["items"] for inner in item):
        found += [*([run("\n")] if number else []), *_runs_of(inner)]
    return found


def _one(before: SheetParagraph | None, after: SheetParagraph | None, *, moved: bool = False) -> Compared:
    """Return what became of one paragraph."""
    old = tokens_of(before) if before else []
    new = tokens_of(after) if after else []
    pieces = list(_pieces(old, new))
    if before is None or after is None:
        kind = Kind.ADDED if before is None else Kind.REMOVED
    elif _form(before.block) != _form(after.block) or any(piece.kind != Kind.SAME for piece in pieces):
        kind = Kind.CHANGED
    else:
        kind = Kind.SAME
    return Compared(kind, before, after, pieces, moved)


def _pieces(old: Sequence[Token], new: Sequence[Token]) -> Iterator[Piece]:
    """Yield the words of both, as they stayed, went and came."""
    at = 0
    for edit in edits(old, new):
        yield from _grouped(Kind.SAME, old[at : edit.start])
        yield from _grouped(Kind.REMOVED, old[edit.start : edit.end])
        yield from _grouped(Kind.ADDED, new[edit.first : edit.last])
        at = edit.end
    yield from _grouped(Kind.SAME, old[at:])


def _grouped(kind: Kind, tokens: Sequence[Token]) -> Iterator[Piece]:
    """Yield neighbouring tokens of one look and style as one piece."""
    for (bold, italic, style), group in groupby(tokens, key=lambda token: token[1:]):
        words = "".join(token[0] for token in group)
        yield Piece(kind, Style(style), run(words, bold=bold, italic=italic))


def _form(block: Block) -> tuple[object, ...]:
    """Return what a block is, apart from its words."""
    return block["type"], block.get("level"), block.get("numbered")


def _likeness(one: SheetParagraph, other: SheetParagraph) -> float:
    """Return which part of the words of two paragraphs is common, 0 to 1; two empty ones are not alike."""
    words, others = (Counter(words_in(linear(paragraph.block))) for paragraph in (one, other))
    common, total = (words & others).total(), max(words.total(), others.total())
    return common / total if total else 0.0


def _moved(pairs: Mapping[int, int]) -> set[int]:
    """Return the paragraphs before that changed their place among those that stayed: the fewest that explain it."""
    order = [pairs[old] for old in sorted(pairs)]
    stayed = set(_longest_rising(order))
    return {old for old, new in pairs.items() if new not in stayed}


def _longest_rising(numbers: Sequence[int]) -> list[int]:
    """Return a longest part of `numbers` that rises (patience sorting, O(n log n))."""
    tails: list[int] = []
    places: list[int] = []
    previous: list[int] = []
    for index, number in enumerate(numbers):
        at = bisect_left(tails, number)
        tails[at : at + 1] = [number]
        places[at : at + 1] = [index]
        previous.append(places[at - 1] if at else -1)
    found: list[int] = []
    index = places[-1] if places else -1
    while index >= 0:
        found.append(numbers[index])
        index = previous[index]
    return found[::-1]
