"""Seats are the truth about who is in a video room; they end by themselves when nobody renews them."""

from __future__ import annotations

from datetime import timedelta
from typing import Self
from uuid import UUID

from django.db import models

from concertation.coalition.models import Delegate
from concertation.core import clock

SEAT_LASTS = timedelta(seconds=30)


class RoomSeatQuerySet(models.QuerySet["RoomSeat"]):
    """Seats by whether somebody still sits there."""

    def taken(self, meeting_id: UUID) -> Self:
        """Keep the seats of one meeting that were renewed lately."""
        return self.filter(meeting_id=meeting_id, seen_at__gt=clock.now() - SEAT_LASTS)

    def expired(self, meeting_id: UUID) -> Self:
        """Keep the seats of one meeting that nobody renewed in time."""
        return self.filter(meeting_id=meeting_id, seen_at__lte=clock.now() - SEAT_LASTS)


class RoomSeat(models.Model):
    """One of the few places in a video room; a person has one at most, whichever window came last."""

    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.CASCADE, related_name="room_seats")
    number = models.PositiveSmallIntegerField()
    delegate = models.ForeignKey(Delegate, on_delete=models.CASCADE, related_name="+")
    peer = models.CharField(max_length=32, unique=True)
    seen_at = models.DateTimeField()

    objects = RoomSeatQuerySet.as_manager()

    class Meta:
        app_label = "meetings"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint("meeting", "number", name="one_person_a_seat"),
            models.UniqueConstraint("meeting", "delegate", name="one_seat_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} #{self.number}"
