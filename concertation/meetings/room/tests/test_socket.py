"""The room's socket: who gets in, what is carried to whom, and when it ends."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from django.contrib.sessions.models import Session
from django.db import connections

from concertation.coalition.domain.delegates import end_capacity
from concertation.coalition.enums import Capacity
from concertation.coalition.models import Delegate
from concertation.core import clock
from concertation.meetings.domain.session import close_meeting
from concertation.meetings.models import Meeting, MemberInvitation
from concertation.meetings.room.consumers import BURST
from concertation.meetings.room.hooks import recheck_room
from concertation.meetings.room.messages import MAX_BYTES
from concertation.meetings.room.models import RoomSeat
from concertation.meetings.room.tests.browsers import Browser, make_open_meeting, run_sync
from tests.helpers.people import make_coalition, make_delegate, make_person, make_secretary
from tests.helpers.sockets import socket_of

pytestmark = pytest.mark.django_db(transaction=True)

SUBSCRIBE = {"kind": "subscribe", "source": "camera", "wanted": True}
HASH = "ab" * 32


@pytest.fixture(autouse=True)
async def connections_are_closed() -> AsyncIterator[None]:
    yield
    await sync_to_async(connections.close_all)()  # of the thread in which the socket reads the database


@pytest.fixture
def coalition() -> None:
    make_coalition()


@pytest.fixture
def meeting(coalition: None) -> Meeting:
    return make_open_meeting("FR", "GB", "UA")


@pytest.fixture
def paris(coalition: None) -> Delegate:
    return make_delegate("FR", name="Paris")


@pytest.fixture
def london(coalition: None) -> Delegate:
    return make_delegate("GB", name="London")


@pytest.fixture
def kyiv(coalition: None) -> Delegate:
    return make_delegate("UA", name="Kyiv")


async def test_newcomer_is_welcomed_with_those_present(meeting: Meeting, paris: Delegate, london: Delegate) -> None:
    first = await Browser.join(paris, meeting.id)
    second = await Browser.open(london, meeting.id)
    welcome = await second.take_seat()
    stamp = {"delegate": str(paris.id), "name": "Paris", "member": "FR", "names": {}, "capacity": "head"}
    assert welcome == {
        "type": "welcome",
        "self": {
            "id": welcome["self"]["id"],
            "identity": stamp | {"delegate": str(london.id), "name": "London", "member": "GB"},
        },
        "others": [{"id": first.id, "identity": stamp}],
        "iceServers": [],
    }
    assert await first.hear() == {"type": "joined", "participant": welcome["self"]}
    await first.leave()
    await second.leave()


async def test_secretariat_is_stamped_without_member(meeting: Meeting) -> None:
    clerk = await sync_to_async(make_secretary)("Clerk")
    browser = await Browser.open(clerk, meeting.id)
    stamp = (await browser.take_seat())["self"]["identity"]
    assert stamp == {
        "delegate": str(clerk.id),
        "name": "Clerk",
        "member": None,
        "names": {},
        "capacity": "secretariat",
    }
    await browser.leave()


async def test_anonymous_visitor_is_told_to_sign_in(meeting: Meeting) -> None:
    assert await (await Browser.open(None, meeting.id)).closed_with() == 4401


async def test_person_without_capacity_is_refused(meeting: Meeting) -> None:
    outsider: Any = await sync_to_async(make_person)("Outsider")
    assert await (await Browser.open(outsider, meeting.id)).closed_with() == 4403


async def test_delegate_of_member_not_invited_sees_no_meeting(meeting: Meeting) -> None:
    rome = await sync_to_async(make_delegate)("IT")
    assert await (await Browser.open(rome, meeting.id)).closed_with() == 4404


async def test_unknown_meeting_is_not_found(paris: Delegate) -> None:
    assert await (await Browser.open(paris, uuid4())).closed_with() == 4404


@pytest.mark.parametrize(
    "change", [{"opened_at": None}, {"closed_at": clock.now() + timedelta(hours=1)}], ids=["before", "after"]
)
async def test_meeting_out_of_session_has_no_room(meeting: Meeting, paris: Delegate, change: dict[str, object]) -> None:
    await Meeting.objects.filter(pk=meeting.pk).aupdate(**change)
    assert await (await Browser.open(paris, meeting.id)).closed_with() == 4409


async def test_relay_reaches_only_the_named_peer_with_the_senders_stamp(
    meeting: Meeting, paris: Delegate, london: Delegate, kyiv: Delegate
) -> None:
    first, second, third = [await Browser.join(who, meeting.id) for who in (paris, london, kyiv)]
    for browser, newcomers in ((first, 2), (second, 1)):
        for _ in range(newcomers):
            assert (await browser.hear())["type"] == "joined"
    await third.relay(first.id, SUBSCRIBE)
    assert await first.hear() == {"type": "relay", "from": third.id, "body": SUBSCRIBE}
    assert await second.hears_nothing()
    assert await third.hears_nothing()
    for browser in (first, second, third):
        await browser.leave()


async def test_relay_does_not_cross_meetings(paris: Delegate, london: Delegate, meeting: Meeting) -> None:
    other = await sync_to_async(make_open_meeting)("GB")
    here = await Browser.join(paris, meeting.id)
    there = await Browser.join(london, other.id)
    await there.relay(here.id, SUBSCRIBE)
    assert await here.hears_nothing()
    await here.leave()
    await there.leave()


async def test_relay_before_joining_is_refused(meeting: Meeting, paris: Delegate, london: Delegate) -> None:
    seated = await Browser.join(paris, meeting.id)
    waiting = await Browser.open(london, meeting.id)
    await waiting.relay(seated.id, SUBSCRIBE)
    assert await waiting.hear() == {"type": "error", "reason": "not-joined"}
    assert await seated.hears_nothing()
    await seated.leave()
    await waiting.leave()


CANDIDATE = {"candidate": "candidate:1 1 udp", "sdpMid": "0", "sdpMLineIndex": 0, "usernameFragment": None}
WELL_FORMED: list[dict[str, Any]] = [
    {"kind": "description", "description": {"type": "offer", "sdp": "v=0"}, "sources": {"0": "mic"}},
    {"kind": "candidate", "candidate": None},
    {"kind": "candidate", "candidate": CANDIDATE},
    {"kind": "sources", "sources": {"mic": "muted", "screen-audio": "on", "interp:fr": "off"}},
    {"kind": "commit", "round": 1, "roster": ["a" * 32], "commitment": HASH},
    {"kind": "reveal", "round": 1, "fingerprint": HASH, "nonce": HASH},
]


@pytest.mark.parametrize("body", WELL_FORMED, ids=lambda body: str(body["kind"]))
async def test_every_kind_of_relay_arrives_unchanged(
    meeting: Meeting, paris: Delegate, london: Delegate, body: dict[str, Any]
) -> None:
    first = await Browser.join(paris, meeting.id)
    second = await Browser.join(london, meeting.id)
    await second.relay(first.id, body)
    assert (await first.hear())["type"] == "joined"
    assert await first.hear() == {"type": "relay", "from": second.id, "body": body}
    await first.leave()
    await second.leave()


PEER = "f" * 32
NOT_UNDERSTOOD = [
    "",
    "{",
    "null",
    "[]",
    "[" * 5000,
    '{"type":"join","name":"Rome"}',
    '{"type":"dance"}',
    json.dumps({"type": "relay", "to": PEER, "from": "e" * 32, "body": SUBSCRIBE}),
    json.dumps({"type": "relay", "to": PEER, "body": SUBSCRIBE | {"member": "IT"}}),
    json.dumps({"type": "relay", "to": PEER, "body": SUBSCRIBE | {"source": "keyboard"}}),
    json.dumps({"type": "relay", "to": PEER, "body": {"kind": "shout"}}),
    json.dumps({"type": "relay", "to": "../all", "body": SUBSCRIBE}),
    json.dumps({"type": "relay", "to": PEER, "body": WELL_FORMED[4] | {"round": 0}}),
    json.dumps({"type": "relay", "to": PEER, "body": WELL_FORMED[4] | {"round": "1"}}),
    json.dumps({"type": "relay", "to": PEER, "body": WELL_FORMED[5] | {"nonce": "short"}}),
]


@pytest.mark.parametrize("text", NOT_UNDERSTOOD, ids=lambda text: text[:40])
async def test_malformed_message_is_answered_and_changes_nothing(meeting: Meeting, paris: Delegate, text: str) -> None:
    browser = await Browser.join(paris, meeting.id)
    await browser.send_text(text)
    assert await browser.hear() == {"type": "error", "reason": "not-understood"}
    assert await RoomSeat.objects.filter(peer=browser.id).acount() == 1
    await browser.leave()


async def test_forged_sender_reaches_nobody(meeting: Meeting, paris: Delegate, london: Delegate) -> None:
    first = await Browser.join(paris, meeting.id)
    second = await Browser.join(london, meeting.id)
    assert (await first.hear())["type"] == "joined"
    await second.send({"type": "relay", "to": first.id, "from": first.id, "body": SUBSCRIBE})
    assert await second.hear() == {"type": "error", "reason": "not-understood"}
    assert await first.hears_nothing()
    await first.leave()
    await second.leave()


async def test_oversize_message_ends_the_connection(meeting: Meeting, paris: Delegate) -> None:
    browser = await Browser.join(paris, meeting.id)
    await browser.send_text(json.dumps({"type": "join", "x": "é" * (MAX_BYTES // 2)}, ensure_ascii=False))
    assert await browser.closed_with() == 1009


async def test_binary_message_ends_the_connection(meeting: Meeting, paris: Delegate) -> None:
    browser = await Browser.join(paris, meeting.id)
    await browser.socket.send(data=b"\x00")
    assert await browser.closed_with() == 1009


async def test_flood_ends_the_connection(meeting: Meeting, paris: Delegate) -> None:
    browser = await Browser.open(paris, meeting.id)
    for _ in range(2 * BURST):
        await browser.send_text("{")
    answers = [await browser.socket.receive() for _ in range(BURST)]
    assert {answer["type"] for answer in answers} == {"websocket.send"}
    while (answer := await browser.socket.receive())["type"] == "websocket.send":
        pass
    assert answer["code"] == 4429


async def test_joining_twice_is_refused(meeting: Meeting, paris: Delegate) -> None:
    browser = await Browser.join(paris, meeting.id)
    await browser.send({"type": "join"})
    assert await browser.hear() == {"type": "error", "reason": "already-joined"}
    await browser.leave()


async def test_departure_is_told_and_frees_the_seat(meeting: Meeting, paris: Delegate, london: Delegate) -> None:
    first = await Browser.join(paris, meeting.id)
    second = await Browser.join(london, meeting.id)
    assert (await first.hear())["type"] == "joined"
    await second.leave()
    assert await first.hear() == {"type": "left", "peer": second.id}
    assert await RoomSeat.objects.acount() == 1
    await first.leave()
    assert await RoomSeat.objects.acount() == 0


async def test_second_window_takes_over_the_seat(meeting: Meeting, paris: Delegate, london: Delegate) -> None:
    other = await Browser.join(london, meeting.id)
    old = await Browser.join(paris, meeting.id)
    new = await Browser.join(paris, meeting.id)
    assert await old.closed_with() == 4410
    assert (await other.hear())["type"] == "joined"
    assert await other.hear() == {"type": "left", "peer": old.id}
    assert (await other.hear())["participant"]["id"] == new.id
    await old.leave()  # its late goodbye takes nothing away from the new window
    assert await other.hears_nothing()
    assert await RoomSeat.objects.filter(peer=new.id).acount() == 1
    await new.leave()
    await other.leave()


async def test_seventh_person_is_told_that_the_room_is_full(meeting: Meeting, paris: Delegate) -> None:
    def six() -> list[Delegate]:
        return [make_delegate("UA", Capacity.DELEGATE) for _ in range(6)]

    seated = [await Browser.join(who, meeting.id) for who in await sync_to_async(six)()]
    seventh = await Browser.open(paris, meeting.id)
    await seventh.send({"type": "join"})
    assert await seventh.hear() == {"type": "full", "seats": 6}
    assert await seventh.closed_with() == 4423
    await seated.pop().leave()
    seated.append(await Browser.join(paris, meeting.id))
    for browser in seated:
        await browser.leave()


async def test_ping_keeps_the_seat(meeting: Meeting, paris: Delegate) -> None:
    browser = await Browser.join(paris, meeting.id)
    long_ago = clock.now() - timedelta(seconds=20)
    await RoomSeat.objects.aupdate(seen_at=long_ago)
    await browser.send({"type": "ping"})
    assert await browser.hear() == {"type": "pong"}
    assert (await RoomSeat.objects.aget()).seen_at > long_ago
    await browser.leave()


async def test_ping_clears_the_seats_of_a_crashed_server(meeting: Meeting, paris: Delegate, london: Delegate) -> None:
    browser = await Browser.join(paris, meeting.id)
    await RoomSeat.objects.acreate(
        meeting=meeting, number=2, delegate=london, peer=PEER, seen_at=clock.now() - timedelta(seconds=31)
    )
    await browser.send({"type": "ping"})
    assert {(await browser.hear())["type"], (await browser.hear())["type"]} == {"pong", "left"}
    assert not await RoomSeat.objects.filter(peer=PEER).aexists()
    await browser.leave()


async def test_ping_after_the_seat_was_lost_asks_for_a_new_start(meeting: Meeting, paris: Delegate) -> None:
    browser = await Browser.join(paris, meeting.id)
    await RoomSeat.objects.all().adelete()
    await browser.send({"type": "ping"})
    assert await browser.closed_with() == 4408


async def test_connection_whose_seat_expired_is_ended(meeting: Meeting, paris: Delegate, london: Delegate) -> None:
    silent = await Browser.join(paris, meeting.id)
    await RoomSeat.objects.aupdate(seen_at=clock.now() - timedelta(seconds=31))
    browser = await Browser.open(london, meeting.id)
    assert (await browser.take_seat())["others"] == []
    assert await silent.closed_with() == 4408
    await browser.leave()


async def test_closing_the_meeting_drops_everybody(meeting: Meeting, paris: Delegate, london: Delegate) -> None:
    seated = await Browser.join(paris, meeting.id)
    waiting = await Browser.open(london, meeting.id)
    clerk = await run_sync(make_secretary)
    await run_sync(close_meeting, by=clerk, meeting=meeting)
    assert await seated.closed_with() == 4409
    assert await waiting.closed_with() == 4409


async def test_withdrawn_invitation_drops_only_that_delegation(
    meeting: Meeting, paris: Delegate, london: Delegate
) -> None:
    first = await Browser.join(paris, meeting.id)
    second = await Browser.join(london, meeting.id)
    assert (await first.hear())["type"] == "joined"
    invitation = MemberInvitation.objects.filter(meeting=meeting, member_id="GB")
    await invitation.aupdate(withdrawn_at=clock.now())
    await sync_to_async(recheck_room)(meeting.id)
    assert await second.closed_with() == 4404
    await second.leave()
    assert await first.hear() == {"type": "left", "peer": second.id}
    await first.leave()


async def test_ended_capacity_is_noticed_at_the_next_heartbeat(meeting: Meeting, paris: Delegate) -> None:
    browser = await Browser.join(paris, meeting.id)
    await Delegate.objects.filter(pk=paris.pk).aupdate(ended_at=clock.now())
    await browser.send({"type": "ping"})
    assert await browser.closed_with() == 4403


async def test_ended_capacity_ends_the_connection_of_a_browser_that_says_nothing(
    meeting: Meeting, paris: Delegate, london: Delegate
) -> None:
    first, second = await Browser.join(paris, meeting.id), await Browser.join(london, meeting.id)
    clerk = await sync_to_async(make_secretary)()
    await sync_to_async(end_capacity)(by=clerk.actor, delegate=london)
    assert await second.closed_with() == 4403
    await second.leave()
    await first.leave()


async def test_signing_out_is_noticed_at_the_next_heartbeat(meeting: Meeting, paris: Delegate) -> None:
    browser = await Browser.join(paris, meeting.id)
    await Session.objects.all().adelete()
    await browser.send({"type": "ping"})
    assert await browser.closed_with() == 4401


async def test_socket_of_a_foreign_page_is_not_accepted(meeting: Meeting, paris: Delegate) -> None:
    path = f"/meetings/{meeting.id}/room/socket"
    assert not await (await socket_of(path, paris, origin=b"https://elsewhere.example")).connect()


async def test_seat_is_freed_though_the_browser_vanished_before_an_answer(meeting: Meeting, paris: Delegate) -> None:
    socket = await socket_of(f"/meetings/{meeting.id}/room/socket", paris)
    is_there, application = True, socket.application.application

    async def serve(scope: Any, receive: Any, send: Any) -> None:
        async def send_if_there(event: Any) -> None:
            if not is_there:
                raise OSError  # as every ASGI server says it
            await send(event)

        await application(scope, receive, send_if_there)

    socket.application.application = serve
    browser = Browser(socket)
    assert await socket.connect()
    await browser.take_seat()
    is_there = False
    await browser.send({"type": "ping"})
    await browser.leave()
    assert await RoomSeat.objects.acount() == 0
