"""Agreement by paragraph: who may say it, what it is tied to, and what takes it away."""

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from pycrdt import Doc, XmlElement

from concertation.coalition.enums import Capacity, Status
from concertation.coalition.models import Delegate, Member
from concertation.core import clock
from concertation.core.errors import InvalidInput, NotAllowed
from concertation.texts.domain.agreement import agree_paragraphs, withdraw_agreement
from concertation.texts.domain.texts import update_text_settings
from concertation.texts.enums import Audience, Stance, Standing
from concertation.texts.errors import Frozen, NoSuchParagraph, NoSuchText, NothingToWithdraw, ParagraphChanged
from concertation.texts.models import Agreement, Text
from concertation.texts.queries.agreement import matrix_of, reopened_for
from concertation.texts.queries.ledger import content_hash
from concertation.texts.tests.factories import FIRST, TITLES, make_heads, make_proposed, make_text
from concertation.texts.tests.test_ledger import NOON, added, fragment_of, removed, typed, write
from tests.helpers.people import make_delegate, make_member, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db
SECOND = "second0001"


def fresh(text: Text) -> Text:
    return Text.objects.with_state().get(pk=text.pk)


def seen(text: Text, *names: str) -> dict[str, str]:
    return {name: content_hash(fresh(text), name) for name in names or (FIRST,)}


def agree(by: Delegate, text: Text, *names: str, ad_referendum: bool = False) -> int:
    return agree_paragraphs(by=by, text_id=text.pk, seen=seen(text, *names), ad_referendum=ad_referendum)


def standings(text: Text, paragraph: str = FIRST) -> dict[str, str]:
    """Return where every member that counts stands, those that are open left out."""
    matrix = matrix_of(fresh(text), make_secretary())
    (line,) = [one for one in matrix.lines if one.id == paragraph]
    pairs = zip(matrix.columns, line.standings, strict=True)
    return {column.member.pk: str(one.value) for column, one in pairs if one != Standing.OPEN}


def test_a_head_agrees_what_was_on_the_screen() -> None:
    head = make_heads()[0]
    text = make_text()
    with assert_write("text.paragraphs_agreed", f"text:{text.pk}", "texts"):
        agree(head, text)
    row = Agreement.objects.get()
    assert (row.paragraph, row.member_id, row.delegate, row.stance) == (FIRST, "FR", head, Stance.AGREED)
    assert row.sha256 == content_hash(text, FIRST)
    assert set(row.content) == {"en", "fr"}
    assert standings(text) == {"FR": "agreed"}


def test_a_delegate_agrees_ad_referendum_and_the_head_confirms() -> None:
    head = make_heads()[0]
    delegate = make_delegate("FR", Capacity.DELEGATE)
    text = make_text()
    assert_refused(NotAllowed, lambda: agree(delegate, text))
    with assert_write("text.paragraphs_agreed_ad_referendum", f"text:{text.pk}", "texts"):
        agree(delegate, text, ad_referendum=True)
    assert standings(text) == {"FR": "referendum"}
    assert [line.id for line in matrix_of(fresh(text), head).waiting] == [FIRST]
    assert matrix_of(fresh(text), delegate).waiting == []
    agree(head, text)
    assert standings(text) == {"FR": "agreed"}
    assert agree(delegate, text, ad_referendum=True) == 0
    assert standings(text) == {"FR": "agreed"}


def test_agreeing_twice_says_nothing_new() -> None:
    head = make_heads()[0]
    text = make_text()
    assert [agree(head, text), agree(head, text)] == [1, 0]
    assert Agreement.objects.count() == 1


def test_several_paragraphs_are_agreed_all_or_none() -> None:
    head = make_heads()[0]
    text = make_text()
    write(text, added("Second.", SECOND))
    both = seen(text, FIRST, SECOND)
    write(text, typed("Changed. ", place=1))
    assert_refused(ParagraphChanged, lambda: agree_paragraphs(by=head, text_id=text.pk, seen=both))
    assert not Agreement.objects.exists()
    with assert_write("text.paragraphs_agreed", f"text:{text.pk}", "texts"):
        assert agree(head, text, FIRST, SECOND) == 2


def test_words_that_changed_meanwhile_are_refused_with_who_changed_them() -> None:
    head, *_others, italy = make_heads()
    text = make_text()
    before = seen(text)
    write(text, typed("All: "), by=[italy])
    with pytest.raises(ParagraphChanged) as refusal:
        agree_paragraphs(by=head, text_id=text.pk, seen=before)
    assert str(refusal.value) == "§1 was changed a moment ago by Italy. Look again before you agree."


@pytest.mark.parametrize("name", [SECOND, "~1", "", "'; DROP TABLE", "x" * 300])
def test_what_is_no_paragraph_is_refused(name: str) -> None:
    head = make_heads()[0]
    text = make_text()
    act = partial(agree_paragraphs, by=head, text_id=text.pk, seen={name: "0" * 64})
    assert_refused(NoSuchParagraph, act)
    assert_refused(NoSuchParagraph, lambda: withdraw_agreement(by=head, text_id=text.pk, paragraph=name))
    assert_refused(InvalidInput, lambda: agree_paragraphs(by=head, text_id=text.pk, seen={}))


