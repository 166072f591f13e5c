"""Blocks as browsers send them: JSON of which nothing is believed. No Django here.

The shape is checked here; words, marks and depth by writing the block into a document and reading its canonical form.
"""

import json
from typing import Any

from pycrdt import Doc, XmlFragment

from concertation.texts.blocks import DEEPEST_LIST, Block, Run, run
from concertation.texts.canonical import UnknownContent, read_version
from concertation.texts.seeding import write_block

LONGEST = 20_000  # characters of JSON
ROOT = "received"


class NotABlock(ValueError):
    """What came is not a paragraph of a text."""


def read_block(received: str) -> Block:
    """Return the block that `received` says, without an id and in normal form; raises NotABlock."""
    if len(received) > LONGEST:
        raise NotABlock
    try:
        block = _block(json.loads(received), DEEPEST_LIST)
        doc: Doc[Any] = Doc()
        fragment = doc.get(ROOT, type=XmlFragment)
        write_block(fragment, block, 0)
        write_block(fragment, {"type": "heading", "level": 1, "runs": []}, 1)  # an empty paragraph at the end is read
        return read_version(doc, ROOT)[0]
    except (ValueError, RecursionError, UnicodeEncodeError, UnknownContent) as error:
        raise NotABlock from error


def _block(value: Any, depth: int) -> Block:
    """Return a heading, a paragraph or a list."""
    kind = value.get("type") if isinstance(value, dict) else None
    if kind == "heading" and value.get("level") in (1, 2, 3):
        return {"type": "heading", "level": int(value["level"]), "runs": _runs(value.get("runs"))}
    if kind == "paragraph" and isinstance(value.get("numbered", True), bool):
        return {"type": "paragraph", "numbered": value.get("numbered", True), "runs": _runs(value.get("runs"))}
    if kind in ("bulletList", "orderedList") and depth:
        items = [_item(item, depth) for item in _list(value.get("items"))]
        return {"type": "bulletList" if kind == "bulletList" else "orderedList", "items": items}
    raise NotABlock


def _item(value: Any, depth: int) -> list[Block]:
    return [_block(inner, depth - 1 if number else depth) for number, inner in enumerate(_list(value))]


def _runs(value: Any) -> list[Run]:
    return [_run(piece) for piece in _list(value)]


def _run(value: Any) -> Run:
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        raise NotABlock
    return run(value["text"], bold=value.get("bold") is True, italic=value.get("italic") is True)


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise NotABlock
    return value
