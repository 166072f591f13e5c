"""Signing in by a single-use link."""

from datetime import timedelta

import pytest
from django.urls import reverse

from concertation.accounts.domain.links import issue_link, redeem_link, withdraw_links
from concertation.accounts.errors import LinkSpent
from concertation.accounts.models import SignInLink
from concertation.core import clock
from tests.helpers.people import client_of, make_delegate, make_person

pytestmark = pytest.mark.django_db


def test_link_signs_its_person_in() -> None:
    delegate, client = make_delegate("DE"), client_of(None)
    token = issue_link(person=delegate.person)
    asked = client.get(reverse("accounts:link", args=[token]))
    assert (asked.status_code, asked.headers["Cache-Control"]) == (
        200,
        "max-age=0, no-cache, no-store, must-revalidate, private",
    )
    assert "_auth_user_id" not in client.session
    used = client.post(reverse("accounts:use_link", args=[token]))
    assert (used.status_code, used["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(delegate.person.pk)


def test_link_works_once() -> None:
    token = issue_link(person=make_person())
    redeem_link(token=token)
    with pytest.raises(LinkSpent):
        redeem_link(token=token)


def test_link_expires() -> None:
    token = issue_link(person=make_person())
    with clock.frozen(clock.now() + timedelta(days=7, seconds=1)), pytest.raises(LinkSpent):
        redeem_link(token=token)


def test_link_with_a_changed_signature_is_refused() -> None:
    token = issue_link(person=make_person())
    with pytest.raises(LinkSpent):
        redeem_link(token=token[:-1] + ("A" if token[-1] != "A" else "B"))


def test_link_of_an_inactive_person_is_refused() -> None:
    person = make_person()
    token = issue_link(person=person)
    person.is_active = False
    person.save(update_fields=["is_active"])
    with pytest.raises(LinkSpent):
        redeem_link(token=token)


def test_withdrawn_links_are_refused_and_those_of_others_are_not() -> None:
    person, other = make_person(), make_person()
    token, kept = issue_link(person=person), issue_link(person=other)
    withdraw_links(person=person)
    with pytest.raises(LinkSpent):
        redeem_link(token=token)
    assert redeem_link(token=kept) == other


def test_secret_is_not_in_the_database() -> None:
    token = issue_link(person=make_person())
    link = SignInLink.objects.get()
    assert link.secret_hash not in token
    assert token.split(":")[0] not in link.secret_hash


def test_spent_link_answers_with_its_reason() -> None:
    response = client_of(None).get(reverse("accounts:link", args=["nonsense"]))
    assert response.status_code == 410
    assert "no longer valid" in response.content.decode()
