"""Messages about what a member owes by a day; they mirror the terms and may be made and sent by any process."""

from django.db import models

from concertation.coalition.models import Delegate
from concertation.commitments.enums import Owed, When
from concertation.commitments.models.contributions import Contribution


class Reminder(models.Model):
    """A message that one delegate is to be sent, or was sent."""

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="reminders")
    delegate = models.ForeignKey(Delegate, on_delete=models.CASCADE, related_name="+")
    owed = models.CharField(max_length=16, choices=Owed.choices)
    when = models.CharField(max_length=16, choices=When.choices)
    day = models.DateField()  # of then: another day is reminded of anew
    made_at = models.DateTimeField()
    try_at = models.DateTimeField()  # whoever moves this on may send it
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("contribution", "delegate", "owed", "when", "day", name="one_reminder_a_delegate")
        ]
        indexes = [models.Index("try_at", name="unsent_reminders", condition=models.Q(sent_at=None))]

    def __str__(self) -> str:
        return f"{self.owed} {self.when} to {self.delegate_id}"
