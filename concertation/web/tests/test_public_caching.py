"""The public pages: the same for everybody, so that caches may keep them, and nothing personal in them for anybody."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from concertation.coalition.models import Delegate
from concertation.commitments.domain.publication import publish_totals
from concertation.commitments.tests.factories import make_contribution
from concertation.texts.domain.publication import publish_text
from concertation.texts.tests.factories import make_adopted, make_heads
from tests.helpers.people import client_of, make_coalition, make_delegate, make_secretary

pytestmark = pytest.mark.django_db
ADDRESSES = ["/public/", "/public/en/", "/public/fr/", "text"]


@pytest.fixture
def chair() -> Delegate:
    make_coalition()
    chair = make_delegate("FR")
    make_contribution(make_delegate("DE"), quantity=2)
    publish_totals(by=chair)
    return chair


def address_of(name: str) -> str:
    """Return an address of the list, that of a published text made for it."""
    if name != "text":
        return name
    text = make_adopted([*Delegate.objects.exclude(member=None), *make_heads("GB", "IT", "UA")])
    publish_text(by=make_secretary(), text_id=text.pk)
    return f"/public/texts/{text.pk}/"


def headers_of(answer: Any) -> tuple[object, ...]:
    """Return what a cache decides by."""
    return (
        answer.status_code,
        answer["Cache-Control"],
        answer.has_header("Vary"),
        answer.has_header("Set-Cookie") or bool(answer.cookies),
        bool(answer["ETag"]),
    )


@pytest.mark.parametrize("name", ADDRESSES)
def test_everybody_gets_the_same_and_caches_may_keep_it(chair: Delegate, name: str) -> None:
    address = address_of(name)
    stranger, known = client_of(None), client_of(chair)
    known.cookies["theme"] = "dark"
    known.cookies[settings.LANGUAGE_COOKIE_NAME] = "fr"
    first = stranger.get(address, headers={"Accept-Language": "en"})
    second = known.get(address, headers={"Accept-Language": "fr"})
    assert headers_of(first) == headers_of(second) == (200, "public, max-age=60", False, False, True)
    assert first.content == second.content
    page = second.content.decode()
    for personal in (chair.person.email, chair.person.name, "csrf", "<form", "<script", "data-bs-theme", "server-time"):
        assert personal not in page


@pytest.mark.parametrize("name", ADDRESSES)
def test_what_did_not_change_is_not_sent_again(chair: Delegate, name: str) -> None:
    address = address_of(name)
    tag = client_of(None).get(address)["ETag"]
    again = client_of(chair).get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again["ETag"], again.has_header("Vary")) == (304, b"", tag, False)
    assert again["Cache-Control"] == "public, max-age=60"
    assert client_of(None).get(address, headers={"If-None-Match": '"other"'}).status_code == 200


def test_tag_changes_with_what_is_published(chair: Delegate) -> None:
    before = client_of(None).get("/public/")["ETag"]
    make_contribution(chair, quantity=5)
    assert client_of(None).get("/public/")["ETag"] == before
    publish_totals(by=chair)
    assert client_of(None).get("/public/", headers={"If-None-Match": before}).status_code == 200


def test_language_is_in_the_address(chair: Delegate) -> None:
    english, french = client_of(None).get("/public/en/"), client_of(None).get("/public/fr/")
    assert (english["Content-Language"], french["Content-Language"]) == ("en", "fr")
    assert '<html lang="en"' in english.content.decode()
    assert '<html lang="fr"' in french.content.decode()
    assert 'href="/public/fr/" lang="fr" hreflang="fr"' in english.content.decode()
    assert english["ETag"] != french["ETag"]
    assert client_of(None).get("/public/xx/").status_code == 404


def test_other_pages_are_kept_by_nobody(chair: Delegate) -> None:
    for client, address in ((client_of(None), "/"), (client_of(chair), "/"), (client_of(chair), "/published/")):
        answer = client.get(address)
        assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
        assert "Cookie" in answer["Vary"]
    missing = client_of(None).get("/public/xx/")
    assert missing["Cache-Control"] == "private, no-store"


def test_chair_takes_figures_back_where_only_it_looks(chair: Delegate) -> None:
    assert "/withdraw/" not in client_of(chair).get("/public/").content.decode()
    assert "/public/figures/totals/withdraw/" in client_of(chair).get("/published/").content.decode()
    assert "/withdraw/" not in client_of(make_delegate("IT")).get("/published/").content.decode()
    client = Client(enforce_csrf_checks=False)
    client.force_login(chair.person)
    assert client.post("/public/figures/totals/withdraw/").status_code == 302
    assert "Ground-based air defence" not in client_of(None).get("/public/").content.decode()


def test_delegate_is_not_told_that_it_has_no_capacity() -> None:
    make_coalition()
    page = client_of(make_delegate("DE")).get("/published/").content.decode()
    assert "You have no capacity" not in page
