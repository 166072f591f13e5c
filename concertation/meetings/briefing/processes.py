"""Books are made in processes of their own, so that pages and sockets are served meanwhile."""

import logging

from concertation.core.processes import Relay, run_command
from concertation.meetings.briefing.models import Book
from concertation.meetings.domain.briefing_work import announce_book, claim_due_book, release_book

logger = logging.getLogger(__name__)

_relay = Relay(announce_book)


def make_due_book() -> None:
    """Start a process for the book that waits longest, if there is one, and stay with it until it ends."""
    book = claim_due_book()
    if book is None:
        return
    if status := run_command("make-briefing", str(book.pk), "--attempt", str(book.attempt)):
        logger.warning("The process that made the book %s ended with status %s.", book.pk, status)
        release_book(book.pk, book.attempt)


def pass_changes_on() -> None:
    """Tell browsers what the processes stored."""
    _relay.pass_on(Book.objects.light())
