"""Reminders of what members owe: made and sent by the clock loop, once for each day, person and moment.

Not acts of anybody, so not in the record. A message that cannot be sent undoes nothing and is tried again.
"""

import logging
from collections.abc import Iterator
from datetime import date, timedelta
from smtplib import SMTPException

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F

from concertation.coalition.enums import Capacity, Status
from concertation.coalition.models import Delegate, DelegateQuerySet
from concertation.commitments.enums import When
from concertation.commitments.mail import reminder_mail
from concertation.commitments.models import Contribution, Reminder
from concertation.commitments.queries.contributions import entry_of, whole
from concertation.commitments.queries.owing import Deadline, deadlines_between, deadlines_of
from concertation.commitments.reading import holding
from concertation.core import clock
from concertation.core.days import latest_day

logger = logging.getLogger(__name__)

WEEK = timedelta(days=7)
MOMENTS = {When.BEFORE: -WEEK, When.DAY: timedelta(0), When.AFTER: WEEK}
FIRST_PAUSE, LONGEST_PAUSE, GIVE_UP = timedelta(minutes=1), timedelta(hours=1), timedelta(days=3)


def make_reminders() -> int:
    """Have heads and delegates of the members that owe something reminded, and return of how many messages.

    Of moments that have passed only the last is made, none that was over before the terms were entered, and none of
    what was due more than two weeks ago.
    """
    return sum(_make(deadline) for deadline in deadlines_between(-2 * WEEK, WEEK))


def _make(deadline: Deadline) -> int:
    """Make the messages about a deadline that are not there yet, and return how many."""
    entered = deadline.entry.terms.at.date()
    past = [when for when, after in MOMENTS.items() if entered <= deadline.day + after <= latest_day()]
    if not past:
        return 0
    contribution, now = deadline.entry.contribution, clock.now()
    named = {"contribution": contribution, "owed": deadline.owed, "when": past[-1], "day": deadline.day}
    there = Reminder.objects.filter(**named).values("delegate_id")
    rows = [
        Reminder(**named, delegate=delegate, made_at=now, try_at=now)
        for delegate in _speakers(contribution).exclude(pk__in=there)
    ]
    Reminder.objects.bulk_create(rows, ignore_conflicts=True)  # another process may be making the same
    return len(rows)


def _speakers(contribution: Contribution) -> DelegateQuerySet:
    """Return the heads and delegates of who offers `contribution`."""
    return Delegate.objects.active().filter(
        member__in=contribution.codes,
        member__status__in=[Status.MEMBER, Status.PARTNER],
        capacity__in=[Capacity.HEAD, Capacity.DELEGATE],
    )


def send_due_reminders() -> tuple[int, int]:
    """Send every message that is due, and return how many went and how many failed.

    Whoever moves `try_at` on has the message to itself; should it vanish meanwhile, another tries after the pause.
    """
    sent = failed = 0
    connection = get_connection()
    for reminder in _due():
        if not _claim(reminder):
            continue
        if not _is_wanted(reminder):
            reminder.delete()
        elif _send(reminder, connection):
            Reminder.objects.filter(pk=reminder.pk).update(sent_at=clock.now())
            sent += 1
        else:
            failed += 1
    return sent, failed


def _due() -> Iterator[Reminder]:
    """Give the messages whose time to be sent has come, oldest first."""
    due = Reminder.objects.filter(sent_at=None, try_at__lte=clock.now()).order_by("pk")
    yield from due.select_related("delegate__person", "delegate__member", "contribution")


def _claim(reminder: Reminder) -> bool:
    """Take a message for this process until its next try, and say whether nobody else had it."""
    pause = min(FIRST_PAUSE * 2**reminder.tries, LONGEST_PAUSE)
    mine = Reminder.objects.filter(pk=reminder.pk, sent_at=None, try_at=reminder.try_at)
    return bool(mine.update(try_at=clock.now() + pause, tries=F("tries") + 1))


def _is_wanted(reminder: Reminder) -> bool:
    """Say whether a message still says something true to somebody who may know it."""
    if clock.now() - reminder.made_at > GIVE_UP:
        return False
    if not _speakers(reminder.contribution).filter(pk=reminder.delegate_id).exists():
        return False
    visible = whole(Contribution.objects.visible_to(reminder.delegate).filter(pk=reminder.contribution_id))
    return any(_still_owed(contribution, reminder.owed, reminder.day) for contribution in visible)


def _still_owed(contribution: Contribution, owed: str, day: date) -> bool:
    """Say whether that is owed by that day."""
    today = latest_day()
    deadlines = deadlines_of(entry_of(contribution, today, holding(today)))
    return any(deadline.owed == owed and deadline.day == day for deadline in deadlines)


def _send(reminder: Reminder, connection: BaseEmailBackend) -> bool:
    """Send one message and say whether the mail server took it."""
    try:
        connection.send_messages([reminder_mail(reminder)])
    except (OSError, SMTPException):
        logger.exception("Delegate %s was not reminded of %s.", reminder.delegate_id, reminder.contribution_id)
        return False
    return True
