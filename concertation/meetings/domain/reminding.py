"""A day before positions are due, delegations that owe one are reminded by mail, once a deadline.

Not an act of anybody, so not in the record; the asking that made it due is.
"""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.core.mail import get_connection

from concertation.coalition.models import Delegate
from concertation.coalition.rules import SPEAKERS
from concertation.core import clock
from concertation.core.claims import claimed
from concertation.meetings.mail import positions_mail
from concertation.meetings.models import Meeting, MeetingQuestion, PositionReminder
from concertation.meetings.question_queries import unanswered_by

logger = logging.getLogger(__name__)

BEFORE = timedelta(hours=24)
LONGEST = timedelta(minutes=15)  # after which a process that sends is thought dead


def send_due_reminders() -> tuple[int, int]:
    """Send every reminder that is due; return how many went and how many failed, which are tried again."""
    with claimed("meetings.reminders", longest=LONGEST) as is_mine:
        return _send() if is_mine else (0, 0)


def _send() -> tuple[int, int]:
    sent = failed = 0
    connection = get_connection()
    for meeting, delegate, due_at in _due():
        try:
            connection.send_messages([positions_mail(meeting, delegate, due_at)])
        except (OSError, SMTPException):
            logger.exception("Delegate %s was not reminded before the meeting %s.", delegate.pk, meeting.pk)
            failed += 1
            continue
        PositionReminder.objects.create(meeting=meeting, delegate=delegate, due_at=due_at, sent_at=clock.now())
        sent += 1
    return sent, failed


def _due() -> Iterator[tuple[Meeting, Delegate, datetime]]:
    """Give who is to be reminded of which deadline: heads and delegates of those that were asked long enough before."""
    now = clock.now()
    near = MeetingQuestion.objects.asked().filter(due_at__gt=now, due_at__lte=now + BEFORE)
    deadlines = near.order_by("meeting_id", "due_at").values_list("meeting_id", "due_at").distinct()
    for meeting_id, due_at in deadlines:
        meeting = Meeting.objects.get(pk=meeting_id)
        told = PositionReminder.objects.filter(meeting=meeting, due_at=due_at).values("delegate")
        people = Delegate.objects.active().filter(capacity__in=SPEAKERS, member__meeting_invitations__meeting=meeting)
        for delegate in people.exclude(pk__in=told).select_related("person", "member").order_by("pk"):
            owed = unanswered_by(delegate.member_id or "").filter(meeting=meeting, due_at=due_at)
            if owed.filter(asked_at__lt=due_at - BEFORE).exists():
                yield meeting, delegate, due_at
