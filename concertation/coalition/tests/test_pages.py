"""Pages of the coalition: what they show, what they let happen, and how many queries they need."""

import pytest
from django.test import TestCase
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from concertation.coalition.domain.presence import mark_seen
from concertation.coalition.enums import Capacity, Status
from concertation.coalition.models import Delegate, Member
from tests.helpers.people import client_of, make_coalition, make_delegate, make_member, make_secretary

pytestmark = pytest.mark.django_db


def make_members(count: int) -> None:
    """Make `count` members with two delegates each."""
    for number in range(count):
        code = f"O{number}"
        make_member(code)
        make_delegate(code, Capacity.HEAD)
        make_delegate(code, Capacity.DELEGATE)


@pytest.mark.parametrize("count", [3, 300])
def test_coalition_page_needs_as_many_queries_for_any_number(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_coalition()
    make_members(count)
    client = client_of(make_secretary())
    client.get(reverse("coalition:show"))
    with django_assert_num_queries(6):
        response = client.get(reverse("coalition:show"))
    assert len(response.context["delegations"]) == 5 + count


@pytest.mark.parametrize("count", [3, 50])
def test_member_page_needs_as_many_queries_for_any_delegation(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_coalition()
    for _ in range(count):
        make_delegate("DE", Capacity.DELEGATE)
    client = client_of(make_secretary())
    client.get(reverse("coalition:member", args=["DE"]))
    with django_assert_num_queries(7):
        client.get(reverse("coalition:member", args=["DE"]))


def test_page_says_who_is_online_and_only_those() -> None:
    make_coalition()
    here, away = make_delegate("DE", name="Here"), make_delegate("IT", name="Away")
    mark_seen(delegate_id=here.pk)
    page = client_of(away).get(reverse("coalition:show")).content.decode()
    online = [name for name in ("Here", "Away") if "online" in page.split(f">{name}</span>")[1].split("</li>")[0]]
    assert online == ["Here"]


def test_member_that_left_is_not_on_the_page() -> None:
    make_coalition()
    make_member("PL", status=Status.LEFT)
    page = client_of(make_delegate("DE")).get(reverse("coalition:show")).content.decode()
    assert ("Poland" in page, "Ukraine" in page) == (False, True)


def test_fragment_is_a_part_of_the_page() -> None:
    make_coalition()
    client = client_of(make_delegate("DE"))
    fragment = client.get(reverse("coalition:show"), headers={"HX-Request": "true"}).content.decode()
    assert fragment.strip().startswith('<div id="members"')
    assert "<html" not in fragment


def test_secretariat_invites_a_state() -> None:
    make_coalition()
    client = client_of(make_secretary())
    sent = {"code": "PL", "capital": "Warsaw", "time_zone": "Europe/Warsaw"}
    response = client.post(reverse("coalition:invite_state"), sent)
    assert (response.status_code, response["Location"]) == (302, reverse("coalition:member", args=["PL"]))
    assert Member.objects.get(code="PL").status == Status.INVITED


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"code": "FR"}, "already in the coalition"),
        ({"code": "ZZ"}, "not one of the available choices"),
        ({"time_zone": "Mars/Olympus"}, "not one of the available choices"),
        ({"capital": ""}, "This field is required"),
    ],
)
def test_faulty_invitation_is_explained_beside_what_was_typed(change: dict[str, str], sentence: str) -> None:
    make_coalition()
    sent = {"code": "PL", "capital": "Warsaw", "time_zone": "Europe/Warsaw", **change}
    response = client_of(make_secretary()).post(reverse("coalition:invite_state"), sent)
    assert response.status_code == 400
    assert sentence in response.content.decode()
    assert Member.objects.count() == 5


def test_head_appoints_a_delegate_who_is_mailed(mailoutbox: list[object]) -> None:
    make_coalition()
    client = client_of(make_delegate("DE"))
    sent = {"name": "Anna", "email": "anna@berlin.example", "capacity": "delegate", "language": "en", "title": ""}
    with TestCase.captureOnCommitCallbacks(execute=True):
        response = client.post(reverse("coalition:appoint_delegate", args=["DE"]), sent)
    assert response.status_code == 302
    assert Delegate.objects.get(person__name="Anna").member_id == "DE"
    assert len(mailoutbox) == 1


def test_second_head_is_refused_with_the_reason() -> None:
    make_coalition()
    client = client_of(make_delegate("DE"))
    sent = {"name": "Anna", "email": "anna@berlin.example", "capacity": "head", "language": "en", "title": ""}
    response = client.post(reverse("coalition:appoint_delegate", args=["DE"]), sent)
    assert response.status_code == 400
    assert "already has a head" in response.content.decode()


def test_unknown_member_is_not_found() -> None:
    make_coalition()
    assert client_of(make_delegate("DE")).get(reverse("coalition:member", args=["XX"])).status_code == 404
