"""What a silence procedure adds to a procedure of adoption; whether it is over is said by the clock, not by a row."""

from django.db import models

from concertation.coalition.models import Delegate
from concertation.texts.enums import Notice
from concertation.texts.models.adoption import AdoptionProcedure, Response


class SilenceProcedure(models.Model):
    """Makes a procedure one of silence: unbroken at `deadline`, it *is* adopted (docs/decisions/0008)."""

    procedure = models.OneToOneField(
        AdoptionProcedure, on_delete=models.PROTECT, primary_key=True, related_name="silence"
    )
    zone = models.CharField(max_length=64)  # IANA name of the zone in which the chair set the deadline
    deadline = models.DateTimeField()  # only ever later, by trigger

    def __str__(self) -> str:
        return f"{self.procedure_id} until {self.deadline:%Y-%m-%d %H:%M} UTC"


class Extension(models.Model):
    """The chair gave the members more time; final."""

    silence = models.ForeignKey(SilenceProcedure, on_delete=models.PROTECT, related_name="extensions")
    former = models.DateTimeField()
    deadline = models.DateTimeField()
    delegate = models.ForeignKey(Delegate, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.former:%Y-%m-%d %H:%M} → {self.deadline:%Y-%m-%d %H:%M} UTC"


class Amendment(models.Model):
    """Words that a member would want instead of a paragraph when it broke silence; final."""

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="amendments")
    language = models.CharField(max_length=8)
    position = models.PositiveIntegerField()  # of the paragraph, from 0, in that version of the proposed content
    paragraph = models.CharField(max_length=10, blank=True)  # its id, where it has one
    words = models.TextField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.language} {self.position}"


class SilenceMail(models.Model):
    """A message about a silence procedure that one delegate is to be sent, or was sent; mirrors the acts."""

    procedure = models.ForeignKey(AdoptionProcedure, on_delete=models.PROTECT, related_name="mails")
    delegate = models.ForeignKey(Delegate, on_delete=models.CASCADE, related_name="+")
    notice = models.CharField(max_length=16, choices=Notice.choices)
    deadline = models.DateTimeField()  # of then: after an extension, reminders are due anew
    made_at = models.DateTimeField()
    try_at = models.DateTimeField()  # whoever moves this on may send it
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("procedure", "delegate", "notice", "deadline", name="one_notice_a_delegate")
        ]
        indexes = [models.Index("try_at", name="unsent_mails", condition=models.Q(sent_at=None))]

    def __str__(self) -> str:
        return f"{self.notice} to {self.delegate_id}"
