"""Reading texts, for those with a capacity."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from concertation.core import clock
from concertation.core.http import DelegateRequest, delegates_only, render_page_or_partial
from concertation.texts import queries
from concertation.texts.models import AdoptedText, Text
from concertation.texts.queries.afterwards import afterwards_of
from concertation.texts.queries.moments import last_symbol
from concertation.texts.rules import abilities, may_create

PARTS = {"text-bar": "bar", "text-versions": "versions", "adoption": "adoption"}


@delegates_only
@require_safe
def list_texts(request: DelegateRequest) -> HttpResponse:
    """Show the texts that the delegate may read, by where they stand."""
    context = {"texts": queries.list_texts(request.delegate), "may_create": may_create(request.delegate)}
    return render_page_or_partial(request, "texts/list.html", context, partial="texts")


@delegates_only
@require_safe
def show_text(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Show a text with its editors and its adoption, or the part of the page that changed.

    The editors come again only when what they may do differs from `shown`: a swap would move the caret.
    """
    text = find_text(request, key)
    part = PARTS.get(request.htmx.target or "", "adoption") if request.htmx else ""
    can = abilities(request.delegate, text)
    look = f"{text.state}-{can['edit']}-{can['suggest']}"
    if part == "versions" and request.GET.get("shown") == look:
        return HttpResponse(status=204)
    context: dict[str, object] = {"text": text, "can": can, "look": look, "may_create": may_create(request.delegate)}
    if part in {"", "bar"}:
        context["symbol"] = last_symbol(text)
    if part in {"", "versions"}:
        context["versions"] = queries.versions_of(text)
    if part in {"", "adoption"}:
        context["adoption"] = queries.adoption_of(text, request.delegate)
    return render_page_or_partial(request, "texts/text.html", context, partial=part)


@delegates_only
@require_safe
def print_text(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Show the text on a clean sheet, as adopted or as it stands now."""
    text = find_text(request, key)
    adopted = queries.adopted_of(text)
    context = {
        "text": text,
        "versions": queries.versions_of(text),
        "adopted": adopted,
        "members": queries.members_that_agreed(adopted) if adopted else [],
        "afterwards": afterwards_of(adopted) if adopted else None,
        "now": clock.now(),
    }
    return render(request, "texts/print.html", context)


@delegates_only
@require_safe
def adopted_bytes(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Send the adopted bytes, for whoever wants to compute their SHA-256."""
    adopted = queries.adopted_of(find_text(request, key))
    if adopted is None:
        raise Http404
    return bytes_of(adopted)


def find_text(request: DelegateRequest, key: UUID) -> Text:
    """Return the text with its state, or answer 404 when it is not for the delegate."""
    return get_object_or_404(Text.objects.visible_to(request.delegate).prefetch_related("versions"), pk=key)


def bytes_of(adopted: AdoptedText) -> HttpResponse:
    """Send exactly what was adopted."""
    answer = HttpResponse(bytes(adopted.content), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{adopted.text_id}.json"'
    return answer
