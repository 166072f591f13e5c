"""Anchors hold a place in the words, whatever else happens around it."""

import uuid
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pycrdt import Doc, XmlElement, XmlFragment, XmlText

from concertation.texts import anchors
from concertation.texts.anchors import Span, WordsChanged
from concertation.texts.blocks import Block, run
from concertation.texts.canonical import document_of, read_version
from concertation.texts.paragraphs import linear
from concertation.texts.seeding import update_of
from concertation.texts.tests.factories import FIRST, paragraph

ONE, TWO = str(uuid.UUID(int=1)), str(uuid.UUID(int=2))
LIST: Block = {
    "type": "bulletList",
    "id": "list000001",
    "items": [
        [{"type": "paragraph", "runs": [run("land")]}],
        [
            {"type": "paragraph", "runs": [run("sea and "), run("air", bold=True)]},
            {"type": "orderedList", "items": [[{"type": "paragraph", "runs": [run("below")]}]]},
        ],
    ],
}


def written(*blocks: Block) -> Doc[Any]:
    return document_of([update_of({"en": blocks})])


def place(doc: Doc[Any], words: str, start: int, *, anchor: str = ONE, paragraph: str = FIRST) -> Span:
    return anchors.place(
        doc, language="en", paragraph=paragraph, start=start, end=start + len(words), words=words, anchor=anchor
    )


def test_name_of_is_what_the_editor_computes() -> None:
    """The value comes from lib0 and y-tiptap themselves; the browser tests see both sides agree on the wire."""
    assert anchors.name_of("6f1c2a34-0000-4000-8000-00000000abcd") == "anchor--X3kdqIX/"


def test_place_leaves_the_words_and_their_look_as_they_are() -> None:
    blocks: list[Block] = [{"type": "paragraph", "numbered": True, "runs": [run("We "), run("will", bold=True)]}]
    blocks[0]["id"] = FIRST
    doc = written(*blocks)
    assert place(doc, "e wi", 1) == Span(FIRST, 1, 5, "e wi")
    assert anchors.spans_in(doc, "en") == {ONE: Span(FIRST, 1, 5, "e wi")}
    assert read_version(doc, "en") == blocks


def test_place_counts_characters_and_not_bytes() -> None:
    doc = written(paragraph("dès 👍 l’été", FIRST))
    assert place(doc, "👍 l’é", 4) == Span(FIRST, 4, 9, "👍 l’é")
    assert anchors.spans_in(doc, "en")[ONE].words == "👍 l’é"


def test_place_takes_the_nearest_same_words_when_they_moved() -> None:
    doc = written(paragraph("peace and war and peace", FIRST))
    assert place(doc, "peace", 15).start == 18


@pytest.mark.parametrize(("words", "start", "named"), [("war", 0, FIRST), ("", 0, FIRST), ("peace", 0, "nowhere000")])
def test_place_refuses_words_that_are_not_there(words: str, start: int, named: str) -> None:
    doc = written(paragraph("peace", FIRST))
    before = doc.get_update()
    with pytest.raises(WordsChanged):
        place(doc, words, start, paragraph=named)
    assert doc.get_update() == before


def test_place_in_a_list_counts_its_items_as_lines() -> None:
    doc = written(LIST)
    assert linear(read_version(doc, "en")[0]) == "land\nsea and air\nbelow"
    span = place(doc, "air\nbelow", 13, paragraph="list000001")
    assert anchors.spans_in(doc, "en") == {ONE: span} == {ONE: Span("list000001", 13, 22, "air\nbelow")}


def test_anchors_overlap_and_are_removed_one_by_one() -> None:
    doc = written(paragraph("land, sea and air", FIRST))
    place(doc, "land, sea", 0)
    place(doc, "sea and air", 6, anchor=TWO)
    assert {one: span.words for one, span in anchors.spans_in(doc, "en").items()} == {
        ONE: "land, sea",
        TWO: "sea and air",
    }
    anchors.remove(doc, language="en", anchor=ONE)
    assert anchors.spans_in(doc, "en") == {TWO: Span(FIRST, 6, 17, "sea and air")}


def test_replace_writes_new_words_and_keeps_the_anchors_around() -> None:
    doc = written(paragraph("We will deploy troops soon", FIRST))
    place(doc, "will deploy troops", 3, anchor=TWO)
    place(doc, "deploy", 8)
    anchors.replace(doc, language="en", anchor=ONE, runs=[run("stand "), run("ready", italic=True)])
    assert anchors.spans_in(doc, "en") == {TWO: Span(FIRST, 3, 26, "will stand ready troops")}
    assert read_version(doc, "en")[0]["runs"] == [  # type: ignore[typeddict-item]  # it is a paragraph
        run("We will stand "),
        run("ready", italic=True),
        run(" troops soon"),
    ]


def test_replace_refuses_when_the_place_is_gone() -> None:
    doc = written(paragraph("We will", FIRST))
    place(doc, "will", 3)
    text = doc.get("en", type=XmlFragment).children[0].children[0]
    assert isinstance(text, XmlText)
    del text[3:7]
    assert anchors.spans_in(doc, "en") == {}
    with pytest.raises(WordsChanged):
        anchors.replace(doc, language="en", anchor=ONE, runs=[run("shall")])


def test_anchor_follows_its_words_into_another_paragraph() -> None:
    """As an editor does it that divides a paragraph: the second half is written anew, with its marks."""
    doc = written(paragraph("We will deploy", FIRST))
    place(doc, "deploy", 8)
    fragment = doc.get("en", type=XmlFragment)
    text = fragment.children[0].children[0]
    assert isinstance(text, XmlText)
    del text[8:14]
    second = XmlElement("paragraph")
    fragment.children.append(second)
    second.attributes["id"] = "second0001"
    second.children.append(XmlText()).insert(0, "deploy", {anchors.name_of(ONE): {"id": ONE}})
    assert anchors.spans_in(doc, "en") == {ONE: Span("second0001", 0, 6, "deploy")}


def test_words_in_combining_letters_are_counted_in_normal_form() -> None:
    doc = written(paragraph("e\u0301te\u0301 et paix", FIRST))
    place(doc, "paix", 9)
    assert linear(read_version(doc, "en")[0]) == "été et paix"
    assert anchors.spans_in(doc, "en") == {ONE: Span(FIRST, 7, 11, "paix")}


words = st.text(alphabet="ab é👍", min_size=1, max_size=12)


@given(words, st.data())
def test_what_is_placed_is_found_where_the_words_are(text: str, data: st.DataObject) -> None:
    doc = written(paragraph(text, FIRST))
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = place(doc, text[start:end], start)
    assert span == Span(FIRST, start, end, text[start:end])
    assert anchors.spans_in(doc, "en") == {ONE: span}
    anchors.remove(doc, language="en", anchor=ONE)
    assert anchors.spans_in(doc, "en") == {}
