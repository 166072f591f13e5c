"""Others join a bracket, holders let it go, the chair lifts it; it shows who did."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from concertation.coalition.enums import Capacity, Status
from concertation.coalition.models import Delegate
from concertation.core.errors import NotAllowed
from concertation.texts import anchors
from concertation.texts.domain.brackets import join_bracket, leave_bracket, lift_bracket
from concertation.texts.enums import Audience, Ending
from concertation.texts.errors import AlreadyHeld, BracketEnded, Frozen, Hindered, NoSuchBracket, NotHeld, OthersHold
from concertation.texts.models import Bracket, Holding, Support, Text
from concertation.texts.queries.hindrances import brackets_held
from concertation.texts.tests.bracketing import SENTENCE, bracketed, document, freeze, summary, type_in, words_of
from concertation.texts.tests.factories import make_proposed, make_text
from tests.helpers.people import make_coalition, make_delegate, make_member, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db


@dataclass
class Table:
    """A text with a bracket that Germany holds, and people around it."""

    text: Text
    bracket: Bracket
    germany: Delegate
    ukraine: Delegate
    france: Delegate  # presides
    clerk: Delegate

    @property
    def topics(self) -> tuple[str, str]:
        return f"text:{self.text.pk}", "texts"

    def facts(self) -> tuple[str, Delegate | None]:
        """How the bracket stands, and who ended it."""
        self.bracket.refresh_from_db()
        return self.bracket.ending, self.bracket.ended_by


@pytest.fixture
def table() -> Table:
    make_coalition()
    text, germany = make_text(words=SENTENCE), make_delegate("DE", Capacity.DELEGATE)
    others = [make_delegate("UA", Capacity.DELEGATE), make_delegate("FR", Capacity.DELEGATE), make_secretary()]
    return Table(text, bracketed(germany, text), germany, *others)


def anchors_left(text: Text) -> dict[str, anchors.Span]:
    return anchors.spans_in(document(text), "en")


def test_join_bracket_holds_it_too(table: Table) -> None:
    with assert_write("text.bracket_joined", *table.topics):
        join_bracket(by=table.ukraine, bracket_id=table.bracket.pk)
    assert summary(table.text) == [("will deploy", ["DE", "UA"], {"will deploy": []})]
    assert_refused(AlreadyHeld, lambda: join_bracket(by=table.ukraine, bracket_id=table.bracket.pk))
    assert_refused(AlreadyHeld, lambda: join_bracket(by=table.germany, bracket_id=table.bracket.pk))


def test_leave_bracket_leaves_it_to_the_others(table: Table) -> None:
    join_bracket(by=table.ukraine, bracket_id=table.bracket.pk)
    with assert_write("text.bracket_left", *table.topics):
        leave_bracket(by=table.germany, bracket_id=table.bracket.pk)
    assert summary(table.text) == [("will deploy", ["UA"], {"will deploy": []})]
    assert Holding.objects.get(member="DE").ended_by == table.germany
    assert_refused(NotHeld, lambda: leave_bracket(by=table.germany, bracket_id=table.bracket.pk))
    join_bracket(by=table.germany, bracket_id=table.bracket.pk)
    assert summary(table.text) == [("will deploy", ["UA", "DE"], {"will deploy": []})]


@pytest.mark.parametrize("act", [leave_bracket, lift_bracket])
def test_last_holder_lifts_the_bracket(table: Table, act: Callable[..., None]) -> None:
    with assert_write("text.bracket_lifted", *table.topics):
        act(by=table.germany, bracket_id=table.bracket.pk)
    assert table.facts() == (Ending.RELEASED, table.germany)
    assert (summary(table.text), anchors_left(table.text), words_of(table.text)) == ([], {}, [SENTENCE])
    assert Holding.objects.get().ended_by == table.germany


@pytest.mark.parametrize("who", ["clerk", "france"])
def test_chair_lifts_whole_and_it_shows(table: Table, who: str) -> None:
    join_bracket(by=table.ukraine, bracket_id=table.bracket.pk)
    chair: Delegate = getattr(table, who)
    with assert_write("text.bracket_lifted", *table.topics):
        lift_bracket(by=chair, bracket_id=table.bracket.pk)
    assert table.facts() == (Ending.LIFTED, chair)
    assert {holding.ended_by for holding in Holding.objects.all()} == {chair}
    assert (summary(table.text), anchors_left(table.text)) == ([], {})


def test_nobody_else_lifts(table: Table) -> None:
    assert_refused(NotAllowed, lambda: lift_bracket(by=table.ukraine, bracket_id=table.bracket.pk))
    join_bracket(by=table.ukraine, bracket_id=table.bracket.pk)
    assert_refused(OthersHold, lambda: lift_bracket(by=table.ukraine, bracket_id=table.bracket.pk))
    assert summary(table.text) == [("will deploy", ["DE", "UA"], {"will deploy": []})]


def test_observers_interpreters_and_the_secretariat_hold_nothing(table: Table) -> None:
    make_member("PL", status=Status.OBSERVER)
    for person in (make_delegate("PL"), make_delegate("UA", Capacity.INTERPRETER), table.clerk):
        for act in (join_bracket, leave_bracket):
            assert_refused(NotAllowed, lambda act=act, by=person: act(by=by, bracket_id=table.bracket.pk))  # type: ignore[misc]


def test_bracket_of_a_text_for_others_does_not_exist(table: Table) -> None:
    secret = make_text(words=SENTENCE, audience=Audience.MEMBERS, members=["DE", "FR"])
    bracket = bracketed(table.germany, secret)
    for act in (join_bracket, leave_bracket, lift_bracket):
        assert_refused(NoSuchBracket, lambda act=act: act(by=table.ukraine, bracket_id=bracket.pk))  # type: ignore[misc]
        assert_refused(NoSuchBracket, lambda act=act: act(by=table.ukraine, bracket_id=uuid.uuid4()))  # type: ignore[misc]


def test_ended_bracket_takes_no_act(table: Table) -> None:
    lift_bracket(by=table.clerk, bracket_id=table.bracket.pk)
    for act in (join_bracket, leave_bracket, lift_bracket):
        assert_refused(BracketEnded, lambda act=act: act(by=table.germany, bracket_id=table.bracket.pk))  # type: ignore[misc]


def test_frozen_text_takes_no_act(table: Table) -> None:
    freeze(table.text, table.clerk)
    for act in (join_bracket, leave_bracket, lift_bracket):
        assert_refused(Frozen, lambda act=act: act(by=table.germany, bracket_id=table.bracket.pk))  # type: ignore[misc]


def test_deleted_words_leave_the_bracket_open_and_in_the_way(table: Table) -> None:
    start = SENTENCE.index("will deploy")
    type_in(table.text, table.ukraine, lambda words, _doc: words.__delitem__(slice(start, start + 11)))
    assert summary(table.text) == [("", ["DE"], {"will deploy": []})]
    assert brackets_held(table.text) == ["square brackets around “will deploy”, held by Germany"]
    lift_bracket(by=table.clerk, bracket_id=table.bracket.pk)
    assert (summary(table.text), brackets_held(table.text)) == ([], [])


def test_text_with_brackets_is_not_proposed_for_adoption(table: Table) -> None:
    make_delegate("DE")
    assert_refused(Hindered, lambda: make_proposed(table.text))
    lift_bracket(by=table.clerk, bracket_id=table.bracket.pk)
    assert make_proposed(table.text).text == table.text


def test_hindrances_name_every_holder_of_every_open_bracket(table: Table) -> None:
    join_bracket(by=table.ukraine, bracket_id=table.bracket.pk)
    bracketed(table.france, table.text, "at once")
    other = make_text(words=SENTENCE)
    assert brackets_held(other) == []
    assert brackets_held(table.text) == [
        "square brackets around “will deploy”, held by Germany, Ukraine",
        "square brackets around “at once”, held by France",
    ]
    assert Support.objects.count() == 0
