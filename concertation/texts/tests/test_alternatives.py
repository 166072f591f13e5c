"""Alternatives side by side: offered, supported, withdrawn, chosen."""

import uuid
from dataclasses import dataclass

import pytest

from concertation.coalition.enums import Capacity, Status
from concertation.coalition.models import Delegate
from concertation.core.errors import NotAllowed
from concertation.texts import anchors
from concertation.texts.domain.alternatives import (
    MOST_ALTERNATIVES,
    add_alternative,
    choose_alternative,
    support_alternative,
    withdraw_alternative,
    withdraw_support,
)
from concertation.texts.domain.brackets import join_bracket, lift_bracket
from concertation.texts.enums import Ending
from concertation.texts.errors import (
    BadAlternative,
    BracketEnded,
    Frozen,
    HoldersDisagree,
    NoSuchAlternative,
    NoSuchBracket,
    WordsMoved,
)
from concertation.texts.models import Alternative, Bracket, Text
from concertation.texts.tests.bracketing import (
    SENTENCE,
    append_paragraph,
    bracketed,
    document,
    freeze,
    mark,
    summary,
    type_in,
    words_of,
)
from concertation.texts.tests.factories import make_text
from tests.helpers.people import make_coalition, make_delegate, make_member, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db
READY = "stand ready to deploy"


@dataclass
class Table:
    """A text with a bracket that Germany holds, and people around it."""

    text: Text
    bracket: Bracket
    germany: Delegate
    ukraine: Delegate
    clerk: Delegate

    @property
    def topics(self) -> tuple[str, str]:
        return f"text:{self.text.pk}", "texts"

    def offer(self, words: str = READY, by: Delegate | None = None) -> Alternative:
        return add_alternative(by=by or self.germany, bracket_id=self.bracket.pk, words=words)

    def support(self, by: Delegate, alternative: Alternative | None) -> None:
        key = alternative.pk if alternative else None
        support_alternative(by=by, bracket_id=self.bracket.pk, alternative_id=key)

    def choose(self, by: Delegate, alternative: Alternative | None) -> None:
        key = alternative.pk if alternative else None
        choose_alternative(by=by, bracket_id=self.bracket.pk, alternative_id=key)


@pytest.fixture
def table() -> Table:
    make_coalition()
    text, germany = make_text(words=SENTENCE), make_delegate("DE", Capacity.DELEGATE)
    return Table(text, bracketed(germany, text), germany, make_delegate("UA", Capacity.DELEGATE), make_secretary())


def test_add_alternative_is_supported_by_who_offers_it(table: Table) -> None:
    with assert_write("text.bracket_alternative", *table.topics):
        made = table.offer(f"  {READY}\n")
    assert (made.words, made.member_id, made.delegate) == (READY, "DE", table.germany)
    assert summary(table.text) == [("will deploy", ["DE"], {"will deploy": [], READY: ["DE"]})]
    assert words_of(table.text) == [SENTENCE]


def test_member_supports_one_alternative_at_a_time(table: Table) -> None:
    ready, may = table.offer(), table.offer("may deploy", table.ukraine)
    with assert_write("text.bracket_supported", *table.topics):
        table.support(table.ukraine, ready)
    assert summary(table.text)[0][2] == {"will deploy": [], READY: ["UA", "DE"], "may deploy": []}
    table.support(table.ukraine, None)
    assert summary(table.text)[0][2] == {"will deploy": ["UA"], READY: ["DE"], "may deploy": []}
    with assert_write("text.bracket_supported", *table.topics):
        withdraw_support(by=table.ukraine, bracket_id=table.bracket.pk)
    assert summary(table.text)[0][2] == {"will deploy": [], READY: ["DE"], "may deploy": []}
    assert_refused(NoSuchAlternative, lambda: withdraw_support(by=table.ukraine, bracket_id=table.bracket.pk))
    table.support(table.germany, may)
    assert summary(table.text)[0][2] == {"will deploy": [], READY: [], "may deploy": ["DE"]}


def test_withdraw_alternative_takes_its_support_with_it(table: Table) -> None:
    ready = table.offer()
    table.support(table.ukraine, ready)
    assert_refused(NotAllowed, lambda: withdraw_alternative(by=table.ukraine, alternative_id=ready.pk))
    assert_refused(NotAllowed, lambda: withdraw_alternative(by=table.clerk, alternative_id=ready.pk))
    with assert_write("text.bracket_alternative_withdrawn", *table.topics):
        withdraw_alternative(by=table.germany, alternative_id=ready.pk)
    assert summary(table.text)[0][2] == {"will deploy": []}
    for act in (
        lambda: withdraw_alternative(by=table.germany, alternative_id=ready.pk),
        lambda: table.support(table.ukraine, ready),
        lambda: table.choose(table.clerk, ready),
    ):
        assert_refused(NoSuchAlternative, act)
    assert table.offer().pk != ready.pk


@pytest.mark.parametrize("words", ["", " \n", "will deploy", READY, "a\nb", "a\u202eb", "x" * 2001])
def test_add_alternative_refuses_what_cannot_stand_there(table: Table, words: str) -> None:
    table.offer()
    assert_refused(BadAlternative, lambda: table.offer(words))


def test_add_alternative_has_a_limit(table: Table) -> None:
    for number in range(MOST_ALTERNATIVES):
        table.offer(f"words {number}")
    assert_refused(BadAlternative, lambda: table.offer("one more"))


