"""Versions of a text: what was circulated, who changed what and when, and two moments side by side."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from concertation.core.http import DelegateRequest, delegates_only, render_page_or_partial
from concertation.texts.domain import restoring, revisions
from concertation.texts.queries.comparisons import compare_moments, moments_to_choose
from concertation.texts.queries.moments import NOW, next_symbol
from concertation.texts.queries.timeline import timeline_of
from concertation.texts.rules import abilities
from concertation.texts.views.pages import find_text


@delegates_only
@require_safe
def compare(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Show what became of a version between two moments."""
    text = find_text(request, key)
    languages = [version.language for version in text.versions.all()]
    spoken = get_language()
    language = request.GET.get("language", spoken if spoken in languages else languages[0])
    if language not in languages:
        raise Http404
    choices = moments_to_choose(text)
    before = request.GET.get("from", choices[1].name if len(choices) > 1 else NOW)
    comparison = compare_moments(text, before=before, after=request.GET.get("to", NOW), language=language)
    known = {moment.name for moment in choices}
    asked = [moment for moment in (comparison.before, comparison.after) if moment.name not in known]
    context = {
        "text": text,
        "codes": languages,
        "language": language,
        "choices": [*choices, *asked],
        "comparison": comparison,
        "only_changes": request.GET.get("all") != "1",
        "can": abilities(request.delegate, text),
        "may_restore": comparison.after.name == NOW and not comparison.is_same,
    }
    return render(request, "texts/versions/compare.html", context)


@delegates_only
@require_POST
def circulate(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Circulate the text as it stands, under the next symbol."""
    revisions.circulate_revision(by=request.delegate, text_id=key, cover=request.POST.get("note", ""))
    return redirect("texts:versions", key)


@delegates_only
@require_POST
def restore(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Propose what a version said at an earlier moment, of one paragraph or of all that differ."""
    paragraph = request.POST.get("paragraph", "")
    restoring.propose_earlier_state(
        by=request.delegate,
        text_id=key,
        moment=request.POST.get("moment", ""),
        language=request.POST.get("language", ""),
        paragraphs=[paragraph] if paragraph else None,
    )
    return redirect("texts:show", key)


@delegates_only
@require_safe
def show_versions(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Show what was circulated, and who changed what and when."""
    text = find_text(request, key)
    before = parse_datetime(request.GET.get("before", ""))
    if before is not None and before.tzinfo is None:
        before = None
    context = {
        "text": text,
        "can": abilities(request.delegate, text),
        "revisions": text.revisions.select_related("circulated_by__person"),
        "next_symbol": next_symbol(text),
        "timeline": timeline_of(text, request.delegate, before=before),
        "before": before,
    }
    return render_page_or_partial(request, "texts/versions/versions.html", context, partial="timeline")
