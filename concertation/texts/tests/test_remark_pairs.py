"""What becomes of a remark, whatever others do at the same time (docs/decisions/0011), by random interleavings.

Every letter of the text is another one, so that each can be followed; others type digits.
"""

import uuid
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from pycrdt import Doc, XmlElement, XmlFragment, XmlText

from concertation.texts import anchors
from concertation.texts.blocks import Block
from concertation.texts.canonical import document_of, read_version
from concertation.texts.paragraphs import linear
from concertation.texts.seeding import update_of
from concertation.texts.tests.factories import FIRST, paragraph
from concertation.texts.tests.strategies import fork

LETTERS = "abcdefghijklmnop"
REMARK = str(uuid.UUID(int=7))
Deed = tuple[str, int]

writing = st.lists(st.tuples(st.sampled_from(["type", "erase"]), st.integers(0, 20)), max_size=8)
anything = st.lists(st.tuples(st.sampled_from(["type", "erase", "divide", "join"]), st.integers(0, 20)), max_size=8)
places = st.tuples(st.integers(0, 15), st.integers(1, 16)).map(lambda at: (min(at), max(at) + (at[0] == at[1])))


def opening() -> Doc[Any]:
    return document_of([update_of({"en": [paragraph(LETTERS, FIRST)]})])


def remark(doc: Doc[Any], place: tuple[int, int]) -> str:
    """Remark on a place of the letters, and return them."""
    start, end = place[0], min(place[1], len(LETTERS))
    words = LETTERS[start:end]
    anchors.place(doc, language="en", paragraph=FIRST, start=start, end=end, words=words, anchor=REMARK)
    return words


def do(doc: Doc[Any], deeds: list[Deed], digit: str) -> None:
    """Do what a person at an editor does, as its binding writes it."""
    fragment = doc.get("en", type=XmlFragment)
    for deed, at in deeds:
        element = fragment.children[at % len(fragment.children)]
        assert isinstance(element, XmlElement)
        text = element.children[0]
        assert isinstance(text, XmlText)
        place = min(at, len(text))
        if deed == "type":
            text.insert(place, digit)
        elif deed == "erase":
            del text[place : min(place + 3, len(text))]
        elif deed == "divide":
            move_tail(text, place, added(fragment, element))
        elif len(fragment.children) > 1:
            last = fragment.children[len(fragment.children) - 1]
            before = fragment.children[len(fragment.children) - 2]
            move_tail(last.children[0], 0, before.children[0])
            del fragment.children[len(fragment.children) - 1]


def added(fragment: XmlFragment, element: XmlElement) -> XmlText:
    """Return the text of a new paragraph after `element`."""
    names = [child.attributes.get("id") for child in fragment.children if isinstance(child, XmlElement)]
    made = XmlElement("paragraph")
    fragment.children.insert(names.index(element.attributes.get("id")) + 1, made)
    made.attributes["id"] = uuid.uuid4().hex[:10]
    return made.children.append(XmlText())


def move_tail(text: Any, place: int, to: Any) -> None:
    """Move the words from `place` on to the end of another text, with their marks."""
    at, moved = 0, []
    for piece, marks in text.diff():
        moved.append((piece[max(0, place - at) :], marks))
        at += len(piece)
    del text[place : len(text)]
    for piece, marks in moved:
        if piece:
            to.insert(len(to), piece, marks or {})


def letters_of(doc: Doc[Any]) -> str:
    return "".join(sign for sign in "".join(map(linear, read_version(doc, "en"))) if sign.isalpha())


def remarked(doc: Doc[Any]) -> str:
    """Return the letters that carry the remark."""
    found = ""
    for element in doc.get("en", type=XmlFragment).children:
        for leaf in anchors.leaves_of(element):
            for piece, marks in leaf.text.diff():
                if anchors.name_of(REMARK) in (marks or {}):
                    found += "".join(sign for sign in piece if sign.isalpha())
    return found


def words(doc: Doc[Any]) -> list[Block]:
    return read_version(doc, "en")


@settings(deadline=None)
@given(places, writing, writing, st.booleans())
def test_remark_stays_on_exactly_those_of_its_letters_that_are_left(
    place: tuple[int, int], ours: list[Deed], theirs: list[Deed], is_seen: bool
) -> None:
    server = opening()
    away = fork(server)
    about = remark(server, place)
    here = fork(server) if is_seen else fork(away)
    do(here, ours, "1")
    do(away, theirs, "2")
    for client in (here, away):
        server.apply_update(client.get_update())
    left = letters_of(server)
    assert remarked(server) == "".join(letter for letter in about if letter in left)
    span = anchors.spans_in(server, "en").get(REMARK)
    if set(about) & set(left):
        assert span is not None
    else:  # what others typed at its edge meanwhile may be within, and shows as a change
        assert span is None or span.words.isdigit()


@settings(deadline=None)
@given(places, anything, anything)
def test_remark_changes_no_word_whatever_others_do(
    place: tuple[int, int], ours: list[Deed], theirs: list[Deed]
) -> None:
    server, without = opening(), opening()
    without.apply_update(server.get_update())
    plain = fork(server)
    clients = [fork(server), fork(server)]
    for client, deeds, digit in zip(clients, (ours, theirs), "12", strict=True):
        do(client, deeds, digit)
    remark(server, place)
    for client in clients:
        server.apply_update(client.get_update())
        plain.apply_update(client.get_update())
    assert words(server) == words(plain)
    if not any(deed == "join" for deed, _ in ours + theirs):  # what is joined on at its edge may come to stand within
        assert set(remarked(server)) <= set(LETTERS[place[0] : place[1]])


@settings(deadline=None)
@given(places, anything, anything)
def test_everybody_sees_the_same_in_whatever_order_it_comes(
    place: tuple[int, int], ours: list[Deed], theirs: list[Deed]
) -> None:
    base = opening()
    one, two, server = fork(base), fork(base), fork(base)
    remark(server, place)
    do(one, ours, "1")
    do(two, theirs, "2")
    updates = [doc.get_update() for doc in (one, two, server)]
    forwards, backwards = document_of(updates), document_of(updates[::-1])
    assert words(forwards) == words(backwards)
    assert anchors.spans_in(forwards, "en") == anchors.spans_in(backwards, "en")


@settings(deadline=None)
@given(places, anything)
def test_who_has_seen_a_remark_carries_it_through_dividing_and_joining(
    place: tuple[int, int], deeds: list[Deed]
) -> None:
    doc = opening()
    about = remark(doc, place)
    do(doc, deeds, "1")
    left = letters_of(doc)
    assert remarked(doc) == "".join(letter for letter in left if letter in about)


@settings(deadline=None)
@given(places, places)
def test_two_remarks_on_the_same_words_are_both_kept(one: tuple[int, int], other: tuple[int, int]) -> None:
    server = opening()
    about = remark(server, one)
    start, end = other[0], min(other[1], len(LETTERS))
    second = str(uuid.UUID(int=8))
    anchors.place(server, language="en", paragraph=FIRST, start=start, end=end, words=LETTERS[start:end], anchor=second)
    spans = anchors.spans_in(server, "en")
    assert (spans[REMARK].words, spans[second].words) == (about, LETTERS[start:end])
