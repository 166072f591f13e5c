"""Circulating a draft under a symbol."""

import pytest
from django.db import IntegrityError, transaction

from concertation.coalition.enums import Capacity
from concertation.core.errors import NotAllowed
from concertation.record.models import Entry
from concertation.texts.canonical import canonical_json, sha256_of
from concertation.texts.domain.drafting import Draft, append_updates
from concertation.texts.domain.revisions import NOTE_LENGTH, circulate_revision
from concertation.texts.domain.texts import update_text_settings
from concertation.texts.enums import Audience
from concertation.texts.errors import Frozen, NoSuchText, NotAdoptable, NoteTooLong, NothingNew
from concertation.texts.models import Revision, Text
from concertation.texts.queries.comparisons import compare_moments, moments_to_choose
from concertation.texts.seeding import update_of
from concertation.texts.tests.factories import TITLES, draft, edit, make_heads, make_proposed, make_text, paragraph
from tests.helpers.people import make_delegate, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db


def circulate(text: Text, cover: str = "") -> Revision:
    return circulate_revision(by=make_secretary(), text_id=text.pk, cover=cover)


def type_more(text: Text, words: str = "More.") -> None:
    append_updates(drafts=[Draft(text.pk, edit(words), ())])


def test_circulate_revision_keeps_what_was_sent() -> None:
    clerk, text = make_secretary(), make_text()
    with assert_write("text.circulated", f"text:{text.pk}", "texts"):
        revision = circulate_revision(by=clerk, text_id=text.pk, cover=" For Monday. ")
    assert (revision.symbol, revision.note, revision.circulated_by) == ("Rev.1", "For Monday.", clerk)
    assert revision.sequence == text.updates.get().sequence
    words = canonical_json(
        text=str(text.pk),
        titles=TITLES,
        authentic=["en", "fr"],
        versions={language: list(blocks) for language, blocks in draft().items()},
    )
    assert revision.sha256 == sha256_of(words)
    assert Entry.objects.get(action="text.circulated").content["data"] == {
        "title": "Joint statement",
        "symbol": "Rev.1",
        "sha256": revision.sha256,
        "note": "For Monday.",
    }


def test_revisions_are_numbered_one_after_another() -> None:
    text = make_text()
    circulate(text)
    type_more(text)
    assert circulate(text).symbol == "Rev.2"
    assert [moment.name for moment in moments_to_choose(text)] == ["now", "rev2", "rev1", "opening"]


def test_circulate_revision_is_refused_when_nothing_is_new() -> None:
    text = make_text()
    circulate(text)
    assert_refused(NothingNew, lambda: circulate(text))


def test_circulate_revision_goes_on_after_an_act_that_typed_nothing() -> None:
    clerk, text = make_secretary(), make_text()
    circulate(text)
    update_text_settings(
        by=clerk,
        text_id=text.pk,
        titles={"en": "Statement"},
        languages=["en", "fr"],
        authentic=["en"],
        audience=Audience.COALITION,
    )
    assert circulate(text).symbol == "Rev.2"


@pytest.mark.parametrize("capacity", [Capacity.HEAD, Capacity.DELEGATE])
def test_circulate_revision_is_for_the_chair(capacity: Capacity) -> None:
    text = make_text()
    assert_refused(NotAllowed, lambda: circulate_revision(by=make_delegate("DE", capacity), text_id=text.pk))
    assert circulate_revision(by=make_delegate("FR", capacity), text_id=text.pk).number == 1


def test_circulate_revision_hides_a_text_that_is_not_for_the_chair_s_member() -> None:
    text = make_text(audience=Audience.MEMBERS, members=["DE"]) if make_delegate("DE") else make_text()
    assert_refused(NoSuchText, lambda: circulate_revision(by=make_delegate("FR"), text_id=text.pk))


def test_circulate_revision_refuses_a_frozen_text_and_a_long_note() -> None:
    make_heads()
    text = make_text()
    assert_refused(NoteTooLong, lambda: circulate(text, "x" * (NOTE_LENGTH + 1)))
    make_proposed(text)
    assert_refused(Frozen, lambda: circulate(text))


def test_circulate_revision_refuses_what_is_no_text() -> None:
    text = make_text()
    append_updates(drafts=[Draft(text.pk, update_of({"de": [paragraph("nobody authorised")]}), ())])
    assert_refused(NotAdoptable, lambda: circulate(text))


def test_database_refuses_to_change_a_revision() -> None:
    circulate(make_text())
    for change in (lambda: Revision.objects.update(note="other"), lambda: Revision.objects.all().delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_comparison_with_a_revision_shows_what_was_typed_since() -> None:
    text = make_text()
    circulate(text)
    type_more(text)
    comparison = compare_moments(text, before="rev1", after="now", language="en")
    assert {one.pieces[0].run["text"]: one.kind for one in comparison.paragraphs} == {
        "We met.": "same",
        "More.": "added",
    }
    assert compare_moments(text, before="rev1", after="now", language="fr").is_same
