"""What changed between two pieces of text, in words and as a person would mark it. No Django here.

Tokens are words, numbers, single spaces and signs, each with its look. The shortest edit is found as Myers described
it (“An O(ND) Difference Algorithm”, 1986); then changes that only spaces or a short word divide become one, and one
that could stand in several places stands where words begin and end.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from concertation.texts.blocks import Run, look, merged, run, words_of

# Numbers with their separators; words with their accents; ideographs, spaces and signs one by one, emoji with joiners.
_TOKEN = re.compile(
    r"\d+(?:[.,:/]\d+)*"
    r"|[\u3040-\u30ff\u3400-\u9fff]"
    r"|(?:[^\W\d_\u3040-\u30ff\u3400-\u9fff][\u0300-\u036f\u0591-\u05bd\u064b-\u065f\u0900-\u0903\u093a-\u094d]*)+"
    r"|\s"
    r"|.(?:[\u0300-\u036f\ufe0f\U0001f3fb-\U0001f3ff]|\u200d.)*"
)
MOST_EDITS = 1000  # beyond that nobody reads the difference: all between the common ends counts as replaced
SHORT_WORD = 3  # letters of what may stand unchanged between two replacements and still read as one

Token = tuple[str, bool, bool] | tuple[str, bool, bool, str]  # a word, bold, italic, and how else it stands


class Kind(StrEnum):
    """What became of a piece."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stayed, went or came; what goes stands before what comes in its place."""

    kind: Kind
    runs: tuple[Run, ...]

    @property
    def words(self) -> str:
        """The words without their look."""
        return words_of(self.runs)


@dataclass(frozen=True, slots=True)
class Hunk:
    """One change: the words at [start, end) of the text before, in code points, give way to `runs`."""

    start: int
    end: int
    runs: tuple[Run, ...]


@dataclass(slots=True)
class Edit:
    """The tokens [start, end) before give way to [first, last) after."""

    start: int
    end: int
    first: int
    last: int

    @property
    def is_replacement(self) -> bool:
        return self.start < self.end and self.first < self.last


def diff(before: Sequence[Run] | str, after: Sequence[Run] | str) -> list[Piece]:
    """Return the pieces that lead from `before` to `after`, in their order; the look of words counts, too."""
    old, new = _tokens(before), _tokens(after)
    pieces: list[Piece] = []
    at = 0
    for edit in edits(old, new):
        _add(pieces, Kind.SAME, old[at : edit.start])
        _add(pieces, Kind.REMOVED, old[edit.start : edit.end])
        _add(pieces, Kind.ADDED, new[edit.first : edit.last])
        at = edit.end
    _add(pieces, Kind.SAME, old[at:])
    return pieces


def hunks(before: Sequence[Run] | str, after: Sequence[Run] | str) -> list[Hunk]:
    """Return the changes alone, with their places in the words of `before`."""
    old, new = _tokens(before), _tokens(after)
    ends = [0]
    for token in old:
        ends.append(ends[-1] + len(token[0]))
    return [Hunk(ends[edit.start], ends[edit.end], _runs(new[edit.first : edit.last])) for edit in edits(old, new)]


def before_of(pieces: Iterable[Piece]) -> list[Run]:
    """Return what the pieces started from."""
    return merged(part for piece in pieces if piece.kind != Kind.ADDED for part in piece.runs)


def after_of(pieces: Iterable[Piece]) -> list[Run]:
    """Return what the pieces lead to."""
    return merged(part for piece in pieces if piece.kind != Kind.REMOVED for part in piece.runs)


def apply(before: Sequence[Run], changes: Sequence[Hunk]) -> list[Run]:
    """Return `before` with `changes`, which are in their order and do not overlap, made."""
    found: list[Run] = []
    at = 0
    for hunk in changes:
        found += [*part_of(before, at, hunk.start), *hunk.runs]
        at = hunk.end
    return merged([*found, *part_of(before, at, len(words_of(before)))])


def part_of(runs: Sequence[Run], start: int, end: int) -> list[Run]:
    """Return [start, end) of `runs`, counted in code points."""
    found: list[Run] = []
    at = 0
    for piece in runs:
        words = piece["text"][max(0, start - at) : max(0, end - at)]
        if words:
            bold, italic = look(piece)
            found.append(run(words, bold=bold, italic=italic))
        at += len(piece["text"])
    return found


def words_in(text: str) -> list[str]:
    """Return the words, numbers, spaces and signs of a text, in their order."""
    return _TOKEN.findall(text)


def _tokens(text: Sequence[Run] | str) -> list[Token]:
    """Return the tokens of a text, each with its look."""
    runs = [run(text)] if isinstance(text, str) else text
    return [(word, *look(piece)) for piece in merged(runs) for word in words_in(piece["text"])]


def _add(pieces: list[Piece], kind: Kind, tokens: Sequence[Token]) -> None:
    """Add a piece, unless it is empty."""
    if tokens:
        pieces.append(Piece(kind, _runs(tokens)))


def _runs(tokens: Iterable[Token]) -> tuple[Run, ...]:
    return tuple(merged(run(word, bold=bold, italic=italic) for word, bold, italic, *_style in tokens))


def edits(old: Sequence[Token], new: Sequence[Token]) -> list[Edit]:
    """Return the changes in their order, as a person would mark them."""
    joined = _joined(_shortest(old, new), old)
    return _joined(_slid(joined, old, new), old)


