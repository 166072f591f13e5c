"""The chair poses questions, words them anew and closes them; no position that was taken is lost by it."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import F

from concertation.coalition.models import Delegate
from concertation.core import clock
from concertation.core.errors import NotAllowed, NothingChanged
from concertation.core.words import clean_prose
from concertation.record.canonical import Json
from concertation.record.events import Subject
from concertation.situation.domain.conditions import clean_names, clean_words
from concertation.situation.domain.notes import EVERYBODY, REASON_LENGTH, Readers, enter
from concertation.situation.errors import NoSuchQuestion, QuestionClosed, QuestionNotClosed, ReasonMissing
from concertation.situation.events import PositionAct
from concertation.situation.models import Question, QuestionWording
from concertation.situation.rules import may_define

Words = Mapping[str, str]


@transaction.atomic
def pose_question(*, by: Delegate | None, names: Words, words: Words, sources: Sequence[str] = ()) -> Question:
    """Pose a question and return it; `names` and `words`, the wording, are by language. `by` is None for the loader.

    Raises NotAllowed, WordsMissing, TooLong.
    """
    _check(by)
    names, words = clean_names(names), clean_words(words)
    question = Question.objects.create(created_at=clock.now(), created_by=by, sources=list(sources))
    first = {"number": 1, "names": names, "words": words, "by": by, "at": question.created_at}
    QuestionWording.objects.create(question=question, **first)
    note_question(by, PositionAct.POSED, question, {"words": words, "sources": list(sources)})
    return question


@transaction.atomic
def reword_question(*, by: Delegate | None, question_id: UUID, names: Words, words: Words) -> None:
    """Give a question other words from now on; each statement keeps the wording that it was about.

    Raises NotAllowed, NoSuchQuestion, QuestionClosed, NothingChanged, WordsMissing, TooLong.
    """
    _check(by)
    names, words = clean_names(names), clean_words(words)
    question = taken_question(by, question_id)
    before = question.wording
    if (before.names, before.words) == (names, words):
        raise NothingChanged
    number = before.number + 1
    QuestionWording.objects.create(question=question, number=number, names=names, words=words, by=by, at=clock.now())
    note_question(by, PositionAct.REWORDED, question, {"words": words, "number": number})


@transaction.atomic
def close_question(*, by: Delegate | None, question_id: UUID, reason: str) -> None:
    """Close a question, with the reason: nobody takes a position on it any more.

    Raises NotAllowed, NoSuchQuestion, QuestionClosed, ReasonMissing, TooLong.
    """
    _check(by)
    reason = clean_prose(reason, REASON_LENGTH)
    if not reason:
        raise ReasonMissing
    question = taken_question(by, question_id)
    Question.objects.filter(pk=question.pk).update(closed_at=clock.now(), closed_by=by, reason=reason)
    note_question(by, PositionAct.CLOSED, question, {"reason": reason})


@transaction.atomic
def reopen_question(*, by: Delegate | None, question_id: UUID) -> None:
    """Take up a closed question again; raises NotAllowed, NoSuchQuestion, QuestionNotClosed."""
    _check(by)
    visible = Question.objects.visible_to(by) if by else Question.objects.all()
    question = visible.filter(pk=question_id).first()
    if question is None:
        raise NoSuchQuestion
    row = Question.objects.filter(pk=question.pk, closed_at__isnull=False)
    if not row.update(closed_at=None, closed_by=None, reason=""):
        raise QuestionNotClosed
    note_question(by, PositionAct.REOPENED, question, {})


def taken_question(by: Delegate | None, question_id: UUID) -> Question:
    """Return an open question that nobody else changes until the transaction ends, its counter raised by one.

    Raises NoSuchQuestion, QuestionClosed.
    """
    visible = Question.objects.visible_to(by) if by else Question.objects.all()
    if not visible.filter(pk=question_id).exists():
        raise NoSuchQuestion
    if not Question.objects.filter(pk=question_id, closed_at=None).update(entries=F("entries") + 1):
        raise QuestionClosed
    return Question.objects.get(pk=question_id)


def note_question(
    by: Delegate | None,
    act: PositionAct,
    question: Question,
    facts: Mapping[str, Json],
    *,
    readers: Readers = EVERYBODY,
    topics: Sequence[str] = (),
) -> None:
    """Append the entry of `act` on a question and tell the pages that show it."""
    whole = {"names": question.wording.names, **facts}
    heard = ("positions", f"question:{question.pk}", *topics)
    enter(by, act, Subject("question", str(question.pk)), whole, readers=readers, topics=heard)


def _check(by: Delegate | None) -> None:
    """Let the chair and the loader through; raises NotAllowed."""
    if by is not None and not may_define(by):
        raise NotAllowed
