"""The live socket: who may follow what, and what is heard."""

import json
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async

from concertation.coalition.domain.delegates import end_capacity
from concertation.coalition.enums import Capacity
from concertation.coalition.models import Delegate
from concertation.core import clock, live
from concertation.texts.enums import Audience
from concertation.texts.models import Text
from concertation.texts.tests.factories import make_text
from tests.helpers.meetings import make_open_meeting
from tests.helpers.people import client_of, make_coalition, make_delegate, make_person, make_secretary
from tests.helpers.sockets import Socket, socket_of, socket_with

pytestmark = pytest.mark.django_db(transaction=True)
announce = sync_to_async(live.announce)


async def opened(who: Delegate, *topics: str) -> Socket:
    """Return a live socket of `who` that follows `topics`, its first signals already heard."""
    socket = await socket_of("/live/", who)
    assert await socket.connect()
    own = f"delegate:{who.id}"
    await socket.send(text=json.dumps({"follow": [*topics, own]}))
    while await socket.receive_json() != {"changed": own}:
        pass
    return socket


async def test_followed_topic_is_heard() -> None:
    delegate = await sync_to_async(make_delegate)("DE", Capacity.OBSERVER)
    socket = await opened(delegate, "record")
    await announce("record")
    assert await socket.receive_json() == {"changed": "record"}
    await socket.close()


async def test_topic_of_somebody_else_is_not_heard() -> None:
    delegate, other = await sync_to_async(make_delegate)("DE"), await sync_to_async(make_delegate)("IT")
    topics = [f"delegate:{other.id}", *(f"{kind}:{uuid4()}" for kind in ("meeting", "conference", "text"))]
    socket = await opened(delegate, *topics, "delegate:", "nonsense")
    await announce(*topics)
    assert await socket.receives_nothing()
    await socket.close()


async def test_parts_of_a_text_are_heard_by_who_may_read_it() -> None:
    await sync_to_async(make_coalition)()
    text = await sync_to_async(make_text)(audience=Audience.MEMBERS, members=("DE", "FR"))
    reader, other = await sync_to_async(make_delegate)("DE"), await sync_to_async(make_delegate)("IT")
    topics = [f"text:{text.pk}:{part}" for part in ("brackets", "remarks", "nonsense", "brackets:remarks")]
    hears, deaf = await opened(reader, *topics), await opened(other, *topics)
    await announce(*topics)
    assert [await hears.receive_json() for _ in range(2)] == [{"changed": topic} for topic in topics[:2]]
    assert await hears.receives_nothing()
    assert await deaf.receives_nothing()
    for socket in (hears, deaf):
        await socket.close()


async def test_list_of_a_meeting_is_heard_by_who_is_invited() -> None:
    await sync_to_async(make_coalition)()
    meeting = await sync_to_async(make_open_meeting)(members=("DE", "FR"))
    invited, other = await sync_to_async(make_delegate)("DE"), await sync_to_async(make_delegate)("IT")
    topic = f"conference:{meeting.pk}"
    hears, deaf = await opened(invited, topic), await opened(other, topic)
    await announce(topic)
    assert await hears.receive_json() == {"changed": topic}
    assert await deaf.receives_nothing()
    await hears.close()
    await deaf.close()


@pytest.mark.parametrize("kind", ["anonymous", "outsider"])
async def test_socket_without_a_capacity_is_closed(kind: str) -> None:
    who = await sync_to_async(make_person)() if kind == "outsider" else None
    socket = await socket_of("/live/", who)
    assert await socket.connect()
    assert await socket.receive() == {"type": "websocket.close", "code": 4401}


@pytest.mark.parametrize(
    "said", ["", "{", "[]", '{"follow": "record"}', json.dumps({"follow": ["x"] * 51}), '{"x": 1}']
)
async def test_malformed_message_closes_the_socket(said: str) -> None:
    delegate = await sync_to_async(make_delegate)("DE")
    socket = await opened(delegate)
    await socket.send(text=said)
    assert await socket.receive() == {"type": "websocket.close", "code": 4400}


async def test_socket_of_another_site_is_refused() -> None:
    delegate = await sync_to_async(make_delegate)("DE")
    socket = await socket_of("/live/", delegate, origin=b"https://elsewhere.example")
    assert not await socket.connect()


