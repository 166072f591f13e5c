"""Which questions delegations are asked about before a meeting; their answers are statements of `situation`."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q

from concertation.coalition.models import Delegate
from concertation.situation.models import Question
from concertation.texts.models import Text


class MeetingQuestionQuerySet(models.QuerySet["MeetingQuestion"]):
    """What was asked, by where it stands."""

    def asked(self) -> Self:
        """Keep what was not taken back."""
        return self.filter(withdrawn_at=None)


class MeetingQuestion(models.Model):
    """A question on which the invited delegations are asked for their position until a deadline."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.CASCADE, related_name="questions")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Delegate, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    item = models.ForeignKey("meetings.AgendaItem", on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.ForeignKey(Text, on_delete=models.SET_NULL, null=True, related_name="+")  # its first draft

    objects = MeetingQuestionQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "question__created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                "meeting", "question", condition=Q(withdrawn_at=None), name="one_question_asked_a_meeting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.question_id}"


class PositionReminder(models.Model):
    """That a delegate was reminded of what its delegation is asked before a meeting; mirrors the asking."""

    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.CASCADE, related_name="reminders")
    delegate = models.ForeignKey(Delegate, on_delete=models.CASCADE, related_name="+")
    due_at = models.DateTimeField()  # of then: after another deadline, another reminder is due
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("meeting", "delegate", "due_at", name="one_reminder_a_deadline")]

    def __str__(self) -> str:
        return f"{self.delegate_id} before {self.due_at}"
