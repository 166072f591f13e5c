"""Incidents for tests: reported, found and merged by the domain functions themselves."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from concertation.coalition.enums import Audience, Capacity
from concertation.coalition.models import Delegate
from concertation.situation.domain.incident_steps import verify_incident
from concertation.situation.domain.incidents import report_incident
from concertation.situation.domain.observation import Box, Restriction, add_area, enter_limit
from concertation.situation.incidents.enums import Finding, LimitKind, WhenPrecision, WherePrecision
from concertation.situation.incidents.report import Report
from concertation.situation.models import Area, Incident, Limit
from tests.helpers.people import make_delegate

NOON = datetime(2025, 7, 8, 12, tzinfo=UTC)
REPORT = Report(
    kind="shelling",
    occurred_at=NOON,
    when_precision=WhenPrecision.HOUR,
    place="Kharkiv",
    latitude=49.99,
    longitude=36.23,
    where_precision=WherePrecision.SETTLEMENT,
    figures={"killed": (1, 2, 4), "explosions": (None, 10, None)},
    summary="Heard at noon.",
    sources=["Monitors on the spot"],
    links=["https://example.org/report"],
)


def make_report(**facts: object) -> Report:
    """Return the report of a shelling, with other facts where they are given."""
    return replace(REPORT, **facts)  # type: ignore[arg-type]


def make_incident(
    by: Delegate | None = None,
    *,
    audience: Audience = Audience.COALITION,
    named: Sequence[str] = (),
    member: str | None = None,
    **facts: object,
) -> Incident:
    """Return a new incident that `by` reported, or without one the loader for `member`."""
    report = make_report(**facts)
    return report_incident(by=by, report=report, audience=audience, named=named, member=member)


def make_verified(by: Delegate | None = None, *, verifier: str | None = "GB", **facts: object) -> Incident:
    """Return an incident that a member verified."""
    incident = make_incident(by, **facts)  # type: ignore[arg-type]
    verify_incident(by=None, incident_id=incident.pk, finding=Finding.VERIFIED, grounds="Seen.", member=verifier)
    incident.refresh_from_db()
    return incident


def make_area(since: date = date(2025, 7, 1)) -> Area:
    """Return an area around Kharkiv that is watched since a day."""
    names = {"en": "North-east", "fr": "Nord-est"}
    return add_area(by=None, names=names, box=Box(35.0, 49.0, 38.0, 51.0), since=since)


def make_limit(
    area: Area,
    by: Delegate | None,
    since: date = date(2025, 7, 2),
    until: date | None = date(2025, 7, 3),
    *,
    kind: LimitKind = LimitKind.CLOSED,
    audience: Audience = Audience.COALITION,
) -> Limit:
    """Return an entry that an area could not be observed."""
    restriction = Restriction(kind, since, until, "The road was closed.", "Local command")
    return enter_limit(by=by, area_id=area.pk, restriction=restriction, audience=audience)


def head_of(code: str) -> Delegate:
    """Return the head of delegation of a member, made when there is none."""
    found = Delegate.objects.filter(member=code, capacity=Capacity.HEAD).select_related("person", "member").first()
    return found or make_delegate(code)
