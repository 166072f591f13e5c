"""Calendar messages mirror meetings: what each delegate was last sent is kept, and what lags behind is sent again.

Not an act of anybody, so not in the record; the act that made it due is.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from smtplib import SMTPException
from uuid import UUID

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import Q

from concertation.coalition.models import Delegate
from concertation.core import clock
from concertation.core.claims import claimed
from concertation.meetings.enums import Answer, MailMethod
from concertation.meetings.mail import invitation_mail
from concertation.meetings.models import InvitationMail, Meeting, MemberInvitation

logger = logging.getLogger(__name__)

LONGEST = timedelta(minutes=15)  # after which a process that sends is thought dead


@dataclass(frozen=True, slots=True)
class DueMail:
    """A message that a delegate has not been sent yet."""

    meeting: Meeting
    delegate: Delegate
    method: MailMethod
    answer: Answer
    delegation: list[Delegate]


def send_due_mails(*, meeting_id: UUID | None = None) -> tuple[int, int]:
    """Send every calendar message that is due, of one meeting or of all; return how many went and how many failed.

    A failure is logged and leaves the message due. While another process is sending, none goes and none fails: what is
    due then waits for the next round. One that is sent twice does no harm: UID and SEQUENCE are the same.
    """
    with claimed("meetings.mail", longest=LONGEST) as is_mine:
        return _send_due_mails(meeting_id) if is_mine else (0, 0)


def _send_due_mails(meeting_id: UUID | None) -> tuple[int, int]:
    """Send what is due and return how many went and how many failed."""
    meetings = Meeting.objects.filter(closed_at=None)
    if meeting_id:
        meetings = meetings.filter(pk=meeting_id)
    sent = failed = 0
    connection = get_connection()
    for due in [due for meeting in meetings for due in _due_of(meeting)]:
        try:
            connection.send_messages([_message(due)])
        except (OSError, SMTPException):
            logger.exception("Delegate %s was not sent the meeting %s.", due.delegate.pk, due.meeting.pk)
            failed += 1
            continue
        _keep(due)
        sent += 1
    return sent, failed


def _due_of(meeting: Meeting) -> Iterator[DueMail]:
    """Give what is due of `meeting`: nothing of one that is over by the clock."""
    if meeting.ends_at < clock.now():
        return
    kept = {mail.delegate_id: mail for mail in InvitationMail.objects.filter(meeting=meeting)}
    invitations = {
        invitation.member_id: invitation
        for invitation in MemberInvitation.objects.filter(meeting=meeting, withdrawn_at=None)
    }
    active = Q(ended_at=None, member__in=list(invitations))
    people = list(Delegate.objects.filter(active | Q(pk__in=list(kept))).select_related("person", "member"))
    for delegate in people:
        invitation = invitations.get(delegate.member_id or "") if delegate.ended_at is None else None
        method = MailMethod.REQUEST if invitation and not meeting.cancelled_at else MailMethod.CANCEL
        if _lags(kept.get(delegate.pk), method, meeting.sequence):
            own = [other for other in people if other.member_id == delegate.member_id and not other.ended_at]
            answer = Answer(invitation.answer) if invitation else Answer.NONE
            yield DueMail(meeting, delegate, method, answer, own if invitation else [delegate])


def _lags(kept: InvitationMail | None, method: MailMethod, sequence: int) -> bool:
    """Say whether a delegate has to be sent `method` at `sequence`, given what it was sent last."""
    if kept is None:
        return method == MailMethod.REQUEST
    if method == MailMethod.CANCEL:
        return kept.method != MailMethod.CANCEL
    return kept.method != method or kept.sequence != sequence


def _message(due: DueMail) -> EmailMultiAlternatives:
    return invitation_mail(due.meeting, due.delegate, method=due.method, delegation=due.delegation, answer=due.answer)


def _keep(due: DueMail) -> None:
    """Remember what the delegate was sent."""
    InvitationMail.objects.update_or_create(
        meeting=due.meeting,
        delegate=due.delegate,
        defaults={"method": due.method, "sequence": due.meeting.sequence, "sent_at": clock.now()},
    )
