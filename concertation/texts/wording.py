"""How an edited paragraph differs from the one that stands: as places whose words are to be replaced. No Django here.

Each place holds one character at least, so that an anchor can carry it: new words alone take the word beside them
along. Where that is not possible (another kind of paragraph, another list, a line break), the paragraph is replaced
as a whole.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from concertation.texts.blocks import Block, Run, look, merged, run, words_of
from concertation.texts.worddiff import Hunk, Kind, apply, diff, hunks, part_of

_WORD_BEFORE = re.compile(r"\w+[^\w\n]*\Z|[^\w\n]+\Z")
_WORD_AFTER = re.compile(r"[^\w\n]*\w+|[^\w\n]+")


def plan(base: Block, wanted: Block) -> list[Hunk] | None:
    """Return the places at which `base` becomes `wanted`; None when only the whole of it can be replaced."""
    if _frame(base) != _frame(wanted):
        return None
    before = runs_in(base)
    found = hunks(before, runs_in(wanted))
    if any("\n" in words_of(hunk.runs) + _words(before, hunk) for hunk in found):
        return None
    return _all_held(found, before)


def relocated(changes: Sequence[Hunk], base: str, now: str) -> list[Hunk] | None:
    """Return `changes` to the words `base` at the places that these words have in `now`; None when some changed."""
    kept: list[tuple[int, int, int]] = []  # what stayed: from, to, and how much further on it stands now
    old = new = 0
    for piece in diff(base, now):
        size = len(piece.words)
        if piece.kind == Kind.SAME:
            kept.append((old, old + size, new - old))
        old += size * (piece.kind != Kind.ADDED)
        new += size * (piece.kind != Kind.REMOVED)
    found: list[Hunk] = []
    for hunk in changes:
        by = next((by for start, end, by in kept if start <= hunk.start and hunk.end <= end), None)
        if by is None:
            return None
        found.append(Hunk(hunk.start + by, hunk.end + by, hunk.runs))
    return found


def changed(block: Block, places: Sequence[Hunk]) -> Block:
    """Return `block` with changes made at `places`, of which none touches a line break."""
    lines: list[list[Run]] = [[]]
    for piece in apply(runs_in(block), places):
        bold, italic = look(piece)
        for number, part in enumerate(piece["text"].split("\n")):
            if number:
                lines.append([])
            lines[-1].append(run(part, bold=bold, italic=italic))
    return _written(block, iter(lines))


def _written(block: Block, lines: Iterator[list[Run]]) -> Block:
    """Return `block` with the words of the next `lines`."""
    made = block.copy()
    if made["type"] == "heading" or made["type"] == "paragraph":
        count = words_of(made["runs"]).count("\n")
        made["runs"] = merged([*next(lines), *(piece for _ in range(count) for piece in (run("\n"), *next(lines)))])
    else:
        made["items"] = [[_written(inner, lines) for inner in item] for item in made["items"]]
    return made


def runs_in(block: Block) -> list[Run]:
    """Return the runs of a block in one line, as `paragraphs.linear` counts them."""
    if block["type"] == "heading" or block["type"] == "paragraph":
        return merged(block["runs"])
    found: list[Run] = []
    for number, inner in enumerate(block for item in block["items"] for block in item):
        found += [*([run("\n")] if number else []), *runs_in(inner)]
    return merged(found)


def _frame(block: Block) -> Any:
    """Return what of a block is not words: its kind, and how many lines stand where."""
    if block["type"] == "heading":
        return ("heading", block["level"], words_of(block["runs"]).count("\n"))
    if block["type"] == "paragraph":
        return ("paragraph", block.get("numbered"), words_of(block["runs"]).count("\n"))
    return (block["type"], [[_frame(inner) for inner in item] for item in block["items"]])


def _words(before: Sequence[Run], hunk: Hunk) -> str:
    return words_of(part_of(before, hunk.start, hunk.end))


def _all_held(found: Sequence[Hunk], before: Sequence[Run]) -> list[Hunk] | None:
    """Return `found` in which each has a character to hold on to, of its own; None where there is none."""
    text = words_of(before)
    held: list[Hunk] = []
    ceilings = [*(hunk.start for hunk in found[1:]), len(text)]
    for hunk, ceiling in zip(found, ceilings, strict=False):
        one = _held(hunk, before, text, held[-1].end if held else 0, ceiling)
        if one is None and held:  # the word beside it is taken by the change before it: they are one change
            last = held.pop()
            between = part_of(before, last.end, hunk.start)
            one = Hunk(last.start, hunk.end, tuple(merged([*last.runs, *between, *hunk.runs])))
        if one is None or "\n" in text[one.start : one.end]:
            return None
        held.append(one)
    return held


def _held(hunk: Hunk, before: Sequence[Run], text: str, floor: int, ceiling: int) -> Hunk | None:
    """Return `hunk` with a word to hold on to, between `floor` and `ceiling`, or None where there is none."""
    if hunk.start < hunk.end:
        return hunk
    if held := _WORD_BEFORE.search(text[floor : hunk.start]):
        start = floor + held.start()
        return Hunk(start, hunk.end, tuple(merged([*part_of(before, start, hunk.start), *hunk.runs])))
    if held := _WORD_AFTER.match(text[hunk.end : ceiling]):
        end = hunk.end + held.end()
        return Hunk(hunk.start, end, tuple(merged([*hunk.runs, *part_of(before, hunk.end, end)])))
    return None
