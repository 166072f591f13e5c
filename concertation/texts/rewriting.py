"""Changes of whole paragraphs in the live document, by their ids. No Django here.

The document cannot move an element: a moved paragraph is written anew in its new place, with its id, its words, their
look and their anchors.
"""

from typing import Any

from pycrdt import Doc, XmlElement, XmlFragment, XmlText

from concertation.texts import anchors
from concertation.texts.anchors import Span
from concertation.texts.blocks import Block
from concertation.texts.paragraphs import linear
from concertation.texts.seeding import write_block
from concertation.texts.worddiff import Kind, diff


class NoSuchPlace(ValueError):
    """The paragraph that is to change, or the one that another is to follow, is not there any more."""


def insert_after(doc: Doc[Any], language: str, after: str, block: Block, identity: str) -> None:
    """Write a new paragraph after the one with the id `after`, or at the beginning; raises NoSuchPlace."""
    fragment = doc.get(language, type=XmlFragment)
    at = index_of(fragment, after) + 1 if after else 0
    write_block(fragment, block, at).attributes["id"] = identity


def remove(doc: Doc[Any], language: str, paragraph: str) -> None:
    """Take a paragraph out; raises NoSuchPlace."""
    fragment = doc.get(language, type=XmlFragment)
    del fragment.children[index_of(fragment, paragraph)]


def move_after(doc: Doc[Any], language: str, paragraph: str, after: str) -> None:
    """Put a paragraph after another one, or at the beginning; raises NoSuchPlace."""
    fragment = doc.get(language, type=XmlFragment)
    here = index_of(fragment, paragraph)
    there = index_of(fragment, after) + 1 if after else 0
    if there in {here, here + 1}:
        return
    _copy(fragment, there, _element_at(fragment, here))
    del fragment.children[here + (there <= here)]


def rewrite(doc: Doc[Any], language: str, paragraph: str, block: Block) -> None:
    """Write `block` in the place of a paragraph, which keeps its id, and its anchors where their words stay."""
    fragment = doc.get(language, type=XmlFragment)
    at = index_of(fragment, paragraph)
    old = _element_at(fragment, at)
    before = "".join("\n" * (leaf.start - end) + leaf.words for end, leaf in _with_ends(old))
    spans = anchors.spans_of(old)
    del fragment.children[at]
    write_block(fragment, block, at).attributes["id"] = paragraph
    for anchor, span in spans.items():
        _carry(doc, language, anchor, span, before, linear(block))


def index_of(fragment: XmlFragment, paragraph: str) -> int:
    """Return the place of a paragraph among the blocks at the top; raises NoSuchPlace."""
    for at, node in enumerate(fragment.children):
        if isinstance(node, XmlElement) and node.attributes.get("id") == paragraph:
            return at
    raise NoSuchPlace


def order_of(doc: Doc[Any], language: str) -> list[str]:
    """Return the ids of the paragraphs of a version in their order."""
    return [str(element.attributes.get("id") or "") for element in tops(doc, language)]


def tops(doc: Doc[Any], language: str) -> list[XmlElement]:
    """Return the blocks at the top of a version."""
    return [node for node in doc.get(language, type=XmlFragment).children if isinstance(node, XmlElement)]


def _element_at(fragment: XmlFragment, at: int) -> XmlElement:
    node = fragment.children[at]
    assert isinstance(node, XmlElement)
    return node


def _copy(parent: XmlFragment | XmlElement, at: int, element: XmlElement) -> None:
    """Write a copy of `element` as the child number `at` of `parent`."""
    copy = XmlElement(element.tag)
    parent.children.insert(at, copy)
    for name, value in element.attributes.__iter__():
        copy.attributes[name] = value
    for place, child in enumerate(element.children):
        if isinstance(child, XmlText):
            _copy_words(copy.children.append(XmlText()), child)
        elif isinstance(child, XmlElement):
            _copy(copy, place, child)


def _copy_words(copy: XmlText, text: XmlText) -> None:
    """Write the words of `text` with their marks into `copy`."""
    for piece, marks in text.diff():
        if isinstance(piece, str):
            copy.insert(len(copy), piece, marks or None)


def _with_ends(element: XmlElement) -> list[tuple[int, anchors.Leaf]]:
    """Return the pieces of text of a block, each with where the one before ends."""
    leaves = list(anchors.leaves_of(element))
    return list(zip([0, *(leaf.end for leaf in leaves)], leaves, strict=False))


def _carry(doc: Doc[Any], language: str, anchor: str, span: Span, before: str, after: str) -> None:
    """Put an anchor on those of its words that stayed, from the first to the last."""
    kept: list[tuple[int, int]] = []
    old = new = 0
    for piece in diff(before, after):
        size = len(piece.words)
        if piece.kind == Kind.SAME:
            first, last = max(old, span.start), min(old + size, span.end)
            if first < last:
                kept.append((first - old + new, last - old + new))
        old += size * (piece.kind != Kind.ADDED)
        new += size * (piece.kind != Kind.REMOVED)
    if kept:
        start, end = kept[0][0], kept[-1][1]
        words = after[start:end]
        anchors.place(
            doc, language=language, paragraph=span.paragraph, start=start, end=end, words=words, anchor=anchor
        )
