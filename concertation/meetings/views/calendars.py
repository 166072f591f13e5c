"""A meeting as a file for calendars."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from concertation.core.http import DelegateRequest, delegates_only
from concertation.meetings.calendars import calendar_of
from concertation.meetings.models import Meeting


@require_safe
@delegates_only
def download(request: DelegateRequest, meeting_id: UUID) -> HttpResponse:
    """Send the event of a meeting, without its attendees."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.delegate), pk=meeting_id)
    method = "CANCEL" if meeting.cancelled_at else "PUBLISH"
    content = calendar_of(meeting, method=method, language=get_language() or "en")
    response = HttpResponse(content, content_type=f"text/calendar; charset=utf-8; method={method}")
    response["Content-Disposition"] = f'attachment; filename="{meeting.starts_local:%Y-%m-%d}.ics"'
    return response
