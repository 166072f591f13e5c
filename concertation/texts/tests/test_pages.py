"""The pages of texts: what each shows, to whom, at a fixed number of queries."""

import re
from functools import partial
from typing import cast

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from concertation.accounts.models import Person
from concertation.coalition.enums import Capacity, Status
from concertation.coalition.models import Delegate, Member
from concertation.core.waiting import awaiting
from concertation.texts.domain.adoption import respond
from concertation.texts.domain.publication import publish_text
from concertation.texts.enums import Audience
from concertation.texts.models import AdoptedText, Text
from concertation.texts.queries import text_panel
from concertation.texts.tests.factories import make_adopted, make_heads, make_many, make_proposed, make_text
from tests.helpers.people import (
    client_of,
    make_coalition,
    make_delegate,
    make_member,
    make_secretary,
    make_visitors,
)

pytestmark = pytest.mark.django_db


def page(client: Client, name: str, *args: object, target: str = "") -> str:
    headers = {"HX-Request": "true", "HX-Target": target} if target else {}
    answer = client.get(reverse(f"texts:{name}", args=args), headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_shows_what_the_delegate_may_read_by_where_it_stands() -> None:
    heads = make_heads()
    make_text(audience=Audience.MEMBERS, members=["FR", "GB"])
    proposed, adopted = make_proposed().text, make_adopted(heads)
    respond(by=heads[0], procedure_id=proposed.procedures.get().pk, agrees=True)
    shown = page(client_of(heads[3]), "list")
    assert re.findall(r"/texts/([0-9a-f-]{36})/", shown) == [str(proposed.pk), str(adopted.pk)]
    assert "1 of 5 agreed" in shown
    assert shown.count("your answer is awaited") == 1
    assert page(client_of(heads[0]), "list").count("your answer is awaited") == 0
    assert "New text" not in shown


def test_the_empty_list_says_what_to_do() -> None:
    make_coalition()
    assert "Open the first one" in page(client_of(make_secretary()), "list")
    assert "it appears here by itself" in page(client_of(make_delegate("DE")), "list")


@pytest.mark.parametrize("rows", [3, 300])
def test_the_list_takes_a_fixed_number_of_queries(rows: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    heads = make_heads()
    make_many(rows)
    client = client_of(heads[3])
    with django_assert_num_queries(9):
        page(client, "list")


def test_the_page_of_a_draft_holds_an_editor_a_language_with_the_words_inside() -> None:
    make_coalition()
    text = make_text(words="We <b>met</b> & agreed.")
    shown = page(client_of(make_delegate("DE", Capacity.DELEGATE)), "show", text.pk)
    assert re.findall(r'data-language="(\w+)"', shown) == ["en", "fr"]
    assert shown.count('data-may-edit="true" data-may-propose="true" data-frozen="false"') == 2
    assert "<p data-numbered>We &lt;b&gt;met&lt;/b&gt; &amp; agreed.</p>" in shown
    assert "Propose for adoption" not in shown
    observer = page(client_of(make_delegate("DE", Capacity.OBSERVER)), "show", text.pk)
    assert observer.count('data-may-edit="false" data-may-propose="false" data-frozen="false"') == 2


def test_the_page_of_a_proposed_text_asks_those_only_who_have_to_answer() -> None:
    heads = make_heads()
    procedure = make_proposed()
    respond(by=heads[0], procedure_id=procedure.pk, agrees=True)
    respond_url = reverse("texts:respond", args=[procedure.pk])
    asked = page(client_of(heads[3]), "show", procedure.text_id)
    assert asked.count(f'hx-post="{respond_url}"') == 2
    assert "Your answer for Germany is binding and final." in asked
    assert asked.count('data-may-edit="false" data-may-propose="false" data-frozen="true"') == 2
    for other in (heads[0], make_delegate("DE", Capacity.DELEGATE), make_secretary()):
        assert respond_url not in page(client_of(other), "show", procedure.text_id)


def test_the_page_shows_why_an_earlier_procedure_failed() -> None:
    heads = make_heads()
    procedure = make_proposed()
    respond(by=heads[4], procedure_id=procedure.pk, agrees=False, reason="§2 <goes> too far.")
    shown = page(client_of(heads[0]), "show", procedure.text_id)
    assert "§2 &lt;goes&gt; too far." in shown
    assert "Procedure 1: objected to" in shown


def test_the_page_of_an_adopted_text_shows_the_adopted_words_without_an_editor() -> None:
    heads = make_heads()
    text = make_adopted(heads)
    shown = page(client_of(heads[3]), "show", text.pk)
    assert "<text-editor" not in shown
    assert '<p id="en-1" data-numbered>We met.</p>' in shown
    assert AdoptedText.objects.get().sha256 in shown


def test_a_member_that_left_before_is_not_among_those_that_adopted() -> None:
    heads, clerk = make_heads(), make_secretary()
    procedure = make_proposed()
    for head in heads[1:]:
        respond(by=head, procedure_id=procedure.pk, agrees=True)
    Member.objects.filter(code="IT").update(status=Status.LEFT)
    respond(by=heads[0], procedure_id=procedure.pk, agrees=True)
    for name in ("show", "print"):
        shown = page(client_of(clerk), name, procedure.text_id)
        assert "Ukraine" in shown and "Italy" not in shown


def test_the_card_offers_to_conclude_when_a_departure_left_nobody_to_wait_for() -> None:
    heads, clerk = make_heads(), make_secretary()
    procedure = make_proposed()
    for head in heads[:4]:
        respond(by=head, procedure_id=procedure.pk, agrees=True)
    assert "Conclude the adoption" not in page(client_of(clerk), "show", procedure.text_id)
    Member.objects.filter(code="IT").update(status=Status.LEFT)
    assert "Conclude the adoption" in page(client_of(clerk), "show", procedure.text_id)
    assert "Conclude the adoption" not in page(client_of(heads[3]), "show", procedure.text_id)


@pytest.mark.parametrize(
    ("target", "holds", "lacks"),
    [
        ("text-bar", 'id="text-bar"', 'id="adoption"'),
        ("text-versions", 'id="text-versions"', 'id="text-bar"'),
        ("adoption", 'id="adoption"', 'id="text-versions"'),
    ],
)
def test_each_part_of_the_page_comes_by_itself(target: str, holds: str, lacks: str) -> None:
    text = make_text()
    part = page(client_of(make_secretary()), "show", text.pk, target=target)
    assert holds in part and lacks not in part and "<html" not in part


def test_the_editors_come_again_only_when_what_they_may_do_changed() -> None:
    make_coalition()
    text = make_text()
    client = client_of(make_secretary())
    shown = re.findall(r"\?shown=([\w-]+)", page(client, "show", text.pk))[0]
    again = partial(
        client.get,
        reverse("texts:show", args=[text.pk]) + f"?shown={shown}",
        headers={"HX-Request": "true", "HX-Target": "text-versions"},
    )
    assert again().status_code == 204
    make_proposed(text)
    assert 'data-frozen="true"' in again().content.decode()


@pytest.mark.parametrize("answers", [0, 4])
def test_the_page_takes_a_fixed_number_of_queries(
    answers: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    heads = make_heads()
    procedure = make_proposed()
    respond(by=heads[4], procedure_id=procedure.pk, agrees=False, reason="No.")
    procedure = make_proposed(procedure.text)
    for head in heads[:answers]:
        respond(by=head, procedure_id=procedure.pk, agrees=True)
    client = client_of(heads[4])
    with django_assert_num_queries(12):
        page(client, "show", procedure.text_id)


def test_texts_of_named_members_do_not_exist_for_others() -> None:
    make_coalition()
    text = make_text(audience=Audience.MEMBERS, members=["DE", "IT"])
    client = client_of(make_delegate("FR"))
    for name in ("show", "print", "change"):
        assert client.get(reverse(f"texts:{name}", args=[text.pk])).status_code == 404
    for name in ("propose", "publish", "unpublish"):
        assert client.post(reverse(f"texts:{name}", args=[text.pk])).status_code == 404
    procedure = make_proposed(text)
    for name in ("respond", "withdraw", "conclude"):
        assert client.post(reverse(f"texts:{name}", args=[procedure.pk])).status_code == 404


def test_the_printable_page_says_whether_the_text_is_adopted() -> None:
    heads = make_heads()
    draft, adopted = make_text(), make_adopted(heads)
    client = client_of(heads[3])
    printed = page(client, "print", draft.pk)
    assert "Not adopted: the text as it stood on" in printed and "<script" not in printed
    assert AdoptedText.objects.get().sha256 in page(client, "print", adopted.pk)


def test_the_adopted_bytes_are_exactly_those_that_were_hashed() -> None:
    heads = make_heads()
    text = make_adopted(heads)
    answer = client_of(heads[3]).get(reverse("texts:bytes", args=[text.pk]))
    assert answer.content == bytes(AdoptedText.objects.get().content)
    assert client_of(heads[3]).get(reverse("texts:bytes", args=[make_text().pk])).status_code == 404


def test_the_public_page_shows_the_text_in_each_language_and_how_to_verify_it() -> None:
    text = make_adopted(make_heads())
    publish_text(by=make_secretary(), text_id=text.pk)
    client = client_of(None)
    english = client.get(reverse("texts:public", args=[text.pk]))
    french = client.get(reverse("texts:public", args=[text.pk, "fr"]))
    assert "We met." in english.content.decode() and "How to verify" in english.content.decode()
    assert "Nous nous sommes réunis." in french.content.decode()
    assert "Comment vérifier ce texte" in french.content.decode()
    for answer in (english, french):
        assert "<script" not in answer.content.decode()
        assert answer["Cache-Control"] == "public, max-age=60"
        assert AdoptedText.objects.get().sha256 in answer.content.decode()
    unchanged = client.get(reverse("texts:public", args=[text.pk]), headers={"If-None-Match": english["ETag"]})
    assert unchanged.status_code == 304
    content = client.get(reverse("texts:public_bytes", args=[text.pk])).content
    assert content == bytes(AdoptedText.objects.get().content)


def test_nothing_unpublished_has_a_public_page() -> None:
    heads = make_heads()
    published = make_adopted(heads)
    publish_text(by=make_secretary(), text_id=published.pk)
    assert client_of(None).get(reverse("texts:public", args=[published.pk, "de"])).status_code == 404
    for text in (make_text(audience=Audience.PUBLIC), make_proposed().text, make_adopted(heads)):
        for name in ("public", "public_bytes"):
            for who in (None, heads[0]):
                assert client_of(who).get(reverse(f"texts:{name}", args=[text.pk])).status_code == 404


def test_every_address_answers_every_visitor_as_it_should() -> None:
    people = make_visitors()
    heads = [people.co_chair, people.head, *map(make_delegate, ("GB", "UA", "IT"))]
    draft, adopted, running = make_text(), make_adopted(heads), make_proposed()
    urls = {
        "list": reverse("texts:list"),
        "create": reverse("texts:create"),
        "show": reverse("texts:show", args=[draft.pk]),
        "change": reverse("texts:change", args=[draft.pk]),
        "print": reverse("texts:print", args=[draft.pk]),
        "bytes": reverse("texts:bytes", args=[adopted.pk]),
        "propose": reverse("texts:propose", args=[draft.pk]),
        "respond": reverse("texts:respond", args=[running.pk]),
        "public": reverse("texts:public", args=[draft.pk]),
    }
    reading = {"list": 200, "show": 200, "print": 200, "bytes": 200, "propose": 405, "respond": 405, "public": 404}
    expected: dict[Delegate | Person | None, dict[str, int]] = {
        None: {name: 404 if name == "public" else 302 for name in urls},
        people.outsider: {name: 404 if name == "public" else 403 for name in urls},
        **{
            delegate: {**reading, "create": 403, "change": 403}
            for delegate in (people.observer, people.interpreter, people.other_delegate, people.delegate, people.head)
        },
        **{chair: {**reading, "create": 200, "change": 200} for chair in (people.co_chair, people.secretariat)},
    }
    for visitor, answers in expected.items():
        client = client_of(visitor)
        found = {name: client.get(url).status_code for name, url in urls.items()}
        assert found == answers, str(visitor)


def test_home_names_the_texts_that_wait_for_the_head_of_a_member() -> None:
    heads = make_heads()
    make_member("NO", status=Status.PARTNER)
    procedure = make_proposed()
    make_proposed(make_text(audience=Audience.MEMBERS, members=["FR"]))
    things = awaiting(heads[3])
    assert [(thing.title, thing.url, thing.live_topic) for thing in things] == [
        (
            "“Joint statement” awaits your answer",
            f"/texts/{procedure.text_id}/",
            f"text:{procedure.text_id}",
        )
    ]
    respond(by=heads[3], procedure_id=procedure.pk, agrees=True)
    for nobody in (heads[3], make_delegate("DE", Capacity.DELEGATE), make_delegate("NO"), make_secretary()):
        assert awaiting(nobody) == []


def test_the_panel_of_the_room_is_the_page_in_small() -> None:
    make_coalition()
    clerk, text = make_secretary(), make_text()
    panel = text_panel(Text.objects.visible_to(clerk).get(pk=text.pk), clerk)
    assert [version.language for version in cast("list[object]", panel["versions"])] == ["en", "fr"]  # type: ignore[attr-defined]


def test_the_panel_of_the_room_opens_in_the_reader_s_language() -> None:
    make_coalition()
    clerk, text = make_secretary(), make_text()
    clerk.person.language = "fr"
    page = render_to_string("texts/_panel.html", text_panel(Text.objects.visible_to(clerk).get(pk=text.pk), clerk))
    assert 'data-language="fr" data-languages="en fr"' in page
    assert "Nous nous sommes réunis." in page
