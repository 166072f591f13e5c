"""Proposals as the card beside the text, the dialog over it and the editor show them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from concertation.coalition.models import Delegate
from concertation.texts.blocks import words_of
from concertation.texts.canonical import UnknownContent, read_version
from concertation.texts.enums import Fate, Wish
from concertation.texts.ground import Ground
from concertation.texts.models import Proposal, ProposalSupport, Text
from concertation.texts.paragraphs import Paragraph, paragraphs_of
from concertation.texts.queries.proposals import (
    Standing,
    colours_of_members,
    difference_of,
    ground_of,
    proposals_of,
    standings,
)
from concertation.texts.rules import abilities, proposal_abilities
from concertation.texts.worddiff import Kind, Piece, hunks, part_of

SHOWN = ("open", "mine", "conflicts", "outdated", "decided")
MOST = 40  # proposals in the card, unless all are asked for
CONTEXT = 60  # characters of what stays, around what changes
Paragraphs = dict[tuple[str, str], Paragraph]


@dataclass(frozen=True, slots=True)
class Line:
    """One proposal to show: where it stands, what may be done with it, what it changes."""

    standing: Standing
    place: str
    after: str
    can: Mapping[str, bool]
    pieces: Sequence[Piece]
    colour: int

    @property
    def proposal(self) -> Proposal:
        """The proposal itself."""
        return self.standing.proposal

    @property
    def is_out_of_date(self) -> bool:
        """Whether it waits for a decision and can no longer be accepted."""
        return self.proposal.outcome == Fate.OPEN and not self.standing.is_current


@dataclass(frozen=True, slots=True)
class Card:
    """The card: how many there are of each sort, those that are shown, and which delegations there are to choose."""

    counts: Mapping[str, int]
    lines: Sequence[Line]
    hidden: int
    members: Sequence[tuple[str, str]]


def proposals_card(text: Text, delegate: Delegate, *, shown: str, member: str = "", everything: bool = False) -> Card:
    """Return the proposals of a text from `visible_to(delegate)`, of one sort and perhaps of one member."""
    ground = ground_of(text)
    every = list(proposals_of(text))
    found = standings([proposal for proposal in every if proposal.outcome == Fate.OPEN], ground)
    decided = [Standing(proposal, ()) for proposal in every if proposal.outcome != Fate.OPEN]
    sorts = {
        "open": found,
        "mine": [one for one in found if one.proposal.member_id == delegate.member_id],
        "conflicts": [one for one in found if one.conflicts],
        "outdated": [one for one in found if not one.is_current],
        "decided": sorted(decided, key=lambda one: one.proposal.closed_at or one.proposal.at, reverse=True),
    }
    wanted = [one for one in sorts[shown] if not member or (one.proposal.member_id or "-") == member]
    members = {one.proposal.member_id or "-": _member_name(one.proposal) for one in sorts[shown]}
    kept = wanted if everything else wanted[:MOST]
    return Card(
        {sort: len(each) for sort, each in sorts.items()},
        _lines(kept, text, delegate, ground),
        len(wanted) - len(kept),
        sorted(members.items(), key=lambda each: each[1]),
    )


def proposal_line(proposal_id: UUID, text: Text, delegate: Delegate) -> Line | None:
    """Return one proposal of a text from `visible_to(delegate)`, with those that it is in conflict with."""
    ground = ground_of(text)
    proposal = proposals_of(text).filter(pk=proposal_id).first()
    if proposal is None:
        return None
    found = [Standing(proposal, ())]
    if proposal.outcome == Fate.OPEN:
        every = standings(proposals_of(text).filter(outcome=Fate.OPEN), ground)
        found = [one for one in every if one.proposal == proposal]
    return _lines(found, text, delegate, ground)[0]


def proposals_layer(text: Text, delegate: Delegate) -> list[dict[str, Any]]:
    """Return the open proposals for the editor, which knows from its own document where they stand."""
    colours = colours_of_members()
    supports = Prefetch("supports", ProposalSupport.objects.filter(withdrawn_at=None))
    rows = text.proposals.filter(outcome=Fate.OPEN).select_related("by__person").prefetch_related("hunks", supports)
    return [_row(proposal, delegate, colours) for proposal in rows]


def _row(proposal: Proposal, delegate: Delegate, colours: Mapping[str, int]) -> dict[str, Any]:
    """Return one proposal as JSON."""
    return {
        "id": str(proposal.pk),
        "kind": proposal.kind,
        "language": proposal.language,
        "paragraph": proposal.paragraph,
        "after": proposal.after,
        "member": proposal.member_id or "",
        "by": proposal.by.person.name,
        "colour": colours.get(proposal.member_id or "", -1),
        "isOwn": proposal.member_id == delegate.member_id,
        "supporters": [support.member_id for support in proposal.supports.all()],
        "block": proposal.block if proposal.kind == Wish.INSERT else None,
        "hunks": [
            {"anchor": str(hunk.anchor), "words": hunk.words, "changes": _finer(hunk.words, json.dumps(hunk.runs))}
            for hunk in proposal.hunks.all()
        ],
    }


@lru_cache(maxsize=4096)  # hunks never change
def _finer(words: str, runs: str) -> list[dict[str, Any]]:
    """Return the finer difference within a hunk: without the word that it only holds on to; `runs` are JSON."""
    return [
        {"start": each.start, "end": each.end, "words": words_of(each.runs)} for each in hunks(words, json.loads(runs))
    ]


def _lines(found: Iterable[Standing], text: Text, delegate: Delegate, ground: Ground) -> list[Line]:
    """Return what is shown of proposals."""
    can, colours = abilities(delegate, text), colours_of_members()
    places = _paragraphs(text, ground)
    return [
        Line(
            standing=one,
            place=_place(places, one.proposal.language, one.proposal.paragraph),
            after=_place(places, one.proposal.language, one.proposal.after),
            can=_may(delegate, can, one.proposal),
            pieces=shortened(difference_of(one.proposal)),
            colour=colours.get(one.proposal.member_id or "", -1),
        )
        for one in found
    ]


def _may(delegate: Delegate, can: Mapping[str, bool], proposal: Proposal) -> Mapping[str, bool]:
    """Return what the delegate may do with a proposal: nothing with one that is closed."""
    if proposal.outcome != Fate.OPEN:
        return {}
    return proposal_abilities(delegate, can, proposal, [support.member_id for support in proposal.supports.all()])


def shortened(pieces: Sequence[Piece]) -> list[Piece]:
    """Return a difference in which what stays is cut to what stands beside a change."""
    found: list[Piece] = []
    for at, piece in enumerate(pieces):
        words = piece.words
        head = CONTEXT if at else 0
        tail = CONTEXT if at + 1 < len(pieces) else 0
        if piece.kind != Kind.SAME or len(words) <= head + tail + 20 or len(pieces) == 1:
            found.append(piece)
            continue
        cut: list[Any] = [
            *part_of(piece.runs, 0, head),
            {"text": " … "},
            *part_of(piece.runs, len(words) - tail, len(words)),
        ]
        found.append(Piece(Kind.SAME, tuple(cut)))
    return found


def _paragraphs(text: Text, ground: Ground) -> Paragraphs:
    """Return the paragraphs of every version that can be read, by language and id."""
    found: Paragraphs = {}
    for version in text.versions.all():
        try:
            blocks = read_version(ground.doc, version.language)
        except UnknownContent:
            continue
        found |= {(version.language, paragraph.id): paragraph for paragraph in paragraphs_of(blocks)}
    return found


def _place(places: Paragraphs, language: str, paragraph: str) -> str:
    """Return what people call a paragraph: its number, else its first words."""
    found = places.get((language, paragraph))
    if found is None:
        return ""
    if found.number is not None:
        return _("§ %(number)d") % {"number": found.number}
    return f"“{found.words[:40]}{'…' if len(found.words) > 40 else ''}”"


def _member_name(proposal: Proposal) -> str:
    return proposal.member.name if proposal.member else _("secretariat")
