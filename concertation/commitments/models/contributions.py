"""What members offer: terms and dated facts are the truth, how far a contribution has come is derived from them."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q

from concertation.coalition.audiences import Confined, ConfinedQuerySet
from concertation.coalition.models import Delegate, Member
from concertation.commitments import deriving
from concertation.commitments.enums import Approval, CaveatKind, FactKind, Line, Phase
from concertation.commitments.models.catalogue import Capability
from concertation.commitments.models.requirements import Requirement
from concertation.situation.models import Condition


class ContributionQuerySet(ConfinedQuerySet["Contribution"]):
    """Contributions by who may read them; `visible_to` is the only door to them."""

    def whole(self) -> Self:
        """Fetch all that their standing is derived from, in four more queries."""
        return self.prefetch_related("parties", "terms__capability", "terms__conditions", "facts")


class Contribution(Confined):
    """Something that one member, or several together, put at the coalition's disposal."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Delegate, on_delete=models.PROTECT, null=True, related_name="+")
    entries = models.PositiveIntegerField(default=0)  # raised by every act, which it numbers and serialises
    changed = models.PositiveBigIntegerField(db_index=True, default=0)  # grows with every act on any contribution
    key = models.CharField(max_length=120, blank=True)  # of the file that it was imported from
    sources = models.JSONField(default=list)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [models.UniqueConstraint("key", condition=~Q(key=""), name="one_contribution_a_key")]

    def __str__(self) -> str:
        return self.title

    @property
    def current(self) -> "Terms":
        """The last terms; prefetch `terms` where there are many contributions."""
        return max(self.terms.all(), key=lambda terms: (terms.valid_from, terms.number))

    @property
    def title(self) -> str:
        """What is offered, by the last terms."""
        return self.current.title

    @property
    def codes(self) -> list[str]:
        """The codes of the members that offer it together, in the order in which they were named."""
        return [party.member_id for party in self.parties.all()]

    def told(self) -> deriving.Told:
        """Return what the derivation needs; ask `whole` for many contributions."""
        facts = list(self.facts.all())
        number_of = {fact.pk: fact.number for fact in facts}
        return deriving.Told(
            parties=frozenset(self.codes),
            terms=[terms.as_terms() for terms in self.terms.all()],
            facts=[fact.as_fact(number_of) for fact in facts],
        )


class Party(models.Model):
    """One of the members that offer a contribution; several of them carry it in equal parts."""

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="parties")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint("contribution", "member", name="one_part_a_member")]

    def __str__(self) -> str:
        return self.member_id


