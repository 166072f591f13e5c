"""Members announce contacts with others and say that they were held; what was held stays, unless struck as an error."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from concertation.coalition.enums import Audience
from concertation.coalition.models import Delegate, Member
from concertation.core import clock
from concertation.core.days import check_past
from concertation.core.errors import NotAllowed
from concertation.core.words import clean_line, clean_link, clean_prose
from concertation.core.zones import zones
from concertation.record.canonical import Json
from concertation.record.events import Subject
from concertation.situation.domain.notes import REASON_LENGTH, Readers, enter, homes_of
from concertation.situation.domain.statements import STANDING
from concertation.situation.enums import Channel, Initiative
from concertation.situation.errors import (
    ContactNotHeld,
    ContactNotPlanned,
    ContactOver,
    NobodySpokenTo,
    NoSuchActor,
    NoSuchContact,
    PlannedInThePast,
    ReasonMissing,
    SubjectMissing,
)
from concertation.situation.events import ContactAct
from concertation.situation.models import Contact, Counterpart
from concertation.situation.rules import may_announce, may_hold

SUBJECT_LENGTH = 200
FURTHEST = timedelta(days=5 * 366)
LATEST_ZONE = timedelta(hours=12)  # the zone in which a day ends last is so far behind UTC


@dataclass(frozen=True, kw_only=True)
class ContactPlan:
    """What is told of a contact: with whom, on which day (`clock_time` on the clocks of `zone`), how, about what.

    `members` are the codes of those of ours that take part beside the holder.
    """

    counterparts: Collection[UUID]
    day: date
    channel: Channel
    subject: str
    clock_time: time | None = None
    zone: str = "UTC"
    initiative: Initiative = Initiative.UNKNOWN
    members: Collection[str] = field(default_factory=tuple)
    link: str = ""


@transaction.atomic
def announce_contact(
    *,
    by: Delegate | None,
    plan: ContactPlan,
    holder: str | None = None,
    audience: Audience = Audience.COALITION,
    named: Collection[str] = (),
    sources: Sequence[str] = (),
) -> Contact:
    """Announce a contact and return it: of the member of `by`, or of `holder` by the secretariat and the loader.

    Raises NotAllowed, NoSuchActor, NobodySpokenTo, SubjectMissing, TooLong, BadLink, PlannedInThePast, UnknownReaders.
    """
    if by is not None and not _first_day_left() <= plan.day <= clock.now().date() + FURTHEST:
        raise PlannedInThePast
    facts = {"planned_on": plan.day, "planned_time": plan.clock_time}
    return _make(by, ContactAct.ANNOUNCED, plan, holder, (audience, named), facts, sources)


@transaction.atomic
def record_contact(
    *,
    by: Delegate | None,
    plan: ContactPlan,
    holder: str | None = None,
    audience: Audience = Audience.COALITION,
    named: Collection[str] = (),
    sources: Sequence[str] = (),
) -> Contact:
    """Enter a contact that was held, and return it; raises BadDay for a day ahead, else as `announce_contact`."""
    check_past(plan.day)
    facts = {"held_on": plan.day, "held_time": plan.clock_time}
    return _make(by, ContactAct.RECORDED, plan, holder, (audience, named), facts, sources)


@transaction.atomic
def hold_contact(
    *,
    by: Delegate | None,
    contact_id: UUID,
    day: date,
    clock_time: time | None = None,
    channel: Channel | None = None,
    initiative: Initiative | None = None,
) -> None:
    """Say that a planned contact was held, on `day`; None leaves channel and initiative as they were planned.

    Raises NoSuchContact, NotAllowed, ContactNotPlanned, BadDay.
    """
    contact = taken_contact(by, contact_id)
    _check_holds(by, contact)
    check_past(day)
    facts = {
        "held_on": day,
        "held_time": clock_time,
        "channel": channel or contact.channel,
        "initiative": initiative or contact.initiative,
    }
    if not Contact.objects.filter(pk=contact.pk).planned().update(**facts):
        raise ContactNotPlanned
    contact = Contact.objects.get(pk=contact.pk)
    told = {"held_on": day.isoformat(), "clock_time": time_text(clock_time)}
    told |= {"channel": contact.channel, "initiative": contact.initiative}
    note_contact(by, ContactAct.HELD, contact, told, topics=homes_of(readers_of_contact(contact)))


@transaction.atomic
def cancel_contact(*, by: Delegate | None, contact_id: UUID, reason: str) -> None:
    """Cancel a planned contact; raises NoSuchContact, NotAllowed, ContactNotPlanned, ReasonMissing, TooLong."""
    _end(by, contact_id, reason, ContactAct.CANCELLED)


@transaction.atomic
def strike_contact(*, by: Delegate | None, contact_id: UUID, reason: str) -> None:
    """Say that a contact was entered in error: it stays readable and counts no more.

    Raises NoSuchContact, NotAllowed, ContactNotHeld, ReasonMissing, TooLong.
    """
    _end(by, contact_id, reason, ContactAct.STRUCK)


def taken_contact(by: Delegate | None, contact_id: UUID) -> Contact:
    """Return a contact that nobody else changes until the transaction ends; raises NoSuchContact, ContactOver."""
    visible = Contact.objects.visible_to(by) if by else Contact.objects.all()
    if not visible.filter(pk=contact_id).exists():
        raise NoSuchContact
    if not Contact.objects.filter(pk=contact_id, ended_at=None).update(entries=F("entries") + 1):
        raise ContactOver
    return Contact.objects.select_related("holder").get(pk=contact_id)


def readers_of_contact(contact: Contact) -> Readers:
    """Return who may read of a contact."""
    return Readers(Audience(contact.audience), contact.reader_codes)


def note_contact(
    by: Delegate | None,
    act: ContactAct,
    contact: Contact,
    facts: Mapping[str, Json],
    *,
    readers: Readers | None = None,
    topics: Collection[str] = (),
) -> None:
    """Append the entry of `act` on a contact, by default for those who may read of it, and tell its pages."""
    whole: dict[str, Json] = {
        "holder": contact.holder_id,
        "own_parties": sorted(contact.members.values_list("pk", flat=True)),
        "spoken_to": [row.names for row in contact.counterparts.all()],
        **facts,
    }
    heard = ("contacts", f"contact:{contact.pk}", *topics)
    subject = Subject("contact", str(contact.pk))
    enter(by, act, subject, whole, readers=readers or readers_of_contact(contact), topics=heard)


def time_text(moment: time | None) -> str | None:
    """Return a time of day as the record keeps it."""
    return moment.isoformat("minutes") if moment else None


def _make(
    by: Delegate | None,
    act: ContactAct,
    plan: ContactPlan,
    holder: str | None,
    told_to: tuple[Audience, Collection[str]],
    facts: Mapping[str, object],
    sources: Sequence[str],
) -> Contact:
    """Add the row, its parties and the entry."""
    own = _holder(by, holder)
    plan = _checked(plan)
    counterparts, members = _parties(plan, own)
    audience, named = told_to
    readers = Readers.of(audience, own=own, named=named).with_codes(members)
    contact = Contact.objects.create(
        id=uuid.uuid4(),
        holder_id=own,
        by=by,
        entered_at=clock.now(),
        zone=plan.zone,
        channel=plan.channel,
        initiative=plan.initiative,
        subject=plan.subject,
        link=plan.link,
        audience=readers.audience,
        readers=readers.packed,
        sources=list(sources),
        **facts,
    )
    contact.members.set(Member.objects.filter(pk__in=members))
    contact.counterparts.set(counterparts)
    note_contact(by, act, contact, _facts(contact, readers), topics=homes_of(readers, without=own))
    return contact


def _holder(by: Delegate | None, holder: str | None) -> str:
    """Return whose contact it is; raises NotAllowed, NoSuchActor."""
    own = by.member_id if by and by.member_id else holder
    if by is not None and (not may_announce(by) or (by.member_id and holder not in {None, by.member_id})):
        raise NotAllowed
    if not Member.objects.filter(pk=own, status__in=STANDING).exists():
        raise NoSuchActor
    assert own is not None  # a member was found
    return own


def _parties(plan: ContactPlan, own: str) -> tuple[list[Counterpart], list[str]]:
    """Return who is spoken to, and the codes of ours; raises NobodySpokenTo, NoSuchActor."""
    if not plan.counterparts:
        raise NobodySpokenTo
    counterparts = list(Counterpart.objects.filter(pk__in=plan.counterparts))
    wanted = {own, *plan.members}
    members = Member.objects.filter(pk__in=wanted, status__in=STANDING).values_list("pk", flat=True)
    if len(counterparts) != len(set(plan.counterparts)) or set(members) != wanted:
        raise NoSuchActor
    return counterparts, sorted(members)


def _checked(plan: ContactPlan) -> ContactPlan:
    """Return a plan in normal form; raises SubjectMissing, TooLong, BadLink, and ValueError for an unknown zone."""
    subject = clean_line(plan.subject, SUBJECT_LENGTH)
    if not subject:
        raise SubjectMissing
    if plan.zone not in zones():
        raise ValueError(plan.zone)
    channel, initiative = Channel(plan.channel), Initiative(plan.initiative)
    return replace(plan, subject=subject, link=clean_link(plan.link), channel=channel, initiative=initiative)


def _first_day_left() -> date:
    """Return the first day that is not over everywhere on earth."""
    return (clock.now() - LATEST_ZONE).date()


def _check_holds(by: Delegate | None, contact: Contact) -> None:
    """Let the holder, the secretariat and the loader through; raises NotAllowed."""
    if by is not None and not may_hold(by, contact):
        raise NotAllowed


def _end(by: Delegate | None, contact_id: UUID, reason: str, act: ContactAct) -> None:
    """Cancel or strike a contact, with the reason."""
    reason = clean_prose(reason, REASON_LENGTH)
    contact = taken_contact(by, contact_id)
    _check_holds(by, contact)
    if not reason:
        raise ReasonMissing
    rows = Contact.objects.filter(pk=contact.pk)
    is_cancelled = act == ContactAct.CANCELLED
    rows = rows.planned() if is_cancelled else rows.held()
    if not rows.update(ended_at=clock.now(), ended_by=by, reason=reason):
        raise ContactNotPlanned if is_cancelled else ContactNotHeld
    note_contact(by, act, contact, {"reason": reason}, topics=homes_of(readers_of_contact(contact)))


def _facts(contact: Contact, readers: Readers) -> dict[str, Json]:
    """Return what the record keeps of a new contact."""
    return {
        "planned_on": contact.planned_on.isoformat() if contact.planned_on else None,
        "held_on": contact.held_on.isoformat() if contact.held_on else None,
        "clock_time": time_text(contact.clock_time),
        "zone": contact.zone,
        "channel": contact.channel,
        "initiative": contact.initiative,
        "topic": contact.subject,
        "link": contact.link,
        "sources": contact.sources,
        **readers.facts(),
    }
