"""Agreed language: an index of adopted paragraphs, and where they were used again.

The index mirrors `AdoptedText.content` and can be made again at any time (`concertation reindex-texts`); references
and origins are the truth.
"""

from django.db import models

from concertation.coalition.models import Delegate
from concertation.texts.models.adoption import AdoptedText
from concertation.texts.models.texts import Text


class IndexedText(models.Model):
    """Says that the paragraphs of an adopted text are in the index."""

    adopted = models.OneToOneField(AdoptedText, on_delete=models.PROTECT, primary_key=True, related_name="indexed")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.pk)


class AdoptedParagraph(models.Model):
    """One block at the top of one version of an adopted text; `position` counts all blocks from 1."""

    id = models.BigAutoField(primary_key=True)
    adopted = models.ForeignKey(AdoptedText, on_delete=models.PROTECT, related_name="paragraphs")
    language = models.CharField(max_length=8)
    position = models.PositiveIntegerField()
    block = models.CharField(max_length=10, blank=True)  # its id, empty in texts adopted before there were ids
    number = models.PositiveIntegerField(null=True)  # of a numbered paragraph
    words = models.TextField()
    folded = models.TextField()  # see texts/folding.py

    class Meta:
        ordering = ["adopted", "language", "position"]
        constraints = [models.UniqueConstraint("adopted", "language", "position", name="one_paragraph_a_position")]

    def __str__(self) -> str:
        return f"{self.adopted_id} {self.language} {self.position}"


class AdoptedShingle(models.Model):
    """A shingle (`folding.py`) and a paragraph that holds it: the inverted index."""

    pk = models.CompositePrimaryKey("shingle", "paragraph")
    shingle = models.BigIntegerField()
    paragraph = models.ForeignKey(AdoptedParagraph, on_delete=models.CASCADE, related_name="+", db_index=False)

    def __str__(self) -> str:
        return f"{self.shingle}: {self.paragraph_id}"


class AgreedReference(models.Model):
    """Somebody put agreed words into a draft: which, where, and where they were adopted; final."""

    text = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="references")
    language = models.CharField(max_length=8)
    block = models.CharField(max_length=10, blank=True)  # the id of the paragraph they went into, where it is known
    words = models.TextField()
    source = models.ForeignKey(AdoptedText, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()  # of the paragraph in the source, counted from 1
    number = models.PositiveIntegerField(null=True)  # its number there
    by = models.ForeignKey(Delegate, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.text_id}: {self.source_id} {self.position}"


class TextOrigin(models.Model):
    """The earlier text that a text started from; `sha256` is of the words that were taken; final."""

    text = models.OneToOneField(Text, on_delete=models.PROTECT, primary_key=True, related_name="origin")
    source = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=16)  # of the source at that moment
    sha256 = models.CharField(max_length=64)
    is_wider = models.BooleanField(default=False)  # more people read the new text than the source, as was confirmed
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.text_id} from {self.source_id}"
