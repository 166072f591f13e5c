"""What the card, the layer and paper say of brackets, what is sent to act on them, and in how many queries."""

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from concertation.coalition.enums import Capacity
from concertation.coalition.models import Delegate
from concertation.texts.domain.alternatives import add_alternative, support_alternative
from concertation.texts.domain.brackets import join_bracket
from concertation.texts.enums import Audience
from concertation.texts.models import Bracket, Text
from concertation.texts.queries.brackets import bracket_cards
from concertation.texts.tests.bracketing import SENTENCE, bracketed, summary, type_in
from concertation.texts.tests.factories import FIRST, make_text
from tests.helpers.people import client_of, make_coalition, make_delegate, make_secretary

pytestmark = pytest.mark.django_db
START = SENTENCE.index("will deploy")


@pytest.fixture
def text() -> Text:
    make_coalition()
    return make_text(words=SENTENCE)


@pytest.fixture
def germany(text: Text) -> Delegate:
    return make_delegate("DE", Capacity.DELEGATE, name="Ada")


@pytest.fixture
def ukraine(text: Text) -> Delegate:
    return make_delegate("UA", Capacity.DELEGATE, name="Boris")


def layer_of(text: Text, who: Delegate) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client_of(who).get(reverse("texts:layer", args=[text.pk])).json()["brackets"]
    return found


def card_of(text: Text, who: Delegate) -> str:
    return client_of(who).get(reverse("texts:brackets", args=[text.pk])).content.decode()


def sent(**changes: str) -> dict[str, str]:
    where = {"language": "en", "paragraph": FIRST, "start": str(START), "end": str(START + 11), "words": "will deploy"}
    return {"id": str(uuid.uuid4()), **where, **changes}


def post(client: Client, name: str, key: object, data: dict[str, str] | None = None, *, target: str = "") -> Any:
    headers = {"HX-Request": "true", **({"HX-Target": target} if target else {})}
    return client.post(reverse(f"texts:{name}", args=[key]), data or {}, headers=headers)


def test_layer_says_who_holds_what_and_what_one_may_do(text: Text, germany: Delegate, ukraine: Delegate) -> None:
    bracket = bracketed(germany, text)
    offered = add_alternative(by=ukraine, bracket_id=bracket.pk, words="stand ready to deploy")
    assert layer_of(text, ukraine) == [
        {
            "id": str(bracket.pk),
            "language": "en",
            "paragraph": FIRST,
            "words": "will deploy",
            "isPlaced": True,
            "holders": [{"code": "DE", "name": "Germany"}],
            "changedBy": [],
            "alternatives": [
                {"key": "text", "words": "will deploy", "supporters": [], "isOwn": False},
                {
                    "key": str(offered.pk),
                    "words": "stand ready to deploy",
                    "supporters": [{"code": "UA", "name": "Ukraine"}],
                    "isOwn": True,
                },
            ],
            "support": str(offered.pk),
            "can": {"join": True, "leave": False, "lift": False, "add": True, "choose": []},
        }
    ]
    support_alternative(by=germany, bracket_id=bracket.pk, alternative_id=offered.pk)
    assert [
        layer_of(text, who)[0]["can"] for who in (germany, make_secretary(), make_delegate("IT", Capacity.OBSERVER))
    ] == [
        {"join": False, "leave": True, "lift": False, "add": True, "choose": [str(offered.pk)]},
        {"join": False, "leave": False, "lift": True, "add": False, "choose": ["text", str(offered.pk)]},
        {"join": False, "leave": False, "lift": False, "add": False, "choose": []},
    ]


