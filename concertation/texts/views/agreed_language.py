"""Agreed language: searching what was adopted, from a page of its own and from a text, and noting where it is used."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concertation.core.errors import InvalidInput
from concertation.core.http import DelegateRequest, delegates_only, render_page_or_partial
from concertation.texts import queries
from concertation.texts.domain import agreed_language as domain
from concertation.texts.domain.agreed_index import index_missing
from concertation.texts.errors import TooManyWords
from concertation.texts.rules import abilities
from concertation.texts.views.pages import find_text


@delegates_only
@require_safe
def search_agreed(request: DelegateRequest) -> HttpResponse:
    """Show the adopted paragraphs nearest to the words asked for; the address can be shared."""
    index_missing()
    languages = queries.languages_of_agreed(request.delegate)
    asked, own = request.GET.get("language", ""), request.delegate.person.language
    language = next((code for code in (asked, own, *languages) if code in languages), "")
    words = request.GET.get("words", "")[: domain.WORDS_LENGTH].strip()
    context = {
        "offered": languages,
        "language": language,
        "words": words,
        "longest": domain.WORDS_LENGTH,
        "results": queries.find_agreed(request.delegate, language, words) if language and words else [],
    }
    return render_page_or_partial(request, "texts/agreed/search.html", context, partial="results")


@delegates_only
@require_http_methods(["GET", "HEAD", "POST"])
def find_for_text(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Send what was agreed in the words selected in a text; by POST, which changes nothing, for long selections."""
    text = find_text(request, key)
    asked = request.POST if request.method == "POST" else request.GET
    words, language = asked.get("words", ""), asked.get("language", "")
    if len(words) > domain.WORDS_LENGTH:
        raise TooManyWords
    index_missing()
    results = queries.find_agreed(request.delegate, language, words, into=text)
    context = {"text": text, "results": results, "can": abilities(request.delegate, text), "words": words.strip()}
    return render(request, "texts/agreed/panel.html", context)


@delegates_only
@require_POST
def note_reference(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Note that agreed words were put into a text."""
    sent = request.POST
    try:
        source, position = UUID(sent.get("source", "")), int(sent.get("position", ""))
    except ValueError:
        raise InvalidInput from None
    domain.note_reference(
        by=request.delegate,
        text_id=key,
        language=sent.get("language", ""),
        block=sent.get("paragraph", ""),
        words=sent.get("words", ""),
        source_id=source,
        position=position,
    )
    return HttpResponse(status=204)


@delegates_only
@require_safe
def show_reuse(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Send the card that says what agreed language the text uses, and which text it started from."""
    text = find_text(request, key)
    context = {
        "text": text,
        "card": "reuse",
        "card_url": reverse("texts:reuse", args=[key]),
        "reuse": queries.reuse_in(text, request.delegate),
    }
    return render(request, "texts/agreed/reuse.html", context)
