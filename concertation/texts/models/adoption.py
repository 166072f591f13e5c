"""The procedures of adoption of a text, what was answered, what was adopted: the truth about its agreement."""

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from concertation.coalition.models import Delegate, Member
from concertation.core import clock
from concertation.texts.enums import Outcome

if TYPE_CHECKING:
    from concertation.texts.models.silence import SilenceProcedure


def adopted_by_clock() -> Q:
    """Keep the procedures of silence that nobody broke until their deadline, and that nobody closed yet either."""
    return Q(outcome=Outcome.RUNNING, silence__deadline__lte=clock.now())


class AdoptionProcedureQuerySet(models.QuerySet["AdoptionProcedure"]):
    """Procedures by where they stand now, whether or not anything has run since."""

    def running(self) -> Self:
        """Keep those in which members may still act."""
        return self.filter(outcome=Outcome.RUNNING).exclude(silence__deadline__lte=clock.now())

    def due(self) -> Self:
        """Keep those that the clock has adopted and that are still to be closed."""
        return self.filter(adopted_by_clock())

    def holding(self) -> Self:
        """Keep those that freeze their text: running, or adopted."""
        return self.filter(outcome__in=[Outcome.RUNNING, Outcome.ADOPTED])


class AdoptionProcedure(models.Model):
    """One attempt to adopt a text: what exactly was proposed, and how it ended."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    text = models.ForeignKey("texts.Text", on_delete=models.PROTECT, related_name="procedures")
    number = models.PositiveIntegerField()
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Delegate, on_delete=models.PROTECT, related_name="+")
    content = models.TextField()  # RFC 8785 JSON, see texts/canonical.py
    sha256 = models.CharField(max_length=64)
    outcome = models.CharField(max_length=16, choices=Outcome.choices, default=Outcome.RUNNING)
    closed_at = models.DateTimeField(null=True)

    objects = AdoptionProcedureQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint("text", "number", name="one_procedure_a_number"),
            models.UniqueConstraint(
                "text",
                condition=Q(outcome__in=[Outcome.RUNNING, Outcome.ADOPTED]),
                name="one_procedure_holds_a_text",
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.RUNNING, closed_at=None)
                | (~Q(outcome=Outcome.RUNNING) & Q(closed_at__isnull=False)),
                name="closed_procedures_say_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text_id} ({self.number})"

    @property
    def by_silence(self) -> "SilenceProcedure | None":
        """The silence of this procedure, None for consensus in session."""
        return getattr(self, "silence", None)

    @property
    def standing(self) -> Outcome:
        """What has become of it by now."""
        return Outcome.ADOPTED if self.is_due else Outcome(self.outcome)

    @property
    def is_due(self) -> bool:
        """Whether the clock has adopted it and it is still to be closed."""
        silence = self.by_silence
        return self.outcome == Outcome.RUNNING and silence is not None and silence.deadline <= clock.now()

    @property
    def ended_at(self) -> datetime | None:
        """When it ended, by the clock if nothing else."""
        return self.silence.deadline if self.is_due else self.closed_at


class Response(models.Model):
    """What a member answered to a procedure, by its head of delegation; final."""

    procedure = models.ForeignKey(AdoptionProcedure, on_delete=models.PROTECT, related_name="responses")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    delegate = models.ForeignKey(Delegate, on_delete=models.PROTECT, related_name="+")
    agrees = models.BooleanField()
    reason = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint("procedure", "member", name="one_response_a_member"),
            models.CheckConstraint(condition=Q(agrees=True) | ~Q(reason=""), name="objections_have_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {'agrees' if self.agrees else 'objects'}"


class AdoptedText(models.Model):
    """What was adopted, byte for byte; a trigger of the database refuses every change."""

    text = models.OneToOneField("texts.Text", on_delete=models.PROTECT, primary_key=True, related_name="adopted")
    procedure = models.OneToOneField(AdoptionProcedure, on_delete=models.PROTECT, related_name="adopted")
    content = models.BinaryField()  # RFC 8785 JSON, the bytes that sha256 is taken over
    sha256 = models.CharField(max_length=64)
    adopted_at = models.DateTimeField()
    members = models.JSONField()  # codes of the members that agreed, in protocol order
    languages = models.JSONField()  # codes of the authentic languages

    def __str__(self) -> str:
        return self.sha256
