"""Proposals: the card beside the text, one of them by itself, and the acts."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from concertation.core.errors import InvalidInput
from concertation.core.http import DelegateRequest, delegates_only
from concertation.texts.blocks import Block
from concertation.texts.domain import decisions
from concertation.texts.domain import proposals as domain
from concertation.texts.enums import Fate
from concertation.texts.errors import NotAParagraph
from concertation.texts.models import Proposal, Text
from concertation.texts.queries.proposal_card import SHOWN, proposal_line, proposals_card
from concertation.texts.queries.proposals import who_changed
from concertation.texts.received import NotABlock, read_block
from concertation.texts.rules import abilities
from concertation.texts.views.pages import find_text

DIALOG = "proposal-opened"


@delegates_only
@require_safe
def list_proposals(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Show the card of proposals: the open ones, or another sort of them, perhaps of one delegation."""
    text = find_text(request, key)
    return _card(request, text) if request.htmx else redirect("texts:show", key)


@delegates_only
@require_safe
def show_proposal(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Show one proposal, or the page of its text."""
    proposal = _find(request, key)
    if request.htmx:
        return _dialog(request, proposal)
    return redirect(f"{reverse('texts:show', args=[proposal.text_id])}#proposal-{proposal.pk}")


@delegates_only
@require_safe
def show_changers(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Say who changed the words that a proposal was to replace."""
    proposal = _find(request, key)
    names = who_changed(proposal) if proposal.outcome == Fate.OPEN else []
    return render(request, "texts/proposals/changers.html", {"names": names})


@delegates_only
@require_POST
def propose_change(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Propose other words for a paragraph."""
    base = request.POST.get("base")
    domain.propose_change(
        by=request.delegate,
        text_id=key,
        language=request.POST.get("language", ""),
        paragraph=request.POST.get("paragraph", ""),
        block=_block(request, "block"),
        base=_block(request, "base") if base else None,
        proposal_id=_id(request),
    )
    return HttpResponse(status=204)


@delegates_only
@require_POST
def propose_paragraph(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Propose a new paragraph."""
    domain.propose_paragraph(
        by=request.delegate,
        text_id=key,
        language=request.POST.get("language", ""),
        after=request.POST.get("after", ""),
        block=_block(request, "block"),
        proposal_id=_id(request),
    )
    return HttpResponse(status=204)


@delegates_only
@require_POST
def propose_deletion(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Propose that a paragraph goes."""
    domain.propose_deletion(
        by=request.delegate,
        text_id=key,
        language=request.POST.get("language", ""),
        paragraph=request.POST.get("paragraph", ""),
        proposal_id=_id(request),
    )
    return HttpResponse(status=204)


@delegates_only
@require_POST
def propose_move(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Propose another place for a paragraph."""
    domain.propose_move(
        by=request.delegate,
        text_id=key,
        language=request.POST.get("language", ""),
        paragraph=request.POST.get("paragraph", ""),
        after=request.POST.get("after", ""),
        proposal_id=_id(request),
    )
    return HttpResponse(status=204)


@delegates_only
@require_POST
def support(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Support a proposal for one's member."""
    decisions.support_proposal(by=request.delegate, proposal_id=key)
    return _again(request, key)


@delegates_only
@require_POST
def withdraw_support(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Take the support of one's member back."""
    decisions.withdraw_support(by=request.delegate, proposal_id=key)
    return _again(request, key)


@delegates_only
@require_POST
def accept(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Make what is proposed the words of the text."""
    decisions.accept_proposal(by=request.delegate, proposal_id=key)
    return _again(request, key)


@delegates_only
@require_POST
def reject(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Put a proposal aside, with a reason."""
    decisions.reject_proposal(by=request.delegate, proposal_id=key, reason=request.POST.get("reason", ""))
    return _again(request, key)


@delegates_only
@require_POST
def take_back(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Take a proposal of one's own back."""
    decisions.take_back_proposal(by=request.delegate, proposal_id=key)
    return _again(request, key)


def _block(request: DelegateRequest, name: str) -> Block:
    """Return the paragraph that was sent; raises NotAParagraph."""
    try:
        return read_block(request.POST.get(name, ""))
    except NotABlock:
        raise NotAParagraph from None


def _id(request: DelegateRequest) -> UUID:
    """Return the id that the browser made; raises InvalidInput."""
    try:
        return UUID(request.POST.get("id", ""))
    except ValueError:
        raise InvalidInput from None


def _find(request: DelegateRequest, key: UUID) -> Proposal:
    """Return a proposal, or answer 404 when its text is not for the delegate."""
    visible = Text.objects.visible_to(request.delegate).values("pk")
    return get_object_or_404(Proposal, pk=key, text__in=visible)


def _again(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Answer htmx with the dialog or the card, whichever sent the form, anybody else with the page of the text."""
    proposal = _find(request, key)
    if not request.htmx:
        return redirect("texts:show", proposal.text_id)
    if request.htmx.target == DIALOG:
        return _dialog(request, proposal)
    return _card(request, find_text(request, proposal.text_id))


def _card(request: DelegateRequest, text: Text) -> HttpResponse:
    wanted, member = request.GET.get("show", ""), request.GET.get("member", "")
    shown = wanted if wanted in SHOWN else "open"
    everything = request.GET.get("all") == "1"
    context = {
        "text": text,
        "card": "proposals",
        "card_url": f"{reverse('texts:proposals', args=[text.pk])}?{request.GET.urlencode()}",
        "proposals": proposals_card(text, request.delegate, shown=shown, member=member, everything=everything),
        "shown": shown,
        "member": member,
        "can": abilities(request.delegate, text),
    }
    return render(request, "texts/proposals/card.html", context)


def _dialog(request: DelegateRequest, proposal: Proposal) -> HttpResponse:
    text = find_text(request, proposal.text_id)
    line = proposal_line(proposal.pk, text, request.delegate)
    if line is None:
        raise Http404
    return render(request, "texts/proposals/dialog.html", {"text": text, "line": line, "suffix": "-dialog"})
