"""Remarks on a text: the card beside it, one thread by itself, and the acts."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from concertation.core.http import DelegateRequest, delegates_only
from concertation.texts import queries
from concertation.texts.domain import remarks as domain
from concertation.texts.errors import BadRemark
from concertation.texts.models import Remark, Text
from concertation.texts.queries.remarks import SHOWN
from concertation.texts.rules import abilities
from concertation.texts.views.pages import find_text

THREAD = "remark-thread"


@delegates_only
@require_safe
def list_remarks(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Show the card of remarks: the open ones, all, or the reservations."""
    text = find_text(request, key)
    return _card(request, text) if request.htmx else redirect("texts:show", key)


@delegates_only
@require_safe
def show_remark(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Show one thread, or the page of its text at it."""
    remark = _find(request, key)
    if request.htmx:
        return _thread(request, remark)
    return redirect(f"{reverse('texts:show', args=[remark.text_id])}#remark-{remark.pk}")


@delegates_only
@require_POST
def comment(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Comment on words or on a paragraph."""
    fields = request.POST
    body, made = fields.get("body", ""), _key(request)
    domain.make_comment(by=request.delegate, text_id=key, key=made, place=_place(request), body=body)
    return HttpResponse(status=204)


@delegates_only
@require_POST
def reserve(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Make a reservation for one's member."""
    body, made = request.POST.get("body", ""), _key(request)
    domain.make_reservation(by=request.delegate, text_id=key, key=made, place=_place(request), body=body)
    return HttpResponse(status=204)


@delegates_only
@require_POST
def reply(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Reply to a remark."""
    domain.reply_to_remark(by=request.delegate, remark_id=key, key=_key(request), body=request.POST.get("body", ""))
    return _again(request, key)


@delegates_only
@require_POST
def resolve(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Resolve a comment, or withdraw a reservation."""
    domain.resolve_remark(by=request.delegate, remark_id=key)
    return _again(request, key)


@delegates_only
@require_POST
def reopen(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Open a remark again."""
    domain.reopen_remark(by=request.delegate, remark_id=key)
    return _again(request, key)


def _key(request: DelegateRequest) -> UUID:
    """Return the id that the browser made; raises BadRemark."""
    try:
        return UUID(request.POST.get("id", ""))
    except ValueError:
        raise BadRemark from None


def _place(request: DelegateRequest) -> domain.Place:
    """Return what the remark is about; raises BadRemark."""
    fields = request.POST
    words = fields.get("words", "")
    try:
        start, end = (int(fields.get(name) or 0) for name in ("start", "end"))
    except ValueError:
        raise BadRemark from None
    if not words:
        start = end = 0
    return domain.Place(fields.get("language", ""), fields.get("paragraph", ""), start, end, words)


def _find(request: DelegateRequest, key: UUID) -> Remark:
    """Return a remark, or answer 404 when its text is not for the delegate."""
    visible = Text.objects.visible_to(request.delegate).values("pk")
    return get_object_or_404(Remark, pk=key, text__in=visible)


def _again(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Answer htmx with the thread or the card, whichever sent the form, anybody else with the page of the text."""
    remark = _find(request, key)
    if not request.htmx:
        return redirect("texts:show", remark.text_id)
    if request.htmx.target == THREAD:
        return _thread(request, remark)
    return _card(request, find_text(request, remark.text_id))


def _card(request: DelegateRequest, text: Text) -> HttpResponse:
    wanted = request.GET.get("show", "")
    shown = wanted if wanted in SHOWN else "open"
    context = {
        "text": text,
        "card": "remarks",
        "card_url": f"{reverse('texts:remarks', args=[text.pk])}?show={shown}",
        "remarks": queries.remarks_of(text, request.delegate, shown=shown),
        "shown": shown,
        "can": abilities(request.delegate, text),
    }
    return render(request, "texts/remarks/card.html", context)


def _thread(request: DelegateRequest, remark: Remark) -> HttpResponse:
    text = find_text(request, remark.text_id)
    context = {"text": text, "group": queries.thread_of(remark, text, request.delegate), "key": remark.pk}
    return render(request, "texts/remarks/dialog.html", context)
