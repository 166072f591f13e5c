"""After adoption: who may align itself, who explains its position, and that nothing else ever changes."""

from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from concertation.coalition.enums import Capacity, Status
from concertation.coalition.models import Delegate
from concertation.core.errors import NotAllowed
from concertation.texts.domain.afterwards import align_with_text, explain_position
from concertation.texts.domain.publication import publish_text
from concertation.texts.enums import Audience
from concertation.texts.errors import (
    AdoptedItself,
    AlreadyStated,
    NoSuchText,
    NotBound,
    NotPossibleNow,
    WordsMissing,
)
from concertation.texts.models import AdoptedText, Alignment, Explanation, Text
from concertation.texts.tests.factories import make_adopted, make_heads, make_text
from tests.helpers.people import client_of, make_delegate, make_member, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db


@pytest.fixture
def heads() -> list[Delegate]:
    return make_heads()


@pytest.fixture
def adopted(heads: list[Delegate]) -> Text:
    return make_adopted(heads)


@pytest.fixture
def poland(adopted: Text) -> Delegate:
    """The head of a partner, which came after the adoption."""
    make_member("PL", status=Status.PARTNER)
    return make_delegate("PL", Capacity.HEAD)


def test_others_align_themselves_with_a_statement(adopted: Text, poland: Delegate) -> None:
    with assert_write("text.aligned", f"text:{adopted.pk}", "texts"):
        align_with_text(by=poland, text_id=adopted.pk, statement=" Poland shares\r\nthis aim. ")
    alignment = Alignment.objects.get()
    assert (alignment.member_id, alignment.delegate, alignment.words) == ("PL", poland, "Poland shares\nthis aim.")
    assert AdoptedText.objects.get(text=adopted).members == ["FR", "GB", "UA", "DE", "IT"]
    assert_refused(AlreadyStated, partial(align_with_text, by=poland, text_id=adopted.pk))


@pytest.mark.parametrize("status", [Status.MEMBER, Status.PARTNER, Status.OBSERVER])
def test_whoever_did_not_adopt_may_align_itself(status: Status, adopted: Text) -> None:
    make_member("PL", status=status)
    align_with_text(by=make_delegate("PL", Capacity.HEAD), text_id=adopted.pk)
    assert Alignment.objects.get().words == ""


def test_align_with_text_is_for_heads_of_those_that_did_not_adopt_it(
    adopted: Text, poland: Delegate, heads: list[Delegate]
) -> None:
    assert_refused(AdoptedItself, partial(align_with_text, by=heads[4], text_id=adopted.pk))
    for by in (make_delegate("PL", Capacity.DELEGATE), make_secretary()):
        assert_refused(NotAllowed, partial(align_with_text, by=by, text_id=adopted.pk))
    assert_refused(WordsMissing, partial(align_with_text, by=poland, text_id=adopted.pk, statement="x" * 10_001))
    assert_refused(NotPossibleNow, partial(align_with_text, by=poland, text_id=make_text().pk))
    secret = make_text(audience=Audience.MEMBERS, members=["FR"])
    assert_refused(NoSuchText, partial(align_with_text, by=poland, text_id=secret.pk))


def test_who_is_bound_explains_its_position_once(adopted: Text, poland: Delegate, heads: list[Delegate]) -> None:
    explain_poland = partial(explain_position, by=poland, text_id=adopted.pk, words="As Poland reads it.")
    assert_refused(NotBound, explain_poland)
    align_with_text(by=poland, text_id=adopted.pk)
    explain_poland()
    with assert_write("text.explained", f"text:{adopted.pk}", "texts"):
        explain_position(by=heads[4], text_id=adopted.pk, words="As Italy reads it.")
    assert list(Explanation.objects.values_list("member", "words")) == [
        ("PL", "As Poland reads it."),
        ("IT", "As Italy reads it."),
    ]
    assert_refused(AlreadyStated, explain_poland)
    for words in ("", " \u2060\n", "x" * 10_001):
        assert_refused(WordsMissing, partial(explain_position, by=heads[3], text_id=adopted.pk, words=words))
    assert_refused(
        NotAllowed,
        partial(explain_position, by=make_delegate("DE", Capacity.DELEGATE), text_id=adopted.pk, words="No."),
    )


def test_statements_stand_on_page_print_and_public_page(adopted: Text, poland: Delegate, heads: list[Delegate]) -> None:
    publish_text(by=make_secretary(), text_id=adopted.pk)
    public = reverse("texts:public", args=[adopted.pk])
    tag = client_of(None).get(public)["ETag"]
    align_with_text(by=poland, text_id=adopted.pk, statement="We <b>align</b>.")
    explain_position(by=heads[4], text_id=adopted.pk, words="Italy explains.")
    pages = [reverse("texts:show", args=[adopted.pk]), reverse("texts:print", args=[adopted.pk]), public]
    for address in pages:
        shown = client_of(None if address == public else heads[0]).get(address).content.decode()
        assert "We &lt;b&gt;align&lt;/b&gt;." in shown
        assert "Italy explains." in shown
        assert "Equally authentic in:" in shown
    assert client_of(None).get(public)["ETag"] != tag


def test_the_page_offers_each_head_what_it_may_still_say(
    adopted: Text, poland: Delegate, heads: list[Delegate]
) -> None:
    def offers(who: Delegate) -> tuple[bool, bool]:
        shown = client_of(who).get(reverse("texts:show", args=[adopted.pk])).content.decode()
        return f"/texts/{adopted.pk}/align/" in shown, f"/texts/{adopted.pk}/explain/" in shown

    assert [offers(poland), offers(heads[3]), offers(make_secretary())] == [
        (True, False),
        (False, True),
        (False, False),
    ]
    for act, who in (("align", poland), ("explain", poland), ("explain", heads[3])):
        words = {"statement": "", "words": "As we read it."}
        assert client_of(who).post(reverse(f"texts:{act}", args=[adopted.pk]), words).status_code == 302
    assert [offers(poland), offers(heads[3])] == [(False, False), (False, False)]


def test_the_database_refuses_to_change_statements(adopted: Text, poland: Delegate, heads: list[Delegate]) -> None:
    align_with_text(by=poland, text_id=adopted.pk)
    explain_position(by=heads[0], text_id=adopted.pk, words="Final.")
    managers: list[Any] = [Alignment.objects, Explanation.objects]
    for manager in managers:
        with pytest.raises(IntegrityError), transaction.atomic():
            manager.update(words="Other.")
        with pytest.raises(IntegrityError), transaction.atomic():
            manager.all()._raw_delete("default")