@pytest.mark.parametrize("forged", ["", "0" * 64, "é", "a" * 1000])
def test_a_forged_hash_is_refused(forged: str) -> None:
    head = make_heads()[0]
    text = make_text()
    assert_refused(ParagraphChanged, lambda: agree_paragraphs(by=head, text_id=text.pk, seen={FIRST: forged}))


def test_who_does_not_decide_agrees_nothing() -> None:
    make_heads()
    text = make_text()
    partner = make_member("JP", status=Status.PARTNER)
    others = [
        make_secretary(),
        make_delegate(partner.pk, Capacity.HEAD),
        make_delegate("FR", Capacity.OBSERVER),
        make_delegate("FR", Capacity.INTERPRETER),
    ]
    for other in others:
        assert_refused(NotAllowed, partial(agree, other, text))
        assert_refused(NotAllowed, partial(agree, other, text, ad_referendum=True))
        assert_refused(NotAllowed, partial(withdraw_agreement, by=other, text_id=text.pk, paragraph=FIRST))


def test_a_text_for_others_does_not_exist() -> None:
    heads = make_heads()
    text = make_text(audience=Audience.MEMBERS, members=["FR", "GB"])
    hashes = seen(text)
    assert_refused(NoSuchText, lambda: agree_paragraphs(by=heads[4], text_id=text.pk, seen=hashes))
    assert_refused(NoSuchText, lambda: agree_paragraphs(by=heads[0], text_id=uuid4(), seen=hashes))
    assert [column.member.pk for column in matrix_of(fresh(text), heads[0]).columns] == ["FR", "GB"]


def test_a_frozen_text_is_agreed_as_a_whole_only() -> None:
    head = make_heads()[0]
    text = make_text()
    agree(head, text)
    hashes = seen(text)
    make_proposed(text)
    assert_refused(Frozen, lambda: agree_paragraphs(by=head, text_id=text.pk, seen=hashes))
    assert_refused(Frozen, lambda: withdraw_agreement(by=head, text_id=text.pk, paragraph=FIRST))
    assert standings(text) == {"FR": "agreed"}
    assert not matrix_of(fresh(text), head).may_agree


def test_a_head_withdraws_and_a_delegate_only_what_is_ad_referendum() -> None:
    head = make_heads()[0]
    delegate = make_delegate("FR", Capacity.DELEGATE)
    text = make_text()
    withdraw = partial(withdraw_agreement, text_id=text.pk, paragraph=FIRST)
    assert_refused(NothingToWithdraw, partial(withdraw, by=head))
    agree(head, text)
    assert_refused(NotAllowed, partial(withdraw, by=delegate))
    with assert_write("text.paragraph_not_agreed", f"text:{text.pk}", "texts"):
        withdraw(by=head)
    assert standings(text) == {}
    assert_refused(NothingToWithdraw, partial(withdraw, by=head))
    agree(delegate, text, ad_referendum=True)
    withdraw(by=delegate)
    assert standings(text) == {}


@pytest.mark.parametrize(("language", "place"), [("en", 0), ("fr", 0)])
def test_a_comma_in_any_authentic_language_reopens(language: str, place: int) -> None:
    head, britain, *_others, italy = make_heads()
    text = make_text()
    agree(head, text)
    write(text, typed(",", place, language), by=[italy], at=NOON)
    assert standings(text) == {"FR": "reopened"}
    agree(britain, text)
    assert standings(text) == {"FR": "reopened", "GB": "agreed"}
    (line,) = matrix_of(fresh(text), head).lines
    assert line.waits_for_me
    assert line.reopening is not None
    assert (line.reopening.who, line.reopening.at) == ("Italy", NOON)
    assert [(one.language, one.before, one.after) for one in line.reopening.differences] == [(language, "", ",")]


def test_a_translation_that_changes_reopens_nothing() -> None:
    head = make_heads()[0]
    text = make_text()
    text.versions.filter(language="fr").update(is_authentic=False)
    agree(head, text)
    write(text, typed("x", 0, "fr"))
    assert standings(text) == {"FR": "agreed"}


def test_the_exact_words_again_restore_the_agreement() -> None:
    head = make_heads()[0]
    text = make_text()
    agree(head, text)
    write(text, typed("x"), at=NOON)
    assert standings(text) == {"FR": "reopened"}

    def undo(document: Doc[Any]) -> None:
        element = fragment_of(document).children[0]
        assert isinstance(element, XmlElement)
        del element.children[0][0:1]  # type: ignore[union-attr]

    write(text, undo, at=NOON + timedelta(minutes=5))
    assert standings(text) == {"FR": "agreed"}
    assert matrix_of(fresh(text), head).lines[0].reopening is None


