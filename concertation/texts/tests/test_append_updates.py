"""Storing what was typed."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from concertation.record.models import Entry
from concertation.texts.canonical import document_of, read_version
from concertation.texts.domain import drafting
from concertation.texts.domain.adoption import withdraw_proposal
from concertation.texts.domain.drafting import Draft, append_updates, take_snapshot
from concertation.texts.models import TextUpdate
from concertation.texts.queries import stored_updates
from concertation.texts.tests.factories import edit, make_adopted, make_heads, make_proposed, make_text, paragraph
from tests.helpers.people import make_coalition, make_secretary

pytestmark = pytest.mark.django_db


def test_append_updates_stores_in_order_with_authors_and_without_an_entry() -> None:
    text, other = make_text(), make_text()
    entries = Entry.objects.count()
    drafts = [
        Draft(text.pk, edit("One"), ("a", "b")),
        Draft(other.pk, edit("Elsewhere"), ("c",)),
        Draft(text.pk, edit("Two"), ("a",)),
    ]
    assert append_updates(drafts=drafts) == set()
    rows = list(text.updates.order_by("sequence"))[1:]
    assert [(bytes(row.update), row.authors) for row in rows] == [
        (drafts[0].update, ["a", "b"]),
        (drafts[2].update, ["a"]),
    ]
    assert Entry.objects.count() == entries


def test_append_updates_refuses_frozen_adopted_and_unknown_texts_and_stores_the_others() -> None:
    heads = make_heads()
    frozen, adopted, open_text = make_proposed().text, make_adopted(heads), make_text()
    unknown = uuid4()
    before = TextUpdate.objects.count()
    ids = (frozen.pk, open_text.pk, adopted.pk, unknown)
    assert append_updates(drafts=[Draft(pk, edit(), ("a",)) for pk in ids]) == {frozen.pk, adopted.pk, unknown}
    assert TextUpdate.objects.count() == before + 1
    assert TextUpdate.objects.order_by("-sequence")[0].text == open_text


def test_append_updates_works_again_after_a_withdrawal() -> None:
    make_coalition()
    procedure = make_proposed()
    withdraw_proposal(by=make_secretary(), procedure_id=procedure.pk)
    assert append_updates(drafts=[Draft(procedure.text_id, edit(), ())]) == set()


def test_append_updates_takes_a_fixed_number_of_queries_for_any_number_of_texts(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    drafts = [Draft(make_text().pk, edit(), ("a",)) for _ in range(5)]
    locking = connection.features.has_select_for_update  # on SQLite the transaction itself locks
    with django_assert_num_queries(5 if locking else 4):  # with the savepoint of the test
        append_updates(drafts=drafts)


def test_a_snapshot_stands_for_all_updates_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafting, "SNAPSHOT_EVERY", 3)
    text = make_text()
    append_updates(drafts=[Draft(text.pk, edit("Two"), ())])
    assert take_snapshot(text_id=text.pk) is False
    append_updates(drafts=[Draft(text.pk, edit("Three"), ())])
    before = document_of(stored_updates(text.pk))
    assert take_snapshot(text_id=text.pk) is True
    assert take_snapshot(text_id=text.pk) is False
    assert len(stored_updates(text.pk)) == 1
    append_updates(drafts=[Draft(text.pk, edit("Four"), ())])
    after = document_of(stored_updates(text.pk))
    assert len(stored_updates(text.pk)) == 2
    words, more = read_version(before, "en"), read_version(after, "en")
    assert len(words) == 3
    assert sorted(map(str, more)) == sorted(map(str, [*words, paragraph("Four")]))
    assert text.updates.count() == 4


def test_stored_updates_cannot_be_changed_or_deleted() -> None:
    text = make_text()
    for act in (lambda: text.updates.update(update=b""), lambda: text.updates.all().delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
    assert text.updates.count() == 1


def test_the_database_itself_refuses_updates_of_a_frozen_text() -> None:
    make_coalition()
    text = make_proposed().text
    with pytest.raises(IntegrityError), transaction.atomic():
        TextUpdate.objects.create(text=text, update=edit(), at=text.created_at)
    assert text.updates.count() == 1
