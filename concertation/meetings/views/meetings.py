"""The list of meetings, a meeting before and after it is held, and the answer to its invitation."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from concertation.core.errors import InvalidInput
from concertation.core.http import DelegateRequest, delegates_only, render_page_or_partial
from concertation.meetings import queries, rules
from concertation.meetings.calendars import calendar_of
from concertation.meetings.domain.invitations import answer_invitation
from concertation.meetings.models import Meeting
from concertation.meetings.question_queries import asked_count
from concertation.meetings.views.access import meeting_for

PAST_A_PAGE = 25


@require_safe
@delegates_only
def show_meetings(request: DelegateRequest) -> HttpResponse:
    """Show the meetings to come and those that are over."""
    visible = Meeting.objects.visible_to(request.delegate)
    past = Paginator(visible.past(), PAST_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "upcoming": visible.upcoming().with_answers(request.delegate),
        "past": past,
        "may_schedule": rules.may_schedule(request.delegate),
    }
    return render_page_or_partial(request, "meetings/list.html", context, partial="meetings")


@require_safe
@delegates_only
def show_meeting(request: DelegateRequest, meeting_id: UUID) -> HttpResponse:
    """Show a meeting: when it is on the reader's clock and in the capitals, its agenda, who answered what."""
    return _meeting_page(request, meeting_for(request, meeting_id))


@require_POST
@delegates_only
def answer(request: DelegateRequest, meeting_id: UUID) -> HttpResponse:
    """Accept or decline for the reader's delegation."""
    given = request.POST.get("answer")
    if given not in {"accept", "decline"}:
        raise InvalidInput
    meeting = meeting_for(request, meeting_id)
    answer_invitation(by=request.delegate, meeting=meeting, accepts=given == "accept")
    if not request.htmx:
        return redirect("meetings:detail", meeting_id)
    return _meeting_page(request, meeting)


@require_safe
@delegates_only
def download_calendar(request: DelegateRequest, meeting_id: UUID) -> HttpResponse:
    """Send the event of a meeting, without its attendees."""
    meeting = meeting_for(request, meeting_id)
    method = "CANCEL" if meeting.cancelled_at else "PUBLISH"
    content = calendar_of(meeting, method=method, language=get_language() or "en")
    response = HttpResponse(content, content_type=f"text/calendar; charset=utf-8; method={method}")
    response["Content-Disposition"] = f'attachment; filename="{meeting.starts_local:%Y-%m-%d}.ics"'
    return response


@require_safe
@delegates_only
def show_conclusions(request: DelegateRequest, meeting_id: UUID) -> HttpResponse:
    """Show what a closed meeting came to, fit for printing."""
    meeting = meeting_for(request, meeting_id)
    if meeting.closed_at is None:
        raise Http404
    drawn = queries.conclusions(meeting)
    return render(request, "meetings/conclusions.html", {"meeting": meeting, "drawn": drawn})


def _meeting_page(request: DelegateRequest, meeting: Meeting) -> HttpResponse:
    delegations = queries.delegations_of(meeting)
    own = next((row for row in delegations if row.member.pk == request.delegate.member_id), None)
    context = {
        "meeting": meeting,
        "items": queries.agenda_of(meeting),
        "delegations": delegations,
        "capitals": [delegation.member for delegation in delegations],
        "own": own,
        "texts": queries.texts_of(meeting, request.delegate),
        "asked": asked_count(meeting),
        "can": rules.abilities(request.delegate, meeting),
    }
    return render_page_or_partial(request, "meetings/detail.html", context, partial="meeting")
