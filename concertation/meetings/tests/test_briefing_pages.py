"""The page of briefing books: one click, progress, files of one's own copy."""

import pytest
from django.urls import reverse

from concertation.coalition.enums import Capacity
from concertation.coalition.models import Delegate
from concertation.core import clock
from concertation.meetings.domain.briefing_work import claim_book, end_book, store_part
from concertation.meetings.models import Book, Meeting
from tests.helpers.meetings import make_meeting
from tests.helpers.people import client_of, make_coalition, make_delegate

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def berlin() -> Delegate:
    make_coalition()
    return make_delegate("DE")


@pytest.fixture
def meeting(berlin: Delegate) -> Meeting:
    return make_meeting()


def page(who: Delegate, meeting: Meeting) -> str:
    return client_of(who).get(reverse("meetings:briefing", args=[meeting.pk])).content.decode()


def asked(who: Delegate, meeting: Meeting, **data: str) -> Book:
    answer = client_of(who).post(reverse("meetings:ask_briefing", args=[meeting.pk]), data)
    assert answer["Location"] == reverse("meetings:briefing", args=[meeting.pk])
    return Book.objects.get(holder=who)


def test_book_is_one_click_from_the_meeting(berlin: Delegate, meeting: Meeting) -> None:
    shown = client_of(berlin).get(reverse("meetings:detail", args=[meeting.pk])).content.decode()
    assert reverse("meetings:ask_briefing", args=[meeting.pk]) in shown
    assert asked(berlin, meeting).language == "en"


def test_page_says_that_there_is_no_copy_yet(berlin: Delegate, meeting: Meeting) -> None:
    assert "None yet. A book takes a few seconds to make." in page(berlin, meeting)


def test_progress_is_shown_chapter_by_chapter(berlin: Delegate, meeting: Meeting) -> None:
    book = asked(berlin, meeting, language="fr")
    assert claim_book(book.pk)
    store_part(book.pk, 1, 3)
    shown = client_of(berlin).get(reverse("meetings:book", args=[book.pk]), headers=HTMX).content.decode()
    assert 'max="9" value="3"' in shown
    assert "Coverage and gaps" in shown
    assert shown.lstrip().startswith("<li")
    assert reverse("meetings:cancel_book", args=[book.pk]) in shown


def test_files_are_sent_under_names_that_say_what_they_are(berlin: Delegate, meeting: Meeting) -> None:
    book = asked(berlin, meeting)
    assert claim_book(book.pk)
    end_book(book.pk, 1, as_of=clock.now(), docx=b"PK word", pdf=None)
    answer = client_of(berlin).get(reverse("meetings:download_book", args=[book.pk, "docx"]))
    name = f"briefing-leaders-meeting-de-{clock.now():%Y-%m-%d}-en.docx"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.content == b"PK word"
    for kind in ("pdf", "exe", "holder"):
        assert client_of(berlin).get(reverse("meetings:download_book", args=[book.pk, kind])).status_code == 404
    shown = page(berlin, meeting)
    assert "This server can make no PDF: the library Pango is missing." in shown
    assert reverse("meetings:download_book", args=[book.pk, "pdf"]) not in shown


def test_copy_of_somebody_else_is_not_there(berlin: Delegate, meeting: Meeting) -> None:
    book = asked(berlin, meeting)
    other = make_delegate("DE", Capacity.DELEGATE)
    for name in ("book", "cancel_book", "discard_book"):
        act = client_of(other).get if name == "book" else client_of(other).post
        assert act(reverse(f"meetings:{name}", args=[book.pk])).status_code == 404
    assert str(book.pk) not in page(other, meeting)


def test_unknown_language_is_refused(berlin: Delegate, meeting: Meeting) -> None:
    answer = client_of(berlin).post(reverse("meetings:ask_briefing", args=[meeting.pk]), {"language": "tlh"})
    assert answer.status_code == 400
    assert not Book.objects.exists()
