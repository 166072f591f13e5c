"""Wordings and assessments are the truth and only ever added to; the state of a condition is derived from them."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q

from concertation.coalition.audiences import Confined, ConfinedQuerySet
from concertation.coalition.enums import Audience, Status
from concertation.coalition.models import Delegate, Member
from concertation.core.words import in_language
from concertation.situation.assessing import Fact
from concertation.situation.enums import Verdict
from concertation.situation.incidents.clauses import count_of, lines_of


def is_outside(delegate: Delegate) -> bool:
    """Say whether the member of `delegate` is only invited or has left, and so reads nothing that is watched."""
    return delegate.member is not None and delegate.member.status in {Status.INVITED, Status.LEFT}


class ConditionQuerySet(models.QuerySet["Condition"]):
    """Conditions by who may read them; this is the only door to them."""

    def visible_to(self, delegate: Delegate) -> Self:
        """Keep what `delegate` may read: every condition, unless its member is only invited or has left."""
        return self.none() if is_outside(delegate) else self


class Condition(models.Model):
    """Something on which the coalition makes its action depend; its words are those of the last `Wording`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Delegate, on_delete=models.PROTECT, null=True, related_name="+")
    entries = models.PositiveIntegerField(default=0)  # raised by every assessment, which it numbers and serialises
    retired_at = models.DateTimeField(null=True)
    retired_by = models.ForeignKey(Delegate, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)  # why it was retired
    sources = models.JSONField(default=list)

    objects = ConditionQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def wording(self) -> "Wording":
        """The words in force; prefetch `wordings` where there are many conditions."""
        return list(self.wordings.all())[-1]

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.wording.name


class Wording(models.Model):
    """What a condition says exactly, from a moment on; append-only by trigger."""

    condition = models.ForeignKey(Condition, on_delete=models.PROTECT, related_name="wordings")
    number = models.PositiveIntegerField()  # from 1 within the condition
    names = models.JSONField()  # language code -> name
    words = models.JSONField()  # language code -> wording
    by = models.ForeignKey(Delegate, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint("condition", "number", name="one_wording_a_number")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return in_language(self.names)

    @property
    def clause_count(self) -> int:
        """How many numbered clauses it has, 0 for a wording of one piece."""
        return count_of(self.words)

    @property
    def clauses(self) -> list[str]:
        """The clauses in the reader's language, none for a wording of one piece."""
        return lines_of(in_language(self.words)) if self.clause_count else []


class AssessmentQuerySet(ConfinedQuerySet["Assessment"]):
    """Assessments by who may read them."""

    def standing(self) -> Self:
        """Keep those that nobody corrected; corrections that only withdraw are among them."""
        return self.filter(correction=None)


class Assessment(Confined):
    """What a member, or the coalition itself, says of a condition from a day on; append-only by trigger."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    condition = models.ForeignKey(Condition, on_delete=models.PROTECT, related_name="assessments")
    number = models.PositiveIntegerField()  # the order of entry within the condition
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="+")  # which words were assessed
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")  # None: the coalition
    by = models.ForeignKey(Delegate, on_delete=models.PROTECT, null=True, related_name="+")  # None: the loader
    verdict = models.CharField(max_length=16, choices=Verdict.choices)
    valid_from = models.DateField()
    evidence = models.TextField()
    link = models.CharField(max_length=600, blank=True)  # to a public source
    clause = models.PositiveIntegerField(null=True)  # of the wording; None: the whole of it
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="correction")
    at = models.DateTimeField()

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["condition", "number"]
        constraints = [
            models.UniqueConstraint("condition", "number", name="one_assessment_a_number"),
            models.CheckConstraint(
                condition=Q(member__isnull=False) | Q(audience=Audience.COALITION), name="findings_are_the_coalitions"
            ),
            models.CheckConstraint(
                condition=~Q(verdict=Verdict.WITHDRAWN) | Q(corrects__isnull=False), name="withdrawals_correct"
            ),
            models.CheckConstraint(
                condition=Q(corrects=None) | ~Q(corrects=F("id")), name="no_assessment_corrects_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.condition_id}#{self.number}: {self.verdict}"

    def as_fact(self, number_of: dict[uuid.UUID, int]) -> Fact:
        """Return what the derivation needs; `number_of` knows the numbers of what may be corrected."""
        corrects = number_of.get(self.corrects_id) if self.corrects_id else None
        return Fact(self.number, self.member_id, self.verdict, self.valid_from, corrects)
