"""From report to consequence: members verify, the chair attributes and decides a remedy; each step is an entry."""

from datetime import date
from uuid import UUID

from django.db import transaction

from concertation.coalition.models import Delegate
from concertation.core import clock
from concertation.core.days import check_past
from concertation.core.errors import NotAllowed
from concertation.core.words import one_line, prose
from concertation.record.canonical import Json
from concertation.situation.domain.incident_entries import find_by_steps, note_incident, taken_incident
from concertation.situation.incidents.enums import Finding, State
from concertation.situation.incidents.errors import (
    ActorMissing,
    GroundsMissing,
    IncidentTooLong,
    NotAttributed,
    NotForAll,
    NothingToTakeBack,
    NotVerified,
    OwnReport,
)
from concertation.situation.incidents.events import IncidentAct
from concertation.situation.incidents.rules import may_decide, may_report, may_verify
from concertation.situation.models import Incident, Step

GROUNDS_LENGTH, ACTOR_LENGTH = 4_000, 120
VERIFICATIONS = {Finding.VERIFIED, Finding.UNVERIFIABLE, Finding.REJECTED, Finding.REOPENED}
ATTRIBUTIONS = {Finding.ATTRIBUTED, Finding.UNDETERMINED, Finding.UNATTRIBUTED}
REMEDIES = {Finding.REMEDY, Finding.NO_REMEDY}


@transaction.atomic
def verify_incident(
    *,
    by: Delegate | None,
    incident_id: UUID,
    finding: Finding,
    grounds: str,
    on: date | None = None,
    member: str | None = None,
) -> Step:
    """Say whether a report is verified, unverifiable or rejected, or is to be looked at again; return the step.

    Another member than the reporter does it, or the chair's monitoring (`member` is for the loader). A later step
    corrects an earlier one. Raises NoSuchIncident, NotAllowed, OwnReport, GroundsMissing, IncidentTooLong, BadDay,
    NothingToTakeBack.
    """
    incident = taken_incident(by, incident_id)
    if finding not in VERIFICATIONS or (by is not None and not may_report(by)):
        raise NotAllowed
    own = by.member_id if by else member
    if own == incident.member_id or (by is not None and not may_verify(by, incident)):
        raise OwnReport
    if finding == Finding.REOPENED and incident.state == State.REPORTED:
        raise NothingToTakeBack
    return _step(incident, by, finding, on, grounds, member=own)


@transaction.atomic
def attribute_incident(
    *,
    by: Delegate | None,
    incident_id: UUID,
    finding: Finding,
    grounds: str,
    actor: str = "",
    on: date | None = None,
) -> Step:
    """Record to whom the coalition attributes an incident, that it cannot, or that it takes this back.

    The chair does so after consultation, about what the whole coalition can read. Raises NotForAll, NotVerified,
    ActorMissing; else as `verify_incident`.
    """
    incident = _decided(by, incident_id, finding in ATTRIBUTIONS)
    if finding == Finding.UNATTRIBUTED and not incident.attribution:
        raise NothingToTakeBack
    named = one_line(actor) if finding == Finding.ATTRIBUTED else ""
    if finding == Finding.ATTRIBUTED and not named:
        raise ActorMissing
    return _step(incident, by, finding, on, grounds, actor=named)


@transaction.atomic
def decide_remedy(
    *, by: Delegate | None, incident_id: UUID, finding: Finding, grounds: str, on: date | None = None
) -> Step:
    """Record what the coalition decides to do about an incident, in `grounds`; else as `attribute_incident`.

    Raises NotAttributed unless it was said who is responsible, or that it cannot be determined.
    """
    incident = _decided(by, incident_id, finding in REMEDIES)
    if not incident.attribution:
        raise NotAttributed
    if finding == Finding.NO_REMEDY and not incident.has_remedy:
        raise NothingToTakeBack
    return _step(incident, by, finding, on, grounds)


def _decided(by: Delegate | None, incident_id: UUID, is_known: bool) -> Incident:
    """Return an incident about which the coalition can decide; raises NotAllowed, NotForAll, NotVerified."""
    incident = taken_incident(by, incident_id)
    if not is_known or (by is not None and not may_decide(by)):
        raise NotAllowed
    if not incident.is_for_all:
        raise NotForAll
    if incident.state != State.VERIFIED:
        raise NotVerified
    return incident


def _step(
    incident: Incident,
    by: Delegate | None,
    finding: Finding,
    on: date | None,
    grounds: str,
    *,
    actor: str = "",
    member: str | None = None,
) -> Step:
    """Add the step, derive where the incident stands, append the entry."""
    grounds, on = prose(grounds), on or clock.now().date()
    if not grounds:
        raise GroundsMissing
    if len(grounds) > GROUNDS_LENGTH or len(actor) > ACTOR_LENGTH:
        raise IncidentTooLong
    check_past(on)
    step = Step.objects.create(
        incident=incident,
        number=incident.entries,
        finding=finding,
        on=on,
        actor=actor,
        grounds=grounds,
        member_id=member,
        by=by,
        at=clock.now(),
    )
    find_by_steps(incident)
    facts: dict[str, Json] = {"step": step.number, "finding": str(finding), "as_of": on.isoformat(), "grounds": grounds}
    if actor:
        facts["attributed_to"] = actor
    note_incident(by, IncidentAct.STEPPED, incident, facts)
    return step
