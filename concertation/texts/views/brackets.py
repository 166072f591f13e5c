"""Square brackets: their card, and acting on them; each act is one domain call, then the card again."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from concertation.core.errors import InvalidInput
from concertation.core.http import DelegateRequest, delegates_only
from concertation.texts.domain import alternatives
from concertation.texts.domain import brackets as domain
from concertation.texts.domain.brackets import Passage
from concertation.texts.errors import BadPassage, NoSuchBracket
from concertation.texts.models import Alternative, Bracket
from concertation.texts.queries.brackets import IN_TEXT, bracket_cards
from concertation.texts.views.pages import find_text

CARD = "brackets"


@delegates_only
@require_safe
def show_brackets(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Show the open brackets of a text."""
    return _card(request, key)


@delegates_only
@require_POST
def place_bracket(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Put selected words in brackets."""
    bracket = _uuid(request.POST.get("id", ""))
    domain.place_bracket(by=request.delegate, text_id=key, key=bracket, passage=_passage(request))
    return _done(request, key)


@delegates_only
@require_POST
def join_bracket(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Hold a bracket too."""
    domain.join_bracket(by=request.delegate, bracket_id=key)
    return _done(request, _text_of(key))


@delegates_only
@require_POST
def leave_bracket(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Let one's own hold go."""
    domain.leave_bracket(by=request.delegate, bracket_id=key)
    return _done(request, _text_of(key))


@delegates_only
@require_POST
def lift_bracket(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Take a bracket away as the chair."""
    domain.lift_bracket(by=request.delegate, bracket_id=key)
    return _done(request, _text_of(key))


@delegates_only
@require_POST
def add_alternative(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Offer other words."""
    alternatives.add_alternative(by=request.delegate, bracket_id=key, words=request.POST.get("words", ""))
    return _done(request, _text_of(key))


@delegates_only
@require_POST
def support_alternative(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Support one alternative, or none when the field is empty."""
    if request.POST.get("alternative"):
        chosen = _alternative(request)
        alternatives.support_alternative(by=request.delegate, bracket_id=key, alternative_id=chosen)
    else:
        alternatives.withdraw_support(by=request.delegate, bracket_id=key)
    return _done(request, _text_of(key))


@delegates_only
@require_POST
def choose_alternative(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Write the chosen words in the place of the bracket."""
    chosen = _alternative(request)
    alternatives.choose_alternative(by=request.delegate, bracket_id=key, alternative_id=chosen)
    return _done(request, _text_of(key))


@delegates_only
@require_POST
def withdraw_alternative(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Take back words that one's member offered."""
    alternatives.withdraw_alternative(by=request.delegate, alternative_id=key)
    return _done(request, Alternative.objects.get(pk=key).bracket.text_id)


def _passage(request: DelegateRequest) -> Passage:
    """Return the selection as it was sent; raises BadPassage."""
    sent = request.POST
    try:
        start, end = int(sent.get("start", "")), int(sent.get("end", ""))
    except ValueError:
        raise BadPassage from None
    return Passage(sent.get("language", ""), sent.get("paragraph", ""), start, end, sent.get("words", ""))


def _alternative(request: DelegateRequest) -> UUID | None:
    """Return the alternative that was sent, None for the words in the text; raises InvalidInput."""
    sent = request.POST.get("alternative", "")
    return None if sent == IN_TEXT else _uuid(sent)


def _uuid(sent: str) -> UUID:
    try:
        return UUID(sent)
    except ValueError:
        raise InvalidInput from None


def _text_of(bracket: UUID) -> UUID:
    """Return the text of a bracket on which an act just succeeded."""
    found = Bracket.objects.filter(pk=bracket).values_list("text_id", flat=True).first()
    if found is None:
        raise NoSuchBracket
    return found


def _done(request: DelegateRequest, text_id: UUID) -> HttpResponse:
    """Answer the card with itself, the editor with nothing, anybody else with the page of the text."""
    if request.htmx and request.htmx.target == CARD:
        return _card(request, text_id)
    return HttpResponse(status=204) if request.htmx else redirect("texts:show", text_id)


def _card(request: DelegateRequest, text_id: UUID) -> HttpResponse:
    """Render the card."""
    text = find_text(request, text_id)
    context = {"text": text, "brackets": bracket_cards(text, request.delegate)}
    return render(request, "texts/brackets/card.html", context)
