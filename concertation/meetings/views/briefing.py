"""The briefing book of a meeting: asked for with one click, watched while it is made, read as a file."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from concertation.core.downloads import file_answer
from concertation.core.http import DelegateRequest, delegates_only, render_page_or_partial
from concertation.core.languages import language_name
from concertation.core.names import slug
from concertation.core.word import CONTENT_TYPE
from concertation.meetings.briefing.making import PARTS
from concertation.meetings.briefing.progress import step_of
from concertation.meetings.domain.briefing import KEPT, ask_for_book, cancel_book, discard_book
from concertation.meetings.models import Book
from concertation.meetings.views.access import meeting_for

CONTENT_TYPES = {
    "docx": CONTENT_TYPE,
    "pdf": "application/pdf",
}


@require_safe
@delegates_only
def show_books(request: DelegateRequest, meeting_id: UUID) -> HttpResponse:
    """Show the reader's copies of the book of a meeting, and the button that makes another."""
    meeting = meeting_for(request, meeting_id)
    books = Book.objects.visible_to(request.delegate).filter(meeting=meeting).light()
    context = {
        "meeting": meeting,
        "books": [_line(book) for book in books],
        "page_languages": [(code, language_name(code)) for code, _name in settings.LANGUAGES],
        "language": get_language(),
        "kept": KEPT,
    }
    return render_page_or_partial(request, "meetings/briefing.html", context, partial="books")


@require_POST
@delegates_only
def ask(request: DelegateRequest, meeting_id: UUID) -> HttpResponse:
    """Have a book made, and go where it appears."""
    meeting = meeting_for(request, meeting_id)
    language = request.POST.get("language") or get_language() or "en"
    ask_for_book(by=request.delegate, meeting=meeting, language=language)
    return redirect("meetings:briefing", meeting_id)


@require_safe
@delegates_only
def show_book(request: DelegateRequest, book_id: UUID) -> HttpResponse:
    """Show one copy: how far it has come, or its files; for a navigation, the page that it stands on."""
    book = _book(request, book_id)
    if not request.htmx:
        return redirect("meetings:briefing", book.meeting_id)
    context = {"meeting": book.meeting, "line": _line(book)}
    return render_page_or_partial(request, "meetings/briefing.html", context, partial="book")


@require_POST
@delegates_only
def cancel(request: DelegateRequest, book_id: UUID) -> HttpResponse:
    """Stop the making of a book."""
    book = _book(request, book_id)
    cancel_book(by=request.delegate, book_id=book_id)
    return redirect("meetings:briefing", book.meeting_id)


@require_POST
@delegates_only
def discard(request: DelegateRequest, book_id: UUID) -> HttpResponse:
    """Throw a copy away."""
    book = _book(request, book_id)
    discard_book(by=request.delegate, book_id=book_id)
    return redirect("meetings:briefing", book.meeting_id)


@require_safe
@delegates_only
def download(request: DelegateRequest, book_id: UUID, kind: str) -> HttpResponse:
    """Send the PDF or the Word file of a copy."""
    book = _book(request, book_id)
    if kind not in CONTENT_TYPES or not (content := getattr(book, kind)):
        raise Http404
    title = slug(book.meeting.title)[:50].strip("-")
    member = (book.holder.member_id or "secretariat").lower()
    name = f"briefing-{title}-{member}-{book.as_of:%Y-%m-%d}-{book.language}.{kind}"
    return file_answer(bytes(content), CONTENT_TYPES[kind], name)


def _line(book: Book) -> dict[str, object]:
    """Return what a row shows."""
    return {"book": book, "all": PARTS, "step": step_of(book.parts)}


def _book(request: DelegateRequest, book_id: UUID) -> Book:
    """Return a copy of the reader's; raises Http404."""
    books = Book.objects.visible_to(request.delegate).select_related("meeting", "holder")
    book = books.filter(pk=book_id).first()
    if book is None:
        raise Http404
    return book
