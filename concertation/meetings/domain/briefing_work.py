"""What the process that makes a book writes (`core.jobs`)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from concertation.core import clock, jobs, live
from concertation.meetings.briefing.models import Book, BookEnding


def claim_due_book() -> Book | None:
    """Take the book that waits longest and return it; None if there is none.

    One that was tried too often is ended as failed instead.
    """
    return jobs.claim_due(Book.objects.light(), lambda book: fail_book(book.pk, book.attempt))


def claim_book(book_id: UUID) -> Book | None:
    """Take one book if no living process works on it, and return it; None if it has ended or another one has it."""
    return jobs.claim(Book.objects.light(), book_id)


def keep_book_alive(book_id: UUID, attempt: int) -> bool:
    """Give a sign of life, and say whether the book is still this process's."""
    return jobs.keep_alive(Book.objects.all(), book_id, attempt)


def store_part(book_id: UUID, attempt: int, parts: int) -> bool:
    """Say how many parts are done; False if the book is no longer this process's."""
    return _store(book_id, attempt, parts=parts)


def end_book(book_id: UUID, attempt: int, *, as_of: datetime, docx: bytes, pdf: bytes | None) -> bool:
    """Keep the files of a book, which ends its making; False if it is no longer this process's."""
    found = {"as_of": as_of, "docx": docx, "pdf": pdf, "has_pdf": pdf is not None}
    return _store(book_id, attempt, ended_at=clock.now(), ending=BookEnding.MADE, **found)


def fail_book(book_id: UUID, attempt: int) -> bool:
    """End a book that could not be made; False if it is no longer this process's."""
    return _store(book_id, attempt, ended_at=clock.now(), ending=BookEnding.FAILED)


def release_book(book_id: UUID, attempt: int) -> bool:
    """Let go of a book that was not ended, so that another process takes it at once."""
    return jobs.release(Book.objects.all(), book_id, attempt)


def announce_book(book: Book) -> None:
    """Tell the page of its holder."""
    live.announce(f"briefing:{book.pk}")


@transaction.atomic
def _store(book_id: UUID, attempt: int, **found: Any) -> bool:
    if not jobs.store(Book.objects.all(), book_id, attempt, **found):
        return False
    live.announce(f"briefing:{book_id}")
    return True
