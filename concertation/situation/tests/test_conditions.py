"""Conditions are defined, reworded and retired by the chair."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from concertation.coalition.enums import Capacity
from concertation.core.errors import NotAllowed, NothingChanged, TooLong
from concertation.record.models import Entry
from concertation.situation.domain.conditions import (
    define_condition,
    reopen_condition,
    retire_condition,
    reword_condition,
)
from concertation.situation.errors import NoSuchCondition, NotRetired, Retired, WordsMissing
from concertation.situation.models import Condition, Wording
from concertation.situation.tests.factories import NAMES, WORDS, make_assessment, make_condition
from tests.helpers.people import make_coalition, make_delegate, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db
OTHER = {"en": "Fire has ceased for seven days."}


def test_define_condition_keeps_name_and_wording() -> None:
    clerk = make_secretary()
    with assert_write("condition.defined", "conditions"):
        condition = define_condition(by=clerk, names={"en": "  Ceasefire \n in force ", "fr": ""}, words=WORDS)
    wording = Condition.objects.get().wording
    assert (wording.number, wording.names, wording.words) == (1, {"en": "Ceasefire in force"}, WORDS)
    assert Entry.objects.get().content["data"] == {"names": wording.names, "words": WORDS, "sources": []}
    assert str(condition) == "Ceasefire in force"


def test_co_chair_defines_too() -> None:
    make_coalition()
    chair = make_delegate("FR", Capacity.DELEGATE)
    assert define_condition(by=chair, names=NAMES, words=WORDS).created_by == chair


def test_reword_condition_keeps_the_words_before_and_what_was_assessed() -> None:
    make_coalition()
    condition, clerk = make_condition(), make_secretary()
    before = make_assessment(condition, make_delegate("DE"))
    with assert_write("condition.reworded", "conditions", f"condition:{condition.pk}"):
        reword_condition(by=clerk, condition_id=condition.pk, names=NAMES, words=OTHER)
    after = make_assessment(condition, make_delegate("IT"))
    rows = Wording.objects.filter(condition=condition).values_list("number", "words")
    assert list(rows) == [(1, WORDS), (2, OTHER)]
    assert (before.wording.number, after.wording.number) == (1, 2)


def test_reword_condition_refuses_the_same_words() -> None:
    condition, clerk = make_condition(), make_secretary()
    assert_refused(
        NothingChanged, lambda: reword_condition(by=clerk, condition_id=condition.pk, names=NAMES, words=WORDS)
    )


def test_retire_condition_and_take_it_up_again() -> None:
    condition, clerk = make_condition(), make_secretary()
    with assert_write("condition.retired", "conditions", f"condition:{condition.pk}"):
        retire_condition(by=clerk, condition_id=condition.pk, reason=" Replaced. ")
    retired = Condition.objects.get()
    assert (retired.reason, retired.retired_by) == ("Replaced.", clerk)
    assert retired.retired_at is not None
    assert_refused(Retired, lambda: retire_condition(by=clerk, condition_id=condition.pk))
    assert_refused(Retired, lambda: reword_condition(by=clerk, condition_id=condition.pk, names=NAMES, words=OTHER))
    with assert_write("condition.reopened", "conditions", f"condition:{condition.pk}"):
        reopen_condition(by=clerk, condition_id=condition.pk)
    assert Condition.objects.get().retired_at is None
    assert_refused(NotRetired, lambda: reopen_condition(by=clerk, condition_id=condition.pk))


@pytest.mark.parametrize("capacity", [Capacity.HEAD, Capacity.DELEGATE, Capacity.INTERPRETER, Capacity.OBSERVER])
def test_only_the_chair_defines_and_retires(capacity: Capacity) -> None:
    make_coalition()
    condition, by = make_condition(), make_delegate("DE", capacity)
    acts: list[Callable[[], object]] = [
        lambda: define_condition(by=by, names=NAMES, words=WORDS),
        lambda: reword_condition(by=by, condition_id=condition.pk, names=NAMES, words=OTHER),
        lambda: retire_condition(by=by, condition_id=condition.pk),
        lambda: reopen_condition(by=by, condition_id=condition.pk),
    ]
    for act in acts:
        assert_refused(NotAllowed, act)


def test_interpreter_of_a_co_chair_is_no_chair() -> None:
    make_coalition()
    by = make_delegate("FR", Capacity.INTERPRETER)
    assert_refused(NotAllowed, lambda: define_condition(by=by, names=NAMES, words=WORDS))


@pytest.mark.parametrize(
    ("error", "names", "words"),
    [
        (WordsMissing, {}, WORDS),
        (WordsMissing, {"en": " \n\u200b "}, WORDS),
        (WordsMissing, NAMES, {"fr": ""}),
        (TooLong, {"en": "x" * 121}, WORDS),
        (TooLong, NAMES, {"en": "x", "fr": "x" * 2_001}),
    ],
)
def test_define_condition_refuses_bad_words(
    error: type[Exception], names: dict[str, str], words: dict[str, str]
) -> None:
    clerk = make_secretary()
    assert_refused(error, lambda: define_condition(by=clerk, names=names, words=words))
    assert not Condition.objects.exists()


def test_unknown_condition() -> None:
    clerk = make_secretary()
    assert_refused(NoSuchCondition, lambda: retire_condition(by=clerk, condition_id=uuid4()))
    assert_refused(NoSuchCondition, lambda: reopen_condition(by=clerk, condition_id=uuid4()))


def test_retire_condition_limits_the_reason() -> None:
    condition, clerk = make_condition(), make_secretary()
    assert_refused(TooLong, lambda: retire_condition(by=clerk, condition_id=condition.pk, reason="x" * 501))


def test_the_database_refuses_to_change_a_wording() -> None:
    condition = make_condition()
    with pytest.raises(IntegrityError), transaction.atomic():
        Wording.objects.update(words={"en": "Nothing."})
    with pytest.raises(IntegrityError), transaction.atomic():
        Wording.objects.all().delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Condition.objects.filter(pk=condition.pk).update(sources=["other"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Condition.objects.all().delete()
