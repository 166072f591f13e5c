"""Delegations answer invitations; one answer a delegation, which it may change until the meeting is over."""

from django.db import transaction
from django.db.models import F

from concertation.coalition.models import Delegate
from concertation.core import clock
from concertation.core.errors import NotAllowed
from concertation.meetings.domain.acts import append
from concertation.meetings.enums import Answer
from concertation.meetings.errors import AlreadyAnswered, MeetingOver
from concertation.meetings.events import MeetingAction
from concertation.meetings.models import Meeting, MemberInvitation
from concertation.meetings.rules import may_answer


@transaction.atomic
def answer_invitation(*, by: Delegate, meeting: Meeting, accepts: bool) -> None:
    """Accept or decline for the delegate's member; raises NotAllowed, MeetingOver, AlreadyAnswered."""
    if not may_answer(by, meeting):
        raise NotAllowed
    running = Meeting.objects.filter(pk=meeting.pk, closed_at=None, cancelled_at=None)
    if not running.update(revision=F("revision") + 1):
        raise MeetingOver
    answer = Answer.ACCEPTED if accepts else Answer.DECLINED
    row = MemberInvitation.objects.filter(meeting=meeting, member=by.member_id, withdrawn_at=None)
    if not row.exclude(answer=answer).update(answer=answer, answered_by=by, answered_at=clock.now()):
        raise AlreadyAnswered
    content = {"member": by.member_id, "answer": str(answer)}
    append(by.actor, MeetingAction.ANSWERED, meeting, content, "coalition")
