"""The structure of a language version as plain values: blocks that hold runs of words. No Django here.

Blocks at the top have an id, which their counterparts in the other languages share; blocks inside others have none.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NotRequired, TypedDict

DEEPEST_LIST = 8


class Run(TypedDict):
    """Some words in one look; a line break is “\\n”, always unmarked."""

    text: str
    bold: NotRequired[Literal[True]]
    italic: NotRequired[Literal[True]]


class Heading(TypedDict):
    """A heading of level 1 to 3."""

    type: Literal["heading"]
    id: NotRequired[str]
    level: int
    runs: list[Run]


class Paragraph(TypedDict):
    """A paragraph; those at the top that are numbered count 1, 2, 3… Inside a list `numbered` is absent."""

    type: Literal["paragraph"]
    id: NotRequired[str]
    numbered: NotRequired[bool]
    runs: list[Run]


class Listing(TypedDict):
    """A list, counted from 1 or not counted, of items that are each one paragraph and the lists below it."""

    type: Literal["bulletList", "orderedList"]
    id: NotRequired[str]
    items: list[list["Block"]]


Block = Heading | Paragraph | Listing


def run(text: str, *, bold: bool = False, italic: bool = False) -> Run:
    """Return a run with the marks that are set."""
    made: Run = {"text": text}
    if bold:
        made["bold"] = True
    if italic:
        made["italic"] = True
    return made


def look(of: Run) -> tuple[bool, bool]:
    """Return whether a run is bold, and whether it is italic."""
    return "bold" in of, "italic" in of


def merged(runs: Iterable[Run]) -> list[Run]:
    """Return `runs` without empty ones, neighbours of the same look as one, line breaks unmarked."""
    result: list[Run] = []
    for piece in _with_plain_breaks(runs):
        if result and look(result[-1]) == look(piece):
            result[-1]["text"] += piece["text"]
        elif piece["text"]:
            result.append(piece)
    return result


def _with_plain_breaks(runs: Iterable[Run]) -> Iterator[Run]:
    """Yield copies of `runs`, each line break by itself and without marks."""
    for piece in runs:
        bold, italic = look(piece)
        for part in re.split(r"(\n)", piece["text"]):
            yield run(part) if part == "\n" else run(part, bold=bold, italic=italic)


def words_of(runs: Iterable[Run]) -> str:
    """Return the words of `runs` without their look."""
    return "".join(piece["text"] for piece in runs)
