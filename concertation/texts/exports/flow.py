"""The words of a paragraph, cut where a bracket, a proposal or a remark begins or ends. No Django here.

Every format walks these pieces in order, so that all of them say the same about a text.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from concertation.texts.blocks import Block, Listing, Run, look, words_of
from concertation.texts.paragraphs import linear
from concertation.texts.reading import (
    Author,
    BracketSpan,
    Change,
    RemarkSpan,
    Sheet,
    SheetParagraph,
    SheetVersion,
)


@dataclass(frozen=True, slots=True)
class Trace:
    """Who proposed that words come or go, and when, as far as it is known."""

    author: Author
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """Words in one look that stand, or that somebody proposes to insert or to delete."""

    text: str
    bold: bool = False
    italic: bool = False
    inserted: Trace | None = None
    deleted: tuple[Trace, ...] = ()


@dataclass(frozen=True, slots=True)
class Sign:
    """Where a bracket opens or closes."""

    bracket: BracketSpan
    opens: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """Where the words of a remark begin or end."""

    remark: RemarkSpan
    opens: bool


Piece = Words | Sign | Edge


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a list: its words, and the lists below it."""

    pieces: list[Piece]
    below: list["ListFlow"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ListFlow:
    """A list, counted from 1 or not counted."""

    is_ordered: bool
    entries: list[Entry]


Row = list[SheetParagraph | None]
Span = tuple[int, int, BracketSpan | RemarkSpan]


def pieces_of(paragraph: SheetParagraph) -> list[Piece]:
    """Return the pieces of a heading or a paragraph."""
    block = paragraph.block
    if block["type"] != "heading" and block["type"] != "paragraph":
        raise ValueError("a list has entries")
    return list(_line(paragraph, block["runs"], 0))


def list_of(paragraph: SheetParagraph) -> ListFlow:
    """Return the entries of a list."""
    block = paragraph.block
    if block["type"] == "heading" or block["type"] == "paragraph":
        raise ValueError("only a list has entries")
    return _list(paragraph, block, 0)[0]


def narrowed(sheet: Sheet, languages: Sequence[str]) -> list[SheetVersion]:
    """Return the versions in `languages`, in this order, each once."""
    known = {version.language: version for version in sheet.versions}
    return [known[language] for language in dict.fromkeys(languages) if language in known]


def aligned(versions: Sequence[SheetVersion]) -> list[Row]:
    """Return rows of counterparts: by the ids of paragraphs, by their place where there are none.

    The first version leads; a paragraph that it does not have follows the one that it follows in its own version.
    """
    columns = [_keyed(version) for version in versions]
    order: list[object] = []
    for column in columns:
        at = 0
        for key in column:
            if key in order:
                at = order.index(key) + 1
            else:
                order.insert(at, key)
                at += 1
    return [[column.get(key) for column in columns] for key in order]


def notes_of(versions: Sequence[SheetVersion]) -> dict[str, tuple[int, RemarkSpan]]:
    """Return the remarks in their order, each with its number; one that two languages share has one."""
    found: dict[str, tuple[int, RemarkSpan]] = {}
    for version in versions:
        for paragraph in version.paragraphs:
            for remark in paragraph.remarks:
                found.setdefault(remark.id, (len(found) + 1, remark))
    return found


def proposers_of(versions: Sequence[SheetVersion]) -> list[Author]:
    """Return who proposed what is shown, each once."""
    found: dict[Author, None] = {}
    for version in versions:
        for paragraph in version.paragraphs:
            authors = [paragraph.inserted_by, paragraph.deleted_by, *(change.author for change in paragraph.changes)]
            found.update(dict.fromkeys(author for author in authors if author))
    return list(found)


def has_brackets(versions: Sequence[SheetVersion]) -> bool:
    """Say whether any bracket is shown."""
    return any(paragraph.brackets for version in versions for paragraph in version.paragraphs)


class Part(StrEnum):
    """What a piece of the end of a bracket is."""

    WORDS = "words"
    MEMBERS = "members"
    SIGN = "sign"


def closing_of(bracket: BracketSpan) -> list[tuple[Part, str]]:
    """Return how a bracket ends: who supports the words in it, the alternatives with theirs, the sign, who holds it.

    Where other words stand in it than its holders bracketed, theirs follow after ≠.
    """
    found = [(Part.MEMBERS, ", ".join(bracket.supporters))]
    for other in bracket.alternatives:
        found += [(Part.WORDS, f" / {other.words or '–'}"), (Part.MEMBERS, ", ".join(other.members))]
    found += [(Part.SIGN, "]"), (Part.MEMBERS, ", ".join(bracket.holders))]
    if bracket.held:
        found.append((Part.WORDS, f" ≠ “{bracket.held}”"))
    return [(part, text) for part, text in found if text]


def has_held(versions: Sequence[SheetVersion]) -> bool:
    """Say whether other words stand in some bracket than its holders bracketed."""
    return any(one.held for version in versions for paragraph in version.paragraphs for one in paragraph.brackets)


def short_name(author: Author) -> str:
    """Return the code of the member, the name for the secretariat."""
    return author.member or author.name


def full_name(author: Author) -> str:
    """Return “Name (Member)”, the name alone for the secretariat."""
    return f"{author.name} ({author.member})" if author.member else author.name


def _keyed(version: SheetVersion) -> dict[object, SheetParagraph]:
    """Return the paragraphs by what aligns them: the id, else the place."""
    keyed: dict[object, SheetParagraph] = {}
    for place, paragraph in enumerate(version.paragraphs):
        keyed[paragraph.id if paragraph.id and paragraph.id not in keyed else place] = paragraph
    return keyed


def _list(paragraph: SheetParagraph, listing: Listing, at: int) -> tuple[ListFlow, int]:
    """Return a list that begins at offset `at`, and the offset after it."""
    entries = []
    for item in listing["items"]:
        pieces: list[Piece] = []
        below = []
        for block in item:
            if block["type"] == "bulletList" or block["type"] == "orderedList":
                inner, at = _list(paragraph, block, at)
                below.append(inner)
            else:
                pieces += _line(paragraph, block["runs"], at)
                at += len(words_of(block["runs"])) + 1
        entries.append(Entry(pieces, below))
    return ListFlow(listing["type"] == "orderedList", entries), at


def _line(paragraph: SheetParagraph, runs: Sequence[Run], start: int) -> Iterator[Piece]:
    """Yield the pieces of words that begin at offset `start` of the paragraph."""
    end = start + len(words_of(runs))
    spans = _spans(paragraph)
    for at, run in _cut(runs, start, _places(paragraph, spans, start, end)):
        yield from _borders(paragraph, spans, at)
        yield _words(paragraph, run, at)
    yield from _borders(paragraph, spans, end)


def _spans(paragraph: SheetParagraph) -> list[Span]:
    """Return where brackets and remarks stand, the outer before the inner."""
    whole = len(linear(paragraph.block))
    spans: list[Span] = [
        (bracket.start, bracket.end, bracket) for bracket in paragraph.brackets if bracket.start < bracket.end
    ]
    for remark in paragraph.remarks:
        start, end = remark.start, remark.end
        spans.append((0, whole, remark) if start is None or end is None else (start, end, remark))
    return sorted(spans, key=lambda span: (span[0], -span[1]))


def _places(paragraph: SheetParagraph, spans: Sequence[Span], start: int, end: int) -> list[int]:
    """Return the places strictly between `start` and `end` where something begins or ends."""
    places = {place for span in spans for place in span[:2]}
    places |= {place for change in paragraph.changes for place in (change.start, change.end)}
    return sorted(place for place in places if start < place < end)


def _cut(runs: Sequence[Run], start: int, places: Sequence[int]) -> Iterator[tuple[int, Run]]:
    """Yield the runs with their offsets, cut at `places`."""
    at = start
    for run in runs:
        end = at + len(run["text"])
        if not run["text"]:
            continue
        edges = [at, *(place for place in places if at < place < end), end]
        for left, right in pairwise(edges):
            piece = run.copy()
            piece["text"] = run["text"][left - at : right - at]
            yield left, piece
        at = end


def _borders(paragraph: SheetParagraph, spans: Sequence[Span], at: int) -> Iterator[Piece]:
    """Yield what stands at one place: what ends there, words proposed there, what begins there."""
    ending = [span for span in spans if span[0] < at == span[1]]
    coming = [change for change in paragraph.changes if change.end == at and change.runs]
    inside = [change for change in coming if any(span[0] <= change.start for span in ending)]
    yield from _proposed(inside)
    for _, _, closing in reversed(ending):
        yield _border(closing, opens=False)
    yield from _proposed([change for change in coming if change not in inside])
    for start, end, opening in spans:
        if start == at:
            yield _border(opening, opens=True)
        if start == at == end:
            yield _border(opening, opens=False)


def _border(of: BracketSpan | RemarkSpan, *, opens: bool) -> Piece:
    return Sign(of, opens) if isinstance(of, BracketSpan) else Edge(of, opens)


def _proposed(changes: Sequence[Change]) -> Iterator[Piece]:
    """Yield the words that `changes` put in."""
    for change in changes:
        for run in change.runs:
            bold, italic = look(run)
            yield Words(run["text"], bold, italic, inserted=Trace(change.author, change.at))


def _words(paragraph: SheetParagraph, run: Run, at: int) -> Words:
    """Return the words of one run at offset `at`, with who wants them in or out."""
    bold, italic = look(run)
    gone = [Trace(change.author, change.at) for change in paragraph.changes if change.start <= at < change.end]
    if paragraph.deleted_by:
        gone.append(Trace(paragraph.deleted_by))
    inserted = Trace(paragraph.inserted_by) if paragraph.inserted_by else None
    return Words(run["text"], bold, italic, inserted=inserted, deleted=tuple(gone))


def first_words(block: Block, most: int = 60) -> str:
    """Return how a block begins, for lists of what was found."""
    words = " ".join(linear(block).split())
    return words if len(words) <= most else f"{words[: most - 1]}…"
