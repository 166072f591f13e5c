"""Questions and the actors outside: posed, reworded, closed and listed by the chair."""

from collections.abc import Callable
from functools import partial
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from concertation.coalition.enums import Capacity
from concertation.core.errors import NotAllowed, NothingChanged, TooLong
from concertation.record.models import Entry
from concertation.situation.domain.counterparts import change_counterpart, list_counterpart
from concertation.situation.domain.questions import close_question, pose_question, reopen_question, reword_question
from concertation.situation.enums import CounterpartKind
from concertation.situation.errors import (
    NameTaken,
    NoSuchActor,
    NoSuchQuestion,
    QuestionClosed,
    QuestionNotClosed,
    ReasonMissing,
    UnknownCountry,
    WordsMissing,
)
from concertation.situation.models import Counterpart, Question, QuestionWording
from concertation.situation.tests.watching import ASKED, TITLES, make_counterpart, make_question, make_statement
from tests.helpers.people import make_coalition, make_delegate, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db
OTHER = {"en": "Should fire cease for thirty days?"}
KIND = CounterpartKind.ADVERSARY


def test_pose_question_keeps_title_and_wording() -> None:
    clerk = make_secretary()
    with assert_write("question.posed", "positions"):
        question = pose_question(by=clerk, names={"en": "  Unconditional \n ceasefire ", "fr": ""}, words=ASKED)
    wording = Question.objects.get().wording
    assert (wording.number, wording.names, wording.words) == (1, {"en": "Unconditional ceasefire"}, ASKED)
    assert Entry.objects.get().content["data"] == {"names": wording.names, "words": ASKED, "sources": []}
    assert str(question) == "Unconditional ceasefire"


def test_reword_question_keeps_what_was_said_about_the_words_before() -> None:
    make_coalition()
    question, clerk = make_question(), make_secretary()
    before = make_statement(question, make_delegate("DE"))
    with assert_write("question.reworded", "positions", f"question:{question.pk}"):
        reword_question(by=clerk, question_id=question.pk, names=TITLES, words=OTHER)
    after = make_statement(question, make_delegate("IT"))
    rows = QuestionWording.objects.filter(question=question).values_list("number", "words")
    assert list(rows) == [(1, ASKED), (2, OTHER)]
    assert (before.wording.number, after.wording.number) == (1, 2)
    assert_refused(
        NothingChanged, lambda: reword_question(by=clerk, question_id=question.pk, names=TITLES, words=OTHER)
    )


def test_close_question_says_why_and_is_undone() -> None:
    make_coalition()
    question, clerk, germany = make_question(), make_secretary(), make_delegate("DE")
    assert_refused(ReasonMissing, lambda: close_question(by=clerk, question_id=question.pk, reason=" \n"))
    assert_refused(TooLong, lambda: close_question(by=clerk, question_id=question.pk, reason="x" * 501))
    with assert_write("question.closed", "positions", f"question:{question.pk}"):
        close_question(by=clerk, question_id=question.pk, reason=" Settled in Paris. ")
    closed = Question.objects.get()
    assert (closed.reason, closed.closed_by) == ("Settled in Paris.", clerk)
    assert_refused(QuestionClosed, lambda: close_question(by=clerk, question_id=question.pk, reason="Again."))
    assert_refused(QuestionClosed, lambda: make_statement(question, germany))
    with assert_write("question.reopened", "positions", f"question:{question.pk}"):
        reopen_question(by=clerk, question_id=question.pk)
    assert_refused(QuestionNotClosed, lambda: reopen_question(by=clerk, question_id=question.pk))
    assert make_statement(question, germany).number == Question.objects.get().entries


def test_list_counterpart_and_change_it() -> None:
    clerk = make_secretary()
    with assert_write("counterpart.listed", "positions", "contacts"):
        row = list_counterpart(by=clerk, names={"en": "Moscow", "fr": "Moscou"}, kind=KIND, country="RU")
    assert Entry.objects.get().content["data"] == {
        "names": {"en": "Moscow", "fr": "Moscou"},
        "counterpart_kind": "adversary",
        "country": "RU",
        "sources": [],
    }
    with assert_write("counterpart.changed", "positions", "contacts"):
        change_counterpart(by=clerk, counterpart_id=row.pk, names={"en": "Russia"}, kind=KIND, country="RU")
    assert Counterpart.objects.get().names == {"en": "Russia"}
    same = partial(change_counterpart, by=clerk, names={"en": "Russia"}, kind=KIND, country="RU")
    assert_refused(NothingChanged, partial(same, counterpart_id=row.pk))
    assert_refused(NoSuchActor, partial(same, counterpart_id=uuid4()))


def test_two_actors_do_not_bear_one_name() -> None:
    make_counterpart()
    other = make_counterpart("Geneva", "CH")
    clerk = make_secretary()
    assert_refused(NameTaken, lambda: list_counterpart(by=clerk, names={"en": "MOSCOW"}, kind=KIND))
    assert_refused(
        NameTaken, lambda: change_counterpart(by=clerk, counterpart_id=other.pk, names={"en": "Moscow"}, kind=KIND)
    )


@pytest.mark.parametrize("capacity", [Capacity.HEAD, Capacity.DELEGATE, Capacity.INTERPRETER, Capacity.OBSERVER])
def test_only_the_chair_poses_and_lists(capacity: Capacity) -> None:
    make_coalition()
    question, row, by = make_question(), make_counterpart(), make_delegate("DE", capacity)
    acts: list[Callable[[], object]] = [
        lambda: pose_question(by=by, names=TITLES, words=ASKED),
        lambda: reword_question(by=by, question_id=question.pk, names=TITLES, words=OTHER),
        lambda: close_question(by=by, question_id=question.pk, reason="Settled."),
        lambda: reopen_question(by=by, question_id=question.pk),
        lambda: list_counterpart(by=by, names={"en": "Geneva"}, kind=KIND),
        lambda: change_counterpart(by=by, counterpart_id=row.pk, names={"en": "Geneva"}, kind=KIND),
    ]
    for act in acts:
        assert_refused(NotAllowed, act)


def test_bad_words_and_unknown_things() -> None:
    clerk = make_secretary()
    assert_refused(WordsMissing, lambda: pose_question(by=clerk, names={}, words=ASKED))
    assert_refused(WordsMissing, lambda: pose_question(by=clerk, names=TITLES, words={"fr": " \u200b"}))
    assert_refused(TooLong, lambda: pose_question(by=clerk, names={"en": "x" * 121}, words=ASKED))
    assert_refused(NoSuchQuestion, lambda: close_question(by=clerk, question_id=uuid4(), reason="Settled."))
    assert_refused(NoSuchQuestion, lambda: reopen_question(by=clerk, question_id=uuid4()))
    assert_refused(UnknownCountry, lambda: list_counterpart(by=clerk, names={"en": "X"}, kind=KIND, country="QQ"))
    assert_refused(WordsMissing, lambda: list_counterpart(by=clerk, names={"en": " "}, kind=KIND))
    assert not Question.objects.exists()


def test_the_database_refuses_to_change_what_was_asked() -> None:
    question, row = make_question(), make_counterpart()
    acts: list[Callable[[], object]] = [
        lambda: QuestionWording.objects.update(words={"en": "Nothing."}),
        lambda: QuestionWording.objects.all().delete(),
        lambda: Question.objects.filter(pk=question.pk).update(sources=["other"]),
        lambda: Question.objects.all().delete(),
        lambda: Counterpart.objects.filter(pk=row.pk).delete(),
    ]
    for act in acts:
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
