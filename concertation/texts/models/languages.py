"""What people said of the language versions of a paragraph; the rest is derived, see texts/steps.py."""

from django.db import models

from concertation.coalition.models import Delegate


class StepConfirmation(models.Model):
    """Somebody confirmed that a version of a paragraph still says the same as the others, as all of them were then."""

    text = models.ForeignKey("texts.Text", on_delete=models.CASCADE, related_name="step_confirmations")
    paragraph = models.CharField(max_length=10)
    language = models.CharField(max_length=8)
    hashes = models.JSONField()  # language code -> SHA-256 of the paragraph in it, of every version that has it
    by = models.ForeignKey(Delegate, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index("text", "paragraph", name="confirmations_of_a_paragraph")]

    def __str__(self) -> str:
        return f"{self.text_id}/{self.language}/{self.paragraph}"


class DismissedDifference(models.Model):
    """Somebody looked at a difference that was pointed out and found it right, for exactly these contents.

    `language` comes before `other` in the alphabet, so that a pair has one row a kind.
    """

    text = models.ForeignKey("texts.Text", on_delete=models.CASCADE, related_name="dismissed_differences")
    paragraph = models.CharField(max_length=10)
    language = models.CharField(max_length=8)
    other = models.CharField(max_length=8)
    sha256 = models.CharField(max_length=64)
    other_sha256 = models.CharField(max_length=64)
    kind = models.CharField(max_length=16)
    by = models.ForeignKey(Delegate, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                "text",
                "paragraph",
                "language",
                "other",
                "sha256",
                "other_sha256",
                "kind",
                name="one_dismissal_a_difference",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text_id}/{self.language}–{self.other}/{self.paragraph}: {self.kind}"
