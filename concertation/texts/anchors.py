"""Anchors: marks in the document that hold a place in its words, and nothing else. What stands there is in rows.

An anchor covers one or more characters within one paragraph. Browsers carry it along when they split, join or move
words; only the server places and removes it. Its name in the document is the one that the editor's binding gives to
a mark that may overlap others of its kind: `anchor--` and eight characters of a hash of the mark. No Django here.
"""

import hashlib
import re
import unicodedata
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pycrdt import Doc, XmlElement, XmlFragment, XmlText

from concertation.texts.blocks import Run, look
from concertation.texts.sync.reader import block, uint

ID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NAME = re.compile("anchor--[a-zA-Z0-9+/=]{8}")
HASH_BYTES = 6


class WordsChanged(ValueError):
    """The words that were selected do not stand in the paragraph any more."""


@dataclass(frozen=True, slots=True)
class Span:
    """Where an anchor stands: a paragraph by its id, and [start, end) of its linear text, with the words there."""

    paragraph: str
    start: int
    end: int
    words: str


@dataclass(slots=True)
class Leaf:
    """A run of text in the document: `start` counts from the beginning of the paragraph, in code points."""

    text: XmlText
    start: int
    words: str

    @property
    def end(self) -> int:
        return self.start + len(self.words)

    def bytes_at(self, place: int) -> int:
        """Return the index of `place` (in the paragraph) as the document counts it: in bytes of UTF-8."""
        return len(self.words[: place - self.start].encode())


@dataclass(slots=True)
class Place:
    """Where an anchor stands as the document counts, [first, last) over `leaves`, and the same as a span."""

    leaves: list[Leaf]
    first: int
    last: int
    span: Span


def name_of(anchor: str) -> str:
    """Return the name of the mark of `anchor` in the document, as the editor's binding computes it.

    It hashes the mark as lib0 writes {"type": "anchor", "attrs": {"id": …}} and folds the SHA-256 to six bytes.
    """
    strings = {name: b"\x77" + block(name.encode()) for name in ("anchor", anchor)}
    attrs = b"\x76" + uint(1) + block(b"id") + strings[anchor]
    mark = b"\x76" + uint(2) + block(b"type") + strings["anchor"] + block(b"attrs") + attrs
    digest = hashlib.sha256(mark).digest()
    folded = bytearray(digest[:HASH_BYTES])
    for at in range(HASH_BYTES, len(digest)):
        folded[at % HASH_BYTES] ^= digest[at]
    return f"anchor--{b64encode(folded).decode()}"


def is_anchor(mark: str, value: object) -> bool:
    """Say whether a mark of the document is an anchor as the server writes it, and nothing more."""
    if not NAME.fullmatch(mark) or not isinstance(value, dict) or set(value) != {"id"}:
        return False
    return isinstance(value["id"], str) and bool(ID.fullmatch(value["id"]))


def place(doc: Doc[Any], *, language: str, paragraph: str, start: int, end: int, words: str, anchor: str) -> Span:
    """Put `anchor` on [start, end) of a paragraph, or on the nearest place where the same `words` stand.

    Raises WordsChanged when the words are not in the paragraph, or there is no such paragraph.
    """
    element = element_of(doc, language, paragraph)
    leaves = list(leaves_of(element)) if element is not None else []
    at = nearest(_joined(leaves), words, start)
    if at is None or end - start != len(words):
        raise WordsChanged
    _mark(leaves, at, at + len(words), anchor)
    return Span(paragraph, at, at + len(words), words)


def remove(doc: Doc[Any], *, language: str, anchor: str) -> None:
    """Take `anchor` off the words that carry it, wherever they are now."""
    for leaf, first, last in reversed(_stretches(doc, language, anchor)):
        leaf.text.format(leaf.bytes_at(first), leaf.bytes_at(last), {name_of(anchor): None})


def replace(doc: Doc[Any], *, language: str, anchor: str, runs: Sequence[Run]) -> None:
    """Write `runs` in the place of the words that carry `anchor`, and take it off; raises WordsChanged without a place.

    The new words carry the other anchors that held the beginning of the place. A line break becomes a space.
    """
    found = _stretches(doc, language, anchor)
    if not found:
        raise WordsChanged
    leaf, first, _last = found[0]
    begin = leaf.bytes_at(first)
    kept = {name: value for name, value in _marks_at(leaf, first).items() if is_anchor(name, value)}
    kept.pop(name_of(anchor), None)
    for other, start, end in reversed(found):
        del other.text[other.bytes_at(start) : other.bytes_at(end)]
    for piece in runs:
        words = piece["text"].replace("\n", " ")
        looks: dict[str, Any] = {name: {} for name, is_on in zip(("bold", "italic"), look(piece), strict=True) if is_on}
        leaf.text.insert(begin, words, {**kept, **looks})
        begin += len(words.encode())