class Terms(models.Model):
    """What is offered, in force from a day on; append-only by trigger. No `low` is an undisclosed quantity."""

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="terms")
    number = models.PositiveIntegerField()  # the order of entry within the contribution
    valid_from = models.DateField()
    title = models.CharField(max_length=160)
    details = models.TextField(blank=True)
    line = models.CharField(max_length=16, choices=Line.choices)
    phase = models.CharField(max_length=16, choices=Phase.choices, blank=True)  # empty: any
    capability = models.ForeignKey(Capability, on_delete=models.PROTECT, related_name="+")
    low = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    high = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)  # of money only
    available_from = models.DateField()
    available_to = models.DateField(null=True)  # the last day
    readiness = models.PositiveSmallIntegerField(default=0)  # notice to move, in days
    tour = models.PositiveSmallIntegerField(null=True)  # months that a unit serves at a time
    rest = models.PositiveSmallIntegerField(null=True)  # months between two tours
    due_on = models.DateField(null=True)  # the last day for the delivery
    expires_on = models.DateField(null=True)  # the last day of the pledge, unless renewed
    approvals = models.JSONField(default=list)  # values of `Approval` that it needs
    conditions = models.ManyToManyField(Condition, related_name="+")
    earmark = models.ForeignKey(Requirement, on_delete=models.PROTECT, null=True, related_name="+")
    link = models.CharField(max_length=600, blank=True)  # to a public source
    by = models.ForeignKey(Delegate, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        verbose_name_plural = "terms"
        constraints = [
            models.UniqueConstraint("contribution", "number", name="one_terms_a_number"),
            models.CheckConstraint(
                condition=Q(low=None, high=None) | Q(low__gt=0, high__gte=F("low")) | Q(low__lt=0, high=F("low")),
                name="quantities_are_known_or_undisclosed",
            ),
            models.CheckConstraint(
                condition=Q(available_to=None) | Q(available_to__gte=F("available_from")),
                name="offers_end_after_they_begin",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def amount(self) -> deriving.Amount:
        """The quantity offered."""
        return deriving.Amount(self.low, self.high)

    def as_terms(self) -> deriving.Terms:
        """Return what the derivation needs."""
        return deriving.Terms(
            number=self.number,
            valid_from=self.valid_from,
            amount=self.amount,
            available_from=self.available_from,
            available_to=self.available_to,
            readiness=self.readiness,
            due_on=self.due_on,
            expires_on=self.expires_on,
            approvals=frozenset(self.approvals),
            conditions=frozenset(str(condition.pk) for condition in self.conditions.all()),
        )


class CaveatQuerySet(ConfinedQuerySet["Caveat"]):
    """Caveats by who may read their wording."""


class Caveat(Confined):
    """A limit that a member puts on the use of its contribution; append-only by trigger, lifted by a fact.

    Whoever reads the contribution reads the class, the areas and the tasks; the wording is for its own audience.
    """

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="caveats")
    number = models.PositiveIntegerField()  # the order of entry within the contribution
    kind = models.CharField(max_length=16, choices=CaveatKind.choices)
    areas = models.JSONField(default=list)  # where it may not serve
    tasks = models.JSONField(default=list)  # what it may not do
    wording = models.TextField(blank=True)
    by = models.ForeignKey(Delegate, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    objects = CaveatQuerySet.as_manager()

    class Meta:
        ordering = ["contribution", "number"]
        constraints = [models.UniqueConstraint("contribution", "number", name="one_caveat_a_number")]

    def __str__(self) -> str:
        return f"{self.contribution_id}#{self.number}: {self.kind}"


class Fact(models.Model):
    """Something that happened to a contribution on a day; append-only by trigger, corrected by another fact."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="facts")
    number = models.PositiveIntegerField()  # the order of entry within the contribution
    kind = models.CharField(max_length=16, choices=FactKind.choices)
    day = models.DateField()
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")  # whose word it is
    approval = models.CharField(max_length=16, choices=Approval.choices, blank=True)
    quantity = models.DecimalField(max_digits=20, decimal_places=2, null=True)  # delivered; None: undisclosed
    until = models.DateField(null=True)  # renewed to this day
    caveat = models.ForeignKey(Caveat, on_delete=models.PROTECT, null=True, related_name="+")
    reference = models.CharField(max_length=200, blank=True)  # of a decision: number, date, place
    evidence = models.TextField(blank=True)
    link = models.CharField(max_length=600, blank=True)  # to a public source
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="correction")
    by = models.ForeignKey(Delegate, on_delete=models.PROTECT, null=True, related_name="+")  # None: from a file
    at = models.DateTimeField()

    class Meta:
        ordering = ["contribution", "number"]
        constraints = [
            models.UniqueConstraint("contribution", "number", name="one_fact_a_number"),
            models.CheckConstraint(condition=~Q(kind="void") | Q(corrects__isnull=False), name="void_facts_correct"),
            models.CheckConstraint(condition=Q(corrects=None) | ~Q(corrects=F("id")), name="no_fact_corrects_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id}#{self.number}: {self.kind}"

    def as_fact(self, number_of: dict[uuid.UUID, int]) -> deriving.Fact:
        """Return what the derivation needs; `number_of` knows the numbers of what may be corrected."""
        return deriving.Fact(
            number=self.number,
            kind=self.kind,
            day=self.day,
            member=self.member_id,
            approval=self.approval,
            quantity=self.quantity,
            until=self.until,
            caveat=self.caveat_id,
            corrects=number_of.get(self.corrects_id) if self.corrects_id else None,
        )
