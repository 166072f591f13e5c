"""Statements are the truth and only ever added to; who applies a measure on a day is derived from them."""

import uuid
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q

from concertation.coalition.audiences import Confined, ConfinedQuerySet
from concertation.coalition.enums import Status
from concertation.coalition.models import Delegate, Member
from concertation.core.words import in_language
from concertation.pressure.enums import Force, Origin, Stance

M = TypeVar("M", bound=models.Model, covariant=True)


class SharedQuerySet(models.QuerySet[M]):
    """What the whole coalition reads; `visible_to` is the only door to it."""

    def visible_to(self, delegate: Delegate) -> Self:
        """Keep what `delegate` may read: everything, unless its member is only invited or has left."""
        member = delegate.member
        if member is not None and member.status in {Status.INVITED, Status.LEFT}:
            return self.none()
        return self


class Retirable(models.Model):
    """Something that is kept for good, and no longer used."""

    retired_at = models.DateTimeField(null=True)
    retired_by = models.ForeignKey(Delegate, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)  # why it was retired

    class Meta:
        abstract = True


class MeasureQuerySet(SharedQuerySet["Measure"]):
    """Measures by who may read them."""

    def counted(self) -> Self:
        """Keep those that count in the alignment: in force, and not retired."""
        return self.filter(retired_at=None, force=Force.IN_FORCE)


class Measure(Retirable):
    """Something by which a member can exert pressure; a programme of a catalogue, or one of the coalition's own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Delegate, on_delete=models.PROTECT, null=True, related_name="+")
    entries = models.PositiveIntegerField(default=0)  # raised by every act, which it numbers and serialises
    names = models.JSONField()  # language code -> name
    summary = models.JSONField(default=dict)  # language code -> what it does
    kinds = models.JSONField(default=list)  # values of `Kind`; empty where they are not coded
    territories = models.JSONField(default=list)  # codes of the territories it targets, as "ru", "ua-cri"
    group = models.JSONField(default=dict)  # language code -> the group that it targets
    basis = models.CharField(max_length=300, blank=True)  # legal basis
    issuer = models.CharField(max_length=200, blank=True)
    link = models.CharField(max_length=600, blank=True)  # to the issuer or a source
    force = models.CharField(max_length=16, choices=Force.choices, default=Force.IN_FORCE)
    sources = models.JSONField(default=list)
    catalogue_key = models.CharField(max_length=64, blank=True)  # its identifier in the catalogue it came from
    edition = models.JSONField(default=dict)  # what the last edition of the catalogue said of it
    gone_at = models.DateTimeField(null=True)  # since when the catalogue does not list it any more

    objects = MeasureQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                "catalogue_key", condition=~Q(catalogue_key=""), name="one_measure_a_catalogue_key"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return in_language(self.names)

    @property
    def is_counted(self) -> bool:
        """Whether it counts in the alignment."""
        return self.retired_at is None and self.force == Force.IN_FORCE


class StatementQuerySet(ConfinedQuerySet["Statement"]):
    """Statements by who may read them."""

    def standing(self) -> Self:
        """Keep those that nobody corrected; corrections that only withdraw are among them."""
        return self.filter(correction=None)


class Statement(Confined):
    """That a member applies a measure, prepares it or does not, from a day on; append-only by trigger."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="statements")
    number = models.PositiveIntegerField()  # the order of entry within the measure
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    origin = models.CharField(max_length=16, choices=Origin.choices)
    stance = models.CharField(max_length=16, choices=Stance.choices)
    valid_from = models.DateField()
    reference = models.TextField()  # the act by which it applies, or on what else it rests
    link = models.CharField(max_length=600, blank=True)  # to a public source
    by = models.ForeignKey(Delegate, on_delete=models.PROTECT, null=True, related_name="+")  # None: the loader
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="correction")
    at = models.DateTimeField()

    objects = StatementQuerySet.as_manager()

    class Meta:
        ordering = ["measure", "number"]
        constraints = [
            models.UniqueConstraint("measure", "number", name="one_statement_a_number"),
            models.CheckConstraint(
                condition=Q(origin=Origin.OWN) | Q(audience="coalition"), name="coded_statements_are_open"
            ),
            models.CheckConstraint(
                condition=~Q(stance=Stance.WITHDRAWN) | Q(corrects__isnull=False), name="statements_withdrawn_correct"
            ),
            models.CheckConstraint(
                condition=Q(corrects=None) | ~Q(corrects=F("id")), name="no_statement_corrects_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id}#{self.number}: {self.member_id} {self.stance}"

    @property
    def is_own(self) -> bool:
        """Whether the member itself says it."""
        return self.origin == Origin.OWN


class PackageQuerySet(SharedQuerySet["Package"]):
    """Packages by who may read them."""


class Package(Retirable):
    """Measures that are taken together, in their order."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Delegate, on_delete=models.PROTECT, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=0)  # raised by every act, which it serialises
    names = models.JSONField()  # language code -> name
    summary = models.JSONField(default=dict)  # language code -> what it is for

    objects = PackageQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return in_language(self.names)


class PackageItem(models.Model):
    """A measure at its place in a package."""

    package = models.ForeignKey(Package, on_delete=models.CASCADE, related_name="items")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["package", "position"]
        constraints = [models.UniqueConstraint("package", "measure", name="one_measure_once_a_package")]

    def __str__(self) -> str:
        return f"{self.package_id}: {self.position}"
