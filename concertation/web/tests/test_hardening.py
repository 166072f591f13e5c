"""What hostile and careless requests get."""

from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator
from django.test import Client

from concertation.asgi import application
from concertation.coalition.enums import Capacity
from concertation.web.body_limit import LARGEST
from tests.helpers.people import client_of, make_coalition, make_delegate, make_person, make_secretary


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/coalition/", "/texts/", "/meetings/", "/record/", "/record/export/"])
def test_pages_of_a_delegate_are_kept_by_no_cache(address: str) -> None:
    make_coalition()
    answer = client_of(make_delegate("DE", Capacity.OBSERVER)).get(address)
    assert answer.status_code == 200
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["reason", "\x00"])
def test_null_character_is_a_bad_request(name: str) -> None:
    client = client_of(make_secretary())
    assert client.post("/coalition/invite/state/", {name: "a\x00b"}).status_code == 400
    assert client.get("/coalition/members/F%00R/").status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize("known", [True, False])
def test_asking_for_a_code_does_not_tell_who_is_known(known: bool, mailoutbox: list[Any]) -> None:
    address = make_person().email if known else "stranger@elsewhere.example"
    answer = Client().post("/account/sign-in/", {"email": address})
    assert (answer.status_code, answer["Location"]) == (302, "/account/sign-in/code/")
    assert len(mailoutbox) == known


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["since=0001-01-01", "until=9999-12-31", "since=9999-12-31&until=0001-01-01"])
def test_days_at_the_ends_of_time_are_not_asked_for(query: str) -> None:
    delegate = make_delegate("UA")
    delegate.person.time_zone = "Europe/Kyiv"
    delegate.person.save()
    assert client_of(delegate).get(f"/record/?{query}").status_code == 200


async def answer_to(headers: list[tuple[bytes, bytes]], *bodies: bytes) -> int:
    """Return the status with which the application answers a POST that comes in parts."""
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/account/sign-in/",
        "query_string": b"",
        "headers": [(b"host", b"localhost"), *headers],
    }
    untyped: Any = ApplicationCommunicator
    request = untyped(application, scope)
    for body in bodies:
        await request.send_input({"type": "http.request", "body": body, "more_body": True})
    status: int = (await request.receive_output(timeout=30))["status"]
    await request.wait(timeout=30)
    return status


async def test_large_body_is_refused_by_what_it_announces() -> None:
    assert await answer_to([(b"content-length", str(LARGEST + 1).encode())]) == 413


async def test_large_body_is_refused_by_what_comes() -> None:
    assert await answer_to([], b"x" * LARGEST, b"x") == 413
