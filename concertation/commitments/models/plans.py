"""Scenarios, runs of the solver under them, and what members answer to a plan that is proposed.

What a run plans is fixed when it is asked for (`problem`); what it found so far stands in the row and only gets
better. A run whose process died is due again once its sign of life is old.
"""

import uuid
from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import StrIndex

from concertation.coalition.audiences import Confined, ConfinedQuerySet
from concertation.coalition.models import Delegate, Member
from concertation.commitments.enums import Counted, Ending
from concertation.commitments.models.catalogue import may_read
from concertation.core.jobs import Job


class PlanScenarioQuerySet(models.QuerySet["PlanScenario"]):
    """Scenarios by who may read them."""

    def visible_to(self, delegate: Delegate) -> Self:
        """Keep what `delegate` may read: all of them, unless its member is only invited or has left."""
        return self if may_read(delegate) else self.none()


class PlanScenario(models.Model):
    """What a plan takes for granted; the chair names it, everybody reads it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Delegate, on_delete=models.PROTECT, related_name="+")
    entries = models.PositiveIntegerField(default=0)  # raised by every act, which it serialises
    name = models.CharField(max_length=120)
    first_month = models.DateField()  # its first day
    months = models.PositiveSmallIntegerField()
    holds = models.JSONField(default=dict)  # condition -> day from which it holds, or None: never; others as found
    assumed = models.JSONField(default=list)  # kinds of approval that count as given while they are pending
    counted = models.CharField(max_length=16, choices=Counted.choices, default=Counted.ANNOUNCED)

    objects = PlanScenarioQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint("name", name="one_scenario_a_name"),
            models.CheckConstraint(condition=Q(months__gte=1, months__lte=60), name="horizons_have_limits"),
        ]

    def __str__(self) -> str:
        return self.name


class PlanRunQuerySet(ConfinedQuerySet["PlanRun"]):
    """Runs by who may read them; `visible_to` is the only door to them."""

    def light(self) -> Self:
        """Leave the long columns out, for lists."""
        return self.defer("problem", "plan", "gaps", "unknown", "left_out")

    def proposed(self) -> Self:
        """Keep plans that were put to the members, the latest first."""
        return self.exclude(proposed_at=None).order_by("-proposed_at", "-pk")

    def with_part_of(self, member: str) -> Self:
        """Keep those in which `member` serves."""
        return self.alias(part_at=StrIndex("parts", Value(f",{member},"))).filter(part_at__gt=0)


class PlanRun(Confined, Job):
    """One planning under a scenario, over what all its readers may read."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scenario = models.ForeignKey(PlanScenario, on_delete=models.PROTECT, related_name="runs")
    name = models.CharField(max_length=120)  # of the scenario, as it was
    first_month = models.DateField()
    months = models.PositiveSmallIntegerField()
    counted = models.CharField(max_length=16, choices=Counted.choices)
    assumed = models.JSONField(default=list)
    asked_by = models.ForeignKey(Delegate, on_delete=models.PROTECT, related_name="+")
    limit = models.PositiveIntegerField()  # seconds
    entries = models.PositiveIntegerField(default=0)  # raised by every act of people, which it numbers and serialises

    problem = models.JSONField()  # as `planning.stored` writes it
    problem_hash = models.CharField(max_length=64)
    unknown = models.JSONField(default=dict)  # requirement -> months in which undisclosed offers could serve it
    left_out = models.JSONField(default=dict)  # reason -> contributions
    unmet = models.JSONField(default=list)  # conditions that were not found to hold when it was asked for
    hidden = models.PositiveIntegerField(default=0)  # contributions that not all its readers may read

    plan = models.JSONField(null=True)
    results = models.JSONField(default=list)  # of the five stages: value and bound
    seconds = models.FloatField(default=0)
    gaps = models.JSONField(default=list)  # explanations of what stays missing
    ending = models.CharField(max_length=16, choices=Ending.choices, blank=True)
    fault = models.JSONField(default=dict)  # why it failed: kind, subject, other

    proposed_at = models.DateTimeField(null=True, db_index=True)
    proposed_by = models.ForeignKey(Delegate, on_delete=models.PROTECT, null=True, related_name="+")
    parts = models.TextField(blank=True)  # ",DE,FR,": members that serve in the proposal
    replaced_at = models.DateTimeField(null=True)  # when another proposal took its place

    objects = PlanRunQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(ended_at=None) | ~Q(ending=""), name="ended_runs_say_how"),
            models.CheckConstraint(
                condition=Q(proposed_at=None) | Q(plan__isnull=False, ended_at__isnull=False),
                name="proposals_have_a_plan",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.asked_at:%Y-%m-%d %H:%M}"

    @property
    def is_current_proposal(self) -> bool:
        """Whether members are asked to confirm it."""
        return self.proposed_at is not None and self.replaced_at is None

    @property
    def part_codes(self) -> list[str]:
        """The codes of the members that serve in the proposal."""
        return [code for code in self.parts.split(",") if code]

    def day_of(self, month: int) -> date:
        """Return the first day of a month of the plan."""
        year, zero_based = divmod(self.first_month.year * 12 + self.first_month.month - 1 + month, 12)
        return date(year, zero_based + 1, 1)

    def values(self) -> tuple[float, ...]:
        """Return what the plan so far is worth at each stage, nothing before the first plan."""
        results: list[dict[str, Any]] = self.results
        return tuple(result["value"] for result in results)


class PlanAnswer(models.Model):
    """What a member says to its part of a proposed plan; append-only by trigger, the last one counts."""

    run = models.ForeignKey(PlanRun, on_delete=models.PROTECT, related_name="answers")
    number = models.PositiveIntegerField()  # the order of entry within the run
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    confirms = models.BooleanField()
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Delegate, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["run", "number"]
        constraints = [models.UniqueConstraint("run", "number", name="one_answer_a_number")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.member_id}: {'confirmed' if self.confirms else 'declined'}"
