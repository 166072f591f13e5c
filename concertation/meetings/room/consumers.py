"""The room's socket: carries signalling between the people of one meeting, and stamps who sends."""

from typing import Any, Literal, TypedDict
from uuid import UUID, uuid4

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.conf import settings
from pydantic import ValidationError

from concertation.coalition.models import Delegate
from concertation.core.live import group_of
from concertation.core.sockets import Socket
from concertation.meetings.room.access import Refused, admit
from concertation.meetings.room.hooks import peer_group, room_group
from concertation.meetings.room.ice import ice_servers
from concertation.meetings.room.limits import TokenBucket
from concertation.meetings.room.messages import (
    MAX_BYTES,
    Join,
    Ping,
    Relay,
    dump,
    parse_client_message,
)
from concertation.meetings.room.seats import (
    Claim,
    RoomFull,
    claim_seat,
    drop_expired_seats,
    release_seat,
    renew_seat,
)

TOO_BIG = 1009
SEAT_LOST, ELSEWHERE, FULL, TOO_FAST = 4408, 4410, 4423, 4429
BURST, PER_SECOND = 400, 40  # a newcomer to a full room sends about 150 messages in its first second


class PeerLeft(TypedDict):
    """A peer is gone, and why."""

    type: Literal["room.left"]
    peer: str
    reason: Literal["left", "replaced", "expired"]


class RoomConsumer(Socket, AsyncJsonWebsocketConsumer):  # type: ignore[misc]  # channels is untyped
    """One browser window in (or about to enter) one video room."""

    delegate: Delegate
    rights = ""  # the group in which changes of this person's rights are announced
    has_seat = False

    async def connect(self) -> None:
        """Accept the socket, then close it with the reason when this person may not be here."""
        await self.accept()
        self.meeting_id: UUID = self.scope["url_route"]["kwargs"]["meeting_id"]
        self.peer = uuid4().hex
        self.bucket = TokenBucket(burst=BURST, per_second=PER_SECOND)
        if await self._is_admitted():
            self.rights = group_of(f"delegate:{self.delegate.id}")
            await self.channel_layer.group_add(self.rights, self.channel_name)
            await self.channel_layer.group_add(room_group(self.meeting_id), self.channel_name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Act on one message; what is not understood is answered with an error and changes nothing."""
        if not self.bucket.take():
            await self.close(TOO_FAST)
        elif text_data is None or len(text_data.encode()) > MAX_BYTES:
            await self.close(TOO_BIG)
        else:
            await self._receive_text(text_data)

    async def _receive_text(self, text: str) -> None:
        try:
            message = parse_client_message(text)
        except ValidationError:
            await self.send_json({"type": "error", "reason": "not-understood"})
            return
        match message:
            case Join():
                await self._join()
            case Ping():
                await self._renew()
            case Relay():
                await self._relay(message)

    async def disconnect(self, code: int) -> None:
        """Give the seat back and tell the others."""
        if self.rights:
            await self.channel_layer.group_discard(self.rights, self.channel_name)
        await self.channel_layer.group_discard(room_group(self.meeting_id), self.channel_name)
        await self.channel_layer.group_discard(self._own_group, self.channel_name)
        if await database_sync_to_async(release_seat)(meeting_id=self.meeting_id, peer=self.peer):
            await self._tell_left([self.peer], "left")

    async def _is_admitted(self) -> bool:
        """Ask our rows anew whether this person may be in this room; close the socket when not."""
        try:
            self.delegate = await database_sync_to_async(admit)(self.scope, self.meeting_id)
        except Refused as refusal:
            await self.close(refusal.code)
            return False
        return True

    async def _join(self) -> None:
        if self.has_seat:
            await self.send_json({"type": "error", "reason": "already-joined"})
        elif await self._is_admitted():
            # Listen before the seat is seen: whoever comes a moment later may call at once.
            await self.channel_layer.group_add(self._own_group, self.channel_name)
            try:
                claim = await database_sync_to_async(claim_seat)(
                    meeting_id=self.meeting_id, delegate=self.delegate, peer=self.peer
                )
            except RoomFull:
                await self.send_json({"type": "full", "seats": settings.MESH_LIMIT})
                await self.close(FULL)
            else:
                await self._enter(claim)

    async def _enter(self, claim: Claim) -> None:
        self.has_seat = True
        welcome = {
            "type": "welcome",
            "self": dump(claim.participant),
            "others": [dump(other) for other in claim.others],
            "iceServers": ice_servers(str(self.delegate.id)),
        }
        await self.send_json(welcome)
        await self._tell_left(claim.replaced, "replaced")
        await self._tell_left(claim.expired, "expired")
        await self._tell_room({"type": "room.joined", "participant": dump(claim.participant)})

    async def _renew(self) -> None:
        """Keep the seat, if rights and seat are still there, and clear away those of crashed processes."""
        if not await self._is_admitted():
            return
        if self.has_seat:
            if not await database_sync_to_async(renew_seat)(peer=self.peer):
                await self.close(SEAT_LOST)
                return
            expired = await database_sync_to_async(drop_expired_seats)(meeting_id=self.meeting_id)
            await self._tell_left(expired, "expired")
        await self.send_json({"type": "pong"})

    @property
    def _own_group(self) -> str:
        return peer_group(self.meeting_id, self.peer)

    async def _relay(self, message: Relay) -> None:
        if not self.has_seat:
            await self.send_json({"type": "error", "reason": "not-joined"})
            return
        event = {"type": "room.relay", "from": self.peer, "body": dump(message.body)}
        await self.channel_layer.group_send(peer_group(self.meeting_id, message.to), event)

    async def _tell_left(self, peers: list[str], reason: Literal["left", "replaced", "expired"]) -> None:
        for peer in peers:
            await self._tell_room(PeerLeft(type="room.left", peer=peer, reason=reason))

    async def _tell_room(self, event: Any) -> None:
        await self.channel_layer.group_send(room_group(self.meeting_id), event)

    async def room_joined(self, event: dict[str, Any]) -> None:
        """Tell this browser about a newcomer."""
        if self.has_seat and event["participant"]["id"] != self.peer:
            await self.send_json({"type": "joined", "participant": event["participant"]})

    async def room_left(self, event: PeerLeft) -> None:
        """Tell this browser who is gone; when it is itself, the seat went to another window or expired."""
        if event["peer"] != self.peer:
            if self.has_seat:
                await self.send_json({"type": "left", "peer": event["peer"]})
        elif event["reason"] != "left":
            await self.close(ELSEWHERE if event["reason"] == "replaced" else SEAT_LOST)

    async def room_relay(self, event: dict[str, Any]) -> None:
        """Pass on what another peer of this room said to this one."""
        await self.send_json({"type": "relay", "from": event["from"], "body": event["body"]})

    async def room_recheck(self, event: dict[str, Any]) -> None:
        """Look again whether this person may stay."""
        await self._is_admitted()

    async def live_changed(self, event: dict[str, Any]) -> None:
        """Look again: the rights of this person may have changed, or it signed out."""
        await self._is_admitted()
