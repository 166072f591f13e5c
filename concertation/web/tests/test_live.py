"""The live socket: who may follow what, and what is heard."""

import json
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async

from concertation.coalition.enums import Capacity
from concertation.coalition.models import Delegate
from concertation.core import clock, live
from tests.helpers.people import make_delegate, make_person
from tests.helpers.sockets import Socket, socket_of

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
    topics = [f"delegate:{other.id}", f"meeting:{uuid4()}", f"text:{uuid4()}", "delegate:", "nonsense"]
    socket = await opened(delegate, *topics)
    await announce(*topics[:3])
    assert await socket.receives_nothing()
    await socket.close()


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
