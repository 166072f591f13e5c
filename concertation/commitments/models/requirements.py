"""What the coalition needs; each change is a revision, and the last one begun by a day is what was needed on it."""

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from concertation.coalition.models import Delegate
from concertation.commitments.enums import Line, Phase, Priority
from concertation.commitments.models.catalogue import Capability, may_read
from concertation.core.words import in_language


class RequirementQuerySet(models.QuerySet["Requirement"]):
    """Requirements by who may read them; this is the only door to them."""

    def visible_to(self, delegate: Delegate) -> Self:
        """Keep what `delegate` may read: all of them, unless its member is only invited or has left."""
        return self if may_read(delegate) else self.none()


class Requirement(models.Model):
    """A need; what exactly is in its revisions."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Delegate, on_delete=models.PROTECT, null=True, related_name="+")
    entries = models.PositiveIntegerField(default=0)  # raised by every act, which it numbers and serialises
    key = models.CharField(max_length=120, blank=True)  # of the file that it was imported from
    sources = models.JSONField(default=list)

    objects = RequirementQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [models.UniqueConstraint("key", condition=~Q(key=""), name="one_requirement_a_key")]

    def __str__(self) -> str:
        return self.name

    @property
    def revision(self) -> "Revision":
        """What is needed by the last word; prefetch `revisions` where there are many requirements."""
        return list(self.revisions.all())[-1]

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.revision.name

    def as_of(self, day: date) -> "Revision | None":
        """Return what was needed on `day`, None before the first revision."""
        begun = [revision for revision in self.revisions.all() if revision.valid_from <= day]
        return max(begun, key=lambda revision: (revision.valid_from, revision.number)) if begun else None


class Revision(models.Model):
    """What is needed, in words in force from a day on; append-only by trigger."""

    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()  # from 1 within the requirement
    valid_from = models.DateField()
    names = models.JSONField()  # language code -> name
    line = models.CharField(max_length=16, choices=Line.choices)
    phase = models.CharField(max_length=16, choices=Phase.choices)
    capability = models.ForeignKey(Capability, on_delete=models.PROTECT, related_name="+")
    quantity = models.DecimalField(max_digits=20, decimal_places=2)
    currency = models.CharField(max_length=3, blank=True)  # of money only
    priority = models.PositiveSmallIntegerField(choices=Priority.choices, default=Priority.MEDIUM)
    is_essential = models.BooleanField(default=False)
    area = models.CharField(max_length=80, blank=True)
    task = models.CharField(max_length=80, blank=True)
    needed_from = models.DateField()
    needed_to = models.DateField()  # the last day
    is_dropped = models.BooleanField(default=False)  # no longer needed, or the gap is accepted
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Delegate, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint("requirement", "number", name="one_revision_a_number_of_a_need"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="needs_are_positive"),
            models.CheckConstraint(condition=Q(needed_to__gte=F("needed_from")), name="needs_end_after_they_begin"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return in_language(self.names)
