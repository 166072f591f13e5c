"""Before a meeting the chair asks for positions; what comes of them are agenda items and a first draft."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from concertation.coalition.enums import Audience
from concertation.coalition.models import Delegate, Member
from concertation.coalition.rules import check_manages, speaks_for_member
from concertation.core import clock
from concertation.core.errors import NotAllowed
from concertation.meetings.domain.acts import append, check_presides, homes_of
from concertation.meetings.domain.agenda import ItemPlan, add_item
from concertation.meetings.domain.texts import attach_text
from concertation.meetings.drafting import draft_titles, first_draft, languages_of
from concertation.meetings.enums import MeetingStatus
from concertation.meetings.errors import (
    DeadlineOutOfBounds,
    MeetingNotScheduled,
    MeetingOver,
    NotAsked,
    NothingAsked,
    NothingToDraft,
    OnAgenda,
)
from concertation.meetings.events import MeetingAction
from concertation.meetings.models import AgendaItem, Meeting, MeetingQuestion, MemberInvitation
from concertation.meetings.question_queries import open_answers
from concertation.meetings.rules import is_invited
from concertation.situation.domain.statements import Position, state_position
from concertation.situation.models import Question, Statement
from concertation.texts.domain.texts import create_text
from concertation.texts.enums import Audience as Readers
from concertation.texts.models import Text


@transaction.atomic
def ask_positions(
    *, by: Delegate, meeting: Meeting, questions: Collection[UUID], due_at: datetime
) -> list[MeetingQuestion]:
    """Ask the invited delegations for their positions on `questions` until `due_at`, and return what is asked.

    Raises NotAllowed, MeetingNotScheduled, DeadlineOutOfBounds, NothingAsked.
    """
    check_presides(by, meeting)
    _take(meeting, scheduled=True)
    if not clock.now() < due_at <= meeting.starts_at:
        raise DeadlineOutOfBounds
    asked = MeetingQuestion.objects.asked().filter(meeting=meeting).values("question")
    rows = list(Question.objects.visible_to(by).open().filter(pk__in=questions).exclude(pk__in=asked))
    if not rows or len(rows) != len(set(questions)):
        raise NothingAsked
    now = clock.now()
    made = MeetingQuestion.objects.bulk_create(
        MeetingQuestion(meeting=meeting, question=row, asked_at=now, asked_by=by, due_at=due_at) for row in rows
    )
    facts = {"questions": [row.wording.names for row in rows], "due_at": due_at.isoformat()}
    append(by.actor, MeetingAction.POSITIONS_ASKED, meeting, facts, *homes_of(meeting))
    return made


@transaction.atomic
def withdraw_question(*, by: Delegate, meeting: Meeting, asked_id: UUID) -> None:
    """Ask no more for positions on a question; those that were given stay. Raises NotAllowed, MeetingOver, NotAsked."""
    check_presides(by, meeting)
    _take(meeting)
    asked = _asked(meeting, asked_id)
    MeetingQuestion.objects.filter(pk=asked.pk).update(withdrawn_at=clock.now())
    facts = {"questions": [asked.question.wording.names]}
    append(by.actor, MeetingAction.QUESTION_WITHDRAWN, meeting, facts, *homes_of(meeting))


@transaction.atomic
def answer_question(
    *,
    by: Delegate,
    meeting: Meeting,
    asked_id: UUID,
    position: Position,
    audience: Audience = Audience.COALITION,
    named: Collection[str] = (),
) -> Statement:
    """Answer for the member of `by` where it stands: that is its statement on the question, which is returned.

    A second answer supersedes the first. Raises NotAllowed, MeetingOver, NotAsked, and the errors of `state_position`.
    """
    if not (speaks_for_member(by) and is_invited(by, meeting)):
        raise NotAllowed
    _take(meeting)
    asked = _asked(meeting, asked_id)
    homes = Delegate.objects.active().filter(member=by.member_id).values_list("pk", flat=True)
    return state_position(
        by=by,
        question_id=asked.question_id,
        position=position,
        audience=audience,
        named=named,
        topics=[f"meeting:{meeting.pk}", *(f"delegate:{pk}" for pk in homes)],
    )


@transaction.atomic
def put_question_on_agenda(*, by: Delegate, meeting: Meeting, asked_id: UUID, minutes: int = 15) -> AgendaItem:
    """Add an agenda item for a question, and return it; raises NotAllowed, NotAsked, OnAgenda, else as `add_item`."""
    check_manages(by.actor)
    asked = _asked(meeting, asked_id)
    if asked.item_id:
        raise OnAgenda
    item = add_item(by=by.actor, meeting=meeting, plan=ItemPlan(titles=asked.question.wording.names, minutes=minutes))
    if not MeetingQuestion.objects.filter(pk=asked.pk, item=None).update(item=item):
        raise OnAgenda
    return item


@transaction.atomic
def draft_from_positions(*, by: Delegate, meeting: Meeting) -> Text:
    """Make a text of the questions of a meeting that have none, and give it to the meeting; return the text.

    It holds the wording of each question and, of the answers that the whole coalition may read, where each delegation
    stands and why; of what is for fewer it holds nothing. Two entries: one of the text, one of the meeting.
    Raises NotAllowed, MeetingOver, NothingToDraft.
    """
    check_manages(by.actor)
    _take(meeting)
    asked = list(MeetingQuestion.objects.asked().filter(meeting=meeting, text=None).select_related("question"))
    if not asked:
        raise NothingToDraft
    answers = {row.pk: open_answers(row) for row in asked}
    languages = languages_of(meeting, [row.question for row in asked])
    text = create_text(
        by=by,
        titles=draft_titles(meeting, languages),
        languages=languages,
        draft=first_draft([(row.question, answers[row.pk]) for row in asked], languages),
        **_readers(meeting),
    )
    MeetingQuestion.objects.filter(pk__in=[row.pk for row in asked]).update(text=text)
    attach_text(by=by.actor, meeting=meeting, text=text)
    return text


def _readers(meeting: Meeting) -> Mapping[str, Any]:
    """Return who may read the text of a meeting: the coalition when all of it is invited, else those who are."""
    rows = MemberInvitation.objects.filter(meeting=meeting, withdrawn_at=None)
    invited = set(rows.values_list("member_id", flat=True))
    present = set(Member.objects.present().values_list("pk", flat=True))
    if present <= invited:
        return {"audience": Readers.COALITION}
    return {"audience": Readers.MEMBERS, "members": invited & present}


def _take(meeting: Meeting, *, scheduled: bool = False) -> None:
    """Let acts on one meeting wait for one another; raises MeetingOver, or MeetingNotScheduled when it has to be."""
    row = Meeting.objects.filter(pk=meeting.pk, closed_at=None, cancelled_at=None)
    if not row.update(revision=F("revision") + 1):
        raise MeetingOver
    if scheduled and Meeting.objects.get(pk=meeting.pk).status != MeetingStatus.SCHEDULED:
        raise MeetingNotScheduled


def _asked(meeting: Meeting, asked_id: UUID) -> MeetingQuestion:
    """Return what is asked for a meeting; raises NotAsked."""
    row = MeetingQuestion.objects.asked().filter(meeting=meeting, pk=asked_id).select_related("question").first()
    if row is None:
        raise NotAsked
    return row
