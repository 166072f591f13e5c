"""A delegate has a briefing book made for itself, stops it, or throws a copy away.

A book is a reading, not an act of the coalition: the record says nothing of it, as of any page that is read.
"""

from uuid import UUID

from django.conf import settings
from django.db import transaction

from concertation.coalition.models import Delegate
from concertation.core import clock, live
from concertation.core.errors import InvalidInput
from concertation.meetings.briefing.models import Book, BookEnding
from concertation.meetings.errors import BookEnded, NoSuchBook, NoSuchMeeting
from concertation.meetings.models import Meeting

KEPT = 5  # copies of one meeting that a holder keeps


@transaction.atomic
def ask_for_book(*, by: Delegate, meeting: Meeting, language: str) -> Book:
    """Have the book of `meeting` made for `by`, and return it; the one that is being made already, if there is one.

    Of more than a few copies the oldest are thrown away. Raises NoSuchMeeting, InvalidInput for an unknown language.
    """
    if not Meeting.objects.visible_to(by).filter(pk=meeting.pk).exists():
        raise NoSuchMeeting
    if language not in dict(settings.LANGUAGES):
        raise InvalidInput
    now = clock.now()
    book, is_new = Book.objects.get_or_create(
        meeting=meeting, holder=by, ended_at=None, defaults={"language": language, "asked_at": now, "touched_at": now}
    )
    if is_new:
        kept = Book.objects.filter(meeting=meeting, holder=by).values("pk")[:KEPT]
        Book.objects.filter(meeting=meeting, holder=by).exclude(pk__in=list(kept.values_list("pk", flat=True))).delete()
        live.announce(f"delegate:{by.pk}")
    return book


@transaction.atomic
def cancel_book(*, by: Delegate, book_id: UUID) -> None:
    """Stop the making of a book; raises NoSuchBook, BookEnded."""
    if not Book.objects.visible_to(by).filter(pk=book_id).exists():
        raise NoSuchBook
    now = clock.now()
    ended = {"ended_at": now, "ending": BookEnding.CANCELLED, "touched_at": now}
    if not Book.objects.filter(pk=book_id, ended_at=None).update(**ended):
        raise BookEnded
    live.announce(f"briefing:{book_id}")


@transaction.atomic
def discard_book(*, by: Delegate, book_id: UUID) -> None:
    """Throw a copy away; raises NoSuchBook."""
    deleted, _of = Book.objects.visible_to(by).filter(pk=book_id).delete()
    if not deleted:
        raise NoSuchBook
    live.announce(f"delegate:{by.pk}")
