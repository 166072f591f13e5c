"""The one form of a text that is hashed and adopted: same words and structure, same bytes, whoever typed.

Format 2 is format 1 with the ids of blocks that have one, and with the reservations that are kept with the words.

A document is written by programs that we do not control. Whatever is in it and has no place in the form is
refused with its place, so that nobody adopts what was not shown, and nothing that was shown is left out. Anchors
are places and no content: they leave no trace here. No Django here.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypedDict

import rfc8785
from pycrdt import Doc, Map, XmlElement, XmlFragment, XmlText

from concertation.texts import anchors, paragraphs
from concertation.texts.blocks import DEEPEST_LIST, Block, Run, merged, run

FORMAT = "concertation-text/2"
# What turns the order of letters around or hides words; joiners and marks that scripts need are not among them.
DECEPTIVE = re.compile("[\u202a-\u202e\u2061-\u2064\u2066-\u206f\ufff9-\ufffb\U000e0000-\U000e007f]")
# The same, control characters but the tab, and the separators of lines and of paragraphs.
UNSEEN = re.compile(f"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]|{DECEPTIVE.pattern}")
Node = XmlElement | XmlText | XmlFragment


class Reservation(TypedDict):
    """What a member does not accept, as it is kept with the text: `words` of `paragraph` (an id), or all of it.

    `language` and `paragraph` are empty for a reservation on the whole text, `words` for one on a whole paragraph.
    """

    member: str
    language: str
    paragraph: str
    words: str
    body: str


class UnknownContent(ValueError):
    """The document holds something that is not part of a text.

    `language` names the version, `block` counts its blocks at the top from 1 (0: the version itself),
    `what` names the thing.
    """

    def __init__(self, language: str, block: int, what: str) -> None:
        self.language, self.block, self.what = language, block, what
        super().__init__(f"{language}, block {block}: {what}")


class _Refused(ValueError):
    """Names what has no place in a text, before its place is known."""


def document_of(updates: Iterable[bytes]) -> Doc[Any]:
    """Return the document that the stored `updates` make together."""
    doc: Doc[Any] = Doc()
    for update in updates:
        doc.apply_update(update)
    return doc


def read_versions(doc: Doc[Any], languages: Sequence[str]) -> dict[str, list[Block]]:
    """Return the blocks of each of `languages`; raises UnknownContent for anything else in the document."""
    for name in sorted(doc.keys()):
        _check_root(doc, name, is_version=name in languages)
    return {language: read_version(doc, language) for language in languages}


def read_version(doc: Doc[Any], language: str) -> list[Block]:
    """Return the blocks of one version, empty paragraphs at its end left out; raises UnknownContent."""
    blocks: list[Block] = []
    read = 0
    seen: set[str] = set()
    try:
        for node in _children(doc.get(language, type=XmlFragment)):
            read += 1
            blocks.append(_identified(_top_block(node), node, seen))
    except _Refused as refused:
        raise UnknownContent(language, read, str(refused)) from None
    while blocks and blocks[-1]["type"] == "paragraph" and not blocks[-1]["runs"]:
        blocks.pop()
    return blocks


def block_of(node: Node) -> Block | None:
    """Return one block at the top without its id, or None for what has no place in a text."""
    try:
        return _top_block(node)
    except _Refused:
        return None


def named(node: Node) -> str:
    """Return the id that a block at the top claims, empty for none and for what is not an id."""
    try:
        return identity_of(node)
    except _Refused:
        return ""


def read_paragraph(doc: Doc[Any], language: str, paragraph: str) -> Block | None:
    """Return the block with the id `paragraph`, None when there is none; raises UnknownContent."""
    element = anchors.element_of(doc, language, paragraph)
    if element is None:
        return None
    try:
        return _identified(_top_block(element), element, set())
    except _Refused as refused:
        raise UnknownContent(language, 0, str(refused)) from None


def is_written(doc: Doc[Any], language: str) -> bool:
    """Say whether a version holds anything but empty paragraphs."""
    try:
        return bool(read_version(doc, language))
    except UnknownContent:
        return True


def unseen_in(words: str) -> str:
    """Return the first character of `words` that cannot be seen or turns others around, empty without one."""
    unseen = UNSEEN.search(words)
    return unseen[0] if unseen else ""


def canonical_json(
    *,
    text: str,
    titles: Mapping[str, str],
    authentic: Sequence[str],
    versions: Mapping[str, list[Block]],
    reservations: Sequence[Reservation] = (),
) -> str:
    """Return the whole text as RFC 8785 JSON: its id, titles, authentic languages, all versions, the reservations.

    Reservations are sorted; without any, there is no such key.
    """
    form: dict[str, Any] = {
        "format": FORMAT,
        "id": text,
        "titles": {language: _normal(title) for language, title in titles.items()},
        "authentic": sorted(authentic),
        "versions": dict(versions),
    }
    if reservations:
        form["reservations"] = sorted(map(_kept, reservations), key=_order)
    return rfc8785.dumps(form).decode()


def _kept(reservation: Reservation) -> dict[str, str]:
    """Return a reservation in normal form, without anything that has no place in it."""
    return {field: _normal(str(reservation.get(field, ""))) for field in Reservation.__annotations__}


def _order(reservation: Mapping[str, str]) -> list[str]:
    """Return by what reservations are sorted: member, language, paragraph, words, body."""
    return [reservation[field] for field in Reservation.__annotations__]


def sha256_of(content: str | bytes) -> str:
    """Return the SHA-256 of the canonical form, in hexadecimal."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def _check_root(doc: Doc[Any], name: str, *, is_version: bool) -> None:
    """Refuse words in a fragment that no version shows, and values hung on a fragment."""
    if not is_version and is_written(doc, name):
        raise UnknownContent(name, 0, "a version that the text does not have")
    if len(doc.get(name, type=Map)):
        raise UnknownContent(name, 0, "values outside the text")


