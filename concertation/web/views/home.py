"""Home: what waits for me; for everybody else, the public page."""

from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_POST, require_safe

from concertation.coalition.domain.publications import withdraw_figures as withdraw
from concertation.coalition.enums import Figures
from concertation.coalition.models import Delegate
from concertation.coalition.rules import is_chair
from concertation.commitments.queries.lines import lines_for
from concertation.core import clock
from concertation.core.downloads import file_answer
from concertation.core.http import DelegateRequest, Request, delegates_only
from concertation.core.waiting import awaiting
from concertation.web import queries

CACHE_SECONDS = 60


@require_safe
def home(request: Request) -> HttpResponse:
    """Show a delegate what waits, anybody else what the coalition published."""
    if request.delegate is None:
        return render(request, "web/public.html", queries.public_page())
    context = {**_waiting(request.delegate), **queries.beside(request.delegate), "lines": lines_for(request.delegate)}
    return render(request, "web/home.html", context)


@require_safe
def public(request: Request, language: str = settings.LANGUAGE_CODE) -> HttpResponseBase:
    """Show what everybody sees, the same to all, in the language of the address; caches may keep it."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    with translation.override(language):
        answer = render(request, "web/public.html", {**queries.public_page(), "is_for_all": True})
    patch_cache_control(answer, public=True, max_age=CACHE_SECONDS)
    answer["Content-Language"] = language
    etag = f'"{sha256(answer.content).hexdigest()}"'
    answer["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=answer) or answer


@require_safe
@delegates_only
def published(request: DelegateRequest) -> HttpResponse:
    """Show a delegate what everybody sees, and the chair how to take figures back."""
    may_publish = is_chair(request.delegate)
    return render(request, "web/public.html", {**queries.public_page(), "may_publish": may_publish})


@require_safe
def prove_figures(request: Request, key: UUID) -> HttpResponse:
    """Send the proof that published figures are in the record."""
    return file_answer(queries.proof_of_figures(key), "application/jsonl", "figures-proof.jsonl")


@require_POST
@delegates_only
def withdraw_figures(request: DelegateRequest, kind: str) -> HttpResponse:
    """Take published figures back."""
    withdraw(by=request.delegate, kind=Figures(kind))
    return redirect("web:published")


@require_safe
@delegates_only
def waiting(request: DelegateRequest) -> HttpResponse:
    """Show the sentence and the list again, after one of their topics changed."""
    context = {**_waiting(request.delegate), "coalition": queries.the_coalition()}
    return render(request, "web/home.html#waiting", context)


@require_safe
@delegates_only
def beside(request: DelegateRequest) -> HttpResponse:
    """Show what stands beside the list again, after somebody came or went."""
    return render(request, "web/components/beside.html", queries.beside(request.delegate))


@require_safe
@delegates_only
def committed(request: DelegateRequest) -> HttpResponse:
    """Show how far the contributions to each line have come again, after one of them changed."""
    return render(request, "web/components/committed.html", {"lines": lines_for(request.delegate)})


def _waiting(delegate: Delegate) -> dict[str, object]:
    things = awaiting(delegate)
    topics = {f"delegate:{delegate.id}", *(thing.live_topic for thing in things)}
    return {"things": things, "now": clock.now(), "topics": sorted(topics)}
