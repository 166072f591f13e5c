"""How near a selection is to a paragraph, and which words they share. No Django here."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal, NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, LCSseq

from concertation.texts.folding import Token, stem, tokens_of

Kind = Literal["exact", "near", "words"]
RANKS: dict[Kind, int] = {"exact": 2, "near": 1, "words": 0}
NEAR = 70.0  # of 100: below this, two paragraphs on one subject look alike by chance
MOST_WORDS = 0.75  # of the words looked for
LONG, LOOKED_AT_LONG, LOOKED_AT_SHORT = 64, 10, 60
MARGIN = 2  # words
WHOLE = 0.7  # a selection of so much of a paragraph means the paragraph


class Selection:
    """The words looked for, folded once."""

    def __init__(self, words: str) -> None:
        self.tokens = [token.folded for token in tokens_of(words)]
        self.folded = " ".join(self.tokens)

    @property
    def worth(self) -> int:
        """How many paragraphs are worth the closer look, which takes long for a long selection."""
        return LOOKED_AT_LONG if len(self.folded) > LONG else LOOKED_AT_SHORT

    @cached_property
    def stems(self) -> frozenset[str]:
        """What of the words counts when they are scattered."""
        return frozenset(map(stem, self.tokens))


class Closeness(NamedTuple):
    """How near a paragraph is: the greater, the nearer. `score` and `whole` are of 100."""

    rank: int
    score: int
    whole: int  # as near as the paragraph as a whole is


class Piece(NamedTuple):
    """Some words of a paragraph: whether they are common to both, whether the passage that corresponds holds them."""

    words: str
    is_common: bool
    is_passage: bool


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A paragraph beside a selection: the passage that corresponds to it, and the whole in pieces."""

    passage: str
    pieces: list[Piece]


def shared(selection: Selection, paragraph: str) -> int:
    """Return how many words of the selection stand in the folded `paragraph` in the same order."""
    return LCSseq.similarity(selection.tokens, paragraph.split())


def closeness(selection: Selection, paragraph: str) -> tuple[Kind, Closeness] | None:
    """Return how near the folded `paragraph` is to the selection, None when it is not."""
    if not selection.folded:
        return None
    whole = round(fuzz.ratio(selection.folded, paragraph))
    if f" {selection.folded} " in f" {paragraph} ":
        return "exact", Closeness(RANKS["exact"], 100, 100 if selection.folded == paragraph else 0)
    near = _similarity(selection.folded, paragraph)
    if near >= NEAR:
        return "near", Closeness(RANKS["near"], round(near), whole)
    found = len(selection.stems & set(map(stem, paragraph.split()))) / len(selection.stems)
    if found >= MOST_WORDS:
        return "words", Closeness(RANKS["words"], round(100 * found), whole)
    return None


def _similarity(selection: str, paragraph: str) -> float:
    """Return how alike the selection and the best passage of its length are, of 100.

    A selection that is longer than the paragraph is compared to the whole: a heading in a long selection is not near.
    """
    if len(selection) > len(paragraph):
        return fuzz.ratio(selection, paragraph, score_cutoff=NEAR)
    return fuzz.partial_ratio(selection, paragraph, score_cutoff=NEAR)


def excerpt(selection: Selection, kind: Kind, words: str) -> Excerpt:
    """Return the paragraph `words` beside the selection, to which it is `kind`."""
    tokens = tokens_of(words)
    first, last = (0, len(tokens)) if kind == "words" else _passage(selection, tokens)
    if kind == "words":
        common = {at for at, token in enumerate(tokens) if stem(token.folded) in selection.stems}
    else:
        common = {first + at for at in _common(selection.tokens, [token.folded for token in tokens[first:last]])}
    if last - first == len(tokens):
        return Excerpt(words.strip(), _pieces(words, tokens, common, 0, len(words)))
    start, end = tokens[first].start, tokens[last - 1].end
    return Excerpt(words[start:end], _pieces(words, tokens, common, start, end))


def _passage(selection: Selection, tokens: Sequence[Token]) -> tuple[int, int]:
    """Return the tokens [first, last) that correspond to the selection; all when it is most of the paragraph."""
    paragraph = " ".join(token.folded for token in tokens)
    everything = 0, len(tokens)
    if len(selection.folded) >= WHOLE * len(paragraph):
        return everything
    place = f" {paragraph} ".find(f" {selection.folded} ")
    if place >= 0:
        inside = _tokens_between(tokens, place, place + len(selection.folded))
        return inside[0], inside[-1] + 1
    aligned = fuzz.partial_ratio_alignment(selection.folded, paragraph)
    inside = _tokens_between(tokens, aligned.dest_start, aligned.dest_end) if aligned else []
    return _widened(selection, tokens, inside[0], inside[-1] + 1) if inside else everything


def _widened(selection: Selection, tokens: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    """Return the tokens [first, last) from the first common one to the last, where these are the selection's own ends.

    A window has as many characters as the selection, so it may end a word or two too early or too late.
    """
    low, high = max(0, first - MARGIN), min(len(tokens), last + MARGIN)
    same = [
        operation
        for operation in Indel.opcodes(selection.tokens, [token.folded for token in tokens[low:high]])
        if operation.tag == "equal"
    ]
    if same and same[0].src_start == 0:
        first = low + same[0].dest_start
    if same and same[-1].src_end == len(selection.tokens):
        last = low + same[-1].dest_end
    return first, last


def _tokens_between(tokens: Sequence[Token], start: int, end: int) -> list[int]:
    """Return the tokens that lie for their greater part in [start, end) of the folded paragraph."""
    inside: list[int] = []
    at = 0
    for index, token in enumerate(tokens):
        length = len(token.folded)
        if 2 * (min(end, at + length) - max(start, at)) >= length:
            inside.append(index)
        at += length + 1
    return inside


def _common(one: Sequence[str], other: Sequence[str]) -> set[int]:
    """Return the places of `other` that stand in `one` in the same order."""
    return {
        at
        for operation in Indel.opcodes(one, other)
        if operation.tag == "equal"
        for at in range(operation.dest_start, operation.dest_end)
    }


def _pieces(words: str, tokens: Sequence[Token], common: set[int], start: int, end: int) -> list[Piece]:
    """Return `words` in pieces; between two common words that are neighbours, space and punctuation are common too."""
    cuts = {0, len(words), start, end}
    marked: list[tuple[int, int]] = []
    for at in sorted(common):
        token = tokens[at]
        begins = tokens[at - 1].end if at - 1 in common else token.start
        marked.append((begins, token.end))
        cuts |= {begins, token.end}
    ordered = sorted(cuts)
    found: list[Piece] = []
    for left, right in pairwise(ordered):
        is_common = any(low <= left and right <= high for low, high in marked)
        is_passage = start <= left and right <= end
        if found and found[-1][1:] == (is_common, is_passage):
            found[-1] = Piece(found[-1].words + words[left:right], is_common, is_passage)
        else:
            found.append(Piece(words[left:right], is_common, is_passage))
    return found
