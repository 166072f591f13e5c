"""Incidents and areas of observation become tables of a file: what was reported here as it stands now."""

from collections.abc import Iterator

from django.db.models import QuerySet

from concertation.coalition.enums import Audience
from concertation.exchange.models import Kind
from concertation.exchange.queries import keys_of
from concertation.exchange.sources import SourceKeys
from concertation.exchange.writing import Value
from concertation.situation.incidents.enums import Measure
from concertation.situation.models import Account, Area, Incident, Limit, Step

Row = dict[str, Value]


def areas() -> QuerySet[Area]:
    """Return the areas that are watched."""
    return Area.objects.filter(until=None).prefetch_related("limits")


def incidents() -> Iterator[Incident]:
    """Yield what was reported here and is not merged into another report."""
    rows = Incident.objects.leading().filter(collection=None).order_by("at", "pk")
    return iter(rows.prefetch_related("accounts", "steps"))


def area_row(area: Area) -> Row:
    """Return the table of an area with the limits that nobody corrected."""
    limits = Limit.objects.standing().filter(area=area).order_by("at", "pk")
    edges: Row = {edge: getattr(area, edge) for edge in ("west", "south", "east", "north")}
    return {
        "key": keys_of(Kind.AREA).get(area.pk, str(area.pk)),
        "names": area.names,
        **edges,
        "since": area.since,
        "limits": [_limit(limit) for limit in limits],
    }


def incident_row(incident: Incident, cited: SourceKeys) -> Row:
    """Return the table of an incident."""
    account = list(incident.accounts.all())[-1]
    is_timed = account.when_precision in {"minute", "hour"}
    conditions = keys_of(Kind.CONDITION)
    concerns = account.condition_id
    return {
        "key": keys_of(Kind.INCIDENT).get(incident.pk, str(incident.pk)),
        "member": incident.member_id,
        "kind": account.kind_id,
        "at": account.occurred_at if is_timed else account.occurred_at.date(),
        "when": account.when_precision,
        "place": account.place,
        "latitude": account.latitude,
        "longitude": account.longitude,
        "where": account.where_precision,
        **{measure.value: _figure(account, measure) for measure in Measure},
        "summary": account.summary,
        "links": account.links,
        "condition": conditions.get(concerns, str(concerns)) if concerns else None,
        "clause": account.clause,
        **_readers(incident),
        "sources": cited.cite(account.sources),
        "findings": [_step(step) for step in incident.steps.all()],
    }


def _figure(account: Account, measure: Measure) -> dict[str, Value]:
    """Return what is known of a measure."""
    bounds = zip(("low", "best", "high"), account.bounds(measure), strict=True)
    return {bound: value for bound, value in bounds if value is not None}


def _step(step: Step) -> Row:
    """Return the table of a step."""
    return {
        "finding": step.finding,
        "member": step.member_id,
        "actor": step.actor,
        "since": step.on,
        "grounds": step.grounds,
    }


def _limit(limit: Limit) -> Row:
    """Return the table of a limit."""
    return {
        "member": limit.member_id,
        "kind": limit.kind,
        "since": limit.since,
        "until": limit.until,
        "why": limit.why,
        "limited_by": limit.limited_by,
        **_readers(limit),
    }


def _readers(one: Incident | Limit) -> Row:
    """Return who may read something; its own member is not named among the readers."""
    named = [code for code in one.reader_codes if code != one.member_id]
    return {
        "audience": one.audience if one.audience != Audience.COALITION else None,
        "members": named if one.audience == Audience.MEMBERS else [],
    }
