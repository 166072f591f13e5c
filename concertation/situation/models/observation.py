"""Areas of observation and what limited it: the denominator. Limits are only ever added to and corrected by entries."""

import uuid

from django.db import models

from concertation.coalition.audiences import Confined, ConfinedQuerySet
from concertation.coalition.models import Delegate, Member
from concertation.core.words import in_language
from concertation.situation.incidents.enums import LimitKind


class Area(models.Model):
    """A part of the earth that is watched, as a box of degrees; it counts from the day on which it was added."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    names = models.JSONField()  # language code -> name
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    since = models.DateField()  # from which day it is watched
    until = models.DateField(null=True)
    by = models.ForeignKey(Delegate, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return in_language(self.names)


class LimitQuerySet(ConfinedQuerySet["Limit"]):
    """Limits by who may read them."""

    def standing(self) -> "LimitQuerySet":
        """Keep those that nobody corrected or took back."""
        return self.filter(correction=None, is_withdrawn=False)


class Limit(Confined):
    """An area, or the way to it, was closed or restricted for a time; append-only by trigger."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="limits")
    kind = models.CharField(max_length=16, choices=LimitKind.choices)
    since = models.DateField()
    until = models.DateField(null=True)  # the last day; None: until now
    why = models.TextField()
    limited_by = models.CharField(max_length=120, blank=True)  # who closed or restricted it, as far as it is known
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")  # None: the secretariat
    by = models.ForeignKey(Delegate, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="correction")
    is_withdrawn = models.BooleanField(default=False)

    objects = LimitQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "at", "id"]

    def __str__(self) -> str:
        return f"{self.area_id} {self.since}: {self.kind}"
