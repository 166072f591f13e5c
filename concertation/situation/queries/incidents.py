"""Incidents as a reader sees them: what is chosen, its totals, and one incident with its whole history."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Count, Max, Min, Q, Sum, Value

from concertation.coalition.enums import Audience
from concertation.coalition.models import Delegate
from concertation.core.days import latest_day
from concertation.situation.incidents.enums import Measure, State
from concertation.situation.incidents.states import Standing, StepFact, standing
from concertation.situation.incidents.totals import Figure
from concertation.situation.models import Account, Assessment, Citation, Incident, Join, Kind, Step
from concertation.situation.models.incidents import BOUNDS, IncidentQuerySet

PER_PAGE = 30
MOST_OFFERED = 60  # incidents in a choice


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which incidents are looked at."""

    first: date
    last: date
    kind: str = ""
    state: str = ""  # a state, or “attributed”, “undetermined”, “rejected”, “withdrawn”

    def between(self, first: date, last: date) -> "Wanted":
        """Return the same choice for other days."""
        return replace(self, first=first, last=last)


@dataclass(frozen=True, slots=True)
class Sums:
    """Totals of the incidents that are chosen, of what the reader may read."""

    count: int
    reported: int
    verified: int
    unverifiable: int
    attributed: int
    undetermined: int
    vague: int  # dated to a week or month only, counted on its first day
    placeless: int  # without coordinates, so that no map shows them
    figures: dict[Measure, Figure]
    box: tuple[float, float, float, float] | None  # south, west, north, east of all that have coordinates
    hidden: int  # reports that are not for the reader, of any kind, place and time

    @property
    def shown_figures(self) -> list[tuple[Measure, Figure]]:
        """The measures of which anything is known."""
        return [(measure, figure) for measure, figure in self.figures.items() if figure.unknown != (self.count,) * 3]


@dataclass(frozen=True, slots=True)
class Stood:
    """An incident as it stood on a day, with the words of an incident."""

    state: str
    attribution: str
    actor: str
    has_remedy: bool
    is_withdrawn: bool = False

    @property
    def get_state_display(self) -> str:
        """The state in the reader's language."""
        return str(State(self.state).label)


@dataclass(frozen=True, slots=True)
class History:
    """One incident: what was told, found and decided of it, what is merged with it, who rests on it."""

    incident: Incident
    accounts: list[Account]
    steps: list[Step]
    standing: Standing  # on the day that is looked at
    joins: list[Join]
    group: list[Incident]  # the other reports of the same incident that the reader may read
    citations: list[Assessment]
    proofs: frozenset[int]  # numbers of accounts that an edition brought

    @property
    def stood(self) -> Stood:
        """How it stood on the day that is looked at."""
        stands = self.standing
        return Stood(stands.state, stands.attribution, stands.actor, stands.has_remedy)

    @property
    def account(self) -> Account:
        """What is told of it now."""
        return self.accounts[-1]

    @property
    def earlier(self) -> list[Account]:
        """What was told before, the latest first."""
        return self.accounts[-2::-1]


def chosen(reader: Delegate, wanted: Wanted) -> IncidentQuerySet:
    """Return the incidents that `reader` may read and that are chosen; what does not count, only on request."""
    rows = Incident.objects.visible_to(reader).leading().between(wanted.first, wanted.last)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.state == "withdrawn":
        return rows.filter(is_withdrawn=True)
    rows = rows.filter(is_withdrawn=False)
    if wanted.state == State.REJECTED:
        return rows.filter(state=State.REJECTED)
    rows = rows.exclude(state=State.REJECTED)
    if wanted.state in {"attributed", "undetermined"}:
        return rows.filter(attribution=wanted.state)
    return rows.filter(state=wanted.state) if wanted.state else rows


def sums_for(reader: Delegate, wanted: Wanted) -> Sums:
    """Return the totals of what is chosen, in three queries."""
    columns = [f"{measure}_{bound}" for measure in Measure for bound in BOUNDS]
    found = chosen(reader, wanted).aggregate(
        count=Count("*"),
        **{state: Count(Value(1), filter=Q(state=state)) for state in ("reported", "verified", "unverifiable")},
        attributed=Count(Value(1), filter=Q(attribution="attributed")),
        undetermined=Count(Value(1), filter=Q(attribution="undetermined")),
        vague=Count(Value(1), filter=Q(when_precision__in=["week", "month"])),
        placed=Count("latitude"),
        south=Min("latitude"),
        west=Min("longitude"),
        north=Max("latitude"),
        east=Max("longitude"),
        **{f"sum_{column}": Sum(column) for column in columns},
        **{f"known_{column}": Count(column) for column in columns},
    )
    figures = {measure: _figure(found, measure) for measure in Measure}
    box = None if found["south"] is None else (found["south"], found["west"], found["north"], found["east"])
    counts = {name: found[name] for name in ("count", "reported", "verified", "unverifiable", "attributed")}
    more = {name: found[name] for name in ("undetermined", "vague")}
    placeless = found["count"] - found["placed"]
    return Sums(**counts, **more, placeless=placeless, figures=figures, box=box, hidden=hidden_from(reader))


