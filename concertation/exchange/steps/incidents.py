"""Incidents and areas of observation, known by their key; the file gives first reports, which their authors correct."""

from uuid import UUID

from django.utils.translation import gettext as _

from concertation.exchange.contents import CoalitionFile
from concertation.exchange.domain.keys import remember_key
from concertation.exchange.models import Kind
from concertation.exchange.queries import subjects_of
from concertation.exchange.report import Report, Subject
from concertation.exchange.schema_incidents import AreaPart, IncidentPart, IncidentStepPart, LimitPart
from concertation.exchange.steps.meetings import as_id
from concertation.situation.domain.incident_steps import (
    ATTRIBUTIONS,
    REMEDIES,
    attribute_incident,
    decide_remedy,
    verify_incident,
)
from concertation.situation.domain.incidents import Clause, report_incident
from concertation.situation.domain.observation import Box, Restriction, add_area, enter_limit
from concertation.situation.incidents.report import Report as Told
from concertation.situation.models import Area, Incident, Limit


def load_incidents(file: CoalitionFile, report: Report) -> None:
    """Report the incidents that are not there; those that are stay as those who reported them say."""
    known, conditions = subjects_of(Kind.INCIDENT), subjects_of(Kind.CONDITION)
    for index, part in enumerate(file.incidents):
        identifier = known.get(part.key) or as_id(part.key)
        incident = Incident.objects.filter(pk=identifier).first() if identifier else None
        if incident is not None:
            _say_difference(incident, part, report)
            continue
        with file.at("incidents", index):
            made = _report(file, part, conditions)
        report.added[Subject.INCIDENT] += 1
        for number, step in enumerate(part.findings):
            with file.at("incidents", index, "findings", number):
                _take(made, step)


def load_areas(file: CoalitionFile, report: Report) -> None:
    """Add the areas that are not there, and the limits of observation that nobody had entered."""
    known = subjects_of(Kind.AREA)
    for index, part in enumerate(file.areas):
        identifier = known.get(part.key) or as_id(part.key)
        area = Area.objects.filter(pk=identifier).first() if identifier else None
        if area is None:
            with file.at("areas", index):
                area = _add(part)
            report.added[Subject.AREA] += 1
        entered = {(limit.member_id, limit.kind, limit.since) for limit in Limit.objects.filter(area=area)}
        for number, limit in enumerate(part.limits):
            if (limit.member, limit.kind, limit.since) not in entered:
                with file.at("areas", index, "limits", number):
                    _limit(area, limit)
                report.added[Subject.LIMIT] += 1


def _report(file: CoalitionFile, part: IncidentPart, conditions: dict[str, UUID]) -> Incident:
    """Report an incident and remember its key."""
    concerns = None
    if part.condition is not None:
        concerns = Clause(conditions.get(part.condition) or UUID(part.condition), part.clause)
    incident = report_incident(
        by=None,
        report=_told(file, part),
        audience=part.audience,
        named=part.members,
        concerns=concerns,
        member=part.member,
    )
    remember_key(kind=Kind.INCIDENT, key=part.key, subject=incident.pk)
    return incident


def _told(file: CoalitionFile, part: IncidentPart) -> Told:
    """Return what the file tells."""
    return Told(
        kind=part.kind,
        occurred_at=part.moment,
        when_precision=part.when,
        place=part.place,
        latitude=part.latitude,
        longitude=part.longitude,
        where_precision=part.where,
        figures=part.figures,
        summary=part.summary,
        sources=file.cited(part.sources),
        links=part.links,
    )


def _take(incident: Incident, step: IncidentStepPart) -> None:
    """Take a step of an incident."""
    what, why, day = step.finding, step.grounds, step.since
    if what in ATTRIBUTIONS:
        attribute_incident(by=None, incident_id=incident.pk, finding=what, grounds=why, on=day, actor=step.actor)
    elif what in REMEDIES:
        decide_remedy(by=None, incident_id=incident.pk, finding=what, grounds=why, on=day)
    else:
        verify_incident(by=None, incident_id=incident.pk, finding=what, grounds=why, on=day, member=step.member)


def _say_difference(incident: Incident, part: IncidentPart, report: Report) -> None:
    """Tell when the file says something else of an incident than stands there."""
    account = incident.accounts.latest("number")
    ours = (account.kind_id, account.occurred_at, account.place, account.summary)
    if ours != (part.kind, part.moment, part.place, part.summary):
        sentence = _("What is reported of “%(key)s” is not what the file says; only those who reported it correct it.")
        report.left.append(sentence % {"key": part.key})


def _add(part: AreaPart) -> Area:
    """Add an area and remember its key."""
    box = Box(part.west, part.south, part.east, part.north)
    area = add_area(by=None, names=part.names, box=box, since=part.since)
    remember_key(kind=Kind.AREA, key=part.key, subject=area.pk)
    return area


def _limit(area: Area, part: LimitPart) -> None:
    """Enter a limit of observation."""
    restriction = Restriction(part.kind, part.since, part.until, part.why, part.limited_by)
    enter_limit(
        by=None,
        area_id=area.pk,
        restriction=restriction,
        audience=part.audience,
        named=part.members,
        member=part.member,
    )
