"""Reads about meetings: what is in a room now, and what a meeting came to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, Subquery, UUIDField

from concertation.coalition.enums import Capacity
from concertation.coalition.models import Delegate, Member
from concertation.core import clock
from concertation.meetings.models import (
    AgendaItem,
    Attendance,
    Decision,
    FloorRequest,
    FloorRequestQuerySet,
    Meeting,
    MemberInvitation,
)
from concertation.pressure.models import StepNote
from concertation.record.canonical import Json
from concertation.texts.models import AdoptedText, Text
from concertation.texts.queries import adopted_by_clock_only

MOST_CLOCKS = 4  # in the bar of the room, however many zones a coalition spans
MOST_CAPITALS = 3


@dataclass(frozen=True)
class Attendee:
    """Somebody who was in the room, and when."""

    delegate: Delegate
    stays: list[tuple[datetime, datetime | None]]


@dataclass(frozen=True)
class ItemReport:
    """What was said under an item of the agenda, or under none."""

    item: AgendaItem | None
    interventions: list[FloorRequest]


@dataclass(frozen=True)
class Conclusions:
    """What a meeting came to, drawn from what happened in it."""

    meeting: Meeting
    items: Sequence[AgendaItem]
    attendees: Sequence[Attendee]
    interventions: Sequence[FloorRequest]
    unheard: Sequence[FloorRequest]
    decisions: Sequence[Decision]
    adopted: Sequence[AdoptedText]

    @property
    def parts(self) -> list[ItemReport]:
        """The interventions item by item, first those outside any item."""
        parts = [
            ItemReport(item, [spoken for spoken in self.interventions if spoken.item_id == (item and item.pk)])
            for item in (None, *self.items)
        ]
        return [part for part in parts if part.item or part.interventions]

    def as_json(self) -> dict[str, Json]:
        """Return the conclusions as the record keeps them; times are ISO 8601 in UTC, lengths whole seconds."""
        return {
            "opened_at": _iso(self.meeting.opened_at),
            "closed_at": _iso(self.meeting.closed_at),
            "items": [{"titles": item.titles, "seconds": round(item.seconds)} for item in self.items],
            "attendance": [_attendee_json(attendee) for attendee in self.attendees],
            "interventions": [_intervention_json(spoken) for spoken in self.interventions],
            "decisions": [{"at": _iso(made.at), "sentences": made.sentences} for made in self.decisions],
            "adopted": [{"text": str(text.text_id), "sha256": text.sha256} for text in self.adopted],
        }


def conclusions(meeting: Meeting) -> Conclusions:
    """Draw the conclusions of `meeting` from its agenda, attendance, interventions and decisions."""
    spoken = floor_of(meeting)
    return Conclusions(
        meeting=meeting,
        items=agenda_of(meeting),
        attendees=attendees_of(meeting),
        interventions=list(spoken.heard()),
        unheard=list(spoken.waiting()),
        decisions=list(Decision.objects.filter(meeting=meeting).select_related("item")),
        adopted=_adopted_during(meeting),
    )


def agenda_of(meeting: Meeting) -> list[AgendaItem]:
    """Return the agenda with the members that lead its items, and the step of pressure that an item came from."""
    steps = StepNote.objects.filter(item=OuterRef("pk")).order_by("-pk").values("step")[:1]
    items = AgendaItem.objects.filter(meeting=meeting).annotate(step_id=Subquery(steps, output_field=UUIDField()))
    return list(items.select_related("lead").order_by("position", "pk"))


def floor_of(meeting: Meeting) -> FloorRequestQuerySet:
    """Return the requests for the floor, with who made them."""
    return FloorRequest.objects.filter(meeting=meeting).select_related("member", "delegate__person", "item")


def attendees_of(meeting: Meeting) -> list[Attendee]:
    """Return who was in the room, delegation by delegation, with their stays."""
    found: dict[UUID, Attendee] = {}
    stays = Attendance.objects.filter(meeting=meeting).select_related("delegate__person", "delegate__member")
    for stay in stays:
        attendee = found.setdefault(stay.delegate_id, Attendee(stay.delegate, []))
        attendee.stays.append((stay.came_at, stay.left_at))
    return sorted(found.values(), key=lambda attendee: protocol_order(attendee.delegate))


def present_in(meeting: Meeting) -> list[Delegate]:
    """Return who is in the room now, delegation by delegation."""
    stays = Attendance.objects.filter(meeting=meeting).present()
    rows = stays.select_related("delegate__person", "delegate__member")
    return sorted((stay.delegate for stay in rows), key=protocol_order)


def protocol_order(delegate: Delegate) -> tuple[bool, bool, int, str, bool, str]:
    """Return the key that sorts delegates: co-chairs, members in protocol order, heads first, secretariat last."""
    member = delegate.member
    if member is None:
        return (True, True, 0, "", True, delegate.person.name)
    heads = delegate.capacity != Capacity.HEAD
    return (False, not member.is_co_chair, member.order, member.code, heads, delegate.person.name)


@dataclass(frozen=True)
class Delegation:
    """An invited member, what it answered, and its delegates."""

    invitation: MemberInvitation
    delegates: list[Delegate]

    @property
    def member(self) -> Member:
        """The member that is invited."""
        return self.invitation.member


def delegations_of(meeting: Meeting) -> list[Delegation]:
    """Return the invited members in protocol order, each with its answer and its active delegates."""
    found = {invitation.member_id: Delegation(invitation, []) for invitation in invited_to(meeting)}
    for delegate in Delegate.objects.active().filter(member__in=list(found)).select_related("person"):
        found[delegate.member_id or ""].delegates.append(delegate)
    return list(found.values())


def invited_to(meeting: Meeting) -> list[MemberInvitation]:
    """Return the invitations to `meeting` with their members, in protocol order."""
    invitations = MemberInvitation.objects.filter(meeting=meeting, withdrawn_at=None)
    return list(invitations.select_related("member"))


def leads_of(meeting: Meeting) -> list[Member]:
    """Return the members that may introduce an item of `meeting`."""
    return [invitation.member for invitation in invited_to(meeting)]


def texts_of(meeting: Meeting, reader: Delegate) -> list[Text]:
    """Return the texts of `meeting` that `reader` may read, in the order in which they are treated."""
    texts = Text.objects.visible_to(reader).filter(meeting_link__meeting=meeting)
    return list(texts.order_by("meeting_link__position", "meeting_link__pk"))


@dataclass(frozen=True)
class Clock:
    """The time in a zone, and the capitals that share it."""

    zone: str
    time: datetime
    capitals: str


def clocks_of(members: Iterable[Member]) -> list[Clock]:
    """Return the clocks of the members' capitals now, the first few in protocol order, those with one time together."""
    now, found = clock.now(), dict[datetime, list[Member]]()
    for member in members:
        wall = now.astimezone(ZoneInfo(member.time_zone)).replace(tzinfo=None)
        found.setdefault(wall, []).append(member)
    return [_clock(wall, sharing) for wall, sharing in list(found.items())[:MOST_CLOCKS]]


