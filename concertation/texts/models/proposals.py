"""What delegations propose to change in a draft: the rows are the truth, anchors in the document say where.

The new words live here and never in the document, which changes only when a proposal is accepted. Whether an open
proposal can still be accepted is not stored: it follows from the words that stand under its anchors.
"""

import uuid

from django.db import models
from django.db.models import Q

from concertation.coalition.models import Delegate, Member
from concertation.texts.enums import Fate, Wish


class Proposal(models.Model):
    """One wish of one delegation for one paragraph; `member` is None for the secretariat.

    `paragraph` is the id of the paragraph that is to change, go or move, or of the one to come. `after` is the id of
    the paragraph that a new or moved one is to follow, empty for the beginning.
    """

    id = models.UUIDField(
        primary_key=True, default=uuid.uuid4, editable=False
    )  # chosen by the browser: sent twice, once made
    text = models.ForeignKey("texts.Text", on_delete=models.PROTECT, related_name="proposals")
    language = models.CharField(max_length=8)
    kind = models.CharField(max_length=16, choices=Wish.choices)
    paragraph = models.CharField(max_length=10)
    after = models.CharField(max_length=10, blank=True)
    base = models.JSONField(null=True)  # the block as it stood when this was proposed; None for a new one
    base_hash = models.CharField(max_length=64, blank=True)  # paragraphs.digest of `base` in its language
    block = models.JSONField(null=True)  # the block as it is wanted; None when it is to go or move
    by = models.ForeignKey(Delegate, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=16, choices=Fate.choices, default=Fate.OPEN)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Delegate, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.TextField(blank=True)  # why it was rejected

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index("text", "outcome", name="proposals_of_a_text")]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome=Fate.OPEN, closed_at=None, closed_by=None)
                | (~Q(outcome=Fate.OPEN) & Q(closed_at__isnull=False, closed_by__isnull=False)),
                name="closed_proposals_say_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Fate.REJECTED) | ~Q(note=""), name="rejected_proposals_say_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.paragraph}, {self.member_id or '–'}"


class Hunk(models.Model):
    """One place of a proposed change: the `words` that carry the anchor give way to `runs`. Never changes."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="hunks")
    order = models.PositiveSmallIntegerField()
    anchor = models.UUIDField(unique=True)
    words = models.TextField()
    runs = models.JSONField()

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint("proposal", "order", name="one_hunk_a_place")]

    def __str__(self) -> str:
        return self.words


class ProposalSupport(models.Model):
    """A member that supports the proposal of another, by the delegate who said so."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="supports")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    delegate = models.ForeignKey(Delegate, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                "proposal", "member", condition=Q(withdrawn_at=None), name="one_support_of_a_member"
            )
        ]

    def __str__(self) -> str:
        return self.member_id
