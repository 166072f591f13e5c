"""The room on one screen: agenda, speaking list, stage and text; every act answers with the panels as they are now."""

from contextlib import suppress
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from concertation.core.errors import InvalidInput
from concertation.core.http import DelegateRequest, delegates_only, render_page_or_partial
from concertation.meetings import queries, rules
from concertation.meetings.domain.agenda import end_item, start_item
from concertation.meetings.domain.attendance import leave_room, record_attendance
from concertation.meetings.domain.floor import (
    ask_for_floor,
    end_intervention,
    give_floor,
    move_request,
    withdraw_request,
)
from concertation.meetings.domain.session import close_meeting, note_decision, open_meeting
from concertation.meetings.errors import MeetingNotOpen, NotInRoom
from concertation.meetings.forms import DecisionForm
from concertation.meetings.models import Meeting
from concertation.meetings.views.access import meeting_for
from concertation.meetings.views.agenda import place_of
from concertation.meetings.views.conference import needs_context
from concertation.texts.models import Text
from concertation.texts.queries import text_panel
from concertation.texts.rules import may_edit

STOP_BEATING = 286  # htmx's own status for “no more polling”, which our element heeds too
NOTHING_TO_SHOW = 204


@require_safe
@delegates_only
def show_room(request: DelegateRequest, meeting_id: UUID) -> HttpResponse:
    """Show the room, or its panels again after something changed."""
    return _room(request, meeting_for(request, meeting_id))


@require_safe
@delegates_only
def show_stage(request: DelegateRequest, meeting_id: UUID) -> HttpResponse:
    """Show the stage once the meeting is opened; it is not fetched again after that, so that video goes on."""
    meeting = meeting_for(request, meeting_id)
    context = {
        "meeting": meeting,
        "can": rules.abilities(request.delegate, meeting),
        "form": DecisionForm(meeting=meeting),
        "is_fragment": True,
    }
    return render(request, "meetings/room.html#stage", context)


@require_safe
@delegates_only
def show_text(request: DelegateRequest, meeting_id: UUID, text_id: UUID) -> HttpResponse:
    """Show the text's panel again when what the reader may do with it differs from `shown`; else leave the caret."""
    meeting = meeting_for(request, meeting_id)
    text = get_object_or_404(Text.objects.visible_to(request.delegate), pk=text_id, meeting_link__meeting=meeting)
    context = {"meeting": meeting, **_panel(request, text)}
    if context["look"] == request.GET.get("shown"):
        return HttpResponse(status=NOTHING_TO_SHOW)
    return render(request, "meetings/room/text.html#body", context)


@require_POST
@delegates_only
def beat(request: DelegateRequest, meeting_id: UUID) -> HttpResponse:
    """Note that the room's page is open."""
    meeting = meeting_for(request, meeting_id)
    try:
        record_attendance(by=request.delegate, meeting=meeting)
    except MeetingNotOpen:
        return HttpResponse(status=STOP_BEATING)
    return HttpResponse(status=NOTHING_TO_SHOW)


@require_POST
@delegates_only
def leave(request: DelegateRequest, meeting_id: UUID) -> HttpResponse:
    """Leave the room; somebody who was not counted as present leaves all the same."""
    meeting = meeting_for(request, meeting_id)
    with suppress(MeetingNotOpen, NotInRoom):
        leave_room(by=request.delegate, meeting=meeting)
    return redirect("meetings:detail", meeting_id)


@require_POST
@delegates_only
def open_session(request: DelegateRequest, meeting_id: UUID) -> HttpResponse:
    """Open the meeting."""
    meeting = meeting_for(request, meeting_id)
    open_meeting(by=request.delegate, meeting=meeting)
    return _after(request, meeting)


@require_POST
@delegates_only
def close_session(request: DelegateRequest, meeting_id: UUID) -> HttpResponse:
    """Close the meeting."""
    meeting = meeting_for(request, meeting_id)
    close_meeting(by=request.delegate, meeting=meeting)
    return _after(request, meeting)


@require_POST
@delegates_only
def decide(request: DelegateRequest, meeting_id: UUID) -> HttpResponse:
    """Note a decision."""
    meeting = meeting_for(request, meeting_id)
    form = DecisionForm(request.POST, meeting=meeting)
    if not form.is_valid():
        raise InvalidInput(str(next(iter(form.errors.values()))[0]))
    note_decision(by=request.delegate, meeting=meeting, sentences=form.words("words"), item_id=form.item_id())
    return _after(request, meeting, has_decided=True)


