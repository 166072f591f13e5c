"""What every page carries: the bar, the theme, the content security policy, error pages."""

import pytest
from django.test import Client, RequestFactory

from concertation.web import navigation
from concertation.web.views import errors
from tests.helpers.people import Visitors, client_of, make_visitors

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitors() -> Visitors:
    return make_visitors()


def test_bar_names_member_and_capacity(visitors: Visitors) -> None:
    assert (
        'Germany<span class="wide"> · head of delegation</span>' in client_of(visitors.head).get("/").content.decode()
    )
    assert ">Secretariat<" in client_of(visitors.secretariat).get("/").content.decode()


def test_bar_marks_the_section(visitors: Visitors) -> None:
    page = client_of(visitors.head).get("/watch/").content.decode()
    assert page.count('href="/watch/" aria-current="true"') == 3
    assert page.count("aria-current") == 4


def test_no_page_has_inline_script_or_style(visitors: Visitors) -> None:
    for path in ("/", "/commit/", "/nowhere/"):
        page = client_of(visitors.head).get(path).content.decode()
        assert " style=" not in page
        assert "<style" not in page
        assert "<script>" not in page
        assert " onclick=" not in page


def test_theme_follows_the_system_until_chosen(visitors: Visitors) -> None:
    client = client_of(visitors.head)
    assert "data-bs-theme" not in client.get("/").content.decode()
    answer = client.post("/appearance/", {"theme": "dark", "next": "/watch/"})
    assert (answer.status_code, answer["Location"]) == (302, "/watch/")
    assert 'data-bs-theme="dark"' in client.get("/").content.decode()
    client.post("/appearance/", {"theme": ""})
    assert "data-bs-theme" not in client.get("/").content.decode()


def test_theme_refuses_what_it_does_not_know(visitors: Visitors) -> None:
    client = client_of(visitors.head)
    answer = client.post("/appearance/", {"theme": '"><script>'})
    assert answer.status_code == 400
    assert "theme" not in client.cookies
    client.cookies["theme"] = '"><script>'
    assert "data-bs-theme" not in client.get("/").content.decode()


def test_theme_goes_back_to_our_own_pages_only(visitors: Visitors) -> None:
    answer = client_of(None).post("/appearance/", {"theme": "dark", "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"


def test_unknown_page_is_told_in_the_look() -> None:
    answer = Client().get("/nowhere/")
    assert answer.status_code == 404
    assert "There is no such page" in answer.content.decode()


def test_forged_request_is_told_in_the_look() -> None:
    answer = Client(enforce_csrf_checks=True).post("/appearance/", {"theme": "dark"})
    assert answer.status_code == 403
    assert "Please try once more" in answer.content.decode()


def test_server_error_page_needs_no_database() -> None:
    answer = errors.broken(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "The fault is ours" in answer.content.decode()


def test_language_is_the_persons_until_the_device_chooses(visitors: Visitors) -> None:
    visitors.head.person.language = "fr"
    visitors.head.person.save()
    client = client_of(visitors.head)
    assert '<html lang="fr"' in client.get("/", headers={"accept-language": "en"}).content.decode()
    client.post("/sign-in/language/", {"language": "en", "next": "/watch/"})
    assert '<html lang="en"' in client.get("/").content.decode()
    assert '<html lang="en"' in client_of(None).get("/", headers={"accept-language": "en"}).content.decode()


def test_parts_of_a_section_stand_below_the_menu_on_its_pages_only(
    visitors: Visitors, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts: list[tuple[navigation.Label, str]] = [("Conditions", "situation:list"), ("Define", "situation:define")]
    watch = [(label, name, parts if name == "situation:list" else []) for label, name, _ in navigation.SECTIONS]
    monkeypatch.setattr(navigation, "SECTIONS", watch)
    client = client_of(visitors.secretariat)
    marked = 'part-link" href="/watch/" aria-current="true">Conditions'
    assert marked in client.get("/watch/").content.decode()
    define = client.get("/watch/conditions/new/").content.decode()
    assert 'part-link" href="/watch/conditions/new/" aria-current="true">Define' in define
    assert marked not in define
    assert "part-nav" not in client.get("/record/").content.decode()
