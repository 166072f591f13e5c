"""The pages of who agrees what: acts by form and by htmx, and what each person is offered."""

from typing import cast

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from concertation.coalition.enums import Capacity
from concertation.coalition.models import Delegate
from concertation.texts.models import Agreement, Text
from concertation.texts.queries.ledger import content_hash
from concertation.texts.tests.factories import FIRST, make_heads, make_text
from concertation.texts.tests.test_ledger import added, typed, write
from tests.helpers.people import client_of, make_delegate, make_secretary

pytestmark = pytest.mark.django_db


def post(client: Client, name: str, text: Text, target: str = "", **data: str) -> HttpResponse:
    headers = {"HX-Request": "true", "HX-Target": target} if target else {}
    return cast("HttpResponse", client.post(reverse(f"texts:{name}", args=[text.pk]), data, headers=headers))


def get(by: Delegate, name: str, text: Text, *more: str, query: str = "") -> str:
    answer = client_of(by).get(reverse(f"texts:{name}", args=[text.pk, *more]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def chosen(text: Text) -> str:
    return f"{FIRST}:{content_hash(Text.objects.get(pk=text.pk), FIRST)}"


def test_forms_lead_back_and_htmx_gets_its_part() -> None:
    head = make_heads()[0]
    text = make_text()
    client = client_of(head)
    answer = post(client, "agree_paragraphs", text, paragraph=chosen(text))
    assert (answer.status_code, answer["Location"]) == (302, f"/texts/{text.pk}/agreement/")
    answer = post(client, "withdraw_agreement", text, paragraph=FIRST, one="yes")
    assert (answer.status_code, answer["Location"]) == (302, f"/texts/{text.pk}/agreement/{FIRST}/")
    answer = post(client, "agree_paragraphs", text, "paragraph-agreement", paragraph=chosen(text))
    assert answer.content.decode().strip().startswith('<section class="card" id="paragraph-agreement"')
    answer = post(client, "withdraw_agreement", text, "matrix", paragraph=FIRST)
    assert answer.content.decode().strip().startswith('<section class="card" id="matrix"')
    assert [row.stance for row in Agreement.objects.all()] == ["agreed", "not_agreed"] * 2


def test_a_member_in_the_form_is_ignored_and_one_agrees_for_ones_own() -> None:
    head = make_heads()[4]
    text = make_text()
    post(client_of(head), "agree_paragraphs", text, paragraph=chosen(text), member="FR", delegate="FR")
    assert [row.member_id for row in Agreement.objects.all()] == ["IT"]


@pytest.mark.parametrize(("sent", "status"), [("", 404), (":", 404), (FIRST, 409), (f"{FIRST}:x:y", 409), ("~1:", 404)])
def test_what_is_no_choice_is_refused(sent: str, status: int) -> None:
    head = make_heads()[0]
    assert post(client_of(head), "agree_paragraphs", make_text(), paragraph=sent).status_code == status
    assert not Agreement.objects.exists()


def test_each_is_offered_what_the_capacity_allows() -> None:
    head = make_heads()[0]
    text = make_text()
    people = [head, make_delegate("FR", Capacity.DELEGATE), make_delegate("FR", Capacity.OBSERVER), make_secretary()]
    pages = [get(one, "paragraph", text, FIRST) for one in people]
    offers = [("Agree this paragraph" in page, "Agree ad referendum" in page) for page in pages]
    assert offers == [(True, True), (False, True), (False, False), (False, False)]


def test_what_reopened_a_paragraph_is_shown_with_its_difference() -> None:
    head, *_others, italy = make_heads()
    text = make_text()
    post(client_of(head), "agree_paragraphs", text, paragraph=chosen(text))
    write(text, typed("<b>All</b> "), by=[italy])
    for name, more in (("matrix", ()), ("agreement", ()), ("paragraph", (FIRST,))):
        page = get(head, name, text, *more)
        assert "re-opened by Italy" in page
        assert "<ins>&lt;b&gt;All&lt;/b&gt;" in page


def test_the_views_show_what_they_say() -> None:
    head = make_heads()[0]
    text = make_text()
    write(text, added("Second.", "second0001"))
    post(client_of(head), "agree_paragraphs", text, paragraph=chosen(text))
    shown = {
        show: [name in get(head, "matrix", text, query=f"?show={show}") for name in (f"#p-{FIRST}", "#p-second0001")]
        for show in ("all", "open", "bracketed", "mine", "nonsense")
    }
    assert shown == {
        "all": [True, True],
        "open": [True, True],
        "bracketed": [False, False],
        "mine": [False, True],
        "nonsense": [True, True],
    }


def test_paragraphs_are_named_in_the_language_of_the_reader() -> None:
    head, text = make_heads()[0], make_text()
    client, address = client_of(head), reverse("texts:matrix", args=[text.pk])
    assert "We met." in client.get(address).content.decode()
    client.cookies["django_language"] = "fr"
    page = client.get(address).content.decode()
    assert "Nous nous sommes réunis." in page
    assert "We met." not in page
    assert chosen(text) in page  # the same hash in every language


def test_a_paragraph_that_is_not_there_is_not_found() -> None:
    head = make_heads()[0]
    address = reverse("texts:paragraph", args=[make_text().pk, "nowhere001"])
    assert client_of(head).get(address).status_code == 404


def test_home_leads_to_what_was_reopened() -> None:
    head = make_heads()[0]
    text = make_text()
    post(client_of(head), "agree_paragraphs", text, paragraph=chosen(text))
    write(text, typed("x"))
    page = client_of(head).get("/").content.decode()
    assert "1 paragraph re-opened since you agreed" in page
    assert f"/texts/{text.pk}/agreement/?show=mine" in page
