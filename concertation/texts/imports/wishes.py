"""The tracked changes of an imported draft as wishes, which become proposals of whoever imports it. No Django here."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from concertation.texts.blocks import Block, words_of
from concertation.texts.paragraphs import linear, new_id
from concertation.texts.reading import Change, SheetParagraph
from concertation.texts.wishes import Change as OtherWords
from concertation.texts.wishes import Deletion, Insertion, Wanted
from concertation.texts.worddiff import Hunk, apply
from concertation.texts.wording import changed


def identified(paragraphs: Sequence[SheetParagraph], known: Sequence[tuple[str, str]] = ()) -> list[SheetParagraph]:
    """Return the paragraphs of a draft, those that stand with an id.

    As long as they are of the same kinds as `known`, kinds and ids of another version, they get the ids from there.
    """
    ids = iter(known)
    found = []
    for paragraph in paragraphs:
        if paragraph.inserted_by:
            found.append(paragraph)
            continue
        kind, identity = next(ids, ("", ""))
        if kind != paragraph.block["type"] or not identity:
            ids, identity = iter(()), new_id()
        block = paragraph.block.copy()
        block["id"] = identity
        found.append(replace(paragraph, id=identity, block=block))
    return found


def wishes_of(paragraphs: Sequence[SheetParagraph], language: str) -> list[Wanted]:
    """Return what the file proposes for paragraphs that have ids; one wish for each author and paragraph.

    What no proposal can say (a change across entries of a list) is left out: `unsaid` counts it.
    """
    return [wish for wish in _wishes(paragraphs, language) if wish is not None]


def unsaid(paragraphs: Sequence[SheetParagraph]) -> int:
    """Return how many changes of a file no proposal can say."""
    return sum(wish is None for wish in _wishes(identified(paragraphs), ""))


def _wishes(paragraphs: Sequence[SheetParagraph], language: str) -> Iterator[Wanted | None]:
    """Yield a wish for each thing that is proposed, None for what cannot be one."""
    after = ""
    for paragraph in paragraphs:
        if paragraph.inserted_by:
            if linear(paragraph.block).strip():
                yield Insertion(language, after, paragraph.block)
            continue
        after = paragraph.id
        if paragraph.deleted_by:
            yield Deletion(language, paragraph.id)
        by_author = sorted(paragraph.changes, key=lambda change: (change.author.name, change.author.member))
        for _, changes in groupby(by_author, key=lambda change: change.author):
            wanted = _changed(paragraph.block, list(changes))
            if wanted != paragraph.block:
                yield OtherWords(language, paragraph.id, wanted) if wanted else None


def _changed(block: Block, changes: Sequence[Change]) -> Block | None:
    """Return a block as one author wants it, None for a list whose entries would change."""
    hunks = sorted((Hunk(one.start, one.end, one.runs) for one in changes), key=lambda one: (one.start, one.end))
    if block["type"] == "heading" or block["type"] == "paragraph":
        made = block.copy()
        made["runs"] = apply(block["runs"], hunks)
        return made
    words = linear(block)
    gone = "".join(words[hunk.start : hunk.end] for hunk in hunks)
    come = "".join(words_of(hunk.runs) for hunk in hunks)
    return None if "\n" in gone + come else changed(block, hunks)