def spans_in(doc: Doc[Any], language: str) -> dict[str, Span]:
    """Return where every anchor of a version stands, counted in the normal form that `paragraphs.linear` has.

    One that was torn apart within a paragraph reaches from its first word to its last; of one that stands in several
    paragraphs, the first counts. Anchors in a block without an id are left out.
    """
    found: dict[str, Span] = {}
    for element in _tops(doc, language):
        for anchor, span in spans_of(element).items():
            found.setdefault(anchor, span)
    return found


def spans_of(element: XmlElement) -> dict[str, Span]:
    """Return where the anchors in a block at the top stand, as `spans_in` does."""
    paragraph = element.attributes.get("id")
    if not isinstance(paragraph, str) or not paragraph:
        return {}
    leaves = list(leaves_of(element))
    here: dict[str, tuple[int, int]] = {}
    for leaf in leaves:
        for anchor, first, last in _anchored(leaf):
            here[anchor] = (here.get(anchor, (first, last))[0], last)
    text = _joined(leaves) if here else ""
    return {anchor: _span(paragraph, text, first, last) for anchor, (first, last) in here.items()}


def stretches_of(leaf: Leaf) -> list[tuple[str, int, int]]:
    """Return every anchor in a piece of text with the words in a row that carry it, counted in the paragraph."""
    found: list[tuple[str, int, int]] = []
    latest: dict[str, int] = {}
    for anchor, first, last in _anchored(leaf):
        at = latest.get(anchor)
        if at is not None and found[at][2] == first:
            found[at] = (anchor, found[at][1], last)
        else:
            latest[anchor] = len(found)
            found.append((anchor, first, last))
    return found


def places_in(doc: Doc[Any], language: str, paragraph: str = "") -> dict[str, list[Span]]:
    """Return every place of every anchor of a version, or of one paragraph, counted as `paragraphs.linear` does.

    In each paragraph that is the whole from its first word to its last and, if it was torn apart, each piece. A
    client can write an anchor over any words it likes: the row decides which place is meant (`place_of`).
    """
    found = _places(doc, language, paragraph)
    return {anchor: [place.span for place in places] for anchor, places in found.items()}


def place_of(places: Sequence[Span], *, words: str, paragraph: str) -> Span | None:
    """Return which of the places of an anchor a row means: where its words stand, else the first in its paragraph."""
    home = [place for place in places if place.paragraph == paragraph]
    true = [place for place in (*home, *places) if place.words == words]
    return next(iter((*true, *home, *places)), None)


def settle(doc: Doc[Any], *, language: str, anchor: str, words: str, paragraph: str) -> Span | None:
    """Leave `anchor` on the whole place that its row means and nowhere else, and return that place, None without."""
    places = _places(doc, language).get(anchor, [])
    meant = place_of([place.span for place in places], words=words, paragraph=paragraph)
    kept = next((place for place in places if place.span == meant), None)
    if kept is None:
        return None
    remove(doc, language=language, anchor=anchor)
    _mark(kept.leaves, kept.first, kept.last, anchor)
    return meant


def nearest(text: str, words: str, start: int) -> int | None:
    """Return where `words` stand in `text`, as near to `start` as they can be, or None."""
    places = [match.start() for match in re.finditer(f"(?={re.escape(words)})", text)] if words else []
    return min(places, key=lambda at: abs(at - start), default=None)


def element_of(doc: Doc[Any], language: str, paragraph: str) -> XmlElement | None:
    """Return the block at the top with the id `paragraph`, the first if several claim it, or None."""
    return next((node for node in _tops(doc, language) if node.attributes.get("id") == paragraph), None)


def words_of(doc: Doc[Any], language: str, paragraph: str) -> str | None:
    """Return the words of a block at the top as `paragraphs.linear` has them, None when there is no such block."""
    element = element_of(doc, language, paragraph)
    return None if element is None else unicodedata.normalize("NFC", _joined(list(leaves_of(element))))


