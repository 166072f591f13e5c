"""Who agrees what: the whole at a glance, one paragraph after the other, and saying so for one's member."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from concertation.core.http import DelegateRequest, delegates_only, render_page_or_partial
from concertation.texts.domain import agreement as domain
from concertation.texts.queries.agreement import SHOWN, Matrix, matrix_of, one_paragraph
from concertation.texts.views.pages import find_text

CARD_LINES, CARD_COLUMNS = 12, 7


@delegates_only
@require_safe
def show_matrix(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Show paragraphs × delegations; `show` is all, open, bracketed or mine."""
    context = _matrix(request, key)
    return render_page_or_partial(request, "texts/agreement/matrix.html", context, partial="matrix")


@delegates_only
@require_safe
def show_card(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Show the same in short, beside the text: everything when it is small, else what is open."""
    text = find_text(request, key)
    matrix = matrix_of(text, request.delegate)
    lines = matrix.lines if len(matrix.lines) <= CARD_LINES else matrix.open_lines[:CARD_LINES]
    context = {
        "text": text,
        "matrix": matrix,
        "lines": lines,
        "is_wide": len(matrix.columns) > CARD_COLUMNS,
        "card": "agreement",
        "card_url": reverse("texts:agreement", args=[key]),
    }
    return render(request, "texts/agreement/card.html", context)


@delegates_only
@require_safe
def show_paragraph(request: DelegateRequest, key: UUID, paragraph: str) -> HttpResponse:
    """Show one paragraph as it stands in every authentic language, who agrees it, and what one may say of it."""
    context = _paragraph(request, key, paragraph)
    return render_page_or_partial(request, "texts/agreement/paragraph.html", context, partial="paragraph")


@delegates_only
@require_POST
def agree(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Agree the paragraphs sent as `id:hash`, with `ad_referendum` if only so."""
    sent = [one.partition(":") for one in request.POST.getlist("paragraph")]
    seen = {name: sha256 for name, _colon, sha256 in sent}
    is_for_capital = "ad_referendum" in request.POST
    domain.agree_paragraphs(by=request.delegate, text_id=key, seen=seen, ad_referendum=is_for_capital)
    return _look_again(request, key, next(iter(seen)))


@delegates_only
@require_POST
def withdraw(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Take back the agreement of one's member to a paragraph."""
    name = request.POST.get("paragraph", "")
    domain.withdraw_agreement(by=request.delegate, text_id=key, paragraph=name)
    return _look_again(request, key, name)


def _look_again(request: DelegateRequest, key: UUID, paragraph: str) -> HttpResponse:
    """Answer with what htmx swaps, else lead to the page on which the form stood."""
    if request.htmx.target == "paragraph-agreement":
        return render(request, "texts/agreement/paragraph.html#paragraph", _paragraph(request, key, paragraph))
    if request.htmx:
        return render(request, "texts/agreement/matrix.html#matrix", _matrix(request, key))
    if "one" in request.POST:
        return redirect("texts:paragraph", key, paragraph)
    return redirect("texts:matrix", key)


def _matrix(request: DelegateRequest, key: UUID) -> dict[str, object]:
    """Return what the matrix shows."""
    text = find_text(request, key)
    matrix: Matrix = matrix_of(text, request.delegate)
    show = request.GET.get("show", "all")
    show = show if show in SHOWN else "all"
    counts = [(name, label, len(matrix.shown(name))) for name, label in SHOWN.items()]
    return {"text": text, "matrix": matrix, "lines": matrix.shown(show), "show": show, "counts": counts}


def _paragraph(request: DelegateRequest, key: UUID, paragraph: str) -> dict[str, object]:
    """Return what the page of one paragraph shows, or answer 404."""
    text = find_text(request, key)
    one = one_paragraph(text, request.delegate, paragraph)
    if one is None:
        raise Http404
    return {"text": text, "one": one, "line": one.line, "matrix": one.matrix}