@dataclass(frozen=True)
class Place:
    """A waiting request and its place, counted from 0, among those of its kind."""

    request: FloorRequest
    number: int
    is_first: bool
    is_last: bool


@dataclass(frozen=True)
class Room:
    """What the panels of a room show at one moment."""

    meeting: Meeting
    items: Sequence[AgendaItem]
    requests: Sequence[FloorRequest]

    @cached_property
    def running_item(self) -> AgendaItem | None:
        """The item under discussion."""
        return next((item for item in self.items if item.running_since), None)

    @cached_property
    def next_item(self) -> AgendaItem | None:
        """The first item after the running one that was not opened yet."""
        after = self.running_item.position if self.running_item else 0
        return next((item for item in self.items if item.position > after and not item.began_at), None)

    @cached_property
    def speaker(self) -> FloorRequest | None:
        """The intervention that runs."""
        return next((request for request in self.requests if request.given_at), None)

    def requests_of(self, member: str | None) -> dict[str, FloorRequest]:
        """Return the waiting requests of a member by kind."""
        return {str(request.kind): request for request in self.waiting if request.member_id == member}

    @cached_property
    def waiting(self) -> list[FloorRequest]:
        """The speaking list, in its order."""
        return [request for request in self.requests if not request.given_at]

    @cached_property
    def places(self) -> list[Place]:
        """The speaking list with the place of each request among those of its kind."""
        points = [request for request in self.waiting if request.is_point_of_order]
        statements = self.waiting[len(points) :]
        return [
            Place(request, number, number == 0, number == len(line) - 1)
            for line in (points, statements)
            for number, request in enumerate(line)
        ]


def room_of(meeting: Meeting) -> Room:
    """Return what happens in the room of `meeting` now, in two queries."""
    live = floor_of(meeting).filter(ended_at=None, withdrawn_at=None)
    ordered = live.order_by("-is_point_of_order", "position", "asked_at", "pk")
    return Room(meeting=meeting, items=agenda_of(meeting), requests=list(ordered))


def _adopted_during(meeting: Meeting) -> list[AdoptedText]:
    """Return the texts of `meeting` that were adopted while it was open, by whatever procedure."""
    if meeting.opened_at is None:
        return []
    own = AdoptedText.objects.select_related("text").filter(text__meeting_link__meeting=meeting)
    texts = set(meeting.text_links.values_list("text_id", flat=True))
    found = [*own, *(adopted for adopted in adopted_by_clock_only() if adopted.text_id in texts)]
    until = meeting.closed_at or clock.now()
    during = [adopted for adopted in found if meeting.opened_at <= adopted.adopted_at <= until]
    return sorted(during, key=lambda adopted: adopted.adopted_at)


def _clock(wall: datetime, members: list[Member]) -> Clock:
    capitals = list(dict.fromkeys(member.capital_name for member in members))
    names = " · ".join(capitals[:MOST_CAPITALS])
    rest = len(capitals) - MOST_CAPITALS
    return Clock(members[0].time_zone, wall, f"{names} +{rest}" if rest > 0 else names)


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _attendee_json(attendee: Attendee) -> dict[str, Json]:
    delegate = attendee.delegate
    return {
        "delegate": str(delegate.pk),
        "name": delegate.person.name,
        "member": delegate.member_id,
        "capacity": delegate.capacity,
        "stays": [[_iso(came), _iso(left)] for came, left in attendee.stays],
    }


def _intervention_json(spoken: FloorRequest) -> dict[str, Json]:
    return {
        "member": spoken.member_id,
        "delegate": str(spoken.delegate_id),
        "kind": spoken.kind,
        "item": str(spoken.item_id) if spoken.item_id else None,
        "given_at": _iso(spoken.given_at),
        "ended_at": _iso(spoken.ended_at),
        "seconds": round(spoken.seconds),
    }
