"""Appending: one entry, in the caller's transaction, chained and signed; and nothing otherwise."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from hashlib import sha256
from typing import cast

import pytest
from django.db import IntegrityError, connection, transaction

from concertation.core import clock
from concertation.record import merkle
from concertation.record.canonical import NotCanonical
from concertation.record.checkpoint import open_checkpoint
from concertation.record.domain.entries import OutsideTransaction, append_entry
from concertation.record.events import Actor, Subject
from concertation.record.models import Entry, Head, Restricted
from concertation.record.queries import prove_inclusion, record_verifier
from concertation.record.tests.conftest import BRITAIN, FRANCE, SECRETARIAT, Append
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db


def test_append_writes_the_leaf_canonically(append: Append) -> None:
    with clock.frozen(datetime(2025, 7, 10, 13, 5, 0, 250, tzinfo=UTC)):
        entry = append("text.proposed", data={"title": "Déclaration", "round": 2})
    assert entry.leaf == (
        '{"action":"text.proposed",'
        '"actor":{"capacity":"head","delegate":"8d1f","member":"FR","name":"Hélène Durand"},'
        '"data":{"round":2,"title":"Déclaration"},"sequence":1,'
        '"subject":{"id":"t1","kind":"text"},"time":"2025-07-10T13:05:00.000250Z"}'
    )
    assert entry.content == json.loads(entry.leaf)


def test_append_announces_the_record_on_commit() -> None:
    with assert_write("meeting.opened"):
        append_entry(actor=FRANCE, action="meeting.opened", subject=Subject("meeting", "m1"), data={})


def test_append_chains_and_signs_every_entry(append: Append) -> None:
    entries = [append(f"text.step{number}") for number in range(1, 8)]
    verifier = record_verifier()
    assert [entry.sequence for entry in entries] == list(range(1, 8))
    for entry in entries:
        leaves = [merkle.leaf_hash(each.leaf.encode()) for each in entries[: entry.sequence]]
        checkpoint = open_checkpoint(entry.checkpoint_note(verifier), verifier)
        assert (checkpoint.size, checkpoint.root) == (entry.sequence, merkle.root_of(leaves))
        assert prove_inclusion(entry).holds
    assert Head.objects.get().size == 7


def test_append_outside_a_transaction_is_refused(transactional_db: None) -> None:
    with pytest.raises(OutsideTransaction, match=r"text\.proposed"):
        append_entry(actor=FRANCE, action="text.proposed", subject=Subject("text", "t1"), data={})
    assert Entry.objects.count() == 0


def test_rolled_back_append_leaves_no_gap(append: Append) -> None:
    append()
    with pytest.raises(RuntimeError, match="changed my mind"), transaction.atomic():
        append()
        raise RuntimeError("changed my mind")
    assert append().sequence == 2
    assert Head.objects.get().size == 2


def test_append_refuses_a_float() -> None:
    subject = Subject("text", "t1")
    assert_refused(
        NotCanonical, lambda: append_entry(actor=FRANCE, action="a", subject=subject, data={"share": cast("int", 0.5)})
    )


@pytest.mark.parametrize("audience", ["FR", ["FR,GB"], [""]])
def test_append_refuses_an_audience_that_is_no_list_of_codes(audience: list[str] | str) -> None:
    subject = Subject("text", "t1")
    assert_refused(
        ValueError,
        lambda: append_entry(
            actor=FRANCE, action="a", subject=subject, data={}, restricted={"a": 1}, audience=audience
        ),
    )


def test_restricted_content_enters_the_leaf_as_a_salted_hash_only(append: Append) -> None:
    first = append(restricted={"position": "two battalions"}, audience=("FR", "GB"))
    second = append(restricted={"position": "two battalions"}, audience=("FR", "GB"))
    kept = Restricted.objects.get(pk=first.pk)
    assert kept.content == '{"position":"two battalions"}'
    assert first.content["restricted"] == sha256(bytes.fromhex(kept.salt) + kept.content.encode()).hexdigest()
    assert len(bytes.fromhex(kept.salt)) == 32
    assert second.content["restricted"] != first.content["restricted"]
    assert "battalions" not in first.leaf + first.words


@pytest.mark.parametrize(
    ("reader", "sees"),
    [
        (FRANCE, True),
        (BRITAIN, False),
        (Actor("1", "I. P.", "interpreter", "F"), False),
        (Actor("1", "I. P.", "observer", "fr"), False),
        (Actor("1", "I. P.", "delegate", None), False),
        (Actor.of_member("FR"), True),
        (Actor.of_member("FR,UA"), False),
        (Actor.of_member(","), False),
        (Actor.of_member(""), False),
        (SECRETARIAT, True),
        (Actor.system(), True),
    ],
)
def test_restricted_content_is_visible_to_its_audience_only(append: Append, reader: Actor, sees: bool) -> None:
    append(restricted={"position": "two battalions"}, audience=("FR", "UA"))
    assert Restricted.objects.visible_to(reader).exists() is sees


def test_restricted_content_without_audience_is_the_secretariats_alone(append: Append) -> None:
    append(restricted={"position": "two battalions"})
    assert not Restricted.objects.visible_to(FRANCE).exists()
    assert not Restricted.objects.visible_to(Actor.of_member("")).exists()
    assert Restricted.objects.visible_to(SECRETARIAT).exists()


@pytest.mark.parametrize("table", ["record_entry", "record_restricted"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET {} = {}", "DELETE FROM {}"])
def test_database_refuses_to_change_or_delete(append: Append, table: str, statement: str) -> None:
    append(restricted={"position": "two battalions"})
    column = {"record_entry": "words", "record_restricted": "audience"}[table]
    with pytest.raises(IntegrityError, match="are final"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table, column, column))
    assert Restricted.objects.count() == Entry.objects.count() == 1


@pytest.mark.parametrize("table", ["record_entry", "record_restricted"])
def test_database_refuses_to_truncate(append: Append, table: str) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL has TRUNCATE")
    append(restricted={"position": "two battalions"})
    connection.check_constraints()  # PostgreSQL truncates nothing while deferred constraints wait
    with pytest.raises(IntegrityError, match="are final"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table} CASCADE")


def test_appends_from_several_threads_make_one_chain(transactional_db: None, append: Append) -> None:
    def work(number: int) -> None:
        try:
            for _ in range(5):
                append(f"text.by{number}")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    entries = list(Entry.objects.order_by("sequence"))
    assert [entry.sequence for entry in entries] == list(range(1, 21))
    assert {entry.action for entry in entries} == {f"text.by{number}" for number in range(4)}
    tree = merkle.Frontier()
    for entry in entries:
        tree, _ = tree.append(merkle.leaf_hash(entry.leaf.encode()))
        assert entry.root == tree.root.hex()
