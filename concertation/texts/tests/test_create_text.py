"""Opening a text."""

from functools import partial
from typing import Any

import pytest

from concertation.coalition.enums import Capacity, Status
from concertation.coalition.models import Delegate
from concertation.core.errors import DomainError, NotAllowed
from concertation.record.models import Entry, Restricted
from concertation.texts.canonical import document_of, read_versions
from concertation.texts.domain.texts import create_text
from concertation.texts.enums import Audience, State
from concertation.texts.errors import BadAudience, BadLanguages, BadTitle
from concertation.texts.models import Text
from concertation.texts.queries import stored_updates
from concertation.texts.tests.factories import draft
from tests.helpers.people import make_coalition, make_delegate, make_member, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db


def the_text() -> Text:
    return Text.objects.with_state().get()


def test_create_text_keeps_what_was_asked() -> None:
    clerk = make_secretary()
    with assert_write("text.created", "texts"):
        create_text(
            by=clerk,
            titles={"fr": " Déclaration  conjointe ", "en": "Joint statement", "de": ""},
            languages=["fr", "en"],
            authentic=["fr"],
            draft=draft(),
        )
    text = the_text()
    assert text.titles == {"fr": "Déclaration conjointe", "en": "Joint statement"}
    assert list(text.versions.values_list("language", "is_authentic")) == [("fr", True), ("en", False)]
    assert (text.state, text.audience, text.created_by) == (State.DRAFT, Audience.COALITION, clerk)
    assert read_versions(document_of(stored_updates(text.pk)), ["fr", "en"]) == draft()
    assert text.updates.get().authors == [str(clerk.pk)]


def test_create_text_by_the_loader_has_no_author() -> None:
    with assert_write("text.created", "texts"):
        create_text(by=None, titles={"en": "A"}, languages=["en"], draft={"en": draft()["en"]})
    assert (the_text().created_by, the_text().updates.get().authors) == (None, [])
    assert '"capacity":"system"' in Entry.objects.get().leaf


def test_create_text_of_named_members_seals_its_entry() -> None:
    make_coalition()
    with assert_write("text.created", "texts"):
        create_text(
            by=make_delegate("FR"),
            titles={"en": "Between us"},
            languages=["en"],
            audience=Audience.MEMBERS,
            members=["FR", "DE"],
        )
    sealed = Restricted.objects.get()
    assert "Between us" not in sealed.entry.leaf
    assert sealed.audience == ",DE,FR,"
    assert "Between us" in sealed.content


def test_create_text_ignores_members_of_a_text_for_the_coalition() -> None:
    make_coalition()
    create_text(by=None, titles={"en": "A"}, languages=["en"], members=["FR"])
    assert list(the_text().members.all()) == []


@pytest.mark.parametrize("capacity", [Capacity.HEAD, Capacity.DELEGATE])
def test_create_text_is_for_a_co_chair_too(capacity: Capacity) -> None:
    with assert_write("text.created", "texts"):
        create_text(by=make_delegate("FR", capacity), titles={"en": "A"}, languages=["en"])


def others() -> list[Delegate]:
    make_member("PL", status=Status.OBSERVER)
    return [
        make_delegate("DE", Capacity.HEAD),
        make_delegate("DE", Capacity.DELEGATE),
        make_delegate("DE", Capacity.INTERPRETER),
        make_delegate("FR", Capacity.INTERPRETER),
        make_delegate("FR", Capacity.OBSERVER),
        make_delegate("PL", Capacity.OBSERVER),
    ]


def test_create_text_is_for_the_chair_only() -> None:
    for delegate in others():
        assert_refused(NotAllowed, partial(create_text, by=delegate, titles={"en": "A"}, languages=["en"]))
    assert not Text.objects.exists()


GOOD: dict[str, Any] = {"titles": {"en": "A"}, "languages": ["en"]}


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"titles": {}}, BadTitle),
        ({"titles": {"en": "  "}}, BadTitle),
        ({"titles": {"en": "x" * 201}}, BadTitle),
        ({"titles": {"xx": "A"}}, BadTitle),
        ({"titles": {"en": "\x07"}}, BadTitle),
        ({"languages": []}, BadLanguages),
        ({"languages": ["en", "en"]}, BadLanguages),
        ({"languages": ["en", "tlh"]}, BadLanguages),
        ({"languages": ["en", "fr", "de", "it", "es", "pl", "uk", "nl", "sv", "da", "fi"]}, BadLanguages),
        ({"authentic": []}, BadLanguages),
        ({"authentic": ["fr"]}, BadLanguages),
        ({"draft": draft()}, BadLanguages),
        ({"audience": Audience.MEMBERS}, BadAudience),
        ({"audience": Audience.MEMBERS, "members": ["FR", "XX"]}, BadAudience),
        ({"audience": Audience.MEMBERS, "members": ["GB"]}, BadAudience),
        ({"audience": Audience.MEMBERS, "members": ["FR", "CH"]}, BadAudience),
    ],
)
def test_create_text_refuses_bad_input(change: dict[str, Any], error: type[DomainError]) -> None:
    make_coalition()
    make_member("CH", status=Status.INVITED)
    france = make_delegate("FR")
    assert_refused(error, lambda: create_text(by=france, **{**GOOD, **change}))
    assert not Text.objects.exists()


def test_create_text_takes_the_longest_title_and_ten_languages() -> None:
    languages = ["en", "fr", "de", "it", "es", "pl", "uk", "nl", "sv", "da"]
    create_text(by=None, titles={"en": "x" * 200}, languages=languages)
    assert list(the_text().versions.values_list("language", flat=True)) == languages
