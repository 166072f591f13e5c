"""Delegations report incidents, correct what they reported, and open it to the coalition."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from concertation.coalition.audiences import packed, readers_of
from concertation.coalition.enums import Audience
from concertation.coalition.models import Delegate
from concertation.core import clock
from concertation.core.errors import NotAllowed, NothingChanged
from concertation.core.words import prose
from concertation.record.canonical import Json
from concertation.situation.domain.incident_entries import (
    FOUND_OF_ACCOUNT,
    find_by_account,
    note_incident,
    said_of,
    taken_incident,
)
from concertation.situation.domain.incident_joins import merge_incident
from concertation.situation.errors import NoSuchCondition
from concertation.situation.incidents.errors import (
    AlreadyShared,
    GroundsMissing,
    IncidentTooLong,
    KindMissing,
    NarrowerLead,
    NoSuchClause,
)
from concertation.situation.incidents.events import IncidentAct
from concertation.situation.incidents.report import Report, checked
from concertation.situation.incidents.rules import may_report, may_tell
from concertation.situation.models import Account, Condition, Incident, Kind

REASON_LENGTH = 1_000


@dataclass(frozen=True, slots=True)
class Clause:
    """The condition, and of its wording in force the clause, that something concerns; None: the whole of it."""

    condition_id: UUID
    number: int | None = None


@transaction.atomic
def report_incident(
    *,
    by: Delegate | None,
    report: Report,
    audience: Audience = Audience.COALITION,
    named: Collection[str] = (),
    concerns: Clause | None = None,
    same_as: UUID | None = None,
    member: str | None = None,
) -> Incident:
    """Report an incident for the member of `by` (the secretariat for the chair's monitoring) and return it.

    `by` is None for the loader, which says for which `member`, None for the monitoring. `named` are codes, for the
    audience of named members. With `same_as` it is merged at once into another report of the same incident, with the
    errors of `merge_incident`. Raises NotAllowed, KindMissing, NoSuchCondition, NoSuchClause, UnknownReaders and the
    errors of a report: PlaceMissing, BadPlace, BadMoment, BadFigures, BadLinks, IncidentTooLong.
    """
    if by is not None and not may_report(by):
        raise NotAllowed
    own = by.member_id if by else member
    report = _of_known_kind(checked(report))
    readers = _readers(audience, own, named)
    incident = Incident(
        id=uuid.uuid4(), member_id=own, by=by, at=clock.now(), audience=audience, readers=packed(readers), entries=1
    )
    account = _account(incident, by, report, concerns, "")
    find_by_account(incident, account)
    incident.save(force_insert=True)
    account.save(force_insert=True)
    note_incident(by, IncidentAct.REPORTED, incident, _facts(incident, account))
    if same_as is not None:
        merge_incident(by=by, incident_id=incident.pk, into_id=same_as)
        incident.refresh_from_db()
    return incident


@transaction.atomic
def correct_incident(
    *, by: Delegate | None, incident_id: UUID, report: Report, reason: str, concerns: Clause | None = None
) -> Account:
    """Put another account in the place of the one before, which stays readable, and return it.

    Raises NoSuchIncident, NotAllowed, NothingChanged, GroundsMissing without a reason; else as `report_incident`.
    """
    incident = taken_incident(by, incident_id)
    if by is not None and not may_tell(by, incident):
        raise NotAllowed
    reason = prose(reason)
    if not reason:
        raise GroundsMissing
    if len(reason) > REASON_LENGTH:
        raise IncidentTooLong
    report, before = _of_known_kind(checked(report), incident.kind_id), incident.accounts.latest("number")
    account = _account(incident, by, report, concerns, reason)
    if _content(account) == _content(before):
        raise NothingChanged
    account.is_withdrawn = before.is_withdrawn
    account.save(force_insert=True)
    find_by_account(incident, account)
    incident.save(update_fields=[*FOUND_OF_ACCOUNT])
    incident.kind = account.kind
    note_incident(by, IncidentAct.TOLD_AGAIN, incident, {**_facts(incident, account), "reason": reason})
    return account


@transaction.atomic
def share_incident(*, by: Delegate, incident_id: UUID) -> None:
    """Open an incident that only some could read to the whole coalition, which then can decide about it.

    Raises NoSuchIncident, NotAllowed, AlreadyShared, NarrowerLead while it is part of one that not all can read.
    """
    incident = taken_incident(by, incident_id)
    if not may_tell(by, incident):
        raise NotAllowed
    if incident.is_for_all:
        raise AlreadyShared
    _check_lead(incident)
    incident.audience, incident.readers = Audience.COALITION, ""
    incident.save(update_fields=["audience", "readers"])
    note_incident(by, IncidentAct.SHARED, incident, _facts(incident, incident.accounts.latest("number")))


def _check_lead(incident: Incident) -> None:
    """Refuse to open a report wider than the one that leads it; raises NarrowerLead."""
    if incident.into is not None and not incident.into.is_for_all:
        raise NarrowerLead


def _readers(audience: Audience, own: str | None, named: Collection[str]) -> set[str]:
    """Return who may read it; what the monitoring tells some, the secretariat reads in any case."""
    if own is not None:
        return readers_of(audience, own=own, named=named)
    return readers_of(audience, own="", named=named) - {""}


def _of_known_kind(report: Report, kept: str = "") -> Report:
    """Let through a report of a kind that is in use, or that it had before; raises KindMissing."""
    if report.kind != kept and not Kind.objects.filter(pk=report.kind, is_retired=False).exists():
        raise KindMissing
    return report


def _account(incident: Incident, by: Delegate | None, report: Report, concerns: Clause | None, reason: str) -> Account:
    """Return an account, not saved yet; raises NoSuchCondition, NoSuchClause."""
    check_clause(by, concerns)
    return Account(
        incident=incident,
        number=incident.entries,
        summary=report.summary,
        sources=list(report.sources),
        links=list(report.links),
        condition_id=concerns.condition_id if concerns else None,
        clause=concerns.number if concerns else None,
        reason=reason,
        by=by,
        at=clock.now(),
        **report.columns(),
    )


def check_clause(by: Delegate | None, concerns: Clause | None) -> None:
    """Refuse a clause that does not stand in the wording in force; raises NoSuchCondition, NoSuchClause."""
    if concerns is None:
        return
    visible = Condition.objects.visible_to(by) if by else Condition.objects.all()
    condition = visible.filter(pk=concerns.condition_id).first()
    if condition is None:
        raise NoSuchCondition
    if concerns.number is not None and not 1 <= concerns.number <= condition.wording.clause_count:
        raise NoSuchClause


def _content(account: Account) -> tuple[object, ...]:
    """Return what an account says, for comparison."""
    said = said_of(account)
    return (said, account.summary, account.sources, account.links, account.condition_id, account.clause)


def _facts(incident: Incident, account: Account) -> dict[str, Json]:
    """Return what the record keeps of an account."""
    return {
        **said_of(account),
        "account": account.number,
        "summary": account.summary,
        "incident_sources": account.sources,
        "links": account.links,
        "condition_id": str(account.condition_id) if account.condition_id else None,
        "clause": account.clause,
        "reported_for": incident.member_id,
        "shared_with": incident.audience,
        "readers": incident.reader_codes,
    }
