"""The paragraphs of a version: its blocks at the top, each with its id, number, words and hash. No Django here.

“Paragraph” is meant widely, as negotiators use it: a heading and a list are one too.
"""

import hashlib
import json
import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from concertation.texts.blocks import Block, Listing, words_of

ID = re.compile("[a-z0-9]{10}")
ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One block at the top; `id` is empty for one without an id of its own, `number` None for one that is not counted.

    `words` is the linear text: runs joined, line breaks and the items of a list separated by “\\n”.
    """

    id: str
    number: int | None
    block: Block
    words: str


def new_id() -> str:
    """Return an id for a new paragraph."""
    return "".join(secrets.choice(ALPHABET) for _ in range(10))


def paragraphs_of(blocks: Sequence[Block]) -> list[Paragraph]:
    """Return the paragraphs of a version; numbered ones count 1, 2, 3…"""
    found: list[Paragraph] = []
    count = 0
    for block in blocks:
        is_numbered = block["type"] == "paragraph" and block.get("numbered", False)
        count += is_numbered
        found.append(Paragraph(block.get("id", ""), count if is_numbered else None, block, linear(block)))
    return found


def linear(block: Block) -> str:
    """Return the words of a block as one line of characters, in which places are counted."""
    if block["type"] == "heading" or block["type"] == "paragraph":
        return words_of(block["runs"])
    return "\n".join(_items(block))


def _items(listing: Listing) -> Iterator[str]:
    for item in listing["items"]:
        for block in item:
            yield linear(block)


def content_of(block: Block) -> dict[str, Any]:
    """Return what of a block counts: all but its id."""
    return {key: value for key, value in block.items() if key != "id"}


def digest(versions: Mapping[str, Block]) -> str:
    """Return the SHA-256, in hexadecimal, of one paragraph: its block in each of the languages given."""
    content = {language: content_of(block) for language, block in versions.items()}
    return hashlib.sha256(_canonical(content)).hexdigest()


def _canonical(content: dict[str, Any]) -> bytes:
    """Return `content` as RFC 8785 JSON; the standard library writes the same for blocks, forty times faster.

    The two differ in fractions and in how they sort keys beyond ASCII, and a block has neither.
    """
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
