"""A new text that starts from an earlier one."""

from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from pycrdt import XmlElement, XmlFragment

from concertation.coalition.models import Delegate
from concertation.record.models import Entry
from concertation.texts.blocks import Block
from concertation.texts.canonical import document_of, read_versions
from concertation.texts.domain.texts import create_text
from concertation.texts.domain.writing import write_in
from concertation.texts.enums import Audience, State
from concertation.texts.errors import NoSuchText, NotAdoptable, WiderAudience
from concertation.texts.models import Text, TextOrigin
from concertation.texts.paragraphs import content_of
from concertation.texts.queries import reuse_in, stored_updates
from concertation.texts.tests.factories import make_adopted, make_heads, make_text
from tests.helpers.people import make_coalition, make_delegate, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db


def words_of(text: Text) -> dict[str, list[Block]]:
    languages = list(text.versions.values_list("language", flat=True))
    return read_versions(document_of(stored_updates(text.pk)), languages)


def start(by: Delegate | None, source: Text, **facts: Any) -> Text:
    return create_text(
        **{"by": by, "titles": {"en": "Second"}, "languages": ["en", "fr"], "based_on": source.pk, **facts}
    )


@pytest.mark.parametrize("state", [State.DRAFT, State.ADOPTED])
def test_a_text_takes_the_words_of_an_earlier_one_with_ids_of_its_own(state: State) -> None:
    source = make_text() if state == State.DRAFT else make_adopted(make_heads())
    clerk = make_secretary()
    with assert_write("text.created", "texts"):
        start(clerk, source)
    text = Text.objects.latest("created_at")
    old, new = words_of(source), words_of(text)
    assert {code: [content_of(block) for block in blocks] for code, blocks in new.items()} == {
        code: [content_of(block) for block in blocks] for code, blocks in old.items()
    }
    ids = {code: [block["id"] for block in blocks] for code, blocks in new.items()}
    assert ids["en"] == ids["fr"]
    assert set(ids["en"]).isdisjoint(block.get("id") for block in old["en"])
    origin = TextOrigin.objects.get()
    assert (origin.text, origin.source, origin.state, origin.is_wider) == (text, source, state, False)
    if state == State.ADOPTED:
        assert origin.sha256 == source.adopted.sha256
    assert f'"based_on":"{source.pk}"' in Entry.objects.latest("pk").leaf
    assert text.updates.get().authors == [str(clerk.pk)]


def test_languages_that_were_not_chosen_stay_behind_and_new_ones_start_empty() -> None:
    text = start(None, make_text(), languages=["fr", "uk"])
    assert [len(words_of(text)[code]) for code in ("fr", "uk")] == [1, 0]


def test_an_origin_is_final() -> None:
    start(None, make_text())
    with pytest.raises(IntegrityError), transaction.atomic():
        TextOrigin.objects.update(is_wider=True)


def test_a_text_that_the_chair_may_not_read_looks_like_none() -> None:
    make_coalition()
    france = make_delegate("FR")
    secret = make_text(audience=Audience.MEMBERS, members=["GB", "UA"])
    assert_refused(NoSuchText, lambda: start(france, secret, is_wider=True))
    assert_refused(NoSuchText, lambda: create_text(by=france, titles={"en": "A"}, languages=["en"], based_on=uuid4()))
    assert list(Text.objects.all()) == [secret]


def test_more_readers_than_the_source_has_are_confirmed_and_recorded_without_its_title() -> None:
    make_coalition()
    france, germany = make_delegate("FR"), make_delegate("DE")
    secret = make_text(by=make_secretary(), audience=Audience.MEMBERS, members=["FR", "GB"])
    named: dict[str, Any] = {"audience": Audience.MEMBERS, "members": ["FR", "GB", "DE"]}
    for wider in ({}, named):
        assert_refused(WiderAudience, partial(start, france, secret, **wider))
    assert Text.objects.count() == 1
    text = start(france, secret, is_wider=True)
    leaf = Entry.objects.latest("pk").leaf
    assert '"is_wider":true' in leaf and secret.title not in leaf
    assert TextOrigin.objects.get().is_wider
    origin = reuse_in(text, france).origin
    assert origin and origin.source == secret
    assert reuse_in(text, germany).origin is None


def test_as_many_or_fewer_readers_need_no_confirmation() -> None:
    make_coalition()
    secret = make_text(by=make_secretary(), audience=Audience.MEMBERS, members=["FR", "GB"])
    start(make_delegate("FR"), secret, audience=Audience.MEMBERS, members=["FR"], is_wider=True)
    assert not TextOrigin.objects.get().is_wider


def test_a_document_with_foreign_content_is_not_taken() -> None:
    source = make_text()

    def hang(doc: Any) -> None:
        doc.get("en", type=XmlFragment).children.append(XmlElement("table"))

    write_in(source, hang, by=None)
    assert_refused(NotAdoptable, lambda: start(None, source))
    assert Text.objects.count() == 1
