"""Acting on texts: each view makes one domain call, then shows the adoption card or the page again."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from concertation.core.errors import DomainError, InvalidInput, NotAllowed
from concertation.core.http import DelegateRequest, delegates_only
from concertation.texts import queries
from concertation.texts.domain import adoption, publication
from concertation.texts.domain import texts as domain
from concertation.texts.errors import WiderAudience
from concertation.texts.forms import TextForm
from concertation.texts.models import AdoptionProcedure, Text
from concertation.texts.rules import abilities, may_create
from concertation.texts.views.pages import find_text


@delegates_only
@require_http_methods(["GET", "HEAD", "POST"])
def create_text(request: DelegateRequest) -> HttpResponse:
    """Open a text."""
    if not may_create(request.delegate):
        raise NotAllowed
    form = TextForm(request.POST or None, delegate=request.delegate, source=_source(request))
    if form.is_valid():
        try:
            text = domain.create_text(by=request.delegate, **form.facts(), **form.origin())
            return redirect("texts:show", text.pk)
        except DomainError as error:
            form.asks_wider = form.asks_wider or isinstance(error, WiderAudience)
            form.add_error(None, str(error.message))
    return render(request, "texts/form.html", {"form": form}, status=400 if form.errors else 200)


def _source(request: DelegateRequest) -> Text | None:
    """Return the text to start from that the address names, None for an empty page."""
    try:
        key = UUID((request.POST or request.GET).get("based_on", ""))
    except ValueError:
        return None
    return Text.objects.visible_to(request.delegate).prefetch_related("versions", "members").filter(pk=key).first()


@delegates_only
@require_http_methods(["GET", "HEAD", "POST"])
def change_text(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Change the titles, languages and audience of a text."""
    text = find_text(request, key)
    if not abilities(request.delegate, text)["change"]:
        raise NotAllowed
    form = TextForm(request.POST or None, delegate=request.delegate, text=text)
    if form.is_valid():
        try:
            domain.update_text_settings(by=request.delegate, text_id=key, **form.facts())
            return redirect("texts:show", key)
        except DomainError as error:
            form.add_error(None, str(error.message))
    context = {"form": form, "text": text}
    return render(request, "texts/form.html", context, status=400 if form.errors else 200)


@delegates_only
@require_POST
def propose(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Freeze the text and ask the members."""
    adoption.propose_adoption(by=request.delegate, text_id=key)
    return card_or_page(request, key)


@delegates_only
@require_POST
def respond(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Agree or object for one's member."""
    text_id = _text_of(request, key)
    answer, reason = request.POST.get("answer"), request.POST.get("reason", "")
    if answer not in {"agree", "object"}:
        raise InvalidInput
    adoption.respond(by=request.delegate, procedure_id=key, agrees=answer == "agree", reason=reason)
    return card_or_page(request, text_id)


@delegates_only
@require_POST
def withdraw(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Take the proposal back."""
    text_id = _text_of(request, key)
    adoption.withdraw_proposal(by=request.delegate, procedure_id=key)
    return card_or_page(request, text_id)


@delegates_only
@require_POST
def conclude(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Adopt the text after a departure left nobody to wait for."""
    text_id = _text_of(request, key)
    adoption.conclude_adoption(by=request.delegate, procedure_id=key)
    return card_or_page(request, text_id)


@delegates_only
@require_POST
def publish(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Open the adopted text to everybody."""
    publication.publish_text(by=request.delegate, text_id=key)
    return card_or_page(request, key)


@delegates_only
@require_POST
def unpublish(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Close the text to the public again."""
    publication.unpublish_text(by=request.delegate, text_id=key)
    return card_or_page(request, key)


def _text_of(request: DelegateRequest, procedure: UUID) -> UUID:
    """Return the text of a procedure, or answer 404 when it is not for the delegate."""
    visible = Text.objects.visible_to(request.delegate).values("pk")
    return get_object_or_404(AdoptionProcedure, pk=procedure, text__in=visible).text_id


def card_or_page(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Answer htmx with the adoption card as it is now, anybody else with the page of the text."""
    if not request.htmx:
        return redirect("texts:show", key)
    text = find_text(request, key)
    context = {
        "text": text,
        "can": abilities(request.delegate, text),
        "adoption": queries.adoption_of(text, request.delegate),
    }
    return render(request, "texts/text.html#adoption", context)
