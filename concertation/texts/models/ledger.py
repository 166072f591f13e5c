"""The ledger of paragraphs, what each one was, since when and by whom: a mirror of the stored updates."""

from typing import Self

from django.db import models
from django.db.models import Q


class FollowedText(models.Model):
    """How far the ledger of a text has followed its stored updates, and the group of updates that may still grow."""

    text = models.OneToOneField("texts.Text", on_delete=models.CASCADE, primary_key=True, related_name="followed")
    sequence = models.BigIntegerField(default=0)  # of the last update that is in the ledger
    languages = models.JSONField(default=list)  # codes of the versions that are followed, sorted
    since = models.DateTimeField(null=True)  # when the last group began
    at = models.DateTimeField(null=True)  # when its last update came
    authors = models.JSONField(default=list)  # ids of the delegates whose edits are in it

    def __str__(self) -> str:
        return f"{self.text_id}≤{self.sequence}"


class ParagraphVersion(models.Model):
    """One paragraph of one language as a group of updates by the same people left it.

    `block` is None once the paragraph went, or while it holds what has no place in a text; `sha256` is then empty,
    else `paragraphs.digest({language: block})`. `paragraph` is the id of the block, or `~1`, `~2`… for one without.
    """

    text = models.ForeignKey("texts.Text", on_delete=models.CASCADE, related_name="paragraphs")
    language = models.CharField(max_length=8)
    paragraph = models.CharField(max_length=10)
    block = models.JSONField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    sequence = models.BigIntegerField()  # of the last update of the group
    at = models.DateTimeField()
    authors = models.JSONField(default=list)  # ids of the delegates whose edits are in the group
    previous = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="+")
    is_current = models.BooleanField(default=True)

    class Meta:
        ordering = ["sequence", "pk"]
        constraints = [
            models.UniqueConstraint(
                "text", "language", "paragraph", "sequence", name="one_paragraph_version_a_sequence"
            ),
            models.UniqueConstraint(
                "text", "language", "paragraph", condition=Q(is_current=True), name="one_current_paragraph_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text_id}/{self.language}/{self.paragraph}#{self.sequence}"

    @property
    def key(self) -> tuple[str, str]:
        """The language and the paragraph."""
        return self.language, self.paragraph

    def tells_as(self, other: Self | None) -> bool:
        """Say whether `other` says the same; no row says that there is no such paragraph."""
        return self.sha256 == (other.sha256 if other else "")

    def become(self, other: Self) -> None:
        """Say what `other` says."""
        self.block, self.sha256 = other.block, other.sha256


class ParagraphOrder(models.Model):
    """The order of the paragraphs of one language, as a group of updates left it."""

    text = models.ForeignKey("texts.Text", on_delete=models.CASCADE, related_name="orders")
    language = models.CharField(max_length=8)
    paragraphs = models.JSONField()  # ids in their order
    sequence = models.BigIntegerField()  # of the last update of the group
    previous = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="+")
    is_current = models.BooleanField(default=True)

    class Meta:
        ordering = ["sequence", "pk"]
        constraints = [
            models.UniqueConstraint("text", "language", "sequence", name="one_paragraph_order_a_sequence"),
            models.UniqueConstraint(
                "text", "language", condition=Q(is_current=True), name="one_current_paragraph_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text_id}/{self.language}#{self.sequence}"

    @property
    def key(self) -> str:
        """The language."""
        return self.language

    def tells_as(self, other: Self | None) -> bool:
        """Say whether `other` says the same; no row says that there are no paragraphs."""
        return bool(self.paragraphs == (other.paragraphs if other else []))

    def become(self, other: Self) -> None:
        """Say what `other` says."""
        self.paragraphs = other.paragraphs