async def heard_until_close(socket: Socket) -> tuple[list[str], int]:
    """Return the topics that a socket still hears, and the code with which it is closed."""
    topics = []
    while (event := await socket.receive())["type"] == "websocket.send":
        topics.append(json.loads(event["text"])["changed"])
    return topics, event["code"]


async def test_socket_is_closed_when_the_capacity_ends() -> None:
    head, clerk = await sync_to_async(make_delegate)("DE"), await sync_to_async(make_secretary)()
    socket = await opened(head, "coalition", "record")
    await sync_to_async(end_capacity)(by=clerk.actor, delegate=head)
    topics, code = await heard_until_close(socket)
    assert code == 4401
    assert f"delegate:{head.id}" not in topics
    await announce("record")
    assert await socket.receives_nothing()
    await socket.close()


async def test_socket_is_closed_when_its_session_ends() -> None:
    delegate = await sync_to_async(make_delegate)("DE")
    client = await sync_to_async(client_of)(delegate)
    socket, other = socket_with(client, "/live/"), await opened(delegate)
    assert await socket.connect()
    await socket.send(text=json.dumps({"follow": ["record"]}))
    assert await socket.receive_json() == {"changed": "record"}
    await sync_to_async(client.post)("/account/sign-out/")
    assert (await heard_until_close(socket))[1] == 4401
    await announce("record")
    await other.send(text=json.dumps({"follow": ["record"]}))  # a session of its own, which goes on
    while await other.receive_json() != {"changed": "record"}:
        pass
    await socket.close()
    await other.close()


async def test_topic_that_is_no_longer_for_the_delegate_falls_silent() -> None:
    delegate = await sync_to_async(make_delegate)("DE")
    text = await sync_to_async(make_text)()
    topic = f"text:{text.id}"
    socket = await opened(delegate, topic)
    await sync_to_async(Text.objects.update)(audience=Audience.MEMBERS)
    await announce(f"delegate:{delegate.id}")
    while await socket.receive_json() != {"changed": f"delegate:{delegate.id}"}:
        pass
    await announce(topic)
    assert await socket.receives_nothing()
    await socket.close()


async def test_window_follows_so_many_topics_and_a_person_has_so_many_windows() -> None:
    delegate = await sync_to_async(make_delegate)("DE")
    sockets = [await opened(delegate) for _ in range(2)]
    texts = [await sync_to_async(make_text)() for _ in range(3)]
    with pytest.MonkeyPatch.context() as limits:
        limits.setattr("concertation.web.live.MOST_TOPICS", 3)
        limits.setattr("concertation.web.live.MOST_WINDOWS", 2)
        third = await socket_of("/live/", delegate)
        assert await third.connect()
        assert await third.receive() == {"type": "websocket.close", "code": 4429}
        await sockets[0].send(text=json.dumps({"follow": [f"text:{text.id}" for text in texts]}))
        assert await heard_until_close(sockets[0]) == ([f"text:{text.id}" for text in texts[:2]], 4429)
    for socket in (*sockets, third):
        await socket.close()
    fourth = await opened(delegate)
    await fourth.close()


async def test_arrival_is_announced_and_marks_the_delegate_as_online() -> None:
    watcher, comer = await sync_to_async(make_delegate)("DE"), await sync_to_async(make_delegate)("IT")
    watching = await opened(watcher, "coalition")
    coming = await opened(comer)
    assert await watching.receive_json() == {"changed": "coalition"}
    assert await sync_to_async(lambda: Delegate.objects.get(pk=comer.pk).seen_at is not None)()
    await coming.close()
    await watching.close()


async def test_change_between_page_and_socket_is_not_missed() -> None:
    delegate = await sync_to_async(make_delegate)("DE")
    made = clock.now().timestamp()
    await announce("record")
    socket = await opened(delegate)
    await socket.send(text=json.dumps({"follow": ["coalition", "record"], "since": made}))
    assert await socket.receive_json() == {"changed": "coalition"}  # by the arrival itself
    assert await socket.receive_json() == {"changed": "record"}
    await socket.close()


async def test_what_did_not_change_is_not_fetched_again() -> None:
    delegate = await sync_to_async(make_delegate)("DE")
    socket = await opened(delegate)
    await socket.send(text=json.dumps({"follow": ["record"], "since": clock.now().timestamp() + 60}))
    assert await socket.receives_nothing()
    await socket.close()