@require_POST
@delegates_only
def start(request: DelegateRequest, meeting_id: UUID, item_id: UUID) -> HttpResponse:
    """Put an item under discussion."""
    meeting = meeting_for(request, meeting_id)
    start_item(by=request.delegate, meeting=meeting, item_id=item_id)
    return _after(request, meeting)


@require_POST
@delegates_only
def end(request: DelegateRequest, meeting_id: UUID, item_id: UUID) -> HttpResponse:
    """End the discussion of an item."""
    meeting = meeting_for(request, meeting_id)
    end_item(by=request.delegate, meeting=meeting, item_id=item_id)
    return _after(request, meeting)


@require_POST
@delegates_only
def ask(request: DelegateRequest, meeting_id: UUID) -> HttpResponse:
    """Ask for the floor."""
    meeting = meeting_for(request, meeting_id)
    is_point = request.POST.get("kind") == "point_of_order"
    ask_for_floor(by=request.delegate, meeting=meeting, is_point_of_order=is_point)
    return _after(request, meeting)


@require_POST
@delegates_only
def withdraw(request: DelegateRequest, meeting_id: UUID, request_id: UUID) -> HttpResponse:
    """Leave the speaking list, or take a delegation off it."""
    meeting = meeting_for(request, meeting_id)
    withdraw_request(by=request.delegate, meeting=meeting, request_id=request_id)
    return _after(request, meeting)


@require_POST
@delegates_only
def move(request: DelegateRequest, meeting_id: UUID, request_id: UUID) -> HttpResponse:
    """Move a delegation within the speaking list."""
    meeting = meeting_for(request, meeting_id)
    move_request(by=request.delegate, meeting=meeting, request_id=request_id, place=place_of(request))
    return _after(request, meeting)


@require_POST
@delegates_only
def give(request: DelegateRequest, meeting_id: UUID, request_id: UUID) -> HttpResponse:
    """Give the floor, after the intervention that the chair saw running."""
    meeting = meeting_for(request, meeting_id)
    try:
        after = UUID(given) if (given := request.POST.get("after", "")) else None
    except ValueError as error:
        raise InvalidInput from error
    give_floor(by=request.delegate, meeting=meeting, request_id=request_id, after=after)
    return _after(request, meeting)


@require_POST
@delegates_only
def end_speech(request: DelegateRequest, meeting_id: UUID, request_id: UUID) -> HttpResponse:
    """End an intervention."""
    meeting = meeting_for(request, meeting_id)
    end_intervention(by=request.delegate, meeting=meeting, request_id=request_id)
    return _after(request, meeting)


def _after(request: DelegateRequest, meeting: Meeting, **more: object) -> HttpResponse:
    """Show the panels as they are after an act, the whole page without scripts."""
    if not request.htmx:
        return redirect("meetings:room", meeting.pk)
    meeting.refresh_from_db()
    return _room(request, meeting, **more)


def _room(request: DelegateRequest, meeting: Meeting, **more: object) -> HttpResponse:
    room = queries.room_of(meeting)
    context: dict[str, object] = {
        "meeting": meeting,
        "room": room,
        "own": room.requests_of(request.delegate.member_id),
        "present": queries.present_in(meeting),
        "can": rules.abilities(request.delegate, meeting),
        "form": DecisionForm(meeting=meeting, items=room.items),
        "is_fragment": bool(request.htmx),
        **more,
    }
    if not request.htmx:
        texts = queries.texts_of(meeting, request.delegate)
        chosen = next((text for text in texts if str(text.pk) == request.GET.get("text")), None)
        context |= {"texts": texts, **_panel(request, chosen or next(iter(texts), None))}
        context |= needs_context(request, meeting)
        context |= {"clocks": queries.clocks_of(queries.leads_of(meeting))}
    return render_page_or_partial(request, "meetings/room.html", context, partial="panels")


def _panel(request: DelegateRequest, text: Text | None) -> dict[str, object]:
    """Return what the text's panel shows, with its `look`: the editor comes again only when that differs."""
    if text is None:
        return {"text": None}
    panel = text_panel(text, request.delegate)
    return {"text": text, "panel": panel, "look": f"{text.state}-{may_edit(request.delegate, text)}"}
