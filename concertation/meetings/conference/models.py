"""What ties meetings to requirements and contributions: pledges, the list on screen, and what came of it."""

import uuid

from django.db import models
from django.db.models import Q

from concertation.coalition.models import Delegate, Member
from concertation.commitments.enums import Domain, Line, Phase
from concertation.commitments.models import Contribution, Requirement
from concertation.meetings.enums import Closing


class Pledge(models.Model):
    """A contribution that a delegation announced in a meeting; append-only by trigger.

    Without an intervention it was offered from the list on screen by who did not have the floor; without a requirement
    nothing that was required asked for it.
    """

    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, related_name="pledges")
    intervention = models.ForeignKey(
        "meetings.FloorRequest", on_delete=models.PROTECT, null=True, related_name="pledges"
    )
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    contribution = models.OneToOneField(Contribution, on_delete=models.PROTECT, related_name="+")
    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Delegate, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        app_label = "meetings"
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.contribution_id}"


class Conference(models.Model):
    """The list of requirements that a meeting walks through; empty filters mean all."""

    meeting = models.OneToOneField(
        "meetings.Meeting", on_delete=models.CASCADE, primary_key=True, related_name="conference"
    )
    item = models.ForeignKey("meetings.AgendaItem", on_delete=models.SET_NULL, null=True, related_name="+")
    line = models.CharField(max_length=16, choices=Line.choices, blank=True)
    phase = models.CharField(max_length=16, choices=Phase.choices, blank=True)
    domain = models.CharField(max_length=16, choices=Domain.choices, blank=True)
    is_on_screen = models.BooleanField(default=True)
    current = models.ForeignKey("meetings.ConferenceItem", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        app_label = "meetings"

    def __str__(self) -> str:
        return str(self.meeting_id)


class ConferenceItem(models.Model):
    """A requirement on the list, and how the chair closed it; not closed while `closing` is empty."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="+")
    closing = models.CharField(max_length=16, choices=Closing.choices, blank=True)
    note = models.TextField(blank=True)
    asked = models.JSONField(default=list)  # codes of the members that are asked again
    until = models.DateField(null=True)  # the last day for their answer
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Delegate, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        app_label = "meetings"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint("conference", "requirement", name="one_line_a_requirement_of_a_list"),
            models.CheckConstraint(
                condition=Q(closing="", closed_at=None) | (~Q(closing="") & Q(closed_at__isnull=False)),
                name="closed_lines_say_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.closing or 'open'}"


class Outcome(models.Model):
    """What a conference came to as one member may read it, kept from the closing on; append-only by trigger."""

    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, related_name="outcomes")
    reader = models.CharField(max_length=8, blank=True)  # code of the member; empty for the secretariat
    sheet = models.JSONField()
    sha256 = models.CharField(max_length=64)  # of the sheet as canonical JSON
    at = models.DateTimeField()

    class Meta:
        app_label = "meetings"
        ordering = ["meeting", "reader"]
        constraints = [models.UniqueConstraint("meeting", "reader", name="one_outcome_a_reader")]

    def __str__(self) -> str:
        return f"{self.meeting_id} for {self.reader or '–'}"