def _figure(found: dict[str, int | None], measure: Measure) -> Figure:
    """Return the sums of a measure, and for how many incidents each is unknown."""
    low, best, high = (found[f"sum_{measure}_{bound}"] or 0 for bound in BOUNDS)
    unknown = [(found["count"] or 0) - (found[f"known_{measure}_{bound}"] or 0) for bound in BOUNDS]
    return Figure(low, best, high, (unknown[0], unknown[1], unknown[2]))


def hidden_from(reader: Delegate) -> int:
    """Return how many reports are not for `reader`: one number, whatever is looked at, which tells no more."""
    if reader.is_secretariat:
        return 0
    confined = Incident.objects.exclude(audience=Audience.COALITION)  # an index knows them, and they are few
    return confined.count() - confined.visible_to(reader).count()


def page_of(rows: IncidentQuerySet, number: int) -> list[Incident]:
    """Return one page of incidents, newest first, and one more to tell that there is another."""
    start = PER_PAGE * (number - 1)
    return list(rows.select_related("kind", "member")[start : start + PER_PAGE + 1])


def kinds() -> Sequence[Kind]:
    """Return the catalogue."""
    return list(Kind.objects.all())


def history_for(reader: Delegate, incident_id: UUID, at: date | None = None) -> History | None:
    """Return an incident with its history as `reader` may read it, None where there is none for that reader."""
    visible = Incident.objects.visible_to(reader)
    incident = (
        visible.select_related("kind", "member", "collection", "into", "lead__kind").filter(pk=incident_id).first()
    )
    if incident is None:
        return None
    people = ("by__person", "by__member")
    accounts = list(incident.accounts.select_related("kind", "condition", "edition", *people).order_by("number"))
    steps = list(incident.steps.select_related("member", *people).order_by("number"))
    facts = [StepFact(step.number, step.finding, step.on, step.actor) for step in steps]
    lead = incident.lead_id or incident.pk
    group = visible.filter(Q(pk=lead) | Q(lead=lead)).exclude(pk=incident.pk).select_related("kind", "member")
    joins = Join.objects.filter(incident=incident).select_related("into__kind", *people).order_by("pk")
    pointed = [join.into_id for join in joins if join.into_id]
    known = set(visible.filter(pk__in=pointed).values_list("pk", flat=True)) if pointed else set()
    cited = Citation.objects.filter(incident=incident).values("assessment")
    citations = Assessment.objects.visible_to(reader).filter(pk__in=cited).select_related("condition", "member")
    return History(
        incident=incident,
        accounts=accounts,
        steps=steps,
        standing=standing(facts, at or latest_day()),
        joins=[join for join in joins if join.into is None or join.into_id in known],
        group=list(group.order_by("at", "pk")),
        citations=list(citations.prefetch_related("condition__wordings").order_by("condition", "number")),
        proofs=frozenset(account.number for account in accounts if account.edition_id),
    )


def cited_by(reader: Delegate, assessments: Sequence[Assessment]) -> dict[UUID, list[Incident]]:
    """Return the incidents on which each assessment rests, as far as `reader` may read them, in one query."""
    visible = Incident.objects.visible_to(reader).select_related("kind")
    rows = Citation.objects.filter(assessment__in=[one.pk for one in assessments], incident__in=visible)
    found: dict[UUID, list[Incident]] = {}
    for row in rows.select_related("incident__kind").order_by("incident__day", "pk"):
        found.setdefault(row.assessment_id, []).append(row.incident)
    return found


def cited_choices(reader: Delegate, chosen: Collection[str] = ()) -> list[Incident]:
    """Return the latest incidents that `reader` may cite, with those that are `chosen` already."""
    visible = Incident.objects.visible_to(reader).select_related("kind")
    latest = list(visible.counted().order_by("-day", "-at", "pk")[:MOST_OFFERED])
    known = {str(one.pk) for one in latest}
    return [*visible.filter(pk__in=[key for key in chosen if key not in known]), *latest]
