"""People who write in one text, online or not, each with a Yjs document of their own, as the editor would change it.

Every character is another one, so that each can be followed wherever it goes: 3 bytes of UTF-8 each.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import count
from typing import Any

from pycrdt import Doc, XmlElement, XmlFragment, XmlText

from concertation.coalition.models import Delegate
from concertation.texts import anchors
from concertation.texts.domain.drafting import Draft, append_updates
from concertation.texts.models import Text
from concertation.texts.paragraphs import new_id
from concertation.texts.queries import stored_updates

WIDTH = 3
Sign = tuple[str, dict[str, Any]]  # a character and its marks


class Signs:
    """Gives characters that were not there before."""

    def __init__(self) -> None:
        self._numbers = count(0x4E00)

    def take(self, number: int) -> str:
        """Return `number` new ones."""
        return "".join(chr(next(self._numbers)) for _ in range(number))


class Negotiator:
    """One client; `unaware` has, for each character that it typed or copied, the anchors that it then carried."""

    def __init__(self, text: Text, who: Delegate, signs: Signs) -> None:
        self.text, self.who, self.signs = text, who, signs
        self.doc: Doc[Any] = Doc()
        self.version = self.doc.get("en", type=XmlFragment)
        self.written: dict[str, list[set[str]]] = defaultdict(list)
        self.knew: dict[str, set[str]] = {}
        self._sent = self.doc.get_state()

    def sync(self) -> None:
        """Send what is new here, as one update, and take what is stored."""
        update = self.doc.get_update(self._sent)
        if update != b"\x00\x00":
            assert append_updates(drafts=[Draft(self.text.pk, update, (str(self.who.pk),))]) == set()
        for stored in stored_updates(self.text.pk):
            self.doc.apply_update(stored)
        self._sent = self.doc.get_state()

    def do(self, deed: str, one: int, two: int) -> None:
        """Do something to the paragraph number `one`, at the place `two`, wrapped around to what there is."""
        paragraphs = list(self.version.children)
        at = one % len(paragraphs)
        words = words_of(paragraphs[at])
        with self.doc.transaction():
            getattr(self, f"_{deed}")(at, words, two % (len(signs_of(words)) + 1))

    def _type(self, _at: int, words: XmlText, place: int) -> None:
        """Type two characters; they stand in what is on both sides of them, as in the editor."""
        signs = signs_of(words)
        left = signs[place - 1][1] if place else {}
        right = signs[place][1] if place < len(signs) else {}
        marks = {name: value for name, value in left.items() if name in right}
        self._write(words, place, [(sign, marks) for sign in self.signs.take(2)])

    def _delete(self, _at: int, words: XmlText, place: int) -> None:
        end = min(place + 2, len(signs_of(words)))
        if place < end:
            del words[place * WIDTH : end * WIDTH]

    def _divide(self, at: int, words: XmlText, place: int) -> None:
        """The second half is written anew in a paragraph of its own, with its marks."""
        tail = signs_of(words)[place:]
        if tail:
            del words[place * WIDTH : len(words)]
        self._write(self._paragraph(at + 1, new_id()), 0, tail)

    def _join(self, at: int, words: XmlText, _place: int) -> None:
        """The next paragraph is written anew at the end of this one, with its marks."""
        if at + 1 < len(self.version.children):
            after = signs_of(words_of(self.version.children[at + 1]))
            del self.version.children[at + 1]
            self._write(words, len(signs_of(words)), after)

    def _move(self, at: int, words: XmlText, place: int) -> None:
        """The paragraph is written anew elsewhere, with its name and its marks."""
        element = self.version.children[at]
        assert isinstance(element, XmlElement)
        identity, signs = str(element.attributes.get("id")), signs_of(words)
        del self.version.children[at]
        self._write(self._paragraph(place % (len(self.version.children) + 1), identity), 0, signs)

    def _paragraph(self, at: int, identity: str) -> XmlText:
        element = XmlElement("paragraph")
        self.version.children.insert(at, element)
        element.attributes["id"] = identity
        return element.children.append(XmlText())

    def _write(self, words: XmlText, place: int, signs: list[Sign]) -> None:
        known = {
            anchor
            for paragraph in self.version.children
            for _, marks in signs_of(words_of(paragraph))
            for anchor in ids(marks)
        }
        for sign, marks in signs:
            words.insert(place * WIDTH, sign, marks)
            place += 1
            self.written[sign].append(set(ids(marks)))
            self.knew.setdefault(sign, known)


def words_of(paragraph: object) -> XmlText:
    """Return the words of a paragraph."""
    assert isinstance(paragraph, XmlElement)
    words = paragraph.children[0]
    assert isinstance(words, XmlText)
    return words


def signs_of(words: XmlText) -> list[Sign]:
    """Return the characters with their marks."""
    return [(sign, marks or {}) for piece, marks in words.diff() for sign in str(piece)]


def ids(marks: dict[str, Any]) -> Iterator[str]:
    """Yield the anchors among marks."""
    return (value["id"] for name, value in marks.items() if anchors.is_anchor(name, value))


def carried(doc: Doc[Any]) -> dict[str, list[set[str]]]:
    """Return for each character of a document the anchors that its copies carry."""
    found: dict[str, list[set[str]]] = defaultdict(list)
    for paragraph in doc.get("en", type=XmlFragment).children:
        for sign, marks in signs_of(words_of(paragraph)):
            found[sign].append(set(ids(marks)))
    return found


def shape(doc: Doc[Any]) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    """Return each paragraph of a document: its name, and its characters with their anchors."""
    return [
        (
            str(paragraph.attributes.get("id")),
            [(sign, sorted(ids(marks))) for sign, marks in signs_of(words_of(paragraph))],
        )
        for paragraph in doc.get("en", type=XmlFragment).children
        if isinstance(paragraph, XmlElement)
    ]
