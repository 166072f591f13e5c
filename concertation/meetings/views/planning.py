"""The secretariat schedules, changes and cancels meetings, and gives them their texts."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from concertation.coalition.rules import check_manages
from concertation.core.errors import DomainError
from concertation.core.http import DelegateRequest, delegates_only
from concertation.meetings import queries
from concertation.meetings.domain.schedule import cancel_meeting, schedule_meeting, update_meeting
from concertation.meetings.domain.texts import attach_text, detach_text
from concertation.meetings.errors import MeetingNotScheduled
from concertation.meetings.forms import MeetingForm, TextForm
from concertation.meetings.rules import abilities
from concertation.meetings.views.access import meeting_for
from concertation.texts.models import Text

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@delegates_only
def schedule(request: DelegateRequest) -> HttpResponse:
    """Schedule a meeting; its agenda is written next."""
    check_manages(request.delegate.actor)
    form = MeetingForm(request.POST or None, initial={"zone": request.delegate.person.time_zone})
    if form.is_valid():
        try:
            meeting = schedule_meeting(by=request.delegate.actor, plan=form.plan())
            return redirect("meetings:agenda", meeting.pk)
        except DomainError as error:
            form.add_error(None, str(error.message))
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "meetings/schedule.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@delegates_only
def edit(request: DelegateRequest, meeting_id: UUID) -> HttpResponse:
    """Change a scheduled meeting."""
    meeting = meeting_for(request, meeting_id)
    check_manages(request.delegate.actor)
    if not abilities(request.delegate, meeting)["manage"]:
        raise MeetingNotScheduled
    form = MeetingForm(request.POST or None, meeting=meeting)
    if form.is_valid():
        try:
            update_meeting(by=request.delegate.actor, meeting=meeting, plan=form.plan())
            return redirect("meetings:detail", meeting.pk)
        except DomainError as error:
            form.add_error(None, str(error.message))
    context = {
        "form": form,
        "meeting": meeting,
        "texts": queries.texts_of(meeting, request.delegate),
        "text_form": TextForm(reader=request.delegate),
    }
    return render(request, "meetings/edit.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_POST
@delegates_only
def cancel(request: DelegateRequest, meeting_id: UUID) -> HttpResponse:
    """Cancel a scheduled meeting."""
    meeting = meeting_for(request, meeting_id)
    cancel_meeting(by=request.delegate.actor, meeting=meeting, reason=request.POST.get("reason", ""))
    return redirect("meetings:detail", meeting_id)


@require_POST
@delegates_only
def attach(request: DelegateRequest, meeting_id: UUID) -> HttpResponse:
    """Give a text to a meeting."""
    meeting = meeting_for(request, meeting_id)
    attach_text(by=request.delegate.actor, meeting=meeting, text=_text(request))
    return redirect("meetings:edit", meeting_id)


@require_POST
@delegates_only
def detach(request: DelegateRequest, meeting_id: UUID) -> HttpResponse:
    """Take a text from a meeting."""
    meeting = meeting_for(request, meeting_id)
    detach_text(by=request.delegate.actor, meeting=meeting, text=_text(request))
    return redirect("meetings:edit", meeting_id)


def _text(request: DelegateRequest) -> Text:
    """Return the text that was chosen, if the delegate may read it."""
    try:
        identifier = UUID(request.POST.get("text", ""))
    except ValueError:
        identifier = UUID(int=0)
    return get_object_or_404(Text.objects.visible_to(request.delegate), pk=identifier)
