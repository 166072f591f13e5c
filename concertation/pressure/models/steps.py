"""Steps tie a package to a condition and a day; whether one is due is derived, what people did with it is noted."""

import uuid

from django.db import models
from django.db.models import F, Q

from concertation.coalition.models import Delegate
from concertation.core.words import in_language
from concertation.pressure.enums import Outcome, Trigger, Verdict
from concertation.pressure.falling_due import Rule
from concertation.pressure.models.measures import Package, SharedQuerySet
from concertation.situation.models import Condition


class StepQuerySet(SharedQuerySet["Step"]):
    """Steps by who may read them."""


class Step(models.Model):
    """A package that is to be proposed to the coalition once something holds, or does not by a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Delegate, on_delete=models.PROTECT, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=0)  # raised by every act, which it serialises
    names = models.JSONField()  # language code -> title of the agenda item
    drafts = models.JSONField()  # language code -> draft decision
    package = models.ForeignKey(Package, on_delete=models.PROTECT, related_name="steps")
    trigger = models.CharField(max_length=16, choices=Trigger.choices)
    condition = models.ForeignKey(Condition, on_delete=models.PROTECT, null=True, related_name="+")
    verdict = models.CharField(max_length=16, choices=Verdict.choices, blank=True)
    day = models.DateField(null=True)
    after = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="followers")
    settled_at = models.DateTimeField(null=True)  # since it was done or dismissed
    told_at = models.DateTimeField(null=True)  # since the chair's pages were told that it is due

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(after=None) | ~Q(after=F("id")), name="no_step_waits_for_itself"),
            models.CheckConstraint(
                condition=Q(trigger=Trigger.ON, day__isnull=False)
                | Q(trigger=Trigger.UNLESS, day__isnull=False, condition__isnull=False)
                | Q(trigger=Trigger.WHEN, condition__isnull=False),
                name="steps_wait_for_something",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The title in the reader's language."""
        return in_language(self.names)

    @property
    def rule(self) -> Rule:
        """For what it waits, as the derivation takes it."""
        return Rule(self.trigger, self.day, self.verdict)


class StepNote(models.Model):
    """What people did with a step; append-only by trigger."""

    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="notes")
    outcome = models.CharField(max_length=16, choices=Outcome.choices)
    reason = models.TextField(blank=True)
    item = models.UUIDField(null=True)  # the agenda item, which belongs to the app of meetings
    meeting = models.UUIDField(null=True)
    by = models.ForeignKey(Delegate, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["step", "pk"]

    def __str__(self) -> str:
        return f"{self.step_id}: {self.outcome}"
