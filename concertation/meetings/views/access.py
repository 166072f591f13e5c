"""The only door from an address to a meeting."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from concertation.core.http import DelegateRequest
from concertation.meetings.models import Meeting


def meeting_for(request: DelegateRequest, meeting_id: UUID) -> Meeting:
    """Return the meeting if the delegate may see it; raises Http404 for those who may not, as for none."""
    return get_object_or_404(Meeting.objects.visible_to(request.delegate), pk=meeting_id)