def test_who_changed_last_after_a_change_was_taken_back_is_who_reopened() -> None:
    head, britain, *_others, italy = make_heads()
    text = make_text()
    agree(head, text)

    def undo(document: Doc[Any]) -> None:
        element = fragment_of(document).children[0]
        assert isinstance(element, XmlElement)
        del element.children[0][0:1]  # type: ignore[union-attr]

    write(text, typed("x"), by=[britain], at=NOON)
    write(text, undo, by=[britain], at=NOON + timedelta(minutes=5))
    write(text, typed("y"), by=[italy], at=NOON + timedelta(minutes=9))
    (line,) = matrix_of(fresh(text), head).lines
    assert line.reopening is not None
    assert (line.reopening.who, line.reopening.at) == ("Italy", NOON + timedelta(minutes=9))


def test_paragraphs_whose_ids_are_swapped_are_both_reopened() -> None:
    head = make_heads()[0]
    text = make_text()
    write(text, added("Second.", SECOND))
    agree(head, text, FIRST, SECOND)

    def swap(document: Doc[Any]) -> None:
        for place, name in enumerate((SECOND, FIRST)):
            element = fragment_of(document).children[place]
            assert isinstance(element, XmlElement)
            element.attributes["id"] = name

    write(text, swap)
    assert [standings(text, name) for name in (FIRST, SECOND)] == [{"FR": "reopened"}] * 2


def test_an_id_that_two_paragraphs_share_counts_for_the_first_and_the_other_cannot_be_agreed() -> None:
    head = make_heads()[0]
    text = make_text()
    agree(head, text)
    write(text, added("Added later under the same name.", FIRST))
    assert standings(text) == {"FR": "agreed"}
    lines = matrix_of(fresh(text), head).lines
    assert [(line.id, bool(line.sha256), line.waits_for_me) for line in lines] == [
        (FIRST, True, False),
        ("~1", False, False),
    ]
    write(text, added("Put before it under the same name.", FIRST, place=0))
    assert standings(text) == {"FR": "reopened"}


def test_a_paragraph_that_went_is_no_longer_counted_and_comes_back_agreed() -> None:
    head = make_heads()[0]
    text = make_text()
    write(text, added("Second.", SECOND), at=NOON)
    agree(head, text, SECOND)
    write(text, removed(1), at=NOON + timedelta(minutes=2))
    assert [line.id for line in matrix_of(fresh(text), head).lines] == [FIRST]
    write(text, added("Second.", SECOND), at=NOON + timedelta(minutes=4))
    assert standings(text, SECOND) == {"FR": "agreed"}


def test_other_authentic_languages_reopen_because_that_was_not_agreed() -> None:
    head = make_heads()[0]
    chair = make_secretary()
    text = make_text(by=chair)
    agree(head, text)
    update_text_settings(
        by=chair, text_id=text.pk, titles=TITLES, languages=["en", "fr"], authentic=["en"], audience=Audience.COALITION
    )
    assert standings(text) == {"FR": "reopened"}
    (line,) = matrix_of(fresh(text), head).lines
    assert line.reopening is not None
    assert (line.reopening.who, line.reopening.differences) == ("", [])


def test_a_member_that_left_does_not_count_and_keeps_its_rows() -> None:
    heads = make_heads("FR", "IT")
    text = make_text()
    for head in heads:
        agree(head, text)
    matrix = matrix_of(fresh(text), make_secretary())
    deciding = len(matrix.columns)
    Member.objects.filter(pk="IT").update(status=Status.LEFT)
    matrix = matrix_of(fresh(text), make_secretary())
    assert (len(matrix.columns), standings(text)) == (deciding - 1, {"FR": "agreed"})
    assert Agreement.objects.count() == 2


def test_a_text_is_agreed_by_all_when_every_member_agrees_outright() -> None:
    heads = make_heads()
    text = make_text()
    for head in heads[:4]:
        agree(head, text)
    agree(heads[4], text, ad_referendum=True)
    matrix = matrix_of(fresh(text), heads[0])
    assert (matrix.agreed, [column.agreed for column in matrix.columns]) == (0, [1, 1, 1, 1, 0])
    agree(heads[4], text)
    assert matrix_of(fresh(text), heads[0]).agreed == 1


def test_home_tells_of_what_was_reopened() -> None:
    head, other, *_ = make_heads()
    text = make_text()
    agree(head, text)
    assert reopened_for(head) == []
    write(text, typed("x"))
    assert reopened_for(head) == [(text, 1)]
    assert reopened_for(other) == []
    make_proposed(text)
    assert reopened_for(head) == []


def test_what_was_said_cannot_be_changed() -> None:
    head = make_heads()[0]
    agree(head, make_text())
    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.update(stance=Stance.NOT_AGREED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.all()._raw_delete("default")


def test_the_matrix_takes_the_same_queries_for_one_paragraph_and_for_many() -> None:
    heads = make_heads()
    text = make_text()
    counts = []
    for place in range(1, 4):
        name = f"another{place:03}"
        write(text, added("Another.", name, place), at=clock.now())
        for head in heads[:place]:
            agree(head, text, FIRST, name)
        write(text, typed("x", 0), at=clock.now())
        agree(heads[4], text, name)
        with CaptureQueriesContext(connection) as queries:
            matrix_of(Text.objects.with_state().prefetch_related("versions").get(pk=text.pk), heads[0])
        counts.append(len(queries))
    assert counts == [counts[0]] * 3