def test_layer_and_card_take_a_fixed_number_of_queries(
    text: Text, germany: Delegate, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    def look(count: int) -> None:
        seen = Text.objects.visible_to(germany).prefetch_related("versions").get(pk=text.pk)
        with django_assert_num_queries(count):
            bracket_cards(seen, germany)

    look(3)  # the document, and that there is none
    for number, words in enumerate(("will deploy", "force", "at once")):
        bracket = bracketed(germany, text, words)
        add_alternative(by=germany, bracket_id=bracket.pk, words=f"other {number}")
        if number in {0, 2}:
            look(6)
    type_in(text, germany, lambda words, _doc: words.insert(START + 1, "x"))
    look(6 + 5)  # and who changed what


def test_card_is_empty_with_what_to_do(text: Text, germany: Delegate) -> None:
    assert "none open" in card_of(text, germany)
    assert "selects them in the text" in card_of(text, germany)


def test_card_names_who_changed_and_keeps_the_words_of_the_holder(
    text: Text, germany: Delegate, ukraine: Delegate
) -> None:
    bracketed(germany, text)
    type_in(text, ukraine, lambda words, _doc: words.insert(START + 5, "never "))
    card = card_of(text, germany)
    assert "[will deploy]" in card
    assert "Changed by Boris (Ukraine)." in card
    assert '<q class="negotiated-quote" lang="en">will never deploy</q>' in card


def test_card_names_who_deleted_the_words(text: Text, germany: Delegate, ukraine: Delegate) -> None:
    bracketed(germany, text)
    type_in(text, germany, lambda words, _doc: words.insert(0, "Today, "))
    type_in(text, ukraine, lambda words, _doc: words.__delitem__(slice(START + 7, START + 7 + 11)))
    card = card_of(text, germany)
    assert "deleted from the text" in card
    assert "Deleted or changed by Boris (Ukraine)." in card
    assert "Show in the text" not in card


def test_editor_and_card_are_answered_as_each_needs(text: Text, germany: Delegate, ukraine: Delegate) -> None:
    placed = post(client_of(germany), "place_bracket", text.pk, sent())
    assert (placed.status_code, placed.content) == (204, b"")
    bracket = Bracket.objects.get()
    joined = post(client_of(ukraine), "join_bracket", bracket.pk, target="brackets")
    assert (joined.status_code, "Ukraine" in joined.content.decode()) == (200, True)
    left = client_of(ukraine).post(reverse("texts:leave_bracket", args=[bracket.pk]))
    assert (left.status_code, left["Location"]) == (302, f"/texts/{text.pk}/")


def test_acts_by_form_go_through_to_the_end(text: Text, germany: Delegate) -> None:
    client, chair = client_of(germany), client_of(make_secretary())
    post(client, "place_bracket", text.pk, sent())
    bracket = Bracket.objects.get()
    post(client, "add_alternative", bracket.pk, {"words": "may deploy"})
    offered = bracket.alternatives.get()
    post(client, "support_alternative", bracket.pk, {"alternative": "text"})
    assert summary(text)[0][2] == {"will deploy": ["DE"], "may deploy": []}
    post(client, "support_alternative", bracket.pk, {"alternative": ""})
    assert summary(text)[0][2] == {"will deploy": [], "may deploy": []}
    assert post(client, "choose_alternative", bracket.pk, {"alternative": str(offered.pk)}).status_code == 409
    post(client, "withdraw_alternative", offered.pk)
    assert post(chair, "choose_alternative", bracket.pk, {"alternative": str(offered.pk)}).status_code == 409
    assert post(chair, "choose_alternative", bracket.pk, {"alternative": "text"}).status_code == 204
    assert summary(text) == []


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"id": "mine"}, 400),
        ({"start": "x"}, 400),
        ({"words": "will"}, 400),
        ({"paragraph": "../../etc"}, 400),
        ({"words": "shan’t move"}, 409),
        ({"member": "FR"}, 204),
    ],
)
def test_place_bracket_by_form_is_checked(text: Text, germany: Delegate, changes: dict[str, str], status: int) -> None:
    """A member that is named in the form is passed over: one acts for one's own."""
    answer = post(client_of(germany), "place_bracket", text.pk, sent(**changes))
    assert answer.status_code == status
    assert [holders for _, holders, _ in summary(text)] == ([["DE"]] if status == 204 else [])


def test_acts_for_another_member_are_refused(text: Text, germany: Delegate, ukraine: Delegate) -> None:
    bracket = bracketed(germany, text)
    client = client_of(ukraine)
    offered = add_alternative(by=germany, bracket_id=bracket.pk, words="may deploy")
    for name, key in (
        ("leave_bracket", bracket.pk),
        ("lift_bracket", bracket.pk),
        ("withdraw_alternative", offered.pk),
    ):
        assert post(client, name, key, {"member": "DE"}).status_code in {403, 409}
    assert summary(text) == [("will deploy", ["DE"], {"will deploy": [], "may deploy": ["DE"]})]


def test_brackets_of_a_text_for_others_are_not_there(germany: Delegate, ukraine: Delegate) -> None:
    secret = make_text(words=SENTENCE, audience=Audience.MEMBERS, members=["DE", "FR"])
    bracket = bracketed(germany, secret)
    client = client_of(ukraine)
    assert client.get(reverse("texts:brackets", args=[secret.pk])).status_code == 404
    for name in ("join_bracket", "leave_bracket", "lift_bracket", "add_alternative", "support_alternative"):
        answer = post(client, name, bracket.pk, {"words": "x", "alternative": "text"})
        assert (answer.status_code, "will deploy" in answer.content.decode()) == (404, False)


def test_printed_draft_and_page_show_brackets(text: Text, germany: Delegate, ukraine: Delegate) -> None:
    bracket = bracketed(germany, text)
    join_bracket(by=ukraine, bracket_id=bracket.pk)
    for name in ("print", "show"):
        page = client_of(germany).get(reverse(f"texts:{name}", args=[text.pk])).content.decode()
        assert (
            f'<span class="bracket-sign" id="bracket-{bracket.pk}">[</span><span class="bracketed">will deploy</span>'
            in page
        )
        assert '<span class="visually-hidden">bracket held by </span>DE UA</sup>' in page
