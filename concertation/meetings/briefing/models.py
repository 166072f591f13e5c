"""Briefing books: who asked for which, how far it has come, and the files; a copy is its holder's alone."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q

from concertation.coalition.models import Delegate
from concertation.core.jobs import Job


class BookEnding(models.TextChoices):
    """How the making of a book ended: working → made | failed | cancelled."""

    MADE = "made"
    FAILED = "failed"
    CANCELLED = "cancelled"


class BookQuerySet(models.QuerySet["Book"]):
    """Books by who may read them; this is the only door to them."""

    def visible_to(self, delegate: Delegate) -> Self:
        """Keep the copies of `delegate` of meetings that it may still see."""
        from concertation.meetings.models import Meeting  # which has this model beside it

        return self.filter(holder=delegate, meeting__in=Meeting.objects.visible_to(delegate))

    def light(self) -> Self:
        """Leave the files out, for lists."""
        return self.defer("pdf", "docx")


class Book(Job):
    """One copy of the briefing book of a meeting, as its holder may read things at the moment of `as_of`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.CASCADE, related_name="books")
    holder = models.ForeignKey(Delegate, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=8)
    as_of = models.DateTimeField(null=True)  # when the process began to read
    parts = models.PositiveSmallIntegerField(default=0)  # chapters and files that are done
    ending = models.CharField(max_length=16, choices=BookEnding.choices, blank=True)
    has_pdf = models.BooleanField(default=False)  # false once made: this server can make none
    pdf = models.BinaryField(null=True)
    docx = models.BinaryField(null=True)

    objects = BookQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(ended_at=None) | ~Q(ending=""), name="ended_books_say_how"),
            models.CheckConstraint(
                condition=~Q(ending=BookEnding.MADE) | Q(docx__isnull=False, as_of__isnull=False),
                name="made_books_have_a_file",
            ),
            models.UniqueConstraint("meeting", "holder", condition=Q(ended_at=None), name="one_book_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}, copy of {self.holder_id}"

    @property
    def is_made(self) -> bool:
        """Whether there is something to read."""
        return self.ending == BookEnding.MADE
