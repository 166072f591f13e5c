"""The comments of an imported draft as comments on its paragraphs, which whoever imports it makes. No Django here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from concertation.texts.exports.flow import full_name
from concertation.texts.imports.result import Imported
from concertation.texts.imports.wishes import identified
from concertation.texts.paragraphs import linear
from concertation.texts.reading import RemarkSpan, SheetParagraph

LONGEST = 4_000  # what a remark can hold
CUT = "…"


@dataclass(frozen=True, slots=True)
class ImportedComment:
    """A comment on [start, end) of a paragraph, where `words` stand; without words, on all of it."""

    paragraph: str
    start: int
    end: int
    words: str
    body: str


def comments_of(paragraphs: Sequence[SheetParagraph]) -> list[ImportedComment]:
    """Return the comments on paragraphs that have ids, in their order, those without a word left out.

    One on a paragraph that is only proposed is about the standing one before it, else about the first that stands.
    """
    home = next((paragraph.id for paragraph in paragraphs if not paragraph.inserted_by), "")
    found: list[ImportedComment] = []
    for paragraph in paragraphs:
        home = home if paragraph.inserted_by else paragraph.id
        found += _comments(paragraph, home) if home else ()
    return found


def uncommented(imported: Imported) -> int:
    """Return how many comments of a file are not taken along: they are empty, or no paragraph stands."""
    return imported.remarks - len(comments_of(identified(imported.paragraphs)))


def shortened(imported: Imported) -> int:
    """Return how many comments of a file are longer than a comment can be."""
    return sum(
        one.body.endswith(CUT) and len(one.body) == LONGEST for one in comments_of(identified(imported.paragraphs))
    )


def _comments(paragraph: SheetParagraph, home: str) -> Iterator[ImportedComment]:
    words = "" if paragraph.inserted_by else linear(paragraph.block)
    for remark in paragraph.remarks:
        if not remark.body.strip():
            continue
        start, end = remark.start or 0, remark.end or 0
        about = words[start:end]
        if about.strip() and len(about) == end - start:
            yield ImportedComment(home, start, end, about, _body(remark))
        else:
            yield ImportedComment(home, 0, 0, "", _body(remark))


def _body(remark: RemarkSpan) -> str:
    """Return what was written, with the name of who wrote it, unless the words begin with that."""
    name, first = remark.author.name, remark.body.partition("\n")[0]
    body = remark.body if name in first else f"{full_name(remark.author)}: {remark.body}"
    return body if len(body) <= LONGEST else body[: LONGEST - len(CUT)] + CUT
