"""Members and delegates are the truth about who belongs and who may act; the record keeps their history."""

import json
import uuid
from datetime import timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language

from concertation.accounts.models import Person
from concertation.coalition.countries import capital_name, country_name
from concertation.coalition.enums import Capacity, Figures, MemberKind, Status
from concertation.record.events import Actor

ONLINE_FOR = timedelta(seconds=60)  # since the live socket was last heard


class Coalition(models.Model):
    """The one coalition of this server."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    names = models.JSONField()  # language code -> name
    summary = models.JSONField(default=dict)  # language code -> one paragraph for the public page
    sources = models.JSONField(default=list)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_coalition_a_server")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language in use, else in English."""
        name: str = self.names.get(get_language() or "en") or self.names["en"]
        return name


class MemberQuerySet(models.QuerySet["Member"]):
    """Members by what they may do."""

    def present(self) -> Self:
        """Leave out those who were only invited, and those who left."""
        return self.exclude(status__in=[Status.INVITED, Status.LEFT])

    def full(self) -> Self:
        """Keep those who decide: status member."""
        return self.filter(status=Status.MEMBER)


class Member(models.Model):
    """A state or organisation, by its code: ISO 3166-1 alpha-2 for states, EU, NATO… for organisations."""

    code = models.CharField(primary_key=True, max_length=8)
    kind = models.CharField(max_length=16, choices=MemberKind.choices, default=MemberKind.STATE)
    names = models.JSONField(default=dict)  # language code -> name; empty for a state named by its code
    capital = models.CharField(max_length=80)
    time_zone = models.CharField(max_length=64)
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.INVITED)
    is_co_chair = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)  # protocol order, co-chairs first
    sources = models.JSONField(default=list)

    objects = MemberQuerySet.as_manager()

    class Meta:
        ordering = ["-is_co_chair", "order", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_co_chair=False) | Q(status=Status.MEMBER), name="co_chairs_are_members"
            )
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def name(self) -> str:
        """The name in the language in use: as given, else the country's, else the code."""
        language = get_language() or "en"
        given: str | None = self.names.get(language) or self.names.get("en")
        return given or country_name(self.code, language)

    @property
    def capital_name(self) -> str:
        """The capital in the language in use, as far as the locale data knows it."""
        return capital_name(self.capital, self.time_zone, get_language() or "en")


class DelegateQuerySet(models.QuerySet["Delegate"]):
    """Delegates by whether they still act."""

    def active(self) -> Self:
        """Keep those whose capacity has not ended and whose member has not left."""
        return self.filter(ended_at=None).exclude(member__status=Status.LEFT)


class Delegate(models.Model):
    """A person in a capacity; a new capacity is a new row, so that every past act keeps its own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="capacities")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="delegates")
    capacity = models.CharField(max_length=16, choices=Capacity.choices)
    title = models.CharField(max_length=200, blank=True)  # office held, as in “President of the Republic”
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)  # refreshed by the live socket; says who is online
    sources = models.JSONField(default=list)

    objects = DelegateQuerySet.as_manager()

    class Meta:
        ordering = ["member__order", "member_id", "began_at"]
        constraints = [
            models.UniqueConstraint("person", condition=Q(ended_at=None), name="one_capacity_a_person"),
            models.UniqueConstraint(
                "member", condition=Q(ended_at=None, capacity=Capacity.HEAD), name="one_head_a_member"
            ),
            models.CheckConstraint(
                condition=Q(capacity=Capacity.SECRETARIAT, member=None)
                | (~Q(capacity=Capacity.SECRETARIAT) & Q(member__isnull=False)),
                name="secretariat_stands_outside_members",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.capacity}, {self.member_id or '–'})"

    @property
    def actor(self) -> Actor:
        """Who the record names for what this delegate does."""
        return Actor(delegate=str(self.id), name=self.person.name, capacity=self.capacity, member=self.member_id)

    @property
    def is_secretariat(self) -> bool:
        """Whether this delegate belongs to the secretariat."""
        return self.capacity == Capacity.SECRETARIAT


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Publications by whether they stand."""

    def standing(self) -> Self:
        """Keep those that nobody took back; of each kind the last counts."""
        return self.filter(withdrawn_at=None)


class Publication(models.Model):
    """Figures as they were published for everybody: canonical JSON, of which the record has the hash; append-only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=16, choices=Figures.choices)
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(Delegate, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"

    @property
    def figures(self) -> dict[str, Any]:
        """What was published."""
        figures: dict[str, Any] = json.loads(self.content)
        return figures
