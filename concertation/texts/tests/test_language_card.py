"""The card of the languages: what it shows of counterparts and translations, and the acts that it offers to whom."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from concertation.coalition.enums import Capacity
from concertation.texts.counterparts import Difference, Kind
from concertation.texts.domain.texts import create_text
from concertation.texts.enums import Pen
from concertation.texts.models import Text
from concertation.texts.queries.differences import differences_of
from concertation.texts.queries.languages import languages_card
from concertation.texts.queries.steps import steps_of
from concertation.texts.tests.factories import paragraph
from concertation.texts.tests.test_confirm_steps import FIRST, make_bilingual, write
from tests.helpers.people import client_of, make_coalition, make_delegate, make_secretary

pytestmark = pytest.mark.django_db

SEA, LAND, MER, MEER = "sea0000001", "land000001", "mer0000001", "meer000001"


def make_apart() -> Text:
    """Return a draft in three languages of which only the first paragraph is shared by all, the land by two."""
    draft = {
        "en": [paragraph("One.", FIRST), paragraph("The sea.", SEA), paragraph("The land.", LAND)],
        "fr": [paragraph("Un.", FIRST), paragraph("La mer.", MER), paragraph("La terre.", LAND)],
        "de": [paragraph("Eins.", FIRST), paragraph("Das Meer.", MEER)],
    }
    titles = dict.fromkeys(draft, "Declaration")
    return create_text(by=make_secretary(), titles=titles, languages=list(draft), draft=draft)


def card(client: Client, text: Text) -> str:
    return client.get(reverse("texts:languages", args=[text.pk]), headers={"HX-Request": "true"}).content.decode()


def post(client: Client, text: Text, name: str, **fields: str) -> str:
    answer = client.post(reverse(f"texts:{name}", args=[text.pk]), fields, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return answer.content.decode()


def gaps(text: Text) -> dict[str, dict[str, list[str]]]:
    """Return, by paragraph, what could be its counterpart in each language that lacks it."""
    shown = languages_card(Text.objects.with_state().get(pk=text.pk), make_secretary())["languages"]
    return {
        one.place.paragraph: {gap.language: [place.paragraph for place in gap.candidates] for gap in one.gaps}
        for one in shown.lonely  # type: ignore[attr-defined]
    }


def test_only_paragraphs_that_stand_alone_are_offered_as_counterparts() -> None:
    make_coalition()
    assert gaps(make_apart()) == {
        SEA: {"fr": [MER], "de": [MEER]},
        LAND: {"de": [MEER]},
        MER: {"en": [SEA], "de": [MEER]},
        MEER: {"en": [SEA], "fr": [MER]},
    }


def test_counterparts_are_joined_and_parted_from_the_card() -> None:
    make_coalition()
    text, client = make_apart(), client_of(make_delegate("DE", Capacity.DELEGATE))
    page = card(client, text)
    assert re.findall(r'<option value="(\w+)" lang="de">([^<]+)</option>', page)[0] == (MEER, "§2 Das Meer.")
    page = post(client, text, "join_counterparts", language="de", paragraph=MEER, other="en", counterpart=SEA)
    assert gaps(text) == {SEA: {"fr": [MER]}, LAND: {"de": []}, MER: {"en": [], "de": []}}
    assert f'value="{MEER}"' not in page
    post(client, text, "part_counterparts", language="de", paragraph=SEA)
    assert {*gaps(text)} > {SEA, LAND, MER}


def test_what_is_out_of_step_or_differs_or_moved_can_be_parted() -> None:
    make_coalition()
    germany = make_delegate("DE")
    text, client = make_bilingual(english="We pay 500 euros.", french="Nous payons 600 euros."), client_of(germany)
    parting = f'hx-post="{reverse("texts:part_counterparts", args=[text.pk])}"'
    assert card(client, text).count(parting) == 1
    write(text, "Today, ", by=germany)
    assert card(client, text).count(parting) == 2
    draft = {
        "en": [paragraph("One.", "one0000001"), paragraph("Two.", "two0000001")],
        "fr": [paragraph("Deux.", "two0000001"), paragraph("Un.", "one0000001")],
    }
    moved = create_text(by=None, titles=dict.fromkeys(draft, "Order"), languages=list(draft), draft=draft)
    assert len(steps_of(moved).moved) == 1
    assert card(client, moved).count(reverse("texts:part_counterparts", args=[moved.pk])) == 1


def test_people_of_the_coalition_who_are_named_in_one_language_only_are_pointed_out() -> None:
    make_coalition()
    make_delegate("FR", name="Emmanuel Macron")
    text = make_bilingual(english="Emmanuel Macron and Ann Other pay.", french="Le Président et un autre paient.")
    assert [one.difference for one in differences_of(text, steps_of(text))] == [
        Difference(Kind.NAME, (), ("Emmanuel Macron",))
    ]
    assert "Emmanuel Macron" in card(client_of(make_delegate("DE")), text)


@pytest.mark.parametrize(
    ("capacity", "pen", "offered"),
    [
        (Capacity.DELEGATE, Pen.FREE, True),
        (Capacity.DELEGATE, Pen.SECRETARIAT, False),
        (Capacity.OBSERVER, Pen.FREE, False),
    ],
)
def test_counterparts_are_for_who_edits(capacity: Capacity, pen: Pen, offered: bool) -> None:
    make_coalition()
    text = make_apart()
    Text.objects.filter(pk=text.pk).update(pen=pen)
    page = card(client_of(make_delegate("DE", capacity)), text)
    assert ("counterparts/join/" in page, "import/" in page) == (offered, False)


def test_translations_are_imported_from_the_card() -> None:
    make_coalition()
    text = create_text(
        by=make_secretary(),
        titles={"en": "Declaration", "fr": "Déclaration"},
        languages=["en", "fr"],
        draft={"en": [paragraph("One.", FIRST)]},
    )

    def links(client: Client) -> list[str]:
        found = re.findall(r'href="([^"]+/import/[^"]+)"', card(client, text))
        assert all(client.get(address).status_code == 200 for address in found)
        return [address.rsplit("/", 2)[1] for address in found]

    assert links(client_of(make_delegate("DE"))) == ["fr"]
    assert links(client_of(make_secretary())) == ["fr", "uk", "de", "it"]
    assert links(client_of(make_delegate("DE", Capacity.OBSERVER))) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_card_takes_a_fixed_number_of_queries(rows: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    make_coalition()
    clerk = make_secretary()
    draft = {language: [paragraph(f"{at}.", f"{language}{at:08}") for at in range(rows)] for language in ("en", "fr")}
    made = create_text(by=clerk, titles=dict.fromkeys(draft, "Many"), languages=list(draft), draft=draft)
    text = Text.objects.visible_to(clerk).prefetch_related("versions").get(pk=made.pk)
    with django_assert_num_queries(9):
        languages_card(text, clerk)
