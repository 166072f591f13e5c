"""What becomes of proposals: supported, accepted, rejected, withdrawn.

A proposal is accepted exactly as it was made, on the words that it was made for, or not at all.
"""

from typing import Any
from uuid import UUID

from django.db import transaction
from pycrdt import Doc

from concertation.coalition.models import Delegate
from concertation.coalition.rules import is_chair, speaks_for_member
from concertation.core import clock
from concertation.core.errors import NotAllowed
from concertation.record.canonical import Json
from concertation.texts import anchors, rewriting
from concertation.texts.domain.notes import locked_text, note
from concertation.texts.domain.writing import write_in
from concertation.texts.enums import Fate, State, Wish
from concertation.texts.errors import (
    AlreadySupported,
    Frozen,
    NoSuchProposal,
    NoSuchText,
    OutOfDate,
    ProposalClosed,
    RejectionUnexplained,
)
from concertation.texts.events import Act
from concertation.texts.ground import Ground, Stretch
from concertation.texts.models import Proposal, ProposalSupport, Text
from concertation.texts.queries.proposals import places_of, who_changed
from concertation.texts.rules import may_take_back

REASON_LENGTH = 2000


class _NotThere(Exception):
    """The words that a proposal needs are not there."""


@transaction.atomic
def support_proposal(*, by: Delegate, proposal_id: UUID) -> None:
    """Support a proposal of another for one's member.

    Raises NoSuchProposal, NotAllowed, Frozen, ProposalClosed, AlreadySupported.
    """
    text, proposal = _locked(by, proposal_id)
    if not speaks_for_member(by) or by.member_id is None:
        raise NotAllowed
    supports = ProposalSupport.objects.filter(proposal=proposal, member=by.member_id, withdrawn_at=None)
    if proposal.member_id == by.member_id or supports.exists():
        raise AlreadySupported
    ProposalSupport.objects.create(proposal=proposal, member_id=by.member_id, delegate=by, at=clock.now())
    note(by, Act.PROPOSAL_SUPPORTED, text, _facts(proposal))


@transaction.atomic
def withdraw_support(*, by: Delegate, proposal_id: UUID) -> None:
    """Take the support of one’s member back.

    Raises NoSuchProposal, NotAllowed (also when there is none), Frozen, ProposalClosed.
    """
    text, proposal = _locked(by, proposal_id)
    supports = ProposalSupport.objects.filter(proposal=proposal, member=by.member_id, withdrawn_at=None)
    if not speaks_for_member(by) or not supports.update(withdrawn_at=clock.now()):
        raise NotAllowed
    note(by, Act.SUPPORT_WITHDRAWN, text, _facts(proposal))


@transaction.atomic
def accept_proposal(*, by: Delegate, proposal_id: UUID) -> None:
    """Make what is proposed the words of the text; only the chair does.

    Raises NoSuchProposal, NotAllowed, Frozen, ProposalClosed, OutOfDate when the words to be replaced changed since.
    """
    text, proposal = _locked(by, proposal_id)
    if not is_chair(by):
        raise NotAllowed
    languages = list(text.versions.values_list("language", flat=True))
    try:
        write_in(text, lambda doc: _apply(doc, proposal, languages), by=by)
    except _NotThere:
        raise OutOfDate(who_changed(proposal)) from None
    _close(by, text, proposal, Fate.ACCEPTED, Act.PROPOSAL_ACCEPTED)


@transaction.atomic
def reject_proposal(*, by: Delegate, proposal_id: UUID, reason: str) -> None:
    """Put a proposal aside, with a reason of at most 2,000 characters; only the chair does.

    Raises NoSuchProposal, NotAllowed, Frozen, ProposalClosed, RejectionUnexplained.
    """
    text, proposal = _locked(by, proposal_id)
    reason = reason.strip()
    if not is_chair(by):
        raise NotAllowed
    if not 0 < len(reason) <= REASON_LENGTH:
        raise RejectionUnexplained
    write_in(text, lambda doc: _let_go(doc, proposal), by=by)
    _close(by, text, proposal, Fate.REJECTED, Act.PROPOSAL_REJECTED, reason=reason)


