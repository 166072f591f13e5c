"""What enters the index of agreed language: the paragraphs of adopted bytes that have words. No Django here."""

import json
from collections.abc import Iterator
from typing import TypedDict

from concertation.texts.folding import folded, pair_shingles, word_shingles
from concertation.texts.paragraphs import paragraphs_of


class Facts(TypedDict):
    """The columns of one `AdoptedParagraph`."""

    language: str
    position: int
    block: str
    number: int | None
    words: str
    folded: str


def facts_of(content: bytes) -> Iterator[Facts]:
    """Yield the facts of each paragraph that has words, in all versions of the canonical form `content`."""
    for language, blocks in json.loads(content).get("versions", {}).items():
        for position, paragraph in enumerate(paragraphs_of(blocks), start=1):
            if words := folded(paragraph.words):
                yield {
                    "language": language,
                    "position": position,
                    "block": paragraph.id,
                    "number": paragraph.number,
                    "words": paragraph.words,
                    "folded": words,
                }


def shingles_of(language: str, folded_words: str) -> set[int]:
    """Return all shingles of a paragraph."""
    words = folded_words.split()
    return word_shingles(language, words) | pair_shingles(language, words)
