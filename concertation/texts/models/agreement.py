"""What members said of single paragraphs: rows that are only added; the last of a member on a paragraph counts."""

from django.db import models

from concertation.coalition.models import Delegate, Member
from concertation.texts.enums import Stance


class Agreement(models.Model):
    """One member's word on one paragraph as it stood; append-only by trigger.

    It holds for exactly this content. Whether it still stands is derived by comparing hashes, and never stored.
    """

    text = models.ForeignKey("texts.Text", on_delete=models.PROTECT, related_name="agreements")
    paragraph = models.CharField(max_length=10)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    delegate = models.ForeignKey(Delegate, on_delete=models.PROTECT, related_name="+")
    stance = models.CharField(max_length=16, choices=Stance.choices)
    sha256 = models.CharField(max_length=64)  # of `content`: paragraphs.digest
    content = models.JSONField()  # language code -> block, the authentic languages of then
    sequence = models.BigIntegerField()  # of the last update that was in the ledger
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index("text", "paragraph", "member", name="agreements_on_a_paragraph")]

    def __str__(self) -> str:
        return f"{self.text_id}/{self.paragraph} {self.member_id}: {self.stance}"
