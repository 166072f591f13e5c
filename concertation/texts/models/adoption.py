"""The procedures of adoption of a text, what was answered, what was adopted: the truth about its agreement."""

import uuid

from django.db import models
from django.db.models import Q

from concertation.coalition.models import Delegate, Member
from concertation.texts.enums import Outcome


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
