"""One book from its rows to its files: what the process of its own does."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from concertation.coalition.models import Coalition
from concertation.core import clock
from concertation.core.briefs import Brief, Section, brief_as_docx, brief_as_pdf
from concertation.core.pdf.making import NoPango
from concertation.core.words import in_language
from concertation.meetings.briefing.chapters import CHAPTERS, Chapter
from concertation.meetings.briefing.models import Book
from concertation.meetings.briefing.scene import Scene
from concertation.meetings.domain.briefing_work import end_book, store_part

PARTS = len(CHAPTERS) + 1  # the files are made together
Stop = Callable[[], bool]


def make_book(book_id: UUID, attempt: int, *, stop: Stop = lambda: False) -> None:
    """Read every chapter as the holder of the copy may, write the files, and store them; until `stop` says so."""
    book = Book.objects.light().select_related("meeting", "holder__person", "holder__member").get(pk=book_id)
    scene = Scene(book.holder, book.meeting, clock.now())
    with translation.override(book.language), timezone.override(ZoneInfo(book.holder.person.time_zone)):
        sections: list[Section] = []
        for number, chapter in enumerate(CHAPTERS):
            if stop() or not store_part(book.pk, attempt, number):
                return
            sections += sections_of(chapter, scene)
        brief = brief_of(scene, sections)
        store_part(book.pk, attempt, len(CHAPTERS))
        docx, pdf = files_of(brief)
    end_book(book.pk, attempt, as_of=scene.now, docx=docx, pdf=pdf)


def sections_of(chapter: Chapter, scene: Scene) -> list[Section]:
    """Return the heading of a chapter and what stands below it."""
    return [Section(str(chapter.heading)), *chapter.parts(scene)]


def files_of(brief: Brief) -> tuple[bytes, bytes | None]:
    """Return the Word file and the PDF, None where this server can make none; a process of its own sets the latter."""
    with ThreadPoolExecutor(1) as beside:
        setting = beside.submit(brief_as_pdf, brief, fonts=settings.FRONTEND_DIST / "assets")
        docx, pdf = brief_as_docx(brief), None
        with suppress(NoPango):
            pdf = setting.result()
    return docx, pdf


def brief_of(scene: Scene, sections: list[Section]) -> Brief:
    """Return the book of a scene, marked with its audience and the holder of the copy."""
    coalition = Coalition.objects.first()
    holder, person = scene.reader, scene.reader.person.name
    audience = holder.member.name if holder.member else _("the secretariat")
    about = [
        (_("For"), audience),
        (_("Copy of"), f"{person} ({holder.get_capacity_display()})"),
        (_("As known on"), scene.moment(scene.now)),
        (
            _("Extent"),
            _("What the holder of this copy may read, and nothing else. Where something is left out, it is said."),
        ),
    ]
    return Brief(
        title=_("Briefing book: %(meeting)s") % {"meeting": scene.meeting.title},
        subtitle=" · ".join(
            filter(None, [in_language(coalition.names) if coalition else "", scene.moment(scene.meeting.starts_at)])
        ),
        about=about,
        sections=sections,
        language=translation.get_language() or "en",
        mark=_("For %(audience)s only · copy of %(person)s") % {"audience": audience, "person": person},
        contents=_("Contents"),
    )
