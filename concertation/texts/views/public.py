"""Published texts, for everybody: the same page for every visitor, so that caches may keep it."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition, require_safe

from concertation.core.http import Request
from concertation.texts import queries
from concertation.texts.models import AdoptedText
from concertation.texts.queries.afterwards import afterwards_of
from concertation.texts.views.pages import bytes_of

CACHE_SECONDS = 60
FORMATS = [("pdf", "PDF"), ("docx", "Word (DOCX)"), ("xml", "Akoma Ntoso (XML)"), ("html", "HTML"), ("md", "Markdown")]


def _tag(request: Request, key: UUID, language: str = "") -> str | None:
    """Return the entity tag: an adopted text never changes, but it can be unpublished, and statements are added."""
    found = queries.public_text(key)
    if found is None:
        return None
    return f'"{found.sha256}-{language}-{found.alignments.count()}-{found.explanations.count()}"'


@require_safe
@condition(etag_func=_tag)
def show_text(request: Request, key: UUID, language: str = "") -> HttpResponse:
    """Show a published text in one of its languages, and how to verify it."""
    adopted = _published(key)
    versions = queries.proposed_versions(adopted.procedure, adopted.text.versions.all())
    chosen = next((one for one in versions if one.language == (language or versions[0].language)), None)
    if chosen is None:
        raise Http404
    context = {
        "text": adopted.text,
        "adopted": adopted,
        "versions": versions,
        "version": chosen,
        "title": adopted.text.title_in(chosen.language),
        "members": queries.members_that_agreed(adopted),
        "formats": FORMATS,
        "afterwards": afterwards_of(adopted),
    }
    with translation.override(chosen.language if translation.check_for_language(chosen.language) else "en"):
        answer = render(request, "texts/public.html", context)
    patch_cache_control(answer, public=True, max_age=CACHE_SECONDS)
    return answer


@require_safe
@condition(etag_func=_tag)
def adopted_bytes(request: Request, key: UUID) -> HttpResponse:
    """Send the adopted bytes of a published text."""
    answer = bytes_of(_published(key))
    patch_cache_control(answer, public=True, max_age=CACHE_SECONDS)
    return answer


def _published(key: UUID) -> AdoptedText:
    found = queries.public_text(key)
    if found is None:
        raise Http404
    return found
