"""Stored updates are the truth about a draft, procedures about its state; open documents mirror them."""

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Subquery, Value, When
from django.utils.translation import get_language

from concertation.coalition.enums import Status
from concertation.coalition.models import Delegate, Member
from concertation.texts.enums import Audience, Outcome, Pen, State
from concertation.texts.models.adoption import AdoptionProcedure, adopted_by_clock


class TextQuerySet(models.QuerySet["Text"]):
    """Texts by who may read them; this is the only door to them."""

    def visible_to(self, delegate: Delegate) -> Self:
        """Keep the texts that `delegate` may read, each with its `state`; an invited member reads none."""
        if delegate.is_secretariat:
            return self.with_state()
        member = delegate.member
        if member is None or member.status in {Status.INVITED, Status.LEFT}:
            return self.none()
        named = Text.members.through.objects.filter(text_id=OuterRef("pk"), member_id=member.pk)
        return self.filter(~Q(audience=Audience.MEMBERS) | Exists(named)).with_state()

    def public(self) -> Self:
        """Keep what anybody may read: adopted, meant for the public, and published by a chair."""
        return self.filter(audience=Audience.PUBLIC, adopted__isnull=False, published_at__isnull=False)

    def with_state(self) -> Self:
        """Derive `state` from the procedures and the clock, and `silent_until` of a text under silence."""
        procedures = AdoptionProcedure.objects.filter(text_id=OuterRef("pk"))
        return self.annotate(
            state=Case(
                When(
                    Exists(procedures.filter(Q(outcome=Outcome.ADOPTED) | adopted_by_clock())),
                    then=Value(State.ADOPTED),
                ),
                When(Exists(procedures.filter(outcome=Outcome.RUNNING)), then=Value(State.PROPOSED)),
                default=Value(State.DRAFT),
                output_field=models.CharField(),
            ),
            silent_until=Subquery(procedures.running().values("silence__deadline")[:1]),
        )


class Text(models.Model):
    """A text that the coalition negotiates: one live document, one fragment a language version."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    titles = models.JSONField()  # language code -> title
    audience = models.CharField(max_length=16, choices=Audience.choices, default=Audience.COALITION)
    members = models.ManyToManyField(Member, related_name="texts")  # who reads it when audience is members
    pen = models.CharField(max_length=16, choices=Pen.choices, default=Pen.FREE)
    created_by = models.ForeignKey(Delegate, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    objects = TextQuerySet.as_manager()

    if TYPE_CHECKING:
        state: str  # set by visible_to and with_state
        silent_until: datetime | None

    class Meta:
        ordering = ["-created_at", "id"]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the reader's language, else in the first that there is."""
        return self.title_in(get_language() or "")

    def title_in(self, language: str) -> str:
        """Return the title in `language`, else in the first that there is."""
        titles: dict[str, str] = self.titles
        return titles.get(language) or next(iter(titles.values()), "")


class LanguageVersion(models.Model):
    """One language of a text; it names the fragment of the live document that holds its words."""

    text = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="versions")
    language = models.CharField(max_length=8)
    is_authentic = models.BooleanField(default=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "language"]
        constraints = [models.UniqueConstraint("text", "language", name="one_version_a_language")]

    def __str__(self) -> str:
        return self.language


class TextUpdate(models.Model):
    """One stored Yjs update; append-only by trigger. `sequence` orders the updates of every text."""

    sequence = models.BigAutoField(primary_key=True)
    text = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="updates")
    update = models.BinaryField()
    authors = models.JSONField(default=list)  # ids of the delegates whose edits are merged in it
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index("text", "sequence", name="updates_of_a_text")]

    def __str__(self) -> str:
        return f"{self.text_id}#{self.sequence}"


class TextSnapshot(models.Model):
    """The updates up to `sequence` as one, so that a long history opens fast; a copy, never the truth."""

    text = models.ForeignKey(Text, on_delete=models.CASCADE, related_name="snapshots")
    sequence = models.BigIntegerField()
    state = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("text", "sequence", name="one_snapshot_a_sequence")]

    def __str__(self) -> str:
        return f"{self.text_id}≤{self.sequence}"
