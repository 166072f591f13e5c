"""Choosing the language of the interface."""

import pytest
from django.urls import reverse

from tests.helpers.people import client_of, make_person

pytestmark = pytest.mark.django_db
ADDRESS = reverse("accounts:set_language")


def test_language_is_kept_for_the_person() -> None:
    person = make_person()
    response = client_of(person).post(ADDRESS, {"language": "fr", "next": "/coalition/"})
    person.refresh_from_db()
    assert (person.language, response["Location"]) == ("fr", "/coalition/")
    assert response.cookies["django_language"].value == "fr"


def test_unknown_language_is_refused() -> None:
    person = make_person()
    response = client_of(person).post(ADDRESS, {"language": "xx"})
    person.refresh_from_db()
    assert (response.status_code, person.language) == (400, "en")


def test_language_never_leads_to_another_site() -> None:
    response = client_of(None).post(ADDRESS, {"language": "fr", "next": "https://elsewhere.example/"})
    assert response["Location"] == "/"
