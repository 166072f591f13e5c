"""Makes live documents from written blocks: the opening draft of a text. No Django here."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Any

from pycrdt import Doc, XmlElement, XmlFragment, XmlText

from concertation.texts.blocks import Block, Run, look, merged, run
from concertation.texts.paragraphs import new_id

_MARKS = re.compile(r"\\([\\*])|(\*{1,3})")


def update_of(versions: Mapping[str, Sequence[Block]]) -> bytes:
    """Return one Yjs update that writes the blocks of each language into an empty document."""
    doc: Doc[Any] = Doc()
    for language, blocks in versions.items():
        fragment = doc.get(language, type=XmlFragment)
        for block in blocks:
            element = _write_block(fragment, block)
            if identity := block.get("id"):
                element.attributes["id"] = identity
    return doc.get_update()


def identified(versions: Mapping[str, Sequence[Block]]) -> dict[str, list[Block]]:
    """Return `versions` in which every block has an id; those without get one.

    As long as the languages have the same kinds of blocks in the same order, those at the same place are counterparts
    and get the same id.
    """
    kinds = [[block["type"] for block in blocks] for blocks in versions.values()]
    alike = sum(1 for _ in takewhile(lambda at: len(set(at)) == 1, zip(*kinds, strict=False)))
    shared = [new_id() for _ in range(alike)]
    return {
        language: [_with_id(block, shared[at] if at < alike else new_id()) for at, block in enumerate(blocks)]
        for language, blocks in versions.items()
    }


def _with_id(block: Block, identity: str) -> Block:
    """Return a copy of `block` with `identity`, unless it has an id."""
    made = block.copy()
    made.setdefault("id", identity)
    return made


def runs_of(written: str) -> list[Run]:
    """Return the runs of words in which *…* is italic, **…** bold, ***…*** both and \\* a star.

    Marks end with the words at the latest; a star that closes another number of stars toggles the same marks.
    """
    bold = italic = False
    found: list[Run] = []
    at = 0
    for match in _MARKS.finditer(written):
        found.append(run(written[at : match.start()], bold=bold, italic=italic))
        at = match.end()
        if match[1]:
            found.append(run(match[1], bold=bold, italic=italic))
        else:
            bold, italic = bold ^ (len(match[2]) > 1), italic ^ (len(match[2]) != 2)
    found.append(run(written[at:], bold=bold, italic=italic))
    return merged(found)


def written_of(runs: Sequence[Run]) -> str:
    """Return `runs` as words that `runs_of` reads back."""
    parts: list[str] = []
    now = (False, False)
    for piece in [*runs, run("")]:
        wanted = look(piece)
        stars = 2 * (now[0] != wanted[0]) + (now[1] != wanted[1])
        parts += ["*" * stars, re.sub(r"([\\*])", r"\\\1", piece["text"])]
        now = wanted
    return "".join(parts)


def _write_block(parent: XmlFragment | XmlElement, block: Block) -> XmlElement:
    """Write one block at the end of `parent`, and return its element."""
    return write_block(parent, block, len(parent.children))


def write_block(parent: XmlFragment | XmlElement, block: Block, at: int) -> XmlElement:
    """Write one block, without its id, as the child number `at` of `parent`, and return its element."""
    if block["type"] == "heading":
        element = _insert(parent, at, "heading", level=block["level"])
        _write_runs(element, block["runs"])
    elif block["type"] == "paragraph":
        element = _insert(parent, at, "paragraph", numbered=block.get("numbered", True))
        _write_runs(element, block["runs"])
    else:
        element = _insert(parent, at, block["type"])
        for blocks in block["items"]:
            item = _append(element, "listItem")
            for inner in blocks:
                _write_block(item, inner)
    return element


def _append(parent: XmlFragment | XmlElement, tag: str) -> XmlElement:
    """Add an element at the end of `parent`."""
    return _insert(parent, len(parent.children), tag)


def _insert(parent: XmlFragment | XmlElement, at: int, tag: str, **attributes: int | bool) -> XmlElement:
    """Add an element as the child number `at` of `parent`."""
    element = XmlElement(tag)
    parent.children.insert(at, element)
    for name, value in attributes.items():
        element.attributes[name] = value
    return element


def _write_runs(element: XmlElement, runs: Sequence[Run]) -> None:
    """Write words; a line break is an element of its own between two texts."""
    text: XmlText | None = None
    for piece in _pieces(runs):
        if piece["text"] == "\n":
            _append(element, "hardBreak")
            text = None
            continue
        if text is None:
            text = element.children.append(XmlText())
        bold, italic = look(piece)
        marks = {name: value for name, value in {"bold": bold, "italic": italic}.items() if value}
        text.insert(len(text), piece["text"], {name: {} for name in marks} or None)


def _pieces(runs: Sequence[Run]) -> Iterator[Run]:
    """Yield the runs with each line break by itself."""
    for piece in runs:
        bold, italic = look(piece)
        for part in filter(None, re.split(r"(\n)", piece["text"])):
            yield run(part, bold=bold, italic=italic)
