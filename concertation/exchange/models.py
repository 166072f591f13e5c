"""By which key of a file a thing that has one is known, so that loading the file again finds it."""

from django.db import models


class Kind(models.TextChoices):
    """What files know by a key; members and people have their code and address."""

    MEETING = "meeting"
    TEXT = "text"
    CONDITION = "condition"
    MEASURE = "measure"
    PACKAGE = "package"
    STEP = "step"
    OTHER = "other"
    CONTACT = "contact"
    QUESTION = "question"


class FileKey(models.Model):
    """One key of the load files, and the id of what it stands for."""

    kind = models.CharField(max_length=16, choices=Kind.choices)
    key = models.CharField(max_length=64)
    subject = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint("kind", "key", name="one_subject_a_key"),
            models.UniqueConstraint("kind", "subject", name="one_key_a_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
