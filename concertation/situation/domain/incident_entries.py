"""The lock, the found columns, the entry and the signals that every act on an incident shares."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.db.models import F

from concertation.coalition.models import Delegate
from concertation.core import live
from concertation.core.days import latest_day
from concertation.record.canonical import Json, time_text
from concertation.record.domain.entries import append_entry
from concertation.record.events import Actor, Subject
from concertation.situation.incidents.enums import Measure
from concertation.situation.incidents.errors import NoSuchIncident
from concertation.situation.incidents.events import IncidentAct
from concertation.situation.incidents.grid import cell_of
from concertation.situation.incidents.joining import lead_of
from concertation.situation.incidents.near import window
from concertation.situation.incidents.states import StepFact, standing
from concertation.situation.models import Account, Incident
from concertation.situation.models.incidents import BOUNDS, Described

SAID = (
    "kind_id",
    "place",
    "latitude",
    "longitude",
    "where_precision",
    "occurred_at",
    "when_precision",
    *(f"{measure}_{bound}" for measure in Measure for bound in BOUNDS),
)
FOUND_OF_ACCOUNT = (*SAID, "day", "last_day", "cell_x", "cell_y", "is_withdrawn")


def taken_incident(by: Delegate | None, incident_id: UUID) -> Incident:
    """Return an incident that nobody else changes until the transaction ends, its counter raised by one.

    `by` is None for the loader, which sees every incident. Raises NoSuchIncident.
    """
    visible = Incident.objects.visible_to(by) if by else Incident.objects.all()
    if not visible.filter(pk=incident_id).exists():
        raise NoSuchIncident
    Incident.objects.filter(pk=incident_id).update(entries=F("entries") + 1)
    return Incident.objects.select_related("kind").get(pk=incident_id)


def find_by_account(incident: Incident, account: Account) -> None:
    """Set what is found from the last account, without saving it."""
    for field in SAID:
        setattr(incident, field, getattr(account, field))
    begins, ends = window(account.occurred_at, account.when_precision)
    incident.day, incident.last_day = (
        account.occurred_at.date(),
        max(begins.date(), (ends - (ends - begins) / 99).date()),
    )
    incident.cell_x = incident.cell_y = None
    if account.latitude is not None and account.longitude is not None:
        incident.cell_x, incident.cell_y = cell_of(account.latitude, account.longitude)
    incident.is_withdrawn = account.is_withdrawn


def find_by_steps(incident: Incident) -> None:
    """Derive where the incident stands from its steps, and save it."""
    rows = incident.steps.order_by("number").values_list("number", "finding", "on", "actor")
    now = standing((StepFact(*row) for row in rows), latest_day())
    incident.state, incident.attribution = now.state, now.attribution
    incident.actor, incident.has_remedy = now.actor, now.has_remedy
    incident.save(update_fields=["state", "attribution", "actor", "has_remedy"])


def find_leads(ids: Iterable[UUID]) -> None:
    """Derive who leads the reports `ids`, which hold all that is joined into them, and save what differs."""
    rows = {row.pk: row for row in Incident.objects.filter(pk__in=list(ids))}
    into = dict(Incident.objects.filter(into__isnull=False, pk__in=_reach(rows)).values_list("pk", "into_id"))
    changed = []
    for pk, row in rows.items():
        lead = lead_of(pk, into)
        lead_id = None if lead == pk else lead
        if row.lead_id != lead_id:
            row.lead_id = lead_id
            changed.append(row)
    Incident.objects.bulk_update(changed, ["lead"])


def _reach(rows: Mapping[UUID, Incident]) -> set[UUID]:
    """Return the reports on the way from `rows` to who leads them."""
    found, ahead = set(rows), {row.into_id for row in rows.values() if row.into_id}
    while ahead := ahead - found:
        found |= ahead
        ahead = {into for into in Incident.objects.filter(pk__in=ahead).values_list("into_id", flat=True) if into}
    return found


def said_of(row: Described) -> dict[str, Json]:
    """Return what the record keeps of a description; coordinates are text, since the record holds no fractions."""
    return {
        "incident_kind": row.kind_id,
        "place_name": row.place,
        "latitude": degrees_text(row.latitude),
        "longitude": degrees_text(row.longitude),
        "where_known": row.where_precision,
        "occurred_at": time_text(row.occurred_at),
        "when_known": row.when_precision,
        **{measure.value: list(row.bounds(measure)) for measure in Measure},
    }


def degrees_text(value: float | None) -> str | None:
    """Return degrees with five decimals, about a metre."""
    return None if value is None else f"{value:.5f}"


def note_incident(by: Delegate | None, act: IncidentAct, incident: Incident, facts: Mapping[str, Json]) -> None:
    """Append the entry of `act`, sealed when the incident is not for all, and tell the pages that show incidents."""
    whole: dict[str, Json] = {"kind_names": incident.kind.names, "place_name": incident.place, **facts}
    readers = None if incident.is_for_all else incident.reader_codes
    note(by, act, Subject("incident", str(incident.pk)), whole, readers)
    live.announce("incidents", f"incident:{incident.pk}")


def note(
    by: Delegate | None, act: IncidentAct, subject: Subject, whole: Mapping[str, Json], readers: Collection[str] | None
) -> None:
    """Append the entry of `act`, sealed for `readers`; None for the whole coalition."""
    actor = by.actor if by else Actor.system()
    if readers is None:
        append_entry(actor=actor, action=act, subject=subject, data=whole)
    else:
        append_entry(actor=actor, action=act, subject=subject, data={}, restricted=whole, audience=readers)
