"""Square brackets: who holds which words, what would stand in their place, who supports what. Rows only end, none goes.

The document says where a bracket stands, by an anchor of the same id (docs/decisions/0011-negotiation-in-the-text.md).
"""

import uuid

from django.db import models
from django.db.models import Q

from concertation.coalition.models import Delegate, Member
from concertation.texts.enums import Ending


class Bracket(models.Model):
    """Words that at least one delegation does not accept yet. `words` are those that stood there at placing, in NFC."""

    id = models.UUIDField(primary_key=True, editable=False)  # that of its anchor, chosen by who places it
    text = models.ForeignKey("texts.Text", on_delete=models.PROTECT, related_name="brackets")
    language = models.CharField(max_length=8)
    paragraph = models.CharField(max_length=10)
    words = models.TextField()
    sequence = models.BigIntegerField()  # of the stored update that placed it: what changed came after
    placed_by = models.ForeignKey(Delegate, on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    ending = models.CharField(max_length=16, choices=Ending.choices, default=Ending.OPEN)
    ended_by = models.ForeignKey(Delegate, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    # With the ending “chosen”: which one, None for the words in the document.
    chosen = models.ForeignKey("texts.Alternative", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["placed_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ending=Ending.OPEN, ended_at=None, ended_by=None)
                | (~Q(ending=Ending.OPEN) & Q(ended_at__isnull=False, ended_by__isnull=False)),
                name="ended_brackets_say_who_and_when",
            ),
        ]
        indexes = [models.Index("text", condition=Q(ending=Ending.OPEN), name="open_brackets_of_a_text")]

    def __str__(self) -> str:
        return f"[{self.words}]"


class Holding(models.Model):
    """One member holds a bracket from `since` until `until`; `delegate` took it, `ended_by` let it go."""

    bracket = models.ForeignKey(Bracket, on_delete=models.PROTECT, related_name="holdings")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    delegate = models.ForeignKey(Delegate, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Delegate, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint("bracket", "member", condition=Q(until=None), name="one_holding_a_member"),
        ]

    def __str__(self) -> str:
        return self.member_id


class Alternative(models.Model):
    """Other words for those in a bracket, which are the first alternative themselves."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bracket = models.ForeignKey(Bracket, on_delete=models.PROTECT, related_name="alternatives")
    words = models.TextField()
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    delegate = models.ForeignKey(Delegate, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Delegate, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.words


class Support(models.Model):
    """A member prefers one alternative of a bracket; `alternative` is None for the words in the document."""

    bracket = models.ForeignKey(Bracket, on_delete=models.PROTECT, related_name="supports")
    alternative = models.ForeignKey(Alternative, on_delete=models.PROTECT, null=True, related_name="supports")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    delegate = models.ForeignKey(Delegate, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint("bracket", "member", condition=Q(until=None), name="one_support_a_member"),
        ]

    def __str__(self) -> str:
        return self.member_id
