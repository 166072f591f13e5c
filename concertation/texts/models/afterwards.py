"""What may still be attached to an adopted text, which itself never changes; both are final."""

from django.db import models

from concertation.coalition.models import Delegate, Member
from concertation.texts.models.adoption import AdoptedText


class Statement(models.Model):
    """Words of one member about an adopted text, by its head of delegation."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    delegate = models.ForeignKey(Delegate, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["at", "pk"]


class Alignment(Statement):
    """A member that did not adopt the text aligns itself with it, with words of its own or without."""

    adopted = models.ForeignKey(AdoptedText, on_delete=models.PROTECT, related_name="alignments")
    words = models.TextField(blank=True)

    class Meta(Statement.Meta):
        constraints = [models.UniqueConstraint("adopted", "member", name="one_alignment_a_member")]

    def __str__(self) -> str:
        return f"{self.member_id} aligns itself"


class Explanation(Statement):
    """A member that adopted the text, or aligned itself, explains its position."""

    adopted = models.ForeignKey(AdoptedText, on_delete=models.PROTECT, related_name="explanations")
    words = models.TextField()

    class Meta(Statement.Meta):
        constraints = [models.UniqueConstraint("adopted", "member", name="one_explanation_a_member")]

    def __str__(self) -> str:
        return f"{self.member_id} explains"
