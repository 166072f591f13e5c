"""Paragraphs with what delegations did to them: what was open at one moment, on the document as it was then."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from django.utils.translation import gettext as _
from pycrdt import Doc

from concertation.texts.blocks import Block
from concertation.texts.enums import Wish
from concertation.texts.ground import Ground
from concertation.texts.models import Proposal, Text
from concertation.texts.paragraphs import linear, paragraphs_of
from concertation.texts.queries.brackets import brackets_at, spans_by_paragraph
from concertation.texts.queries.proposals import author_of, changes_in, places_of, proposals_at
from concertation.texts.queries.remarks import remark_spans
from concertation.texts.reading import Change, RemarkSpan, SheetParagraph

WORDS_SHOWN = 60


def marked_paragraphs(
    text: Text, document: Doc[Any], versions: Mapping[str, Sequence[Block]], moment: datetime
) -> dict[str, list[SheetParagraph]]:
    """Return the paragraphs of `versions`, read from `document`, with what was open at `moment`.

    Proposals that are out of date are left out: nobody can accept them.
    """
    ground = Ground(document)
    proposals = [one for one in proposals_at(text, moment) if places_of(one, ground) is not None]
    changes = changes_in(proposals, ground)
    whole = [one for one in proposals if one.kind != Wish.CHANGE or not one.hunks.all()]
    brackets, remarks = brackets_at(text, moment, document), remark_spans(text, document, moment)
    found = {}
    for language, blocks in versions.items():
        held = spans_by_paragraph(brackets, language)
        paragraphs = [
            SheetParagraph(
                one.id,
                one.number,
                one.block,
                brackets=tuple(held.get(one.id, ())),
                changes=changes.get((language, one.id), ()),
                remarks=tuple(remarks.get((language, one.id), ())),
            )
            for one in paragraphs_of(blocks)
        ]
        for proposal in whole:
            paragraphs = list(_with_whole(paragraphs, proposal, language))
        found[language] = paragraphs
    return found


def _with_whole(paragraphs: list[SheetParagraph], proposal: Proposal, language: str) -> Iterator[SheetParagraph]:
    """Yield `paragraphs` with one proposal about a whole paragraph; deletions and moves are for every language."""
    is_ours = proposal.language == language
    if proposal.kind == Wish.INSERT and is_ours and not proposal.after:
        yield _new(proposal)
    for paragraph in paragraphs:
        if not paragraph.inserted_by and paragraph.id == proposal.paragraph:
            yield from _touched(paragraph, proposal, is_ours=is_ours, order=paragraphs)
        else:
            yield paragraph
        if proposal.kind == Wish.INSERT and is_ours and paragraph.id == proposal.after and not paragraph.inserted_by:
            yield _new(proposal)


def _new(proposal: Proposal) -> SheetParagraph:
    """Return the paragraph that a proposal would put in; it has no number until it is accepted."""
    return SheetParagraph(proposal.paragraph, None, _wanted(proposal), inserted_by=author_of(proposal))


def _wanted(proposal: Proposal) -> Block:
    """Return the block that a proposal wants."""
    return cast("Block", proposal.block)  # never None for a new paragraph or other words


def _touched(
    paragraph: SheetParagraph, proposal: Proposal, *, is_ours: bool, order: Sequence[SheetParagraph]
) -> Iterator[SheetParagraph]:
    """Yield one paragraph as a proposal about it as a whole shows it."""
    author = author_of(proposal)
    if proposal.kind == Wish.DELETE:
        yield replace(paragraph, deleted_by=author)
    elif proposal.kind == Wish.MOVE:
        remark = RemarkSpan(str(proposal.pk), False, None, None, author, proposal.at, _moved(proposal, order))
        yield replace(paragraph, remarks=(*paragraph.remarks, remark))
    elif not is_ours:
        yield paragraph
    elif (runs := _plain_runs(paragraph.block, _wanted(proposal))) is not None:
        change = Change(str(proposal.pk), 0, len(linear(paragraph.block)), runs, author, proposal.at)
        yield replace(paragraph, changes=(*paragraph.changes, change))
    else:
        yield replace(paragraph, deleted_by=author)
        yield _new(proposal)


def _plain_runs(before: Block, after: Block) -> tuple[Any, ...] | None:
    """Return the words that replace those of a paragraph, None when it becomes another kind of block."""
    if before["type"] != "paragraph" or after["type"] != "paragraph":
        return None
    return tuple(after["runs"])


def _moved(proposal: Proposal, order: Sequence[SheetParagraph]) -> str:
    """Return in words where a paragraph is to stand."""
    if not proposal.after:
        return _("proposes to move this paragraph to the beginning")
    words = next((linear(one.block) for one in order if one.id == proposal.after), "")
    return _("proposes to move this paragraph after “%(words)s”") % {"words": " ".join(words.split())[:WORDS_SHOWN]}
