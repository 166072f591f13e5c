"""Noting that agreed words were put into a draft."""

from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from concertation.coalition.enums import Capacity
from concertation.coalition.models import Delegate
from concertation.core.errors import DomainError, InvalidInput, NotAllowed
from concertation.record.models import Entry, Restricted
from concertation.texts.domain.agreed_language import note_reference
from concertation.texts.enums import Audience, Pen
from concertation.texts.errors import Frozen, NoSuchText, NotAgreedWords, WiderAudience
from concertation.texts.models import AgreedReference, Text
from concertation.texts.queries import reuse_in
from concertation.texts.tests.factories import FIRST, make_adopted_quickly, make_proposed, make_text
from tests.helpers.people import make_coalition, make_delegate, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db
PEACE = "We call for an immediate, full and unconditional ceasefire."


@pytest.fixture
def germany() -> Delegate:
    make_coalition()
    return make_delegate("DE", Capacity.DELEGATE)


def facts(by: Delegate, text: Text, source: Text) -> dict[str, Any]:
    return {
        "by": by,
        "text_id": text.pk,
        "language": "en",
        "block": FIRST,
        "words": "full and unconditional ceasefire",
        "source_id": source.pk,
        "position": 1,
    }


def test_note_reference_keeps_words_and_source_and_says_so_in_the_record(germany: Delegate) -> None:
    text, source = make_text(), make_adopted_quickly({"en": [PEACE]}, title="Statement of Paris")
    with assert_write("text.reused", f"text:{text.pk}", "texts"):
        note_reference(**facts(germany, text, source))
    kept = AgreedReference.objects.get()
    assert (kept.text, kept.language, kept.block, kept.by) == (text, "en", FIRST, germany)
    assert (kept.source_id, kept.position, kept.number) == (source.pk, 1, 1)
    assert kept.words == "full and unconditional ceasefire"
    leaf = Entry.objects.latest("pk").leaf
    assert "Statement of Paris" in leaf and "full and unconditional ceasefire" in leaf


def test_references_are_final(germany: Delegate) -> None:
    note_reference(**facts(germany, make_text(), make_adopted_quickly({"en": [PEACE]})))
    for act in (lambda: AgreedReference.objects.update(words="other"), lambda: AgreedReference.objects.all().delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"text_id": uuid4()}, NoSuchText),
        ({"language": "de"}, InvalidInput),
        ({"language": "fr"}, NotAgreedWords),
        ({"block": "no id"}, InvalidInput),
        ({"words": "x" * 4001}, InvalidInput),
        ({"words": ""}, NotAgreedWords),
        ({"words": "unconditional and full ceasefire"}, NotAgreedWords),
        ({"words": "cease"}, NotAgreedWords),
        ({"source_id": uuid4()}, NotAgreedWords),
        ({"position": 2}, NotAgreedWords),
    ],
)
def test_note_reference_refuses_what_was_not_agreed(
    germany: Delegate, change: dict[str, Any], error: type[DomainError]
) -> None:
    good = facts(germany, make_text(), make_adopted_quickly({"en": [PEACE]}))
    assert_refused(error, lambda: note_reference(**{**good, **change}))
    assert not AgreedReference.objects.exists()


def test_note_reference_is_for_those_who_write(germany: Delegate) -> None:
    good = facts(germany, make_text(), make_adopted_quickly({"en": [PEACE]}))
    for capacity in (Capacity.OBSERVER, Capacity.INTERPRETER):
        refused = {**good, "by": make_delegate("DE", capacity)}
        assert_refused(NotAllowed, partial(note_reference, **refused))
    for pen in (Pen.PROPOSALS, Pen.SECRETARIAT):  # who proposes writes nothing yet
        Text.objects.filter(pk=good["text_id"]).update(pen=pen)
        assert_refused(NotAllowed, partial(note_reference, **good))
    with assert_write("text.reused", f"text:{good['text_id']}", "texts"):
        note_reference(**{**good, "by": make_secretary()})


def test_note_reference_refuses_a_frozen_text(germany: Delegate) -> None:
    frozen, source = make_proposed().text, make_adopted_quickly({"en": [PEACE]})
    assert_refused(Frozen, lambda: note_reference(**facts(germany, frozen, source)))


def test_words_of_named_members_stay_among_them(germany: Delegate) -> None:
    clerk = make_secretary()
    source = make_adopted_quickly({"en": [PEACE]}, audience=Audience.MEMBERS, members=["FR", "GB"])
    between = make_text(by=clerk, audience=Audience.MEMBERS, members=["FR", "GB"])
    wide = make_text(by=clerk)
    assert_refused(NotAgreedWords, lambda: note_reference(**facts(germany, wide, source)))
    assert_refused(WiderAudience, lambda: note_reference(**facts(clerk, wide, source)))
    with assert_write("text.reused", f"text:{between.pk}", "texts"):
        note_reference(**facts(clerk, between, source))
    assert Restricted.objects.latest("pk").audience == ",FR,GB,"
    between.audience = Audience.COALITION  # as the chair may decide later
    between.save(update_fields=["audience"])
    france = make_delegate("FR")
    assert [one.reference.words for one in reuse_in(between, france).references] == ["full and unconditional ceasefire"]
    assert reuse_in(between, germany).references == []
