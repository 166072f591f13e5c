"""Questions and statements on them are the truth and only ever added to; who stands where is derived from them."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q

from concertation.coalition.audiences import Confined, ConfinedQuerySet
from concertation.coalition.models import Delegate, Member
from concertation.core.words import in_language
from concertation.situation.assessing import Fact
from concertation.situation.enums import Stance
from concertation.situation.models.actors import Counterpart
from concertation.situation.models.conditions import is_outside
from concertation.situation.models.contacts import Contact


class QuestionQuerySet(models.QuerySet["Question"]):
    """Questions by who may read them; this is the only door to them."""

    def visible_to(self, delegate: Delegate) -> Self:
        """Keep what `delegate` may read: every question, unless its member is only invited or has left."""
        return self.none() if is_outside(delegate) else self

    def open(self) -> Self:
        """Keep those on which positions are taken."""
        return self.filter(closed_at=None)


class Question(models.Model):
    """Something on which the coalition works; its words are those of the last `QuestionWording`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Delegate, on_delete=models.PROTECT, null=True, related_name="+")
    entries = models.PositiveIntegerField(default=0)  # raised by every statement, which it numbers and serialises
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Delegate, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)  # why it was closed
    sources = models.JSONField(default=list)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def wording(self) -> "QuestionWording":
        """The words in force; prefetch `wordings` where there are many questions."""
        return list(self.wordings.all())[-1]

    @property
    def name(self) -> str:
        """The title in the reader's language."""
        return self.wording.name


class QuestionWording(models.Model):
    """What a question asks exactly, from a moment on; append-only by trigger."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="wordings")
    number = models.PositiveIntegerField()  # from 1 within the question
    names = models.JSONField()  # language code -> title
    words = models.JSONField()  # language code -> wording
    by = models.ForeignKey(Delegate, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint("question", "number", name="one_question_wording_a_number")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The title in the reader's language."""
        return in_language(self.names)


class StatementQuerySet(ConfinedQuerySet["Statement"]):
    """Statements by who may read them."""

    def standing(self) -> Self:
        """Keep those that nobody corrected; corrections that only withdraw are among them."""
        return self.filter(correction=None)


class Statement(Confined):
    """What a member, a partner or somebody outside said on a question on a day; append-only by trigger."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="statements")
    number = models.PositiveIntegerField()  # the order of entry within the question
    wording = models.ForeignKey(QuestionWording, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    counterpart = models.ForeignKey(Counterpart, on_delete=models.PROTECT, null=True, related_name="statements")
    by = models.ForeignKey(Delegate, on_delete=models.PROTECT, null=True, related_name="+")  # None: the loader
    entered_for = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")  # whose delegate
    stance = models.CharField(max_length=16, choices=Stance.choices)
    said_on = models.DateField()
    quote = models.TextField(blank=True)  # the words that were said
    language = models.CharField(max_length=2, blank=True)  # of the quote and the reason
    reason = models.TextField(blank=True)  # why, in the words of who entered it
    moves = models.TextField(blank=True)  # what would move the actor
    link = models.CharField(max_length=600, blank=True)  # to a public source
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, null=True, related_name="statements")
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="correction")
    at = models.DateTimeField()

    objects = StatementQuerySet.as_manager()

    class Meta:
        ordering = ["question", "number"]
        constraints = [
            models.UniqueConstraint("question", "number", name="one_position_a_number"),
            models.CheckConstraint(
                condition=Q(member=None, counterpart__isnull=False) | Q(member__isnull=False, counterpart=None),
                name="statements_are_of_one_actor",
            ),
            models.CheckConstraint(
                condition=~Q(stance=Stance.WITHDRAWN) | Q(corrects__isnull=False), name="withdrawn_statements_correct"
            ),
            models.CheckConstraint(
                condition=Q(corrects=None) | ~Q(corrects=F("id")), name="no_position_corrects_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id}#{self.number}: {self.stance}"

    @property
    def actor(self) -> str:
        """Who said it: the code of a member, or the id of somebody outside."""
        return self.member_id or str(self.counterpart_id)

    def as_fact(self, number_of: dict[uuid.UUID, int]) -> Fact:
        """Return what the derivation needs; `number_of` knows the numbers of what may be corrected."""
        corrects = number_of.get(self.corrects_id) if self.corrects_id else None
        return Fact(self.number, self.actor, self.stance, self.said_on, corrects)


def facts_of(statements: list[Statement]) -> list[Fact]:
    """Return statements of one question as the derivation takes them."""
    number_of = {row.pk: row.number for row in statements}
    return [row.as_fact(number_of) for row in statements]
