"""Changing the title, languages and audience of a text."""

from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from concertation.coalition.enums import Capacity, Status
from concertation.coalition.models import Member
from concertation.core.errors import DomainError, NotAllowed
from concertation.record.models import Entry
from concertation.texts.domain.drafting import Draft, append_updates
from concertation.texts.domain.publication import publish_text
from concertation.texts.domain.texts import update_text_settings
from concertation.texts.enums import Audience, Pen
from concertation.texts.errors import BadAudience, BadLanguages, BadTitle, Frozen, LanguageInUse, NoSuchText
from concertation.texts.models import Text
from concertation.texts.tests.factories import TITLES, edit, make_adopted, make_heads, make_proposed, make_text
from tests.helpers.people import make_coalition, make_delegate, make_member, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db

SAME: dict[str, Any] = {
    "titles": TITLES,
    "languages": ["en", "fr"],
    "authentic": ["en", "fr"],
    "audience": Audience.COALITION,
}


def versions_of(text: Text) -> list[tuple[str, bool]]:
    return list(text.versions.values_list("language", "is_authentic"))


@pytest.mark.parametrize("chair", ["secretariat", "FR"])
def test_update_text_settings_changes_a_draft(chair: str) -> None:
    make_coalition()
    text = make_text()
    by = make_delegate("FR") if chair == "FR" else make_secretary()
    change: dict[str, Any] = {
        "titles": {"en": "Final statement"},
        "languages": ["fr", "en", "uk"],
        "authentic": ["en"],
        "audience": Audience.MEMBERS,
        "members": ["FR", "UA"],
    }
    with assert_write("text.changed", f"text:{text.pk}", "texts"):
        update_text_settings(by=by, text_id=text.pk, **change)
    text.refresh_from_db()
    assert (text.titles, text.audience) == ({"en": "Final statement"}, Audience.MEMBERS)
    assert set(text.members.all()) == set(Member.objects.filter(code__in=["FR", "UA"]))
    assert versions_of(text) == [("fr", False), ("en", True), ("uk", False)]


def test_update_text_settings_forgets_named_members_when_the_coalition_may_read() -> None:
    make_coalition()
    text = make_text(audience=Audience.MEMBERS, members=["FR"])
    update_text_settings(by=make_secretary(), text_id=text.pk, **SAME)
    assert list(text.members.all()) == []


def test_update_text_settings_takes_away_an_empty_language_only() -> None:
    text, clerk = make_text(), make_secretary()
    update_text_settings(by=clerk, text_id=text.pk, **{**SAME, "languages": ["en", "fr", "de"]})
    update_text_settings(by=clerk, text_id=text.pk, **SAME)
    assert versions_of(text) == [("en", True), ("fr", True)]
    less = {**SAME, "languages": ["en"], "authentic": ["en"]}
    assert_refused(LanguageInUse, lambda: update_text_settings(by=clerk, text_id=text.pk, **less))
    update_text_settings(by=clerk, text_id=text.pk, **{**SAME, "languages": ["en", "fr", "it"]})
    append_updates(drafts=[Draft(text.pk, edit("Parole.", language="it"), ())])
    assert_refused(LanguageInUse, lambda: update_text_settings(by=clerk, text_id=text.pk, **SAME))


def test_update_text_settings_refuses_a_frozen_text() -> None:
    make_coalition()
    text = make_proposed().text
    assert_refused(Frozen, lambda: update_text_settings(by=make_secretary(), text_id=text.pk, **SAME))


@pytest.mark.parametrize(
    "change", [{"titles": {"en": "Other"}}, {"languages": ["en", "fr", "de"]}, {"authentic": ["en"]}]
)
def test_update_text_settings_never_touches_the_words_around_an_adopted_text(change: dict[str, Any]) -> None:
    text = make_adopted(make_heads())
    assert_refused(Frozen, lambda: update_text_settings(by=make_secretary(), text_id=text.pk, **{**SAME, **change}))


def test_update_text_settings_unpublishes_what_is_no_longer_for_the_public() -> None:
    clerk, text = make_secretary(), make_adopted(make_heads())
    publish_text(by=clerk, text_id=text.pk)
    with assert_write("text.changed", f"text:{text.pk}", "texts"):
        update_text_settings(by=clerk, text_id=text.pk, **SAME)
    text.refresh_from_db()
    assert (text.audience, text.published_at) == (Audience.COALITION, None)
    update_text_settings(by=clerk, text_id=text.pk, **{**SAME, "audience": Audience.PUBLIC})
    assert not Text.objects.public().exists()


def test_update_text_settings_is_for_the_chair_only() -> None:
    make_coalition()
    make_member("PL", status=Status.OBSERVER)
    text = make_text()
    capacities = [
        ("DE", Capacity.HEAD),
        ("DE", Capacity.DELEGATE),
        ("FR", Capacity.INTERPRETER),
        ("PL", Capacity.OBSERVER),
    ]
    for code, capacity in capacities:
        by = make_delegate(code, capacity)
        assert_refused(NotAllowed, partial(update_text_settings, by=by, text_id=text.pk, **SAME))


def test_update_text_settings_refuses_what_the_co_chair_cannot_see() -> None:
    make_coalition()
    hidden = make_text(audience=Audience.MEMBERS, members=["DE"])
    france = make_delegate("FR")
    for pk in (hidden.pk, uuid4()):
        assert_refused(NoSuchText, partial(update_text_settings, by=france, text_id=pk, **SAME))


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"titles": {"en": ""}}, BadTitle),
        ({"languages": []}, BadLanguages),
        ({"authentic": ["uk"]}, BadLanguages),
        ({"audience": Audience.MEMBERS, "members": ["GB"]}, BadAudience),
    ],
)
def test_update_text_settings_refuses_bad_input(change: dict[str, Any], error: type[DomainError]) -> None:
    make_coalition()
    text, france = make_text(), make_delegate("FR")
    assert_refused(error, lambda: update_text_settings(by=france, text_id=text.pk, **{**SAME, **change}))
    assert versions_of(text) == [("en", True), ("fr", True)]


def test_update_text_settings_gives_the_pen_and_says_so_in_the_record() -> None:
    make_coalition()
    text, clerk = make_text(), make_secretary()
    with assert_write("text.changed", f"text:{text.pk}", "texts"):
        update_text_settings(by=clerk, text_id=text.pk, **SAME, pen=Pen.PROPOSALS)
    assert Entry.objects.latest("pk").content["data"]["pen"] == "proposals"
    update_text_settings(by=clerk, text_id=text.pk, **SAME)
    assert Text.objects.get().pen == Pen.PROPOSALS


def test_update_text_settings_keeps_the_pen_of_an_adopted_text() -> None:
    text = make_adopted(make_heads())
    public: dict[str, Any] = {**SAME, "audience": Audience.PUBLIC}
    clerk = make_secretary()
    assert_refused(Frozen, lambda: update_text_settings(by=clerk, text_id=text.pk, **public, pen=Pen.SECRETARIAT))
    update_text_settings(by=clerk, text_id=text.pk, **public, pen=Pen.FREE)
