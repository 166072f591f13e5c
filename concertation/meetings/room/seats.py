"""Seats are taken, kept and given back here; one decides nothing, so it is not in the record."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction

from concertation.coalition.models import Delegate
from concertation.core import clock
from concertation.core.errors import DomainError
from concertation.core.live import announce
from concertation.meetings.room.messages import Identity, Participant
from concertation.meetings.room.models import RoomSeat


class RoomFull(DomainError):
    """Every seat is taken; the browser says so in its own words."""


@dataclass(frozen=True)
class Claim:
    """A seat just taken: who else is there, and which peers had to make room."""

    participant: Participant
    others: list[Participant]
    replaced: list[str]
    expired: list[str]


def claim_seat(*, meeting_id: UUID, delegate: Delegate, peer: str) -> Claim:
    """Take a seat for this connection, in place of the one this person may still hold; raises RoomFull."""
    with transaction.atomic():
        expired = drop_expired_seats(meeting_id=meeting_id)
        replaced = _take_over(meeting_id, delegate, peer)
        if not replaced:
            _take_free(meeting_id, delegate, peer)
        announce(f"room:{meeting_id}")
        others = [each for each in participants(meeting_id) if each.id != peer]
    return Claim(Participant(id=peer, identity=identity_of(delegate)), others, replaced, expired)


def _take_over(meeting_id: UUID, delegate: Delegate, peer: str) -> list[str]:
    """Make the seat of this person's former connection its own; return the peer that lost it, if any."""
    seats = RoomSeat.objects.filter(meeting_id=meeting_id, delegate=delegate)
    former = list(seats.select_for_update().values_list("peer", flat=True))
    seats.update(peer=peer, seen_at=clock.now())
    return former


def _take_free(meeting_id: UUID, delegate: Delegate, peer: str) -> None:
    """Insert the first seat that nobody holds: of two at once, the unique number lets only one through."""
    taken = set(RoomSeat.objects.filter(meeting_id=meeting_id).values_list("number", flat=True))
    for number in sorted(set(range(1, settings.MESH_LIMIT + 1)) - taken):
        seat = RoomSeat(meeting_id=meeting_id, number=number, delegate=delegate, peer=peer, seen_at=clock.now())
        RoomSeat.objects.bulk_create([seat], ignore_conflicts=True)
        if RoomSeat.objects.filter(peer=peer).exists():
            return
    raise RoomFull


def renew_seat(*, peer: str) -> bool:
    """Keep the seat for another while; say whether it was still there."""
    return RoomSeat.objects.filter(peer=peer).update(seen_at=clock.now()) == 1


def release_seat(*, meeting_id: UUID, peer: str) -> bool:
    """Give the seat back; say whether this peer still had it."""
    with transaction.atomic():
        deleted, _rows = RoomSeat.objects.filter(meeting_id=meeting_id, peer=peer).delete()
        announce(f"room:{meeting_id}")
    return deleted == 1


def drop_expired_seats(*, meeting_id: UUID) -> list[str]:
    """Free the seats that nobody renewed, as after a crash; return the peers that held them."""
    with transaction.atomic():
        expired = RoomSeat.objects.expired(meeting_id)
        peers = list(expired.select_for_update().values_list("peer", flat=True))
        if peers:
            expired.filter(peer__in=peers).delete()
            announce(f"room:{meeting_id}")
    return peers


def participants(meeting_id: UUID) -> list[Participant]:
    """Return who sits in the room, in order of seats."""
    seats = RoomSeat.objects.taken(meeting_id).select_related("delegate__person", "delegate__member")
    return [Participant(id=seat.peer, identity=identity_of(seat.delegate)) for seat in seats]


def identity_of(delegate: Delegate) -> Identity:
    """Return the stamp that others see on this delegate's tile."""
    return Identity(
        delegate=str(delegate.id),
        name=delegate.person.name,
        member=delegate.member_id,
        names=delegate.member.names if delegate.member else {},
        capacity=delegate.capacity,
    )
