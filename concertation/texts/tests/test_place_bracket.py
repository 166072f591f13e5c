"""A delegation puts words in square brackets."""

import json
import uuid
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from concertation.coalition.enums import Capacity, Status
from concertation.coalition.models import Delegate
from concertation.core.errors import NotAllowed
from concertation.record.models import Entry
from concertation.texts.domain.brackets import Passage, lift_bracket, place_bracket
from concertation.texts.enums import Audience, Ending
from concertation.texts.errors import BadPassage, Frozen, KeyTaken, NoSuchBracket, NoSuchText, WordsMoved
from concertation.texts.models import Bracket, Text
from concertation.texts.tests.bracketing import (
    SENTENCE,
    append_paragraph,
    bracketed,
    mark,
    only,
    passage,
    summary,
    type_in,
    words_of,
)
from concertation.texts.tests.factories import FIRST, make_adopted, make_heads, make_proposed, make_text
from tests.helpers.people import make_coalition, make_delegate, make_member, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db
KEY = uuid.UUID(int=7)


@pytest.fixture
def text() -> Text:
    make_coalition()
    return make_text(words=SENTENCE)


def place(by: Delegate, text: Text, where: Passage | None = None, key: uuid.UUID = KEY) -> Bracket:
    return place_bracket(by=by, text_id=text.pk, key=key, passage=where or passage("will deploy"))


def test_place_bracket_keeps_words_place_and_holder(text: Text) -> None:
    germany = make_delegate("DE", Capacity.DELEGATE)
    with assert_write("text.bracket_placed", f"text:{text.pk}", "texts"):
        made = place(germany, text)
    assert (made.pk, made.words, made.paragraph, made.language) == (KEY, "will deploy", FIRST, "en")
    assert (made.placed_by, made.ending, made.sequence) == (germany, Ending.OPEN, text.updates.last().sequence)  # type: ignore[union-attr]
    assert summary(text) == [("will deploy", ["DE"], {"will deploy": []})]
    assert words_of(text) == [SENTENCE]
    assert text.updates.last().authors == [str(germany.pk)]  # type: ignore[union-attr]


def test_place_bracket_is_entered_with_words_and_holders(text: Text) -> None:
    place(make_delegate("DE"), text)
    assert json.loads(Entry.objects.get(action="text.bracket_placed").leaf)["data"] == {
        "title": "Joint statement",
        "bracket": str(KEY),
        "language": "en",
        "paragraph": FIRST,
        "words": "will deploy",
        "holders": ["DE"],
    }


def test_place_bracket_in_a_text_of_named_members_is_sealed() -> None:
    make_coalition()
    secret = make_text(words=SENTENCE, audience=Audience.MEMBERS, members=["DE", "FR"])
    place(make_delegate("DE"), secret)
    leaf = Entry.objects.get(action="text.bracket_placed").leaf
    assert json.loads(leaf)["data"] == {}
    assert "will deploy" not in leaf
    assert_refused(NoSuchText, lambda: place(make_delegate("IT"), secret, key=uuid.uuid4()))


def test_place_bracket_sent_again_happens_once(text: Text) -> None:
    germany = make_delegate("DE")
    made = place(germany, text)
    updates, entries = text.updates.count(), Entry.objects.count()
    assert place(germany, text) == made
    assert (text.updates.count(), Entry.objects.count()) == (updates, entries)


def test_place_bracket_sent_again_after_it_was_lifted_does_not_bring_it_back(text: Text) -> None:
    germany = make_delegate("DE")
    place(germany, text)
    lift_bracket(by=germany, bracket_id=KEY)
    assert place(germany, text).ending == Ending.RELEASED
    assert summary(text) == []


def test_place_bracket_with_the_id_of_another_is_refused(text: Text) -> None:
    place(make_delegate("DE"), text)
    france, germany, other = make_delegate("FR"), Bracket.objects.get().placed_by, make_text(words=SENTENCE)
    assert_refused(NoSuchBracket, lambda: place(france, text))
    assert_refused(NoSuchBracket, lambda: place(germany, other))
    assert summary(text) == [("will deploy", ["DE"], {"will deploy": []})]


def test_place_bracket_with_the_id_of_an_anchor_that_is_there_is_refused(text: Text) -> None:
    """It may be the place of somebody's remark; the bracket would move it."""
    type_in(text, make_delegate("FR"), lambda words, _doc: words.format(0, 3, mark(KEY)))
    assert_refused(KeyTaken, lambda: place(make_delegate("DE"), text))


