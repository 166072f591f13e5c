"""Having a briefing book made: who may, one at a time, how it is made, and what becomes of it when processes die."""

import io
from datetime import timedelta
from functools import partial
from uuid import uuid4

import docx
import pytest
from django.test import TestCase

from concertation.coalition.enums import Capacity
from concertation.coalition.models import Delegate
from concertation.core import clock
from concertation.core.errors import InvalidInput
from concertation.core.jobs import STALE
from concertation.meetings.briefing.chapters import CHAPTERS
from concertation.meetings.briefing.making import PARTS, make_book
from concertation.meetings.briefing.models import BookEnding
from concertation.meetings.domain.briefing import KEPT, ask_for_book, cancel_book, discard_book
from concertation.meetings.domain.briefing_work import (
    claim_book,
    claim_due_book,
    end_book,
    fail_book,
    keep_book_alive,
    release_book,
    store_part,
)
from concertation.meetings.errors import BookEnded, NoSuchBook, NoSuchMeeting
from concertation.meetings.models import Book, Meeting
from concertation.record.models import Entry
from tests.helpers.meetings import make_meeting
from tests.helpers.people import make_coalition, make_delegate, make_secretary
from tests.helpers.writes import Listener, assert_refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def berlin() -> Delegate:
    make_coalition()
    return make_delegate("DE", name="Ada")


@pytest.fixture
def meeting(berlin: Delegate) -> Meeting:
    return make_meeting(members=("DE", "FR"))


def made(who: Delegate, meeting: Meeting, language: str = "en") -> Book:
    """Return a book made in this process."""
    book = ask_for_book(by=who, meeting=meeting, language=language)
    claimed = claim_book(book.pk)
    assert claimed
    make_book(book.pk, claimed.attempt)
    return Book.objects.get(pk=book.pk)


def stored(who: Delegate, meeting: Meeting) -> Book:
    """Return a book that is made, with files that are none."""
    book = ask_for_book(by=who, meeting=meeting, language="en")
    assert claim_book(book.pk)
    end_book(book.pk, 1, as_of=clock.now(), docx=b"PK", pdf=None)
    return Book.objects.get(pk=book.pk)


def test_book_is_asked_for_once_and_says_nothing_to_the_record(berlin: Delegate, meeting: Meeting) -> None:
    before = Entry.objects.count()
    book = ask_for_book(by=berlin, meeting=meeting, language="fr")
    again = ask_for_book(by=berlin, meeting=meeting, language="en")
    assert (again.pk, again.language, again.is_working) == (book.pk, "fr", True)
    assert Entry.objects.count() == before
    assert ask_for_book(by=make_secretary(), meeting=meeting, language="en").pk != book.pk


def test_only_who_may_see_the_meeting_has_a_book(berlin: Delegate, meeting: Meeting) -> None:
    assert_refused(NoSuchMeeting, lambda: ask_for_book(by=make_delegate("IT"), meeting=meeting, language="en"))
    assert_refused(InvalidInput, lambda: ask_for_book(by=berlin, meeting=meeting, language="tlh"))
    assert not Book.objects.exists()


def test_book_has_both_files_in_the_language_asked_for(berlin: Delegate, meeting: Meeting) -> None:
    book = made(berlin, meeting, "fr")
    assert (book.ending, book.parts, book.has_pdf) == (BookEnding.MADE, PARTS - 1, True)
    assert bytes(book.pdf or b"").startswith(b"%PDF")
    document = docx.Document(io.BytesIO(bytes(book.docx or b"")))
    headings = [line.text for line in document.paragraphs if line.style and line.style.name == "Heading 1"]
    assert headings[0] == "La réunion"
    assert len(headings) == len(CHAPTERS)
    head = document.sections[0].header.paragraphs[0].text
    assert head == "Dossier de séance\u00a0: Réunion des dirigeants · Réservé\u00a0: Allemagne · exemplaire de Ada"
    assert document.core_properties.language == "fr"


