"""Contacts with others, the points that members want raised in them, and readouts; what follows is derived.

A contact is planned, then held or cancelled; one that was held is struck when it was entered in error. What was said
of it, points and readouts, is only ever added to.
"""

import uuid
from datetime import date, time
from typing import Self

from django.db import models
from django.db.models import Q

from concertation.coalition.audiences import Confined, ConfinedQuerySet
from concertation.coalition.models import Delegate, Member
from concertation.core.words import in_language
from concertation.situation.contacting import Talk
from concertation.situation.enums import Channel, ContactStatus, Initiative
from concertation.situation.models.actors import Counterpart


class ContactQuerySet(ConfinedQuerySet["Contact"]):
    """Contacts by who may read of them and by where they stand."""

    def planned(self) -> Self:
        """Keep those that are to come."""
        return self.filter(held_on=None, ended_at=None)

    def held(self) -> Self:
        """Keep those that were held, without those entered in error."""
        return self.filter(held_on__isnull=False, ended_at=None)


class Contact(Confined):
    """One contact of members of ours with others; its status is derived from its days and its end."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    holder = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")  # who speaks, and answers for it
    members = models.ManyToManyField(Member, related_name="+")  # all of ours that take part, the holder among them
    counterparts = models.ManyToManyField(Counterpart, related_name="contacts")
    by = models.ForeignKey(Delegate, on_delete=models.PROTECT, null=True, related_name="+")  # None: the loader
    entered_at = models.DateTimeField()
    planned_on = models.DateField(null=True)
    planned_time = models.TimeField(null=True)  # on the clocks of `zone`
    held_on = models.DateField(null=True)
    held_time = models.TimeField(null=True)
    zone = models.CharField(max_length=64, default="UTC")
    channel = models.CharField(max_length=16, choices=Channel.choices)
    initiative = models.CharField(max_length=16, choices=Initiative.choices, default=Initiative.UNKNOWN)
    subject = models.CharField(max_length=200)
    link = models.CharField(max_length=600, blank=True)  # to a public source
    ended_at = models.DateTimeField(null=True)  # cancelled, or struck
    ended_by = models.ForeignKey(Delegate, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)  # why it was cancelled or struck
    entries = models.PositiveIntegerField(default=0)  # raised by every act, which it serialises
    sources = models.JSONField(default=list)

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["entered_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(planned_on__isnull=False) | Q(held_on__isnull=False), name="contacts_have_a_day"
            )
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def status(self) -> ContactStatus:
        """Where the contact stands."""
        if self.ended_at:
            return ContactStatus.STRUCK if self.held_on else ContactStatus.CANCELLED
        return ContactStatus.HELD if self.held_on else ContactStatus.PLANNED

    @property
    def day(self) -> date:
        """The day on which it was held, or is planned."""
        day = self.held_on or self.planned_on
        assert day is not None  # by constraint
        return day

    @property
    def clock_time(self) -> time | None:
        """The time of that day, on the clocks of `zone`, as far as it is known."""
        return self.held_time if self.held_on else self.planned_time

    @property
    def is_on_behalf(self) -> bool:
        """Whether the secretariat, or a file, entered it for the holder."""
        return self.by is None or self.by.member_id is None

    def as_talk(self) -> Talk:
        """Return what the derivation needs of a contact that was held; prefetch `members` and `counterparts`."""
        ours = frozenset(member.pk for member in self.members.all())
        theirs = frozenset(str(one.pk) for one in self.counterparts.all())
        return Talk(str(self.pk), self.day, self.entered_at, ours, theirs)


class ContactPoint(Confined):
    """What a member wants raised in a contact; its words are append-only by trigger, whether it was raised is not."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="points")
    number = models.PositiveIntegerField()
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Delegate, on_delete=models.PROTECT, null=True, related_name="+")  # None: from a file
    words = models.TextField()
    at = models.DateTimeField()
    raised = models.BooleanField(null=True)  # None: nobody has said
    raised_by = models.ForeignKey(Delegate, on_delete=models.PROTECT, null=True, related_name="+")
    raised_at = models.DateTimeField(null=True)

    objects = ConfinedQuerySet["ContactPoint"].as_manager()

    class Meta:
        ordering = ["contact", "number"]
        constraints = [models.UniqueConstraint("contact", "number", name="one_point_a_number")]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.words[:40]}"


class Readout(Confined):
    """What was said in a contact, as its holder tells it; append-only by trigger, a later one stands beside it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="readouts")
    number = models.PositiveIntegerField()
    words = models.JSONField()  # language code -> plain text
    link = models.CharField(max_length=600, blank=True)
    by = models.ForeignKey(Delegate, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    objects = ConfinedQuerySet["Readout"].as_manager()

    class Meta:
        ordering = ["contact", "number"]
        constraints = [models.UniqueConstraint("contact", "number", name="one_readout_a_number")]

    def __str__(self) -> str:
        return in_language(self.words)[:40]


class ReadoutNote(models.Model):
    """That a delegation took note of a readout; append-only by trigger."""

    readout = models.ForeignKey(Readout, on_delete=models.PROTECT, related_name="notes")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Delegate, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint("readout", "member", name="one_note_a_delegation")]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.readout_id}"
