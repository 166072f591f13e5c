"""Delegations propose what a draft should say; nothing changes in it until a proposal is accepted.

Who may: whoever drafts, for its own member or as the secretariat, unless the secretariat alone holds the pen. The words
of a proposal stay as they were sent. In the document, anchors hold the words that are to be replaced.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from pycrdt import Doc

from concertation.coalition.models import Delegate
from concertation.core import clock
from concertation.core.errors import NotAllowed
from concertation.record.canonical import Json
from concertation.texts import anchors
from concertation.texts.blocks import Block
from concertation.texts.canonical import UnknownContent, read_paragraph
from concertation.texts.domain.keys import check_unused
from concertation.texts.domain.notes import locked_text, note
from concertation.texts.domain.writing import write_in
from concertation.texts.enums import Fate, Pen, State, Wish
from concertation.texts.errors import (
    BadLanguages,
    Frozen,
    NotAdoptable,
    NotAParagraph,
    NothingProposed,
    TooManyProposals,
    WordsChanged,
)
from concertation.texts.events import Act
from concertation.texts.models import Hunk, Proposal, Text
from concertation.texts.paragraphs import ID, content_of, digest, linear, new_id
from concertation.texts.rewriting import order_of
from concertation.texts.rules import may_draft
from concertation.texts.wishes import Change, Deletion, Insertion, Move, Wanted
from concertation.texts.worddiff import Hunk as Place
from concertation.texts.wording import changed, plan, relocated

MOST_OPEN = 1000
Prepared = tuple[Proposal, list[Hunk]]


@transaction.atomic
def propose_change(
    *,
    by: Delegate,
    text_id: UUID,
    language: str,
    paragraph: str,
    block: Block,
    base: Block | None = None,
    proposal_id: UUID | None = None,
) -> Proposal:
    """Propose that `paragraph` says what `block` says, which was edited from `base` (None: from what is stored).

    The same `proposal_id` again returns what was made the first time. Raises NoSuchText, KeyTaken, NotAllowed, Frozen,
    BadLanguages, WordsChanged, NothingProposed, NotAParagraph, TooManyProposals, NotAdoptable.
    """
    return _propose(by, text_id, Change(language, paragraph, block, base, proposal_id), Act.CHANGE_PROPOSED)


@transaction.atomic
def propose_paragraph(
    *,
    by: Delegate,
    text_id: UUID,
    language: str,
    after: str,
    block: Block,
    paragraph: str = "",
    proposal_id: UUID | None = None,
) -> Proposal:
    """Propose a new paragraph after the one with the id `after`, or at the beginning; raises like `propose_change`.

    `paragraph` is its id, when it is the counterpart of one in another language.
    """
    return _propose(by, text_id, Insertion(language, after, block, paragraph, proposal_id), Act.PARAGRAPH_PROPOSED)


@transaction.atomic
def propose_deletion(
    *, by: Delegate, text_id: UUID, language: str, paragraph: str, proposal_id: UUID | None = None
) -> Proposal:
    """Propose that a paragraph goes, in every language; raises like `propose_change`."""
    return _propose(by, text_id, Deletion(language, paragraph, proposal_id), Act.DELETION_PROPOSED)


@transaction.atomic
def propose_move(
    *, by: Delegate, text_id: UUID, language: str, paragraph: str, after: str, proposal_id: UUID | None = None
) -> Proposal:
    """Propose that a paragraph follows another one, or comes first, in every language; raises like `propose_change`."""
    return _propose(by, text_id, Move(language, paragraph, after, proposal_id), Act.MOVE_PROPOSED)


@transaction.atomic
def propose_changes(*, by: Delegate, text_id: UUID, wishes: Sequence[Wanted]) -> list[Proposal]:
    """Make many proposals at once, all or none, and return those that are new: one entry in the record for all.

    Raises like `propose_change`.
    """
    text, known = _text_for(by, text_id, wishes)
    made = _made(by, text, [wish for wish in wishes if wish.id not in known])
    if made:
        facts: list[Json] = [_facts(proposal) for proposal in made]
        note(by, Act.CHANGES_PROPOSED, text, {"count": len(made), "proposals": facts})
    return made


def _propose(by: Delegate, text_id: UUID, wish: Wanted, act: Act) -> Proposal:
    """Make one proposal."""
    text, known = _text_for(by, text_id, [wish])
    if wish.id in known:
        return known[wish.id]
    (proposal,) = _made(by, text, [wish])
    note(by, act, text, _facts(proposal))
    return proposal


def _text_for(by: Delegate, text_id: UUID, wishes: Sequence[Wanted]) -> tuple[Text, dict[UUID | None, Proposal]]:
    """Return the text with the proposals that were made before; raises when any other may not be made."""
    text = locked_text(by, text_id)
    known: dict[UUID | None, Proposal] = {}
    for proposal in Proposal.objects.filter(pk__in=[wish.id for wish in wishes if wish.id]):
        if proposal.by_id != by.pk or proposal.text_id != text.pk:
            raise NotAllowed
        known[proposal.pk] = proposal
    for wish in wishes:
        if wish.id and wish.id not in known:
            check_unused(text, wish.id)
    if len(known) < len(wishes):
        _check_may(by, text, [wish.language for wish in wishes])
        if text.proposals.filter(outcome=Fate.OPEN).count() + len(wishes) > MOST_OPEN:
            raise TooManyProposals
    return text, known


def _check_may(by: Delegate, text: Text, languages: Sequence[str]) -> None:
    """Raise unless `by` may propose in these languages now."""
    if not may_draft(by):
        raise NotAllowed
    if text.state != State.DRAFT:
        raise Frozen
    if text.pen == Pen.SECRETARIAT:
        raise NotAllowed
    if not set(languages) <= set(text.versions.values_list("language", flat=True)):
        raise BadLanguages


def _made(by: Delegate, text: Text, wishes: Sequence[Wanted]) -> list[Proposal]:
    """Store `wishes` as proposals, and place their anchors."""

    def prepare(doc: Doc[Any]) -> list[Prepared]:
        return [_prepared(by, text, doc, wish) for wish in wishes]

    try:
        prepared = write_in(text, prepare, by=by)
    except UnknownContent as unknown:
        raise NotAdoptable(unknown) from unknown
    Proposal.objects.bulk_create(proposal for proposal, _ in prepared)
    Hunk.objects.bulk_create(hunk for _, hunks in prepared for hunk in hunks)
    return [proposal for proposal, _ in prepared]


def _prepared(by: Delegate, text: Text, doc: Doc[Any], wish: Wanted) -> Prepared:
    """Return the rows of one wish, its anchors placed in `doc`."""
    proposal = Proposal(
        pk=wish.id or uuid4(), text=text, language=wish.language, by=by, member_id=by.member_id, at=clock.now()
    )
    if isinstance(wish, Insertion):
        return _insertion(proposal, doc, wish), []
    stored = read_paragraph(doc, wish.language, wish.paragraph)
    if stored is None:
        raise WordsChanged
    proposal.paragraph = wish.paragraph
    proposal.base, proposal.base_hash = content_of(stored), digest({wish.language: stored})
    if isinstance(wish, Change):
        return proposal, _change(proposal, doc, wish, stored)
    if isinstance(wish, Move):
        _check_place(doc, wish.language, wish.after)
        _check_moves(doc, wish)
        proposal.kind, proposal.after = Wish.MOVE, wish.after
    else:
        proposal.kind = Wish.DELETE
    return proposal, []


def _insertion(proposal: Proposal, doc: Doc[Any], wish: Insertion) -> Proposal:
    """Fill in a new paragraph."""
    _check_place(doc, wish.language, wish.after)
    if not linear(wish.block).strip():
        raise NothingProposed
    if wish.paragraph and not ID.fullmatch(wish.paragraph):
        raise NotAParagraph
    if wish.paragraph in order_of(doc, wish.language) and wish.paragraph:
        raise WordsChanged
    proposal.kind, proposal.after, proposal.block = Wish.INSERT, wish.after, content_of(wish.block)
    proposal.paragraph = wish.paragraph or new_id()
    return proposal


def _change(proposal: Proposal, doc: Doc[Any], wish: Change, stored: Block) -> list[Hunk]:
    """Fill in other words, and return their places; without places the whole paragraph is to be replaced.

    When the words changed while they were edited, what was edited is looked for in what is stored now.
    """
    base = wish.base or stored
    if content_of(base) == content_of(wish.block):
        raise NothingProposed
    places = plan(base, wish.block)
    wanted: Block = wish.block
    if content_of(base) != content_of(stored):
        moved = relocated(places, linear(base), linear(stored)) if places else None
        if moved is None or plan(base, stored) is None:
            raise WordsChanged
        places, wanted = moved, changed(stored, moved)
    proposal.kind, proposal.block = Wish.CHANGE, content_of(wanted)
    return _anchored(proposal, doc, places or [], linear(stored))


def _anchored(proposal: Proposal, doc: Doc[Any], places: Sequence[Place], text: str) -> list[Hunk]:
    """Return the hunks of a proposal, their anchors placed; none where the words are not stored in normal form."""
    found: list[Hunk] = []
    for order, place in enumerate(places):
        anchor, words = uuid4(), text[place.start : place.end]
        try:
            anchors.place(
                doc,
                language=proposal.language,
                paragraph=proposal.paragraph,
                start=place.start,
                end=place.end,
                words=words,
                anchor=str(anchor),
            )
        except anchors.WordsChanged:
            for hunk in found:
                anchors.remove(doc, language=proposal.language, anchor=str(hunk.anchor))
            return []
        found.append(Hunk(proposal=proposal, order=order, anchor=anchor, words=words, runs=list(place.runs)))
    return found


def _check_place(doc: Doc[Any], language: str, after: str) -> None:
    if after and after not in order_of(doc, language):
        raise WordsChanged


def _check_moves(doc: Doc[Any], wish: Move) -> None:
    """Raise NothingProposed for a paragraph that would stay where it is."""
    order = order_of(doc, wish.language)
    here = order.index(wish.paragraph)
    if wish.after in {wish.paragraph, order[here - 1] if here else ""}:
        raise NothingProposed


def _facts(proposal: Proposal) -> dict[str, Json]:
    """Return what the record says of a proposal."""
    facts: dict[str, Json] = {
        "proposal": str(proposal.pk),
        "language": proposal.language,
        "paragraph": proposal.paragraph,
    }
    if proposal.base is not None:
        facts["from"] = linear(proposal.base)
    if proposal.block is not None:
        facts["to"] = linear(proposal.block)
    if proposal.kind in {Wish.INSERT, Wish.MOVE}:
        facts["after"] = proposal.after
    return facts
