"""What each capacity may do with a text in each state, and which texts it sees at all."""

from typing import Literal

import pytest

from concertation.coalition.enums import Capacity, Status
from concertation.coalition.models import Delegate, Member
from concertation.texts.domain.publication import publish_text
from concertation.texts.enums import Audience, Pen
from concertation.texts.models import Text
from concertation.texts.rules import ABILITIES, abilities, may_create
from concertation.texts.tests.factories import make_adopted, make_heads, make_proposed, make_text
from concertation.web.topics import may_follow
from tests.helpers.people import make_coalition, make_delegate, make_member, make_secretary, make_visitors

pytestmark = pytest.mark.django_db

Situation = Literal["draft", "proposals only", "secretariat only", "proposed", "adopted", "internal", "published"]
Visitor = Literal["secretariat", "chair", "head", "delegate", "partner", "silent"]

# Which of the abilities each visitor has beside reading, by the situation of the text.
TABLE: dict[Situation, dict[Visitor, set[str]]] = {
    "draft": {
        "secretariat": {"edit", "suggest", "decide", "propose", "circulate", "change", "comment", "confirm"},
        "chair": {
            "edit",
            "suggest",
            "support",
            "decide",
            "propose",
            "circulate",
            "change",
            "bracket",
            "comment",
            "reserve",
            "confirm",
        },
        "head": {"edit", "suggest", "support", "bracket", "comment", "reserve", "confirm"},
        "delegate": {"edit", "suggest", "support", "bracket", "comment", "reserve", "confirm"},
        "partner": {"edit", "suggest", "support", "bracket", "comment", "reserve", "confirm"},
        "silent": set(),
    },
    "proposals only": {
        "secretariat": {"edit", "suggest", "decide", "propose", "circulate", "change", "comment", "confirm"},
        "chair": {
            "edit",
            "suggest",
            "support",
            "decide",
            "propose",
            "circulate",
            "change",
            "bracket",
            "comment",
            "reserve",
            "confirm",
        },
        "head": {"suggest", "support", "bracket", "comment", "reserve", "confirm"},
        "delegate": {"suggest", "support", "bracket", "comment", "reserve", "confirm"},
        "partner": {"suggest", "support", "bracket", "comment", "reserve", "confirm"},
        "silent": set(),
    },
    "secretariat only": {
        "secretariat": {"edit", "decide", "propose", "circulate", "change", "comment", "confirm"},
        "chair": {"support", "decide", "propose", "circulate", "change", "bracket", "comment", "reserve", "confirm"},
        "head": {"support", "bracket", "comment", "reserve", "confirm"},
        "delegate": {"support", "bracket", "comment", "reserve", "confirm"},
        "partner": {"support", "bracket", "comment", "reserve", "confirm"},
        "silent": set(),
    },
    "proposed": {
        "secretariat": {"withdraw", "conclude"},
        "chair": {"withdraw", "conclude", "respond"},
        "head": {"respond"},
        "delegate": set(),
        "partner": set(),
        "silent": set(),
    },
    "adopted": {
        "secretariat": {"change", "publish"},
        "chair": {"change", "publish"},
        "head": set(),
        "delegate": set(),
        "partner": set(),
        "silent": set(),
    },
    "internal": {
        "secretariat": {"change"},
        "chair": {"change"},
        "head": set(),
        "delegate": set(),
        "partner": set(),
        "silent": set(),
    },
    "published": {
        "secretariat": {"change", "unpublish"},
        "chair": {"change", "unpublish"},
        "head": set(),
        "delegate": set(),
        "partner": set(),
        "silent": set(),
    },
}

PENS = {"proposals only": Pen.PROPOSALS, "secretariat only": Pen.SECRETARIAT}


def text_in(situation: Situation) -> Text:
    if situation == "draft":
        return make_text()
    if situation in PENS:
        return make_text(pen=PENS[situation])
    if situation == "proposed":
        return make_proposed().text
    heads = [Delegate.objects.get(member=code, capacity=Capacity.HEAD) for code in ("FR", "DE")]
    audience = Audience.COALITION if situation == "internal" else Audience.PUBLIC
    text = make_adopted(heads, audience=audience)
    if situation == "published":
        publish_text(by=make_secretary(), text_id=text.pk)
    return text