@transaction.atomic
def take_back_proposal(*, by: Delegate, proposal_id: UUID) -> None:
    """Take back what one's own member, or the secretariat, proposed.

    Raises NoSuchProposal, NotAllowed, Frozen, ProposalClosed.
    """
    text, proposal = _locked(by, proposal_id)
    if not may_take_back(by, proposal):
        raise NotAllowed
    write_in(text, lambda doc: _let_go(doc, proposal), by=by)
    _close(by, text, proposal, Fate.WITHDRAWN, Act.PROPOSAL_WITHDRAWN)


def _locked(by: Delegate, proposal_id: UUID) -> tuple[Text, Proposal]:
    """Return an open proposal with its draft, nobody else acting on it.

    Raises NoSuchProposal, Frozen, ProposalClosed.
    """
    found = Proposal.objects.filter(pk=proposal_id).values_list("text_id", flat=True).first()
    if found is None:
        raise NoSuchProposal
    try:
        text = locked_text(by, found)
    except NoSuchText:
        raise NoSuchProposal from None
    proposal = Proposal.objects.prefetch_related("hunks").get(pk=proposal_id)
    if text.state != State.DRAFT:
        raise Frozen
    if proposal.outcome != Fate.OPEN:
        raise ProposalClosed
    return text, proposal


def _apply(doc: Doc[Any], proposal: Proposal, languages: list[str]) -> None:
    """Do in `doc` what is proposed; raises _NotThere."""
    ground = Ground(doc)
    places = places_of(proposal, ground)
    if places is None:
        raise _NotThere
    if places:
        _replace(doc, proposal, ground, places)
    elif proposal.kind == Wish.CHANGE and proposal.block:
        rewriting.rewrite(doc, proposal.language, proposal.paragraph, proposal.block)
    elif proposal.kind == Wish.INSERT and proposal.block:
        rewriting.insert_after(doc, proposal.language, proposal.after, proposal.block, proposal.paragraph)
    else:
        _everywhere(doc, proposal, languages)


def _replace(doc: Doc[Any], proposal: Proposal, ground: Ground, places: tuple[Stretch, ...]) -> None:
    """Write the new words where the anchors stand; an anchor that somebody wrote elsewhere, too, is taken off there."""
    hunks = list(proposal.hunks.all())
    stretches = ground.version(proposal.language).stretches
    for hunk, place in zip(hunks, places, strict=True):
        if len(stretches[str(hunk.anchor)]) > 1:
            _settle(doc, proposal.language, str(hunk.anchor), place)
    for hunk in hunks:
        anchors.replace(doc, language=proposal.language, anchor=str(hunk.anchor), runs=hunk.runs)


def _settle(doc: Doc[Any], language: str, anchor: str, place: Stretch) -> None:
    """Leave an anchor on one place only; raises _NotThere."""
    anchors.remove(doc, language=language, anchor=anchor)
    try:
        anchors.place(
            doc,
            language=language,
            paragraph=place.paragraph,
            start=place.start,
            end=place.end,
            words=place.words,
            anchor=anchor,
        )
    except anchors.WordsChanged:
        raise _NotThere from None


def _everywhere(doc: Doc[Any], proposal: Proposal, languages: list[str]) -> None:
    """Delete or move a paragraph in every language in which it stands, and can go where it is to go."""
    for language in languages:
        order = rewriting.order_of(doc, language)
        if proposal.paragraph not in order or (proposal.after and proposal.after not in order):
            continue
        if proposal.kind == Wish.DELETE:
            rewriting.remove(doc, language, proposal.paragraph)
        else:
            rewriting.move_after(doc, language, proposal.paragraph, proposal.after)


def _let_go(doc: Doc[Any], proposal: Proposal) -> None:
    """Take the anchors of a proposal off the words."""
    for hunk in proposal.hunks.all():
        anchors.remove(doc, language=proposal.language, anchor=str(hunk.anchor))


def _close(by: Delegate, text: Text, proposal: Proposal, outcome: Fate, act: Act, *, reason: str = "") -> None:
    """End a proposal; raises ProposalClosed."""
    is_open = Proposal.objects.filter(pk=proposal.pk, outcome=Fate.OPEN)
    if not is_open.update(outcome=outcome, closed_at=clock.now(), closed_by=by, note=reason):
        raise ProposalClosed
    note(by, act, text, {**_facts(proposal), **({"reason": reason} if reason else {})})


def _facts(proposal: Proposal) -> dict[str, Json]:
    """Return what the record says of a decision."""
    return {"proposal": str(proposal.pk), "proposed_by": proposal.member_id or "", "paragraph": proposal.paragraph}
