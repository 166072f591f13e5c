"""The silence procedure, and what is said after adoption: a deadline is shown in every capital before it is set."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from concertation.coalition.rules import is_chair
from concertation.core.errors import InvalidInput, NotAllowed
from concertation.core.http import DelegateRequest, delegates_only
from concertation.texts.deadline_form import DeadlineForm
from concertation.texts.domain import afterwards, silence
from concertation.texts.enums import Outcome, State
from concertation.texts.errors import BadAmendment, Frozen, NotLater, NotRunning, SilenceEnded
from concertation.texts.models import AdoptionProcedure, Text
from concertation.texts.queries.silence import capitals_of, clocks_of, zones_for
from concertation.texts.views.acts import card_or_page
from concertation.texts.views.pages import find_text


@delegates_only
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Ask for a deadline, show it in every capital, and start the procedure once that is confirmed."""
    text = find_text(request, key)
    if not is_chair(request.delegate):
        raise NotAllowed
    if text.state != State.DRAFT:
        raise Frozen
    form = DeadlineForm(request.POST or None, zones=zones_for(request.delegate))

    def act(local: datetime, zone: str) -> None:
        silence.start_silence(by=request.delegate, text_id=key, local=local, zone=zone)

    return _ask(request, text, form, act, None)


@delegates_only
@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Ask for a later deadline in the zone of the procedure, show it, and extend once that is confirmed."""
    procedure = _procedure(request, key)
    if not is_chair(request.delegate):
        raise NotAllowed
    if procedure.by_silence is None or procedure.outcome != Outcome.RUNNING:
        raise NotRunning
    if procedure.is_due:
        raise SilenceEnded(procedure.silence.deadline, procedure.silence.zone)
    form = DeadlineForm(request.POST or None, zones=[procedure.silence.zone])

    def act(local: datetime, _zone: str) -> None:
        silence.extend_silence(by=request.delegate, procedure_id=key, local=local)

    return _ask(request, find_text(request, procedure.text_id), form, act, procedure)


@delegates_only
@require_POST
def agree(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Agree for one's member without waiting for the deadline."""
    text_id = _procedure(request, key).text_id
    silence.agree_under_silence(by=request.delegate, procedure_id=key)
    return card_or_page(request, text_id)


@delegates_only
@require_POST
def break_silence(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Break the silence for one's member."""
    text_id = _procedure(request, key).text_id
    reason, amendments = request.POST.get("reason", ""), _amendments(request)
    silence.break_silence(by=request.delegate, procedure_id=key, reason=reason, amendments=amendments)
    return card_or_page(request, text_id)


@delegates_only
@require_POST
def align(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Align one's member with an adopted text."""
    afterwards.align_with_text(by=request.delegate, text_id=key, statement=request.POST.get("statement", ""))
    return card_or_page(request, key)


@delegates_only
@require_POST
def explain(request: DelegateRequest, key: UUID) -> HttpResponse:
    """Explain the position of one's member on an adopted text."""
    afterwards.explain_position(by=request.delegate, text_id=key, words=request.POST.get("words", ""))
    return card_or_page(request, key)


def _ask(
    request: DelegateRequest,
    text: Text,
    form: DeadlineForm,
    act: Callable[[datetime, str], None],
    procedure: AdoptionProcedure | None,
) -> HttpResponse:
    """Show the form, or the deadline that was chosen in it; do `act` when that very deadline is confirmed."""
    context: dict[str, object] = {"text": text, "form": form, "procedure": procedure}
    if request.method != "POST":
        return render(request, "texts/silence/deadline.html", context)
    try:
        local, zone = form.chosen()
        deadline = silence.check_deadline(local, zone)
        if request.POST.get("confirmed") == deadline.moment.isoformat():
            act(local, zone)
            return redirect("texts:show", text.pk)
        if procedure and deadline.moment <= procedure.silence.deadline:
            raise NotLater
    except InvalidInput as error:
        return render(request, "texts/silence/deadline.html", {**context, "fault": error.message}, status=400)
    context |= {"deadline": deadline, "local": local, "clocks": clocks_of(deadline.moment, capitals_of(text))}
    return render(request, "texts/silence/deadline.html", context)


def _amendments(request: DelegateRequest) -> list[silence.Proposed]:
    """Return the amendments that were written; rows without words are left out, raises BadAmendment."""
    rows = zip(request.POST.getlist("paragraph"), request.POST.getlist("words"), strict=False)
    return [_amendment(place, words) for place, words in rows if words.strip()]


def _amendment(place: str, words: str) -> silence.Proposed:
    language, _, position = place.partition(":")
    if not position.isdecimal() or len(position) > 6:
        raise BadAmendment
    return silence.Proposed(language, int(position), words)


def _procedure(request: DelegateRequest, key: UUID) -> AdoptionProcedure:
    """Return a procedure, or answer 404 when its text is not for the delegate."""
    visible = Text.objects.visible_to(request.delegate).values("pk")
    return get_object_or_404(AdoptionProcedure.objects.select_related("silence"), pk=key, text__in=visible)