def visitors() -> dict[Visitor, list[Delegate]]:
    make_member("NO", status=Status.PARTNER)
    make_member("PL", status=Status.OBSERVER)
    heads = make_heads("FR", "DE")
    Member.objects.filter(code__in=["GB", "UA", "IT"]).delete()
    return {
        "secretariat": [make_secretary()],
        "chair": [heads[0]],
        "head": [heads[1]],
        "delegate": [make_delegate("DE", Capacity.DELEGATE)],
        "partner": [make_delegate("NO", Capacity.HEAD), make_delegate("NO", Capacity.DELEGATE)],
        "silent": [
            make_delegate("FR", Capacity.INTERPRETER),
            make_delegate("FR", Capacity.OBSERVER),
            make_delegate("PL", Capacity.HEAD),
            make_delegate("PL", Capacity.DELEGATE),
        ],
    }


@pytest.mark.parametrize("situation", list(TABLE))
def test_abilities_are_exactly_these(situation: Situation) -> None:
    people = visitors()
    text = text_in(situation)
    for visitor, delegates in people.items():
        for delegate in delegates:
            seen = Text.objects.visible_to(delegate).get(pk=text.pk)
            wanted = {name: name in {"read", *TABLE[situation][visitor]} for name in ABILITIES}
            assert abilities(delegate, seen) == wanted, f"{delegate} and a text that is {situation}"


def test_a_delegate_of_a_co_chair_presides_but_binds_nobody() -> None:
    make_coalition()
    deputy = make_delegate("FR", Capacity.DELEGATE)
    text = Text.objects.visible_to(deputy).get(pk=make_proposed().text_id)
    assert {name for name, has in abilities(deputy, text).items() if has} == {"read", "withdraw", "conclude"}


def test_only_the_chair_opens_texts() -> None:
    people = visitors()
    assert {visitor for visitor, found in people.items() if any(map(may_create, found))} == {"secretariat", "chair"}


def test_texts_of_named_members_are_seen_by_these_and_the_secretariat_only() -> None:
    make_coalition()
    make_member("CH", status=Status.INVITED)
    make_member("NO", status=Status.LEFT)
    names = {text.pk: text.audience for text in Text.objects.all()}
    assert names == {}
    coalition, public = make_text(), make_text(audience=Audience.PUBLIC)
    between = make_text(audience=Audience.MEMBERS, members=["DE", "IT"])
    everything, common = {coalition, public, between}, {coalition, public}
    expected: list[tuple[Delegate, set[Text]]] = [
        (make_secretary(), everything),
        (make_delegate("DE", Capacity.OBSERVER), everything),
        (make_delegate("IT", Capacity.DELEGATE), everything),
        (make_delegate("FR"), common),
        (make_delegate("GB", Capacity.INTERPRETER), common),
        (make_delegate("CH"), set()),
        (make_delegate("NO"), set()),
    ]
    for delegate, texts in expected:
        assert set(Text.objects.visible_to(delegate)) == texts, str(delegate)
        assert {text for text in everything if may_follow(delegate, f"text:{text.pk}")} == texts, str(delegate)


def test_everybody_with_a_capacity_may_hear_that_the_list_changed() -> None:
    make_member("PL", status=Status.OBSERVER)
    assert may_follow(make_delegate("PL", Capacity.OBSERVER), "texts")


def test_visible_texts_come_once_however_many_members_are_named() -> None:
    make_coalition()
    make_text(audience=Audience.MEMBERS, members=["DE", "IT", "FR"])
    assert Text.objects.visible_to(make_delegate("DE")).count() == 1


def test_nothing_is_public_but_what_was_published() -> None:
    visitors_there = make_visitors()
    heads = [
        visitors_there.co_chair,
        visitors_there.head,
        *(make_delegate(code) for code in ("GB", "UA", "IT")),
    ]
    make_text(audience=Audience.PUBLIC)
    make_adopted(heads)
    published = make_adopted(heads)
    publish_text(by=visitors_there.secretariat, text_id=published.pk)
    assert list(Text.objects.public()) == [published]
