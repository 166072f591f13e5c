"""Comments and reservations, and the replies to them. Rows are closed and opened again, none ever goes or is rewritten.

The document says where a remark on some words stands, by an anchor of the same id.
"""

from django.db import models
from django.db.models import Q

from concertation.coalition.models import Delegate, Member
from concertation.texts.enums import RemarkKind


class Remark(models.Model):
    """What a delegate says about some words, or about a whole paragraph; a reservation is what its member says.

    `words` are those that stood there then, in NFC. A closed comment is resolved, a closed reservation withdrawn.
    """

    id = models.UUIDField(
        primary_key=True, editable=False
    )  # that of its anchor, chosen by the browser: sent twice, once made
    text = models.ForeignKey("texts.Text", on_delete=models.PROTECT, related_name="remarks")
    kind = models.CharField(max_length=16, choices=RemarkKind.choices)
    language = models.CharField(max_length=8)
    paragraph = models.CharField(max_length=10)
    is_whole = models.BooleanField()  # on the whole paragraph, without an anchor
    words = models.TextField()
    body = models.TextField()
    by = models.ForeignKey(Delegate, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")  # None: the secretariat
    at = models.DateTimeField()
    sequence = models.BigIntegerField(null=True)  # the newest stored update then: what changed came after
    closed_by = models.ForeignKey(Delegate, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None) | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="closed_remarks_say_who_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(kind=RemarkKind.RESERVATION) | Q(member__isnull=False),
                name="reservations_have_a_member",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}, {self.member_id or '–'}"

    @property
    def is_reservation(self) -> bool:
        """Whether it is kept with the text when that is adopted."""
        return self.kind == RemarkKind.RESERVATION

    @property
    def is_open(self) -> bool:
        """Whether nobody resolved or withdrew it."""
        return self.closed_at is None


class Reply(models.Model):
    """An answer to a remark; final. What was wrong is corrected by another one."""

    id = models.UUIDField(primary_key=True, editable=False)
    remark = models.ForeignKey(Remark, on_delete=models.PROTECT, related_name="replies")
    body = models.TextField()
    by = models.ForeignKey(Delegate, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.body
