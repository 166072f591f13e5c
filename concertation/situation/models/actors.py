"""Actors outside the coalition, whose positions it follows and with whom it speaks; members are the coalition's own."""

import uuid
from typing import Self

from django.db import models

from concertation.coalition.models import Delegate
from concertation.core.words import in_language
from concertation.situation.enums import CounterpartKind
from concertation.situation.models.conditions import is_outside


class CounterpartQuerySet(models.QuerySet["Counterpart"]):
    """Actors outside by who may read of them; this is the only door to them."""

    def visible_to(self, delegate: Delegate) -> Self:
        """Keep what `delegate` may read: all, unless its member is only invited or has left."""
        return self.none() if is_outside(delegate) else self


class Counterpart(models.Model):
    """Somebody outside the coalition: an adversary, a mediator, another state, an organisation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    names = models.JSONField()  # language code -> name
    kind = models.CharField(max_length=24, choices=CounterpartKind.choices)
    country = models.CharField(max_length=2, blank=True)  # ISO 3166-1 alpha-2, for the flag
    created_at = models.DateTimeField()
    sources = models.JSONField(default=list)

    objects = CounterpartQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return in_language(self.names)
