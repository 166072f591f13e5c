"""The languages of a text: the card that says how they stand to one another, and the acts on it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from concertation.core.errors import InvalidInput
from concertation.core.http import DelegateRequest, delegates_only
from concertation.texts.domain import alignment, steps
from concertation.texts.queries.languages import languages_card
from concertation.texts.views.pages import find_text


@delegates_only
@require_safe
def show_languages(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Show the card."""
    return _card(request, key)


@delegates_only
@require_POST
def confirm(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Say that a paragraph of one language still says the same."""
    paragraph, language, seen = _fields(request, "paragraph", "language", "seen")
    steps.confirm_step(by=request.delegate, text_id=key, paragraph=paragraph, language=language, seen=seen)
    return _card_or_page(request, key)


@delegates_only
@require_POST
def confirm_all(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Say that every paragraph of one language says the same."""
    language, seen = _fields(request, "language", "seen")
    steps.confirm_version(by=request.delegate, text_id=key, language=language, seen=seen)
    return _card_or_page(request, key)


@delegates_only
@require_POST
def dismiss(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Say that a difference which was pointed out is right."""
    paragraph, language, other, kind, seen = _fields(request, "paragraph", "language", "other", "kind", "seen")
    steps.dismiss_difference(
        by=request.delegate, text_id=key, paragraph=paragraph, language=language, other=other, kind=kind, seen=seen
    )
    return _card_or_page(request, key)


@delegates_only
@require_POST
def add_counterpart(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Add the counterpart of a paragraph in a language that has none."""
    paragraph, source, language = _fields(request, "paragraph", "source", "language")
    alignment.add_counterpart(by=request.delegate, text_id=key, paragraph=paragraph, source=source, language=language)
    return _card_or_page(request, key)


@delegates_only
@require_POST
def join_counterparts(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Declare two paragraphs counterparts."""
    language, paragraph, other, counterpart = _fields(request, "language", "paragraph", "other", "counterpart")
    alignment.join_counterparts(
        by=request.delegate,
        text_id=key,
        language=language,
        paragraph=paragraph,
        other=other,
        counterpart=counterpart,
    )
    return _card_or_page(request, key)


@delegates_only
@require_POST
def part_counterparts(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Part a paragraph from its counterparts."""
    paragraph, language = _fields(request, "paragraph", "language")
    alignment.part_counterparts(by=request.delegate, text_id=key, language=language, paragraph=paragraph)
    return _card_or_page(request, key)


@delegates_only
@require_POST
def name_paragraphs(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Match the paragraphs that have no name by their place."""
    alignment.name_paragraphs(by=request.delegate, text_id=key)
    return _card_or_page(request, key)


def _fields(request: DelegateRequest, *names: str) -> list[str]:
    """Return what was sent; raises InvalidInput when any of it is missing."""
    values = [request.POST.get(name, "") for name in names]
    if not all(values):
        raise InvalidInput
    return values


def _card(request: DelegateRequest, key: UUID) -> HttpResponse:
    context = languages_card(find_text(request, key), request.delegate)
    context["card_url"] = reverse("texts:languages", args=[key])
    return render(request, "texts/languages/card.html", context)


def _card_or_page(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Answer htmx with the card as it is now, anybody else with the page of the text."""
    return _card(request, key) if request.htmx else redirect("texts:show", key)
