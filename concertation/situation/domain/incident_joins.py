"""Reports of one incident are merged, and parted again; a merged group counts once, by the report that leads it."""

from uuid import UUID

from django.db import transaction
from django.db.models import Q

from concertation.coalition.models import Delegate
from concertation.core import clock
from concertation.core.errors import NotAllowed
from concertation.core.words import prose
from concertation.situation.domain.incident_entries import find_leads, note_incident, taken_incident
from concertation.situation.incidents.errors import (
    AlreadyMerged,
    IncidentTooLong,
    NarrowerLead,
    NotMerged,
    RingOfIncidents,
    SameIncident,
)
from concertation.situation.incidents.events import IncidentAct
from concertation.situation.incidents.rules import may_join
from concertation.situation.models import Incident, Join

REASON_LENGTH = 1_000


@transaction.atomic
def merge_incident(*, by: Delegate | None, incident_id: UUID, into_id: UUID, reason: str = "") -> None:
    """Say that a report tells of the same incident as another, which leads from now on.

    Who reads the report must be able to read the one that leads it, so that every reader counts the group once. Who
    reported it merges it, or the chair. Raises NoSuchIncident, NotAllowed, SameIncident, RingOfIncidents,
    AlreadyMerged, NarrowerLead, IncidentTooLong.
    """
    if incident_id == into_id:
        raise SameIncident
    incident, into = taken_incident(by, incident_id), taken_incident(by, into_id)
    if by is not None and not may_join(by, incident):
        raise NotAllowed
    if incident.into_id is not None:
        raise AlreadyMerged
    if into.lead_id == incident.pk:
        raise RingOfIncidents
    if not reads_all(into, incident):
        raise NarrowerLead
    _point(incident, into, by, reason)
    facts = {"into": str(into.pk), "reason": prose(reason)}
    note_incident(by, IncidentAct.JOINED, incident, facts)


@transaction.atomic
def part_incident(*, by: Delegate | None, incident_id: UUID, reason: str = "") -> None:
    """Take a report out of the one that it was merged into, with what is merged into it.

    Raises NoSuchIncident, NotAllowed, NotMerged, IncidentTooLong.
    """
    incident = taken_incident(by, incident_id)
    if by is not None and not may_join(by, incident):
        raise NotAllowed
    if incident.into_id is None:
        raise NotMerged
    _point(incident, None, by, reason)
    note_incident(by, IncidentAct.PARTED, incident, {"reason": prose(reason)})


def _point(incident: Incident, into: Incident | None, by: Delegate | None, reason: str) -> None:
    """Let a report point to another or to none, and derive who leads it and what is merged into it."""
    if len(prose(reason)) > REASON_LENGTH:
        raise IncidentTooLong
    lead = incident.lead_id or incident.pk
    group = Incident.objects.filter(Q(pk=lead) | Q(lead=lead)).values_list("pk", flat=True)
    ids = list(group)
    Join.objects.create(incident=incident, into=into, reason=prose(reason), by=by, at=clock.now())
    incident.into = into
    incident.save(update_fields=["into"])
    find_leads(ids)


def reads_all(wider: Incident, narrower: Incident) -> bool:
    """Say whether everybody who reads `narrower` reads `wider`."""
    if wider.is_for_all:
        return True
    return not narrower.is_for_all and set(narrower.reader_codes) <= set(wider.reader_codes)
