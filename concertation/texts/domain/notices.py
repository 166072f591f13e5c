"""Messages about silence procedures mirror the acts: made with them, sent by the clock loop, kept once sent.

Not acts of anybody, so not in the record. A message that cannot be sent undoes nothing and is tried again.
"""

import logging
from collections.abc import Iterator
from datetime import timedelta
from smtplib import SMTPException

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F, Q, QuerySet

from concertation.coalition.enums import Capacity, Status
from concertation.coalition.models import Delegate
from concertation.core import clock
from concertation.texts.enums import Audience, Notice, Outcome
from concertation.texts.mail import silence_mail
from concertation.texts.models import AdoptionProcedure, SilenceMail, Text
from concertation.texts.queries import members_waited_for

logger = logging.getLogger(__name__)

REMINDERS = {Notice.DAY_LEFT: timedelta(hours=24), Notice.HOURS_LEFT: timedelta(hours=2)}
WHILE_RUNNING = [Notice.STARTED, Notice.EXTENDED, *REMINDERS]
FIRST_PAUSE, LONGEST_PAUSE, GIVE_UP = timedelta(minutes=1), timedelta(hours=1), timedelta(days=3)


def make_notices(procedure: AdoptionProcedure, notice: Notice) -> None:
    """Have every participant told; for the transaction of the act."""
    _make(procedure, notice, participants(procedure.text))


def participants(text: Text) -> QuerySet[Delegate]:
    """Return who takes part in negotiating `text`: heads and delegates that may read it, and the secretariat."""
    speaking = Q(capacity__in=[Capacity.HEAD, Capacity.DELEGATE], member__status__in=[Status.MEMBER, Status.PARTNER])
    if text.audience == Audience.MEMBERS:
        speaking &= Q(member__in=text.members.all())
    return Delegate.objects.active().filter(speaking | Q(capacity=Capacity.SECRETARIAT))


def make_reminders() -> int:
    """Have the heads that are still silent reminded a day and two hours before the deadline; return of how many.

    Of two reminders that are due at once only the later is made; none that the procedure itself was too short for.
    """
    made = 0
    for procedure in (
        AdoptionProcedure.objects.running().filter(silence__isnull=False).select_related("silence", "text")
    ):
        due = [
            notice
            for notice, before in REMINDERS.items()
            if procedure.proposed_at < procedure.silence.deadline - before <= clock.now()
        ]
        if due:
            waited_for = members_waited_for(procedure)
            heads = Delegate.objects.active().filter(capacity=Capacity.HEAD, member__in=waited_for)
            made += _make(procedure, due[-1], heads)
    return made


def _make(procedure: AdoptionProcedure, notice: Notice, delegates: QuerySet[Delegate]) -> int:
    """Make the messages that are not there yet, and return how many."""
    deadline, now = procedure.silence.deadline, clock.now()
    there = SilenceMail.objects.filter(procedure=procedure, notice=notice, deadline=deadline)
    rows = [
        SilenceMail(procedure=procedure, delegate=delegate, notice=notice, deadline=deadline, made_at=now, try_at=now)
        for delegate in delegates.exclude(pk__in=there.values("delegate_id"))
    ]
    SilenceMail.objects.bulk_create(rows, ignore_conflicts=True)  # another process may be making the same
    return len(rows)


def send_due_notices() -> tuple[int, int]:
    """Send every message that is due, and return how many went and how many failed.

    Whoever moves `try_at` on has the message to itself; should it vanish meanwhile, another tries after the pause.
    """
    sent = failed = 0
    connection = get_connection()
    for mail in _due():
        if not _claim(mail):
            continue
        if not _is_wanted(mail):
            mail.delete()
        elif _send(mail, connection):
            SilenceMail.objects.filter(pk=mail.pk).update(sent_at=clock.now())
            sent += 1
        else:
            failed += 1
    return sent, failed


def _due() -> Iterator[SilenceMail]:
    """Give the messages whose time to be sent has come, oldest first."""
    due = SilenceMail.objects.filter(sent_at=None, try_at__lte=clock.now()).order_by("pk")
    yield from due.select_related("delegate__person", "delegate__member", "procedure__silence", "procedure__text")


def _claim(mail: SilenceMail) -> bool:
    """Take a message for this process until its next try, and say whether nobody else had it."""
    pause = min(FIRST_PAUSE * 2**mail.tries, LONGEST_PAUSE)
    mine = SilenceMail.objects.filter(pk=mail.pk, sent_at=None, try_at=mail.try_at)
    return bool(mine.update(try_at=clock.now() + pause, tries=F("tries") + 1))


def _is_wanted(mail: SilenceMail) -> bool:
    """Say whether a message still says something true to somebody who may know it."""
    procedure, delegate = mail.procedure, mail.delegate
    if clock.now() - mail.made_at > GIVE_UP:
        return False
    if mail.notice in WHILE_RUNNING and procedure.standing != Outcome.RUNNING:
        return False
    if mail.notice in WHILE_RUNNING and procedure.silence.deadline != mail.deadline:
        return False
    if mail.notice in REMINDERS and procedure.responses.filter(member=delegate.member_id).exists():
        return False
    is_active = Delegate.objects.active().filter(pk=delegate.pk).exists()
    return is_active and Text.objects.visible_to(delegate).filter(pk=procedure.text_id).exists()


def _send(mail: SilenceMail, connection: BaseEmailBackend) -> bool:
    """Send one message and say whether the mail server took it."""
    try:
        connection.send_messages([silence_mail(mail)])
    except (OSError, SMTPException):
        logger.exception("Delegate %s was not sent the silence on %s.", mail.delegate_id, mail.procedure.text_id)
        return False
    return True
