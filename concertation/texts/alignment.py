"""Changes to which paragraphs of a document are counterparts: they share an id. No Django here."""

from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import Any

from pycrdt import Doc, XmlElement, XmlFragment

from concertation.texts.anchors import element_of
from concertation.texts.blocks import Block
from concertation.texts.canonical import UnknownContent, read_version
from concertation.texts.paragraphs import ID, new_id
from concertation.texts.seeding import write_block


class Missing(ValueError):
    """There is no such paragraph."""


class Taken(ValueError):
    """The paragraph, or its counterpart, has a counterpart already."""


def add_counterpart(doc: Doc[Any], *, source: str, target: str, paragraph: str) -> None:
    """Write an empty counterpart of a paragraph of `source` in `target`, behind that of what stands before it.

    Raises Missing, Taken.
    """
    if element_of(doc, target, paragraph) is not None:
        raise Taken
    try:
        blocks = read_version(doc, source)
    except UnknownContent as unknown:
        raise Missing from unknown
    ids = [block.get("id", "") for block in blocks]
    if paragraph not in ids:
        raise Missing
    at = ids.index(paragraph)
    element = write_block(doc.get(target, type=XmlFragment), _emptied(blocks[at]), _place_after(doc, target, ids[:at]))
    element.attributes["id"] = paragraph


def join(
    doc: Doc[Any], *, language: str, paragraph: str, other: str, counterpart: str, languages: Iterable[str]
) -> None:
    """Make two paragraphs counterparts: `paragraph` of `language` gets the id of `counterpart` in `other`.

    Raises Missing, and Taken when either has a counterpart in the other's language, or the first has one anywhere.
    """
    element = element_of(doc, language, paragraph)
    if element is None or element_of(doc, other, counterpart) is None:
        raise Missing
    is_alone = all(element_of(doc, one, paragraph) is None for one in languages if one != language)
    if not is_alone or element_of(doc, language, counterpart) is not None:
        raise Taken
    element.attributes["id"] = counterpart


def part(doc: Doc[Any], *, language: str, paragraph: str) -> str:
    """Give a paragraph an id of its own, so that it has no counterparts, and return it; raises Missing."""
    element = element_of(doc, language, paragraph)
    if element is None:
        raise Missing
    identity = new_id()
    element.attributes["id"] = identity
    return identity


def identify(doc: Doc[Any], languages: Sequence[str]) -> int:
    """Name the paragraphs that have no name of their own, and return how many there were.

    As long as those of every language are of the same kinds in the same order, those at one place are counterparts.
    """
    nameless = [_nameless(doc, language) for language in languages]
    kinds = [[element.tag for element in elements] for elements in nameless]
    alike = sum(1 for _ in takewhile(lambda at: len(set(at)) == 1, zip(*kinds, strict=False)))
    shared = [new_id() for _ in range(alike)]
    for elements in nameless:
        for at, element in enumerate(elements):
            element.attributes["id"] = shared[at] if at < alike else new_id()
    return sum(map(len, nameless))


def _nameless(doc: Doc[Any], language: str) -> list[XmlElement]:
    """Return the paragraphs without an id, and those whose id an earlier one has."""
    seen: set[str] = set()
    found = []
    for node in doc.get(language, type=XmlFragment).children:
        if not isinstance(node, XmlElement):
            continue
        identity = node.attributes.get("id")
        if not isinstance(identity, str) or not ID.fullmatch(identity) or identity in seen:
            found.append(node)
        else:
            seen.add(identity)
    return found


def _place_after(doc: Doc[Any], language: str, before: Sequence[str]) -> int:
    """Return the place behind the last paragraph of `language` that is the counterpart of one of `before`."""
    children = list(doc.get(language, type=XmlFragment).children)
    places = {child.attributes.get("id"): at for at, child in enumerate(children) if isinstance(child, XmlElement)}
    return next((places[identity] + 1 for identity in reversed(before) if identity and identity in places), 0)


def _emptied(block: Block) -> Block:
    """Return a block of the same kind without words."""
    if block["type"] == "heading":
        return {"type": "heading", "level": block["level"], "runs": []}
    if block["type"] == "paragraph":
        return {"type": "paragraph", "numbered": block.get("numbered", True), "runs": []}
    return {"type": block["type"], "items": [[{"type": "paragraph", "runs": []}]]}