def test_copy_is_its_holders_alone(berlin: Delegate, meeting: Meeting) -> None:
    book = stored(berlin, meeting)
    colleague, clerk = make_delegate("DE", Capacity.DELEGATE), make_secretary()
    for other in (colleague, clerk, make_delegate("FR")):
        assert not Book.objects.visible_to(other).exists()
        assert_refused(NoSuchBook, partial(discard_book, by=other, book_id=book.pk))
        assert_refused(NoSuchBook, partial(cancel_book, by=other, book_id=book.pk))
    assert list(Book.objects.visible_to(berlin)) == [book]
    meeting.invitations.filter(member="DE").update(withdrawn_at=clock.now())
    assert not Book.objects.visible_to(berlin).exists()


def test_cancelled_book_is_not_made(berlin: Delegate, meeting: Meeting) -> None:
    book = ask_for_book(by=berlin, meeting=meeting, language="en")
    assert claim_book(book.pk)
    cancel_book(by=berlin, book_id=book.pk)
    assert not store_part(book.pk, 1, 3)
    assert not end_book(book.pk, 1, as_of=clock.now(), docx=b"PK", pdf=None)
    make_book(book.pk, 1)
    book.refresh_from_db()
    assert (book.ending, book.docx, book.parts) == (BookEnding.CANCELLED, None, 0)
    assert_refused(BookEnded, lambda: cancel_book(by=berlin, book_id=book.pk))


def test_stop_ends_the_making(berlin: Delegate, meeting: Meeting) -> None:
    book = ask_for_book(by=berlin, meeting=meeting, language="en")
    assert claim_book(book.pk)
    make_book(book.pk, 1, stop=lambda: True)
    assert Book.objects.get(pk=book.pk).is_working


def test_discarded_copy_is_gone(berlin: Delegate, meeting: Meeting) -> None:
    book = stored(berlin, meeting)
    discard_book(by=berlin, book_id=book.pk)
    assert not Book.objects.exists()
    assert_refused(NoSuchBook, lambda: discard_book(by=berlin, book_id=uuid4()))


def test_last_copies_are_kept(berlin: Delegate, meeting: Meeting) -> None:
    other = stored(make_secretary(), meeting)
    books = []
    for minute in range(KEPT + 2):
        with clock.frozen(clock.now() + timedelta(minutes=minute)):
            books.append(stored(berlin, meeting).pk)
    assert {book.pk for book in Book.objects.visible_to(berlin)} == set(books[2:])
    assert Book.objects.filter(pk=other.pk).exists()


def test_one_process_makes_a_book_and_a_dead_one_stores_nothing(berlin: Delegate, meeting: Meeting) -> None:
    book = ask_for_book(by=berlin, meeting=meeting, language="en")
    first = claim_due_book()
    assert first and first.pk == book.pk and first.attempt == 1
    assert claim_due_book() is None
    assert keep_book_alive(book.pk, 1)
    with clock.frozen(clock.now() + STALE + timedelta(seconds=1)):
        second = claim_due_book()
        assert second and second.attempt == 2
        assert not keep_book_alive(book.pk, 1)
        assert not store_part(book.pk, 1, 4)
        assert release_book(book.pk, 2)
        third = claim_due_book()
        assert third and third.attempt == 3
        assert release_book(book.pk, 3)
        assert claim_due_book() is None
    assert Book.objects.get(pk=book.pk).ending == BookEnding.FAILED
    assert not fail_book(book.pk, 3)


def test_progress_is_announced_to_the_page_of_the_holder(berlin: Delegate, meeting: Meeting) -> None:
    book = ask_for_book(by=berlin, meeting=meeting, language="en")
    assert claim_book(book.pk)
    listener = Listener((f"briefing:{book.pk}",))
    with TestCase.captureOnCommitCallbacks(execute=True):
        store_part(book.pk, 1, 2)
    assert listener.heard() == {f"briefing:{book.pk}"}
