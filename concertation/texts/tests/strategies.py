"""Hypothesis strategies: any content a version can hold, and any way of typing."""

from typing import Any

from hypothesis import strategies as st
from pycrdt import Doc, XmlElement, XmlFragment, XmlText

from concertation.texts.blocks import Block, merged, run
from concertation.texts.canonical import document_of

letters = st.text("aé😀 ñ*\\ß漢\n", max_size=6)
runs = st.lists(st.builds(run, letters, bold=st.booleans(), italic=st.booleans()), max_size=4).map(merged)
headings = st.builds(
    lambda level, held: {"type": "heading", "level": level, "runs": held}, st.sampled_from([1, 2, 3]), runs
)
paragraphs = st.builds(
    lambda numbered, held: {"type": "paragraph", "numbered": numbered, "runs": held}, st.booleans(), runs
)
entries = runs.map(lambda held: {"type": "paragraph", "runs": held})


def lists_of(below: st.SearchStrategy[list[Any]]) -> st.SearchStrategy[Any]:
    """Lists whose items are one paragraph and the lists of `below`."""
    item = st.builds(lambda entry, lists: [entry, *lists], entries, below)
    items = st.lists(item, min_size=1, max_size=3)
    bullets = items.map(lambda held: {"type": "bulletList", "items": held})
    ordered = items.map(lambda held: {"type": "orderedList", "items": held})
    return bullets | ordered


def _without_empty_end(blocks: list[Any]) -> list[Block]:
    while blocks and blocks[-1]["type"] == "paragraph" and not blocks[-1]["runs"]:
        blocks = blocks[:-1]
    return blocks


versions: st.SearchStrategy[list[Block]] = st.lists(
    headings | paragraphs | lists_of(st.lists(lists_of(st.just([])), max_size=1)), max_size=5
).map(_without_empty_end)

# What one person does: (at which paragraph, at which letter, what)
deeds = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.integers(0, 5),
        st.sampled_from(["type", "erase", "bold", "italic", "unmark", "paragraph", "remove"]),
    ),
    max_size=12,
)


def do(doc: "Doc[Any]", what: list[tuple[int, int, str]], language: str = "en") -> None:
    """Type into a version as a person would, wherever the numbers point."""
    fragment = doc.get(language, type=XmlFragment)
    for block, letter, deed in what:
        if deed == "paragraph" or not len(fragment.children):
            element = XmlElement("paragraph", None, [XmlText()])
            fragment.children.insert(min(block, len(fragment.children)), element)
            continue
        place = block % len(fragment.children)
        if deed == "remove":
            del fragment.children[place]
            continue
        element = fragment.children[place]
        assert isinstance(element, XmlElement)
        _edit(element.children[0], letter, deed)


def _edit(text: object, letter: int, deed: str) -> None:
    assert isinstance(text, XmlText)
    at = min(letter, len(text))
    if deed == "type":
        text.insert(at, "word"[letter % 4])
    elif deed == "erase":
        del text[at : min(at + 2, len(text))]
    else:
        marks: dict[str, Any] = {"unmark": {"bold": None, "italic": None}}.get(deed, {deed: {}})
        text.format(at, min(at + 3, len(text)), marks)


def fork(doc: "Doc[Any]") -> "Doc[Any]":
    """Return the document of another person who sees the same now."""
    return document_of([doc.get_update()])
