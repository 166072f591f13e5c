"""What pages send: each act by its form, by htmx, and refused with its sentence."""

from typing import cast

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from concertation.coalition.enums import Capacity
from concertation.texts.enums import Audience, Outcome, Pen, State
from concertation.texts.models import AdoptionProcedure, Text
from concertation.texts.tests.factories import make_adopted, make_heads, make_proposed, make_text
from tests.helpers.people import client_of, make_coalition, make_delegate, make_secretary

pytestmark = pytest.mark.django_db

FORM = {"title_en": "Joint statement", "role_en": "authentic", "audience": "coalition", "pen": "free"}


def send(client: Client, name: str, key: object, *, htmx: bool = False, **data: str) -> HttpResponse:
    headers = {"HX-Request": "true", "HX-Target": "adoption"} if htmx else {}
    return cast("HttpResponse", client.post(reverse(f"texts:{name}", args=[key]), data, headers=headers))


def state_of(text: Text) -> str:
    return Text.objects.with_state().get(pk=text.pk).state


def test_the_chair_opens_a_text_by_the_form() -> None:
    make_coalition()
    client = client_of(make_secretary())
    answer = client.post(reverse("texts:create"), {**FORM, "role_fr": "translation", "title_fr": "Déclaration"})
    text = Text.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/texts/{text.pk}/")
    assert text.titles == {"en": "Joint statement", "fr": "Déclaration"}
    assert list(text.versions.values_list("language", "is_authentic")) == [("en", True), ("fr", False)]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title_en": ""}, "Give the text a title"),
        ({"role_en": ""}, "Choose one to ten languages"),
        ({"audience": "members"}, "Name the members that may read the text"),
        ({"audience": "everybody"}, "Select a valid choice"),
        ({"role_en": "official"}, "Select a valid choice"),
        ({"audience": "members", "members": "XX"}, "Select a valid choice"),
        ({"title_en": "x" * 201}, "at most 200 characters"),
    ],
)
def test_the_form_says_what_is_wrong_and_keeps_what_was_typed(change: dict[str, str], sentence: str) -> None:
    make_coalition()
    sent = {**FORM, "title_uk": "Kept", **change}
    if change == {"title_en": ""}:
        del sent["title_uk"]
    answer = client_of(make_delegate("FR")).post(reverse("texts:create"), sent)
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert ("Kept" in answer.content.decode()) == ("title_uk" in sent)
    assert not Text.objects.exists()


def test_the_chair_changes_the_settings_by_the_form() -> None:
    make_coalition()
    text, client = make_text(), client_of(make_secretary())
    shown = client.get(reverse("texts:change", args=[text.pk])).content.decode()
    assert 'value="Déclaration conjointe"' in shown
    changed = {"title_fr": "Déclaration", "role_en": "authentic", "role_fr": "authentic"}
    rest = {"audience": "members", "members": "FR", "pen": "secretariat"}
    answer = client.post(reverse("texts:change", args=[text.pk]), {**changed, **rest})
    assert answer.status_code == 302
    text.refresh_from_db()
    assert (text.titles, text.audience, text.pen) == ({"fr": "Déclaration"}, Audience.MEMBERS, Pen.SECRETARIAT)
    refused = send(client, "change", text.pk, title_en="A", role_en="authentic", audience="coalition", pen="free")
    assert refused.status_code == 400
    assert "cannot be taken away" in refused.content.decode()


def test_the_audience_of_an_adopted_text_changes_and_nothing_else() -> None:
    text = make_adopted(make_heads())
    client = client_of(make_secretary())
    answer = send(client, "change", text.pk, title_en="Forged", role_fr="", audience="coalition")
    assert answer.status_code == 302
    text.refresh_from_db()
    assert (text.titles["en"], text.audience) == ("Joint statement", Audience.COALITION)
    assert text.versions.count() == 2


def test_a_text_is_proposed_answered_and_adopted_from_the_page() -> None:
    heads, clerk = make_heads(), client_of(make_secretary())
    text = make_text(audience=Audience.PUBLIC)
    card = send(clerk, "propose", text.pk, htmx=True).content.decode()
    assert 'id="adoption"' in card and "<html" not in card
    procedure = AdoptionProcedure.objects.get()
    for head in heads:
        card = send(client_of(head), "respond", procedure.pk, htmx=True, answer="agree").content.decode()
    assert procedure.sha256 in card
    assert state_of(text) == State.ADOPTED
    assert send(clerk, "publish", text.pk)["Location"] == f"/texts/{text.pk}/"
    assert Text.objects.public().get() == text
    assert send(clerk, "unpublish", text.pk).status_code == 302
    assert not Text.objects.public().exists()


def test_an_objection_from_the_page_needs_its_reason() -> None:
    heads = make_heads()
    procedure, client = make_proposed(), client_of(heads[3])
    refused = send(client, "respond", procedure.pk, htmx=True, answer="object", reason=" ")
    assert (refused.status_code, "Say why your member objects" in refused.content.decode()) == (400, True)
    assert state_of(procedure.text) == State.PROPOSED
    card = send(client, "respond", procedure.pk, htmx=True, answer="object", reason="§2.").content.decode()
    assert "§2." in card
    assert state_of(procedure.text) == State.DRAFT


@pytest.mark.parametrize("answer", ["", "yes", "Agree", "agree "])
def test_only_the_exact_word_agrees(answer: str) -> None:
    head = make_heads()[3]
    procedure = make_proposed()
    assert send(client_of(head), "respond", procedure.pk, answer=answer, reason="No.").status_code == 400
    assert procedure.responses.count() == 0


def test_the_chair_withdraws_and_concludes_from_the_page() -> None:
    make_coalition()
    procedure, clerk = make_proposed(), client_of(make_secretary())
    assert send(clerk, "conclude", procedure.pk).status_code == 409
    assert send(clerk, "withdraw", procedure.pk).status_code == 302
    procedure.refresh_from_db()
    assert procedure.outcome == Outcome.WITHDRAWN
    assert send(clerk, "withdraw", procedure.pk).status_code == 409


def test_acts_are_refused_with_403_to_those_who_may_not() -> None:
    make_coalition()
    text, procedure = make_text(), make_proposed()
    client = client_of(make_delegate("DE", Capacity.DELEGATE))
    found = {name: send(client, name, text.pk).status_code for name in ("propose", "publish", "unpublish", "change")}
    assert found == dict.fromkeys(found, 403)
    for name in ("respond", "withdraw", "conclude"):
        assert send(client, name, procedure.pk, answer="agree").status_code == 403
    assert client.post(reverse("texts:create"), FORM).status_code == 403