def leaves_of(element: XmlElement) -> Iterator[Leaf]:
    """Yield the pieces of text of a block at the top, in their order."""
    at = 0
    for index, paragraph in enumerate(_word_holders(element)):
        at += index > 0
        for child in paragraph.children:
            if isinstance(child, XmlText):
                words = "".join(piece if isinstance(piece, str) else "\ufffc" for piece, _marks in child.diff())
                yield Leaf(child, at, words)
                at += len(words)
            else:
                at += 1


def _tops(doc: Doc[Any], language: str) -> Iterator[XmlElement]:
    """Yield the blocks at the top of a version."""
    for node in doc.get(language, type=XmlFragment).children:
        if isinstance(node, XmlElement):
            yield node


def _word_holders(element: XmlElement) -> Iterator[XmlElement]:
    """Yield the headings and paragraphs in `element`, itself if it is one."""
    if element.tag in {"heading", "paragraph"}:
        yield element
        return
    for child in element.children:
        if isinstance(child, XmlElement):
            yield from _word_holders(child)


def _joined(leaves: Sequence[Leaf]) -> str:
    """Return the linear text of a block, as it is stored."""
    text = ""
    for leaf in leaves:
        text += "\n" * (leaf.start - len(text)) + leaf.words
    return text


def _mark(leaves: Sequence[Leaf], start: int, end: int, anchor: str) -> None:
    """Put `anchor` on [start, end) of a paragraph."""
    for leaf in leaves:
        first, last = max(leaf.start, start), min(leaf.end, end)
        if first < last:
            leaf.text.format(leaf.bytes_at(first), leaf.bytes_at(last), {name_of(anchor): {"id": anchor}})


def _places(doc: Doc[Any], language: str, only: str = "") -> dict[str, list[Place]]:
    """Return the places of every anchor, those of one paragraph from the whole to the last piece."""
    found: dict[str, list[Place]] = {}
    for element in _tops(doc, language):
        paragraph = element.attributes.get("id")
        if not isinstance(paragraph, str) or not paragraph or (only and paragraph != only):
            continue
        leaves = list(leaves_of(element))
        pieces = _pieces(leaves)
        text = _joined(leaves) if pieces else ""
        for anchor, each in pieces.items():
            whole = (each[0][0], each[-1][1])
            for first, last in dict.fromkeys([whole, *each]):
                place = Place(leaves, first, last, _span(paragraph, text, first, last))
                found.setdefault(anchor, []).append(place)
    return found


def _pieces(leaves: Sequence[Leaf]) -> dict[str, list[tuple[int, int]]]:
    """Return the stretches of a paragraph that carry each anchor, over line breaks between them."""
    found: dict[str, list[tuple[int, int]]] = {}
    for leaf in leaves:
        for anchor, first, last in _anchored(leaf):
            here = found.setdefault(anchor, [])
            begin = here.pop()[0] if here and first - here[-1][1] <= (first == leaf.start) else first
            here.append((begin, last))
    return found


def _span(paragraph: str, text: str, first: int, last: int) -> Span:
    """Return a span of stored `text`, counted in normal form C."""
    before, within = (unicodedata.normalize("NFC", part) for part in (text[:first], text[first:last]))
    return Span(paragraph, len(before), len(before) + len(within), within)


def _anchored(leaf: Leaf) -> Iterator[tuple[str, int, int]]:
    """Yield every anchor in `leaf` with the stretch that carries it, counted in the paragraph."""
    at = leaf.start
    for piece, marks in leaf.text.diff():
        end = at + (len(piece) if isinstance(piece, str) else 1)
        for name, value in (marks or {}).items():
            if is_anchor(name, value):
                yield value["id"], at, end
        at = end


def _marks_at(leaf: Leaf, place: int) -> dict[str, Any]:
    """Return the marks of the character at `place`."""
    at = leaf.start
    for piece, marks in leaf.text.diff():
        at += len(piece) if isinstance(piece, str) else 1
        if place < at:
            return dict(marks or {})
    return {}


def _stretches(doc: Doc[Any], language: str, anchor: str) -> list[tuple[Leaf, int, int]]:
    """Return every stretch of words that carries `anchor`, in their order."""
    return [
        (leaf, first, last)
        for element in _tops(doc, language)
        for leaf in leaves_of(element)
        for found, first, last in _anchored(leaf)
        if found == anchor
    ]