def _shortest(old: Sequence[Token], new: Sequence[Token]) -> list[Edit]:
    """Return the fewest changes, after taking off what is common at both ends."""
    first = _common(old, new)
    last = _common(old[first:][::-1], new[first:][::-1])
    middle, other = old[first : len(old) - last], new[first : len(new) - last]
    if not middle and not other:
        return []
    steps = _myers(middle, other)
    if steps is None:
        return [Edit(first, first + len(middle), first, first + len(other))]
    return list(_edits_between([*steps, (len(middle), len(other), 0)], first))


def _common(one: Sequence[Token], other: Sequence[Token]) -> int:
    """Return how many tokens two texts have in common at their beginning."""
    count = 0
    for this, that in zip(one, other, strict=False):
        if this != that:
            break
        count += 1
    return count


def _edits_between(matches: Iterable[tuple[int, int, int]], offset: int) -> Iterator[Edit]:
    """Yield what lies between `matches`, which are (place before, place after, length)."""
    x = y = 0
    for start, first, length in matches:
        if start > x or first > y:
            yield Edit(x + offset, start + offset, y + offset, first + offset)
        x, y = start + length, first + length


def _myers(old: Sequence[Token], new: Sequence[Token]) -> list[tuple[int, int, int]] | None:
    """Return the stretches that match on a shortest path, or None when it is longer than anybody reads."""
    furthest = {1: 0}
    trace: list[dict[int, int]] = []
    for edits in range(min(len(old) + len(new), MOST_EDITS) + 1):
        trace.append(furthest.copy() if edits else {})
        for diagonal in range(-edits, edits + 1, 2):
            x = _start(furthest, diagonal, edits)
            y = x - diagonal
            while x < len(old) and y < len(new) and old[x] == new[y]:
                x, y = x + 1, y + 1
            furthest[diagonal] = x
            if x >= len(old) and y >= len(new):
                return _path(trace, len(old), len(new))
    return None


def _start(furthest: dict[int, int], diagonal: int, edits: int) -> int:
    """Return where a path of so many edits enters a diagonal: by an insertion, or by a deletion."""
    below, above = furthest.get(diagonal - 1, -1), furthest.get(diagonal + 1, -1)
    if diagonal == -edits or (diagonal != edits and below < above):
        return above
    return below + 1


def _path(trace: Sequence[dict[int, int]], x: int, y: int) -> list[tuple[int, int, int]]:
    """Return the matches on the way back from the end."""
    found: list[tuple[int, int, int]] = []
    for edits in range(len(trace) - 1, 0, -1):
        furthest, diagonal = trace[edits], x - y
        start = _start(furthest, diagonal, edits)
        if x > start:
            found.append((start, start - diagonal, x - start))
        is_insertion = start == furthest.get(diagonal + 1, -1) and (
            diagonal == -edits or (diagonal != edits and furthest.get(diagonal - 1, -1) < start)
        )
        x, y = (start, start - diagonal - 1) if is_insertion else (start - 1, start - diagonal)
    if x:
        found.append((0, 0, x))
    return found[::-1]


def _joined(edits: Sequence[Edit], old: Sequence[Token]) -> list[Edit]:
    """Return `edits` with those as one that a person would mark as one."""
    found: list[Edit] = []
    for edit in edits:
        if found and _reads_as_one(found[-1], edit, old[found[-1].end : edit.start]):
            found[-1] = Edit(found[-1].start, edit.end, found[-1].first, edit.last)
        else:
            found.append(edit)
    return found


def _reads_as_one(one: Edit, other: Edit, gap: Sequence[Token]) -> bool:
    """Say whether what stands unchanged between two changes is too little to read by itself."""
    if any(word == "\n" for word, *_look in gap):
        return False
    letters = sum(len(word) for word, *_look in gap if word[0].isalnum())
    if letters == 0:
        return len(gap) <= SHORT_WORD
    return letters <= SHORT_WORD and one.is_replacement and other.is_replacement


def _slid(edits: Sequence[Edit], old: Sequence[Token], new: Sequence[Token]) -> list[Edit]:
    """Return mere insertions and deletions moved, between their neighbours, to where words begin and end."""
    found: list[Edit] = []
    for at, edit in enumerate(edits):
        least = (found[-1].end if found else 0) - edit.start
        most = (edits[at + 1].start if at + 1 < len(edits) else len(old)) - edit.end
        by = 0 if edit.is_replacement else _best_shift(edit, least, most, old, new)
        found.append(Edit(edit.start + by, edit.end + by, edit.first + by, edit.last + by))
    return found


def _best_shift(edit: Edit, least: int, most: int, old: Sequence[Token], new: Sequence[Token]) -> int:
    """Return by how much a change moves best, between `least` and `most`; of equal places, the last is taken."""
    tokens, start, end = (old, edit.start, edit.end) if edit.start < edit.end else (new, edit.first, edit.last)
    while least < 0 and tokens[start - 1] == tokens[end - 1]:
        start, end, least, most = start - 1, end - 1, least + 1, most + 1
    back = (edit.start if tokens is old else edit.first) - start
    best = (0, 0)
    for by in range(most + 1):
        best = max(best, (_edge(tokens, start + by) + _edge(tokens, end + by), by))
        if by == most or tokens[start + by] != tokens[end + by]:
            break
    return best[1] - back


def _edge(tokens: Sequence[Token], at: int) -> int:
    """Return how well words part in front of the token `at`: 2 at a line's end, 1 beside a space."""
    if at in (0, len(tokens)):
        return 2
    left, right = tokens[at - 1][0], tokens[at][0]
    if "\n" in (left, right):
        return 2
    return int(left.isspace() != right.isspace())
