"""What the chair circulated of a draft under a symbol: final, like everything that delegations were sent."""

import uuid

from django.db import models

from concertation.coalition.models import Delegate


class Revision(models.Model):
    """A text as it was circulated: Rev.1, Rev.2, …"""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    text = models.ForeignKey("texts.Text", on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    sequence = models.BigIntegerField()  # of the last stored update in it, 0 for none
    sha256 = models.CharField(max_length=64)  # of the canonical form of its words
    note = models.TextField(blank=True)  # what the chair wrote to those who receive it
    circulated_by = models.ForeignKey(Delegate, on_delete=models.PROTECT, related_name="+")
    circulated_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint("text", "number", name="one_revision_a_number")]

    def __str__(self) -> str:
        return self.symbol

    @property
    def symbol(self) -> str:
        """What delegations call it."""
        return f"Rev.{self.number}"