def _children(node: XmlFragment | XmlElement) -> list[Node]:
    """Return the children of `node`; pycrdt passes over those that are not XML, so they are counted."""
    found = list(node.children)
    if len(found) != len(node.children):
        raise _Refused("data that is not text")
    return found


def _identified(block: Block, node: Node, seen: set[str]) -> Block:
    """Give a block at the top the id that its element carries; one that an earlier block has is not its own."""
    identity = identity_of(node)
    if identity and identity not in seen:
        seen.add(identity)
        block["id"] = identity
    return block


def identity_of(node: Node) -> str:
    """Return the id of a block at the top, empty for one without; raises _Refused for anything else."""
    value = node.attributes.get("id") if isinstance(node, XmlElement) else None
    if value is None or value == "":
        return ""
    if not isinstance(value, str) or not paragraphs.ID.fullmatch(value):
        raise _Refused("paragraph id")
    return value


def _element(node: Node) -> tuple[XmlElement, str]:
    """Return an element with its name; refuse words outside any block."""
    if not isinstance(node, XmlElement) or not node.tag:
        raise _Refused("words outside a paragraph")
    return node, node.tag


def _attributes(node: XmlElement, *known: str) -> dict[str, Any]:
    """Return the attributes of `node`; refuse any that is neither its id nor among `known`."""
    found = {name: value for name, value in node.attributes.__iter__() if value is not None}
    if unknown := sorted(set(found) - {"id", *known}):
        raise _Refused(f"{node.tag} {unknown[0]}")
    return found


def _top_block(node: Node) -> Block:
    """Return the block that `node` is."""
    element, tag = _element(node)
    if tag == "heading":
        return {"type": "heading", "level": _level(_attributes(element, "level")), "runs": _runs(element)}
    if tag == "paragraph":
        return {"type": "paragraph", "numbered": _numbered(element), "runs": _runs(element)}
    return _list(element, tag, depth=1)


def _list(element: XmlElement, tag: str, *, depth: int) -> Block:
    """Return a list with its items, of which there is one at least."""
    if tag not in ("bulletList", "orderedList"):
        raise _Refused(tag)
    if depth > DEEPEST_LIST:
        raise _Refused(f"lists {depth} deep")
    _attributes(element)
    items = [_item(child, depth=depth) for child in _children(element)]
    if not items:
        raise _Refused(f"empty {tag}")
    return {"type": "bulletList" if tag == "bulletList" else "orderedList", "items": items}


def _item(node: Node, *, depth: int) -> list[Block]:
    """Return the paragraph of one item, and the lists below it."""
    element, tag = _element(node)
    if tag != "listItem":
        raise _Refused(tag)
    _attributes(element)
    inside = [_element(child) for child in _children(element)]
    if not inside or inside[0][1] != "paragraph":
        raise _Refused("listItem without a paragraph")
    paragraph, _ = inside[0]
    _numbered(paragraph)
    first: Block = {"type": "paragraph", "runs": _runs(paragraph)}
    return [first, *(_list(below, name, depth=depth + 1) for below, name in inside[1:])]


def _runs(element: XmlElement) -> list[Run]:
    """Return the words of a heading or paragraph."""
    found: list[Run] = []
    for child in _children(element):
        if isinstance(child, XmlText):
            found += _words(child)
        else:
            found.append(_line_break(child))
    return [_checked(piece) for piece in merged(found)]


def _line_break(node: XmlElement | XmlFragment) -> Run:
    """Return a line break; refuse every other element among words."""
    element, tag = _element(node)
    if tag != "hardBreak" or _children(element):
        raise _Refused(tag)
    _attributes(element)
    return run("\n")


def _words(node: XmlText) -> list[Run]:
    """Return the runs of one piece of text."""
    if len(node.attributes):
        raise _Refused("an attribute of words")
    return [_run(piece, marks or {}) for piece, marks in node.diff()]


def _run(piece: object, marks: Mapping[str, object]) -> Run:
    """Return one run; refuse objects among words, unknown marks and characters that cannot be seen."""
    if not isinstance(piece, str):
        raise _Refused("an object among words")
    for mark, value in marks.items():
        is_look = mark in {"bold", "italic"} and (value is True or value == {})
        if not is_look and not anchors.is_anchor(mark, value):
            raise _Refused(f"mark {mark}")
    if unseen := unseen_in(piece):
        raise _Refused(f"control character U+{ord(unseen):04X}")
    return run(piece, bold="bold" in marks, italic="italic" in marks)


def _checked(piece: Run) -> Run:
    """Return the run in Unicode normal form C."""
    piece["text"] = _normal(piece["text"])
    return piece


def _normal(words: str) -> str:
    return unicodedata.normalize("NFC", words)


def _level(attributes: Mapping[str, object]) -> int:
    """Return the level of a heading, 1 when absent as in the editor; it may be written 2, 2.0 or “2”."""
    level = attributes.get("level", 1)
    if isinstance(level, bool) or level not in (1, 2, 3, "1", "2", "3"):
        raise _Refused("heading level")
    return int(str(level)[0])


def _numbered(element: XmlElement) -> bool:
    """Return whether a paragraph is numbered, true when absent as in the editor; others may write words."""
    value = _attributes(element, "numbered").get("numbered", True)
    if value not in (True, False, "true", "false") or isinstance(value, float):
        raise _Refused("paragraph numbered")
    return value in (True, "true")