def test_chair_chooses_words_that_then_stand_without_brackets(table: Table) -> None:
    ready = table.offer()
    with assert_write("text.bracket_decided", *table.topics):
        table.choose(table.clerk, ready)
    assert words_of(table.text) == ["The leaders stand ready to deploy a force at once"]
    table.bracket.refresh_from_db()
    assert (table.bracket.ending, table.bracket.chosen, table.bracket.ended_by) == (Ending.CHOSEN, ready, table.clerk)
    assert (summary(table.text), anchors.spans_in(document(table.text), "en")) == ([], {})


def test_chair_chooses_the_words_in_the_text(table: Table) -> None:
    table.offer()
    table.choose(table.clerk, None)
    table.bracket.refresh_from_db()
    assert (table.bracket.ending, table.bracket.chosen) == (Ending.CHOSEN, None)
    assert (words_of(table.text), summary(table.text)) == ([SENTENCE], [])


def test_holder_chooses_what_every_holder_supports(table: Table) -> None:
    ready = table.offer()
    join_bracket(by=table.ukraine, bracket_id=table.bracket.pk)
    assert_refused(HoldersDisagree, lambda: table.choose(table.germany, ready))
    assert_refused(HoldersDisagree, lambda: table.choose(table.germany, None))
    table.support(table.ukraine, ready)
    stranger = make_delegate("IT")
    assert_refused(NotAllowed, lambda: table.choose(stranger, ready))
    with assert_write("text.bracket_decided", *table.topics):
        table.choose(table.germany, ready)
    assert words_of(table.text) == ["The leaders stand ready to deploy a force at once"]


def test_choose_replaces_all_that_stands_in_the_bracket_and_keeps_what_a_client_marked_elsewhere(table: Table) -> None:
    """A hostile client puts the mark over the words of others: these are not what is decided."""
    ready = table.offer()

    type_in(table.text, table.ukraine, lambda words, _doc: words.insert(SENTENCE.index("deploy"), "not "))
    type_in(
        table.text, table.ukraine, lambda _words, doc: append_paragraph(doc, "Kept by Italy", mark(table.bracket.pk))
    )
    assert summary(table.text)[0][0] == "will not deploy"
    table.choose(table.clerk, ready)
    assert words_of(table.text) == ["The leaders stand ready to deploy a force at once", "Kept by Italy"]
    assert anchors.spans_in(document(table.text), "en") == {}


def test_choose_means_the_very_words_where_a_mark_was_written_before_them(table: Table) -> None:
    ready = table.offer()
    type_in(table.text, table.ukraine, lambda words, _doc: words.format(0, 3, mark(table.bracket.pk)))
    table.choose(table.clerk, ready)
    assert words_of(table.text) == ["The leaders stand ready to deploy a force at once"]


def test_choose_when_the_words_were_deleted_is_refused(table: Table) -> None:
    ready, start = table.offer(), SENTENCE.index("will deploy")
    type_in(table.text, table.ukraine, lambda words, _doc: words.__delitem__(slice(start, start + 11)))
    assert_refused(WordsMoved, lambda: table.choose(table.clerk, ready))
    assert_refused(WordsMoved, lambda: table.choose(table.clerk, None))
    assert summary(table.text)[0][1] == ["DE"]


def test_choose_of_outer_words_leaves_the_inner_bracket_on_the_list(table: Table) -> None:
    inner = bracketed(table.ukraine, table.text, "deploy")
    table.choose(table.clerk, table.offer())
    assert summary(table.text) == [("", ["UA"], {"deploy": []})]
    lift_bracket(by=table.ukraine, bracket_id=inner.pk)


def test_only_those_who_speak_for_a_member_offer_and_support(table: Table) -> None:
    make_member("PL", status=Status.OBSERVER)
    ready = table.offer()
    for person in (make_delegate("PL"), make_delegate("UA", Capacity.INTERPRETER), table.clerk):
        assert_refused(NotAllowed, lambda by=person: table.offer("other", by))  # type: ignore[misc]
        assert_refused(NotAllowed, lambda by=person: table.support(by, ready))  # type: ignore[misc]


def test_alternative_of_another_bracket_is_no_alternative(table: Table) -> None:
    other = bracketed(table.ukraine, table.text, "at once")
    foreign = add_alternative(by=table.ukraine, bracket_id=other.pk, words="soon")
    assert_refused(NoSuchAlternative, lambda: table.support(table.germany, foreign))
    assert_refused(NoSuchAlternative, lambda: table.choose(table.clerk, foreign))
    assert_refused(NoSuchBracket, lambda: withdraw_alternative(by=table.germany, alternative_id=uuid.uuid4()))


def test_frozen_and_ended_take_no_alternative(table: Table) -> None:
    ready = table.offer()
    procedure = freeze(table.text, table.clerk)
    for act in (
        lambda: table.offer("b"),
        lambda: table.support(table.ukraine, ready),
        lambda: table.choose(table.clerk, ready),
    ):
        assert_refused(Frozen, act)
    procedure.delete()
    lift_bracket(by=table.clerk, bracket_id=table.bracket.pk)
    for act in (
        lambda: table.offer("b"),
        lambda: table.support(table.ukraine, ready),
        lambda: table.choose(table.clerk, ready),
    ):
        assert_refused(BracketEnded, act)
