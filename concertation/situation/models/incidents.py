"""Accounts, steps and joins of incidents are the truth and only ever added to.

The columns of an incident that begin with “found” in the comments are derived from them by the pure modules of
`situation/incidents`, written by the same act, and serve only to find and count quickly.
"""

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q

from concertation.coalition.audiences import Confined, ConfinedQuerySet
from concertation.coalition.enums import Audience
from concertation.coalition.models import Delegate, Member
from concertation.core.days import FIRST_DAY, latest_day
from concertation.core.words import in_language
from concertation.situation.incidents.enums import Family, Finding, Measure, State, WhenPrecision, WherePrecision
from concertation.situation.models.conditions import Assessment, Condition

BOUNDS = ("low", "best", "high")
Bounds = tuple[int | None, int | None, int | None]
UNKNOWN: Bounds = (None, None, None)


class Kind(models.Model):
    """A kind of incident, in a small catalogue that the chair keeps."""

    code = models.SlugField(primary_key=True, max_length=40)
    names = models.JSONField()  # language code -> name
    family = models.CharField(max_length=16, choices=Family.choices, default=Family.OTHER)
    order = models.PositiveIntegerField(default=0)
    is_retired = models.BooleanField(default=False)

    class Meta:
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return in_language(self.names)


class Collection(models.Model):
    """A source from outside that publishes incidents in editions, each row under an identifier of its own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120, unique=True)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")  # None: the secretariat
    editions_count = models.PositiveIntegerField(default=0)  # raised by every import, which it numbers and serialises

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Edition(models.Model):
    """One import of a collection: what it changed, and the root of the tree of its rows; append-only by trigger."""

    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    root = models.CharField(max_length=64)
    counts = models.JSONField()  # added, changed, withdrawn, restored, unchanged
    by = models.ForeignKey(Delegate, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["collection", "number"]
        constraints = [models.UniqueConstraint("collection", "number", name="one_edition_a_number")]

    def __str__(self) -> str:
        return f"{self.collection_id} {self.number}"


class Described(models.Model):
    """What is said of an incident: of which kind, where, when, and how many; each as exactly as it is known."""

    kind = models.ForeignKey(Kind, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=200, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    where_precision = models.CharField(max_length=16, choices=WherePrecision.choices)
    occurred_at = models.DateTimeField()
    when_precision = models.CharField(max_length=16, choices=WhenPrecision.choices)
    killed_low = models.PositiveIntegerField(null=True)  # null: unknown, which is not 0
    killed_best = models.PositiveIntegerField(null=True)
    killed_high = models.PositiveIntegerField(null=True)
    injured_low = models.PositiveIntegerField(null=True)
    injured_best = models.PositiveIntegerField(null=True)
    injured_high = models.PositiveIntegerField(null=True)
    explosions_low = models.PositiveIntegerField(null=True)
    explosions_best = models.PositiveIntegerField(null=True)
    explosions_high = models.PositiveIntegerField(null=True)

    class Meta:
        abstract = True

    def bounds(self, measure: str) -> Bounds:
        """Return low, best and high of a measure."""
        low, best, high = (getattr(self, f"{measure}_{bound}") for bound in BOUNDS)
        return low, best, high

    @property
    def figures(self) -> list[tuple[Measure, Bounds]]:
        """What is known of how many."""
        known = [(measure, self.bounds(measure)) for measure in Measure]
        return [(measure, bounds) for measure, bounds in known if bounds != UNKNOWN]


class IncidentQuerySet(ConfinedQuerySet["Incident"]):
    """Incidents by who may read them."""

    def leading(self) -> "IncidentQuerySet":
        """Keep one report for each incident: that which leads its group."""
        return self.filter(lead=None)

    def counted(self) -> "IncidentQuerySet":
        """Keep what counts as an incident: one report each, neither rejected nor withdrawn by its source."""
        return self.leading().filter(is_withdrawn=False).exclude(state=State.REJECTED)

    def between(self, first: date, last: date) -> "IncidentQuerySet":
        """Keep what is dated from `first` to `last`; bounds that leave nothing out cost nothing."""
        after = self if first <= FIRST_DAY else self.filter(day__gte=first)
        return after if last >= latest_day() else after.filter(day__lte=last)


class Incident(Confined, Described):
    """A report of an incident; merged with others, one of them leads."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")  # None: the secretariat
    by = models.ForeignKey(Delegate, on_delete=models.PROTECT, null=True, related_name="+")  # None: the loader
    at = models.DateTimeField()
    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, null=True, related_name="incidents")
    source_key = models.CharField(max_length=120, blank=True)  # its identifier in the collection
    entries = models.PositiveIntegerField(default=0)  # raised by every entry, which it numbers and serialises
    day = models.DateField()  # found: of `occurred_at` in UTC
    last_day = models.DateField()  # found: as late as it may have been
    cell_x = models.IntegerField(null=True)  # found: place in the grid of the map
    cell_y = models.IntegerField(null=True)
    state = models.CharField(max_length=16, choices=State.choices, default=State.REPORTED)  # found, as of now
    attribution = models.CharField(max_length=16, blank=True)  # found
    actor = models.CharField(max_length=120, blank=True)  # found
    has_remedy = models.BooleanField(default=False)  # found
    is_withdrawn = models.BooleanField(default=False)  # found: the collection no longer holds it
    into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="joined")  # found
    lead = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts")  # found

    objects = IncidentQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-occurred_at", "id"]
        indexes = [
            models.Index(fields=["day", "kind"], name="incident_day_kind"),
            models.Index(
                fields=["audience", "readers"], name="incident_confined", condition=~Q(audience=Audience.COALITION)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                "collection", "source_key", condition=Q(collection__isnull=False), name="one_incident_a_source_key"
            ),
            models.CheckConstraint(
                condition=(Q(into=None) | ~Q(into=F("id"))) & (Q(lead=None) | ~Q(lead=F("id"))),
                name="no_incident_leads_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind_id} {self.place} {self.day}"

    @property
    def is_for_all(self) -> bool:
        """Whether the whole coalition reads it."""
        return self.audience == Audience.COALITION

    @property
    def title(self) -> str:
        """Kind and place in the reader's language."""
        return f"{self.kind.name}, {self.place}" if self.place else self.kind.name


class Account(Described):
    """What the reporter, or an edition of a collection, says of an incident; append-only by trigger."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="accounts")
    number = models.PositiveIntegerField()  # in the order of the incident's entries
    summary = models.TextField(blank=True)
    sources = models.JSONField(default=list)
    links = models.JSONField(default=list)
    condition = models.ForeignKey(Condition, on_delete=models.PROTECT, null=True, related_name="+")
    clause = models.PositiveIntegerField(null=True)  # of the wording in force when it was entered
    reason = models.TextField(blank=True)  # why it takes the place of the one before
    is_withdrawn = models.BooleanField(default=False)  # a newer edition no longer holds it
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, null=True, related_name="accounts")
    leaf = models.PositiveIntegerField(null=True)  # its place among the rows of the edition, from 0
    by = models.ForeignKey(Delegate, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["incident", "number"]
        constraints = [
            models.UniqueConstraint("incident", "number", name="one_account_a_number"),
            models.UniqueConstraint(
                "edition", "leaf", condition=Q(edition__isnull=False), name="one_account_a_row_of_an_edition"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.incident_id}#{self.number}"


class Step(models.Model):
    """What was found or decided of an incident, from a day on; append-only by trigger."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    finding = models.CharField(max_length=24, choices=Finding.choices)
    on = models.DateField()
    actor = models.CharField(max_length=120, blank=True)
    grounds = models.TextField()
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")  # None: the chair
    by = models.ForeignKey(Delegate, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["incident", "number"]
        constraints = [models.UniqueConstraint("incident", "number", name="one_step_a_number")]

    def __str__(self) -> str:
        return f"{self.incident_id}#{self.number}: {self.finding}"


class Join(models.Model):
    """A report was merged into another, or parted from it; append-only by trigger."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="joins")
    into = models.ForeignKey(Incident, on_delete=models.PROTECT, null=True, related_name="+")  # None: parted
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Delegate, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.incident_id} → {self.into_id}"


class Citation(models.Model):
    """An assessment rests on an incident; append-only by trigger."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="citations")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="cited")

    class Meta:
        constraints = [models.UniqueConstraint("assessment", "incident", name="one_citation_of_an_incident")]

    def __str__(self) -> str:
        return f"{self.assessment_id} → {self.incident_id}"
