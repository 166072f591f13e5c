"""Tells the page of a step of pressure on which meetings, that its reader may see, it was put."""

from collections.abc import Collection
from uuid import UUID

from django.urls import reverse

from concertation.coalition.models import Delegate
from concertation.meetings.models import Meeting


def pages_of(reader: Delegate, meetings: Collection[UUID]) -> dict[UUID, str]:
    """Return the pages of those of the `meetings` that `reader` may see."""
    visible = Meeting.objects.visible_to(reader).filter(pk__in=meetings)
    return {key: reverse("meetings:detail", args=[key]) for key in visible.values_list("pk", flat=True)}