def test_place_bracket_around_the_same_words_joins_who_holds_them(text: Text) -> None:
    place(make_delegate("DE"), text)
    france, key = make_delegate("FR"), uuid.uuid4()
    with assert_write("text.bracket_joined", f"text:{text.pk}", "texts"):
        assert place(france, text, key=key).pk == KEY
    assert summary(text) == [("will deploy", ["DE", "FR"], {"will deploy": []})]
    assert place(france, text, key=key).pk == KEY
    assert Entry.objects.filter(action="text.bracket_joined").count() == 1


def test_brackets_overlap_and_nest(text: Text) -> None:
    bracketed(make_delegate("DE"), text, "will deploy a force")
    bracketed(make_delegate("FR"), text, "deploy")
    bracketed(make_delegate("IT"), text, "force at once")
    assert [(words, holders) for words, holders, _ in summary(text)] == [
        ("will deploy a force", ["DE"]),
        ("deploy", ["FR"]),
        ("force at once", ["IT"]),
    ]


def test_place_bracket_follows_words_that_moved_and_refuses_words_that_went(text: Text) -> None:
    seen = passage("will deploy")
    type_in(text, make_delegate("FR"), lambda words, _doc: words.insert(0, "Today: "))
    germany = make_delegate("DE")
    place(germany, text, seen)
    assert only(text).span.start == 7 + seen.start  # type: ignore[union-attr]
    gone = passage("at once")
    type_in(text, germany, lambda words, _doc: words.__delitem__(slice(len(words) - 4, len(words))))
    assert_refused(WordsMoved, lambda: place(germany, text, gone, uuid.uuid4()))


@pytest.mark.parametrize(
    "change",
    [
        {"language": "de"},
        {"paragraph": "nowhere"},
        {"paragraph": ""},
        {"start": -1, "end": 10},
        {"start": 12, "end": 12, "words": ""},
        {"start": 12, "end": 10},
        {"words": "will"},
        {"words": " " * 11},
        {"start": 0, "end": 20_001, "words": "x" * 20_001},
    ],
)
def test_place_bracket_refuses_what_no_selection_is(text: Text, change: dict[str, object]) -> None:
    germany = make_delegate("DE")
    assert_refused(BadPassage, lambda: place(germany, text, replace(passage("will deploy"), **change)))  # type: ignore[arg-type]


def test_place_bracket_refuses_a_paragraph_that_is_not_there(text: Text) -> None:
    germany = make_delegate("DE")
    assert_refused(WordsMoved, lambda: place(germany, text, replace(passage("will deploy"), paragraph="another000")))


def test_place_bracket_is_for_those_who_speak_for_a_member(text: Text) -> None:
    make_member("PL", status=Status.OBSERVER)
    make_member("NO", status=Status.PARTNER)
    people = [make_secretary(), make_delegate("PL"), make_delegate("DE", Capacity.INTERPRETER)]
    for person in people:
        assert_refused(NotAllowed, lambda person=person: place(person, text))  # type: ignore[misc]
    assert place(make_delegate("NO", Capacity.DELEGATE), text).words == "will deploy"


def test_place_bracket_refuses_a_frozen_and_an_adopted_text(text: Text) -> None:
    heads = make_heads()
    make_proposed(text)
    assert_refused(Frozen, lambda: place(heads[0], text))
    adopted = make_adopted(heads)
    assert_refused(Frozen, lambda: place(heads[0], adopted))


def test_ended_brackets_are_final_in_the_database(text: Text) -> None:
    germany = make_delegate("DE")
    place(germany, text)
    lift_bracket(by=germany, bracket_id=KEY)
    for change in (
        lambda: Bracket.objects.update(words="other"),
        lambda: Bracket.objects.all()[0].holdings.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_bracket_in_the_second_half_of_a_divided_paragraph_goes_with_it(text: Text) -> None:
    made = bracketed(make_delegate("DE"), text, "at once")

    def divide(words: object, doc: object) -> None:
        del words[len(words) - 7 :]  # type: ignore[attr-defined,arg-type]
        append_paragraph(doc, "at once", mark(made.pk))  # type: ignore[arg-type]

    type_in(text, make_delegate("FR"), divide)
    span = only(text).span
    assert span is not None
    assert (span.paragraph, span.words, only(text).held) == ("second0001", "at once", "")
