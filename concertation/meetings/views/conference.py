"""The list of requirements in the room: the chair puts it on screen, walks through it and closes each; its outcome."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concertation.commitments.views.answers import accepted, status_of
from concertation.core.downloads import file_answer
from concertation.core.errors import NotAllowed
from concertation.core.http import DelegateRequest, delegates_only, render_page_or_partial
from concertation.core.names import file_name
from concertation.core.pdf import making as pdf
from concertation.meetings import rules
from concertation.meetings.conference.files import CONTENT_TYPES, Kind, csv_of, docx_of, pdf_of
from concertation.meetings.conference.forms import AskForm, ChangeForm, ListForm, NoteForm
from concertation.meetings.conference.outcomes import json_of, outcome_for
from concertation.meetings.conference.queries import Screen, askable, screen_for
from concertation.meetings.conference.reading import ReadOutcome
from concertation.meetings.domain.conference import (
    call_requirement,
    change_requirement,
    close_requirement,
    put_list_on_screen,
    take_list_off_screen,
)
from concertation.meetings.enums import Closing
from concertation.meetings.errors import NotOnList
from concertation.meetings.models import ConferenceItem, Meeting
from concertation.meetings.views.access import meeting_for
from concertation.texts.errors import ExportBusy, ExportTooLong, NoPango

DONE = 204
FAILURES = {pdf.NoPango: NoPango, pdf.Busy: ExportBusy, pdf.TooLong: ExportTooLong}


@require_safe
@delegates_only
def show_needs(request: DelegateRequest, meeting_id: UUID) -> HttpResponse:
    """Show the list as it is now; nothing where none is on screen."""
    meeting = meeting_for(request, meeting_id)
    return render(request, "meetings/room/needs.html", {"meeting": meeting, **needs_context(request, meeting)})


def needs_context(request: DelegateRequest, meeting: Meeting) -> dict[str, Any]:
    """Return what the panel of requirements shows."""
    screen = screen_for(request.delegate, meeting)
    shown = screen if screen and screen.conference.is_on_screen else None
    return {"screen": shown, "can": rules.abilities(request.delegate, meeting)}


@require_http_methods(["GET", "HEAD", "POST"])
@delegates_only
def put_list(request: DelegateRequest, meeting_id: UUID) -> HttpResponse:
    """Choose what is put on screen."""
    meeting = _presided(request, meeting_id)
    form = ListForm(request.POST or None, initial=_filter_of(screen_for(request.delegate, meeting)))
    if request.method == "POST" and accepted(
        form, lambda: put_list_on_screen(by=request.delegate, meeting=meeting, **form.cleaned_data)
    ):
        return _done(request, meeting)
    return _act(request, meeting, form, act="put")


@require_POST
@delegates_only
def take_list(request: DelegateRequest, meeting_id: UUID) -> HttpResponse:
    """Take the list off the screen."""
    meeting = meeting_for(request, meeting_id)
    take_list_off_screen(by=request.delegate, meeting=meeting)
    return _moved(request, meeting)


@require_POST
@delegates_only
def call(request: DelegateRequest, meeting_id: UUID, requirement_id: UUID) -> HttpResponse:
    """Turn to a requirement, for everybody."""
    meeting = meeting_for(request, meeting_id)
    call_requirement(by=request.delegate, meeting=meeting, requirement_id=requirement_id)
    return _moved(request, meeting)


@require_http_methods(["GET", "HEAD", "POST"])
@delegates_only
def close_need(request: DelegateRequest, meeting_id: UUID, requirement_id: UUID, closing: str) -> HttpResponse:
    """Close a requirement of the list as `closing`."""
    if closing not in Closing.values:
        raise Http404
    meeting = _presided(request, meeting_id)
    item = ConferenceItem.objects.filter(conference=meeting.pk, requirement=requirement_id).first()
    if item is None:
        raise NotOnList
    form = _form_of(request, meeting, item, Closing(closing))
    act = _act_of(request, meeting, requirement_id, Closing(closing), form)
    if request.method == "POST" and accepted(form, act):
        return _done(request, meeting)
    return _act(request, meeting, form, act=closing, item=item, label=Closing(closing).label)


@require_safe
@delegates_only
def show_outcome(request: DelegateRequest, meeting_id: UUID) -> HttpResponse:
    """Show what the conference came to: as kept since the closing, before that as it stands."""
    meeting = meeting_for(request, meeting_id)
    context = {"meeting": meeting, "outcome": _outcome(request, meeting), "kinds": list(Kind)}
    return render_page_or_partial(request, "meetings/outcome.html", context, partial="outcome")


@require_safe
@delegates_only
def download_outcome(request: DelegateRequest, meeting_id: UUID, kind: str) -> HttpResponse:
    """Send the outcome as a file; the JSON is exactly what the record has the hash of."""
    if kind not in set(Kind):
        raise Http404
    meeting = meeting_for(request, meeting_id)
    outcome = _outcome(request, meeting)
    state = "outcome" if outcome.sha256 else "outcome-provisional"
    name = file_name(outcome.title, state=state, languages=[get_language() or "en"], suffix=kind)
    return file_answer(_made(request, meeting, outcome, Kind(kind)), CONTENT_TYPES[Kind(kind)], name)


def _made(request: DelegateRequest, meeting: Meeting, outcome: ReadOutcome, kind: Kind) -> bytes:
    """Return the bytes of a file; raises NoPango, ExportBusy, ExportTooLong."""
    if kind == Kind.JSON:
        return json_of(request.delegate, meeting)
    if kind != Kind.PDF:
        return csv_of(outcome) if kind == Kind.CSV else docx_of(outcome)
    try:
        return pdf_of(outcome, fonts=settings.FRONTEND_DIST / "assets")
    except pdf.PdfFailed as error:
        raise FAILURES[type(error)] from error


def _outcome(request: DelegateRequest, meeting: Meeting) -> ReadOutcome:
    outcome = outcome_for(request.delegate, meeting)
    if outcome is None:
        raise Http404
    return outcome


def _presided(request: DelegateRequest, meeting_id: UUID) -> Meeting:
    """Return a meeting over which the delegate may preside; raises Http404, NotAllowed."""
    meeting = meeting_for(request, meeting_id)
    if not rules.may_preside(request.delegate, meeting):
        raise NotAllowed
    return meeting


def _filter_of(screen: Screen | None) -> dict[str, str]:
    if screen is None:
        return {}
    return {name: getattr(screen.conference, name) for name in ("line", "phase", "domain")}


def _form_of(request: DelegateRequest, meeting: Meeting, item: ConferenceItem, closing: Closing) -> forms.Form:
    """Return what is asked when a requirement is closed so."""
    data = request.POST or None
    if closing == Closing.CHANGED:
        return ChangeForm(data, need=item.requirement.revision)
    if closing == Closing.ASKED_AGAIN:
        return AskForm(data, members=askable(meeting))
    if closing == Closing.COVERED and request.method == "POST":
        return NoteForm(request.POST)
    return NoteForm(data, is_reason=closing == Closing.GAP_ACCEPTED)


def _act_of(
    request: DelegateRequest, meeting: Meeting, requirement_id: UUID, closing: Closing, form: forms.Form
) -> Callable[[], None]:
    """Return the domain call that closes a requirement so."""

    def change() -> None:
        assert isinstance(form, ChangeForm)
        reason: str = form.cleaned_data["reason"]
        change_requirement(
            by=request.delegate, meeting=meeting, requirement_id=requirement_id, need=form.need(), reason=reason
        )

    def close() -> None:
        data = form.cleaned_data
        until: date | None = data.get("until")
        close_requirement(
            by=request.delegate,
            meeting=meeting,
            requirement_id=requirement_id,
            closing=closing,
            note=data["note"],
            asked=data.get("asked", []),
            until=until,
        )

    return change if closing == Closing.CHANGED else close


def _act(request: DelegateRequest, meeting: Meeting, form: forms.Form, **more: object) -> HttpResponse:
    """Show a form of the chair's, in the room or as a page."""
    context = {"meeting": meeting, "form": form, **more}
    return render_page_or_partial(request, "meetings/act.html", context, partial="act", status=status_of(form))


def _done(request: DelegateRequest, meeting: Meeting) -> HttpResponse:
    """Close the form; the signal brings what changed."""
    return HttpResponse("") if request.htmx else redirect("meetings:room", meeting.pk)


def _moved(request: DelegateRequest, meeting: Meeting) -> HttpResponse:
    """Leave the page; the signal brings what changed."""
    return HttpResponse(status=DONE) if request.htmx else redirect("meetings:room", meeting.pk)
