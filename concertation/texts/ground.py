"""A document as proposals need to know it: where their anchors stand, which paragraphs there are, what these hold.

Everything is read once and kept: 200 proposals on 400 paragraphs cost one walk. No Django here.
"""

import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pycrdt import Doc

from concertation.texts import anchors
from concertation.texts.canonical import UnknownContent, read_paragraph
from concertation.texts.paragraphs import digest
from concertation.texts.rewriting import order_of, tops


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words in a row that carry an anchor: [start, end) of a paragraph, counted in normal form C."""

    paragraph: str
    start: int
    end: int
    words: str


class Version:
    """One language version of a document, at the moment at which it is asked."""

    def __init__(self, doc: Doc[Any], language: str) -> None:
        self._doc, self._language = doc, language
        self._digests: dict[str, str] = {}

    @cached_property
    def order(self) -> list[str]:
        """The ids of the paragraphs."""
        return order_of(self._doc, self._language)

    @cached_property
    def stretches(self) -> dict[str, list[Stretch]]:
        """Every stretch of words of every anchor. A client can write an anchor over any words it likes."""
        found: dict[str, list[Stretch]] = {}
        for element in tops(self._doc, self._language):
            paragraph = str(element.attributes.get("id") or "")
            for anchor, stretch in _stretches(paragraph, element):
                found.setdefault(anchor, []).append(stretch)
        return found

    def place_of(self, anchor: str, words: str, paragraph: str) -> Stretch | None:
        """Return where `anchor` stands over exactly `words`, in `paragraph` rather than elsewhere, or None."""
        same = [one for one in self.stretches.get(anchor, []) if one.words == words]
        home = [one for one in same if one.paragraph == paragraph]
        return home[0] if home else same[0] if len(same) == 1 else None

    def digest(self, paragraph: str) -> str:
        """Return the hash of a paragraph as `paragraphs.digest` takes it, empty for one that cannot be read."""
        if paragraph not in self._digests:
            try:
                block = read_paragraph(self._doc, self._language, paragraph)
            except UnknownContent:
                block = None
            self._digests[paragraph] = digest({self._language: block}) if block else ""
        return self._digests[paragraph]


class Ground:
    """A document with its versions, each read when it is first asked about."""

    def __init__(self, doc: Doc[Any]) -> None:
        self.doc = doc
        self._versions: dict[str, Version] = {}

    def version(self, language: str) -> Version:
        """Return one language version."""
        return self._versions.setdefault(language, Version(self.doc, language))


def _stretches(paragraph: str, element: Any) -> list[tuple[str, Stretch]]:
    """Return the stretches of the anchors in one paragraph, each within one piece of text."""
    found: list[tuple[str, Stretch]] = []
    before = ""
    for leaf in anchors.leaves_of(element):
        before += "\n" * (leaf.start - len(before))
        for anchor, first, last in anchors.stretches_of(leaf):
            inside = leaf.words[first - leaf.start : last - leaf.start]
            head = unicodedata.normalize("NFC", before + leaf.words[: first - leaf.start])
            words = unicodedata.normalize("NFC", inside)
            found.append((anchor, Stretch(paragraph, len(head), len(head) + len(words), words)))
        before += leaf.words
    return found
