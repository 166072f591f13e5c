"""The timeline of a text: who typed and did what, newest first, and nothing that is not for the reader."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from concertation.core import clock
from concertation.texts.blocks import run
from concertation.texts.domain.drafting import Draft, append_updates
from concertation.texts.domain.ledger import follow_paragraphs
from concertation.texts.domain.revisions import circulate_revision
from concertation.texts.domain.texts import create_text
from concertation.texts.enums import Audience
from concertation.texts.models import Text
from concertation.texts.queries.timeline import Done, Typed, timeline_of
from concertation.texts.tests.factories import TITLES, edit, make_text, paragraph
from tests.helpers.people import client_of, make_coalition, make_delegate, make_secretary

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


def type_at(minutes: int, text: Text, words: str, author: str) -> None:
    with clock.frozen(NOON + timedelta(minutes=minutes)):
        append_updates(drafts=[Draft(text.pk, edit(words), (author,))])
        follow_paragraphs(text_id=text.pk)


def test_timeline_tells_typing_and_acts_newest_first() -> None:
    make_coalition()
    clerk, italian = make_secretary(), make_delegate("IT")
    with clock.frozen(NOON):
        text = make_text(by=clerk)
        follow_paragraphs(text_id=text.pk)
    with clock.frozen(NOON + timedelta(minutes=5)):
        circulate_revision(by=clerk, text_id=text.pk)
    type_at(30, text, "Italy adds this.", str(italian.pk))
    events = timeline_of(text, clerk).events
    told = [event.entry.action if isinstance(event, Done) else "typed" for event in events]
    assert told[:2] == ["typed", "text.circulated"]
    assert sorted(told[2:]) == ["text.created", "typed", "typed"]
    newest = events[0]
    assert isinstance(newest, Typed)
    assert (newest.language, newest.authors.members, newest.change.kind) == ("en", ("IT",), "added")
    assert [piece.run for piece in newest.change.pieces] == [run("Italy adds this.")]


def test_page_shows_what_was_typed_and_links_to_its_comparison() -> None:
    clerk = make_secretary()
    text = make_text(by=clerk)
    type_at(1, text, "<b>hostile</b>", str(clerk.pk))
    page = client_of(clerk).get(reverse("texts:versions", args=[text.pk])).content.decode()
    assert "&lt;b&gt;hostile&lt;/b&gt;" in page
    assert "<b>hostile" not in page
    assert f"?from=u{text.updates.latest('sequence').sequence}&amp;to=now&amp;language=en" in page
    assert "Circulate Rev.1" in page


def test_page_counts_the_paragraphs_that_came_together() -> None:
    clerk = make_secretary()
    opening = [paragraph(words) for words in ("We met.", "We agreed.", "We part.", "We meet again.")]
    text = create_text(
        by=clerk,
        titles=TITLES,
        languages=["en", "fr"],
        audience=Audience.COALITION,
        draft={"en": opening, "fr": opening},
    )
    follow_paragraphs(text_id=text.pk)
    page = client_of(clerk).get(reverse("texts:versions", args=[text.pk])).content.decode()
    told = " ".join(re.sub("<[^>]+>", "", page).split())
    assert "brought the opening words: English (4 paragraphs), French (4 paragraphs)" in told


def test_page_is_not_there_for_who_may_not_read_the_text() -> None:
    make_coalition()
    text = make_text(audience=Audience.MEMBERS, members=["DE"])
    client = client_of(make_delegate("IT"))
    for name in ("versions", "compare"):
        assert client.get(reverse(f"texts:{name}", args=[text.pk])).status_code == 404


def test_older_events_are_on_an_older_page() -> None:
    clerk = make_secretary()
    with clock.frozen(NOON):
        text = make_text(by=clerk)
    for number in range(70):
        with clock.frozen(NOON + timedelta(hours=number + 1)):
            append_updates(drafts=[Draft(text.pk, edit(f"{number}"), ())])
            circulate_revision(by=clerk, text_id=text.pk)
    first = timeline_of(text, clerk)
    assert len(first.events) == 60
    assert first.older is not None
    second = timeline_of(text, clerk, before=first.older)
    assert [event.at for event in second.events] == sorted((event.at for event in second.events), reverse=True)
    assert (len(second.events), second.older) == (13, None)


def test_comparison_page_marks_words_and_offers_what_may_be_done() -> None:
    clerk = make_secretary()
    text = make_text(by=clerk)
    circulate_revision(by=clerk, text_id=text.pk)
    type_at(1, text, "Italy adds this.", str(clerk.pk))
    page = client_of(clerk).get(reverse("texts:compare", args=[text.pk])).content.decode()
    assert "<ins>Italy adds this.</ins>" in page
    assert "We met." not in page
    assert "Bring this state back as proposals" in page
    whole = client_of(clerk).get(reverse("texts:compare", args=[text.pk]) + "?all=1").content.decode()
    assert "We met." in whole
    for query in ("?from=rev9", "?to=nonsense", "?language=xx"):
        assert client_of(clerk).get(reverse("texts:compare", args=[text.pk]) + query).status_code == 404


def test_comparison_begins_with_the_opening_in_the_language_of_the_reader() -> None:
    clerk = make_secretary()
    text = make_text(by=clerk)
    type_at(1, text, "Italy adds this.", str(clerk.pk))
    client = client_of(clerk)
    address = reverse("texts:compare", args=[text.pk])
    assert "<ins>Italy adds this.</ins>" in client.get(address).content.decode()
    client.cookies["django_language"] = "fr"
    french = client.get(address).content.decode()
    assert '<option value="opening" selected>' in french
    assert '<option value="fr" lang="fr" selected>' in french
    assert "Italy adds this." not in french
