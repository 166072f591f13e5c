"""What goes out as a file: tables, IATI and briefs, of what the reader may read."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from concertation.coalition.models import Member
from concertation.commitments.enums import Line
from concertation.commitments.errors import NothingToExport
from concertation.commitments.exports.iati import iati_of
from concertation.commitments.forms.imports import kinds_for
from concertation.commitments.queries.briefs import brief_for
from concertation.commitments.queries.exporting import (
    Wanted,
    contributions_table,
    history_table,
    requirements_table,
)
from concertation.commitments.queries.iati import activities_for, reporter
from concertation.core import clock
from concertation.core.briefs import Brief, brief_as_docx, brief_as_pdf
from concertation.core.days import about_day, day_asked
from concertation.core.downloads import file_answer, format_asked, table_answer
from concertation.core.http import DelegateRequest, delegates_only
from concertation.core.names import slug
from concertation.core.pdf import making as pdf
from concertation.core.tables import Format
from concertation.core.word import CONTENT_TYPE
from concertation.texts.errors import ExportBusy, ExportTooLong, NoPango

FAILURES = {pdf.NoPango: NoPango, pdf.Busy: ExportBusy, pdf.TooLong: ExportTooLong}
BRIEFS = {
    "docx": CONTENT_TYPE,
    "pdf": "application/pdf",
}


@delegates_only
@require_safe
def choose_export(request: DelegateRequest) -> HttpResponse:
    """Offer what can be exported."""
    tables = [
        ("requirements", _("Requirements"), _("Quantity, months, priority and area; the same file can be imported.")),
        ("contributions", _("Contributions"), _("Terms and state on the day; the same file can be imported.")),
        ("history", _("History"), _("All terms, caveats and entries, the corrected ones too.")),
    ]
    context = {
        "members": _members(),
        "member": request.GET.get("member", ""),
        "lines": Line.choices,
        "languages": settings.LANGUAGES,
        "tables": tables,
        "formats": [(Format.XLSX.value, "Excel"), (Format.CSV.value, "CSV"), (Format.JSON.value, "JSON")],
        "may_import": bool(kinds_for(request.delegate)),
        **about_day(day_asked(request)),
    }
    return render(request, "commitments/exports/page.html", context)


@delegates_only
@require_safe
def export_table(request: DelegateRequest, what: str) -> HttpResponse:
    """Send requirements, contributions or their history as a table; a reading, so the record says nothing."""
    wanted = wanted_by(request)
    name = dict(_members()).get(wanted.member, "")
    tables = {
        "requirements": lambda: requirements_table(request.delegate, wanted),
        "contributions": lambda: contributions_table(request.delegate, wanted, name),
        "history": lambda: history_table(request.delegate, wanted, name),
    }
    if what not in tables:
        raise NothingToExport
    into = format_asked(request)
    if into is None:
        raise NothingToExport
    return table_answer(tables[what](), into, wanted.shown)


@delegates_only
@require_safe
def export_iati(request: DelegateRequest) -> HttpResponse:
    """Send contributions of money as IATI 2.03."""
    wanted = wanted_by(request)
    with translation.override("en"):
        content = iati_of(reporter(), activities_for(request.delegate, wanted), clock.now())
    return file_answer(content, "application/xml", f"iati-activities-{wanted.shown.isoformat()}.xml")


@delegates_only
@require_safe
def export_brief(request: DelegateRequest) -> HttpResponse:
    """Send a brief of a member, a line or the whole, as Word or PDF, in the language that is asked for."""
    wanted, into = wanted_by(request), request.GET.get("format", "")
    language = request.GET.get("language") or get_language() or "en"
    if into not in BRIEFS or language not in dict(settings.LANGUAGES):
        raise NothingToExport
    member = Member.objects.filter(pk=wanted.member).first() if wanted.member else None
    with translation.override(language):
        brief = brief_for(request.delegate, wanted, member)
    name = f"{slug(brief.title)[:60].strip('-')}-{wanted.shown.isoformat()}-{language}.{into}"
    return file_answer(_made(brief, into), BRIEFS[into], name)


def _made(brief: Brief, into: str) -> bytes:
    """Return the file; raises NoPango, ExportBusy, ExportTooLong."""
    if into == "docx":
        return brief_as_docx(brief)
    try:
        return brief_as_pdf(brief, fonts=settings.FRONTEND_DIST / "assets")
    except pdf.PdfFailed as error:
        raise FAILURES[type(error)] from error


def wanted_by(request: DelegateRequest) -> Wanted:
    """Return what is asked for; raises NothingToExport, BadDay."""
    line, member = request.GET.get("line", ""), request.GET.get("member", "")
    if (line and line not in Line.values) or (member and member not in dict(_members())):
        raise NothingToExport
    return Wanted(day_asked(request), Line(line) if line else "", member)


def _members() -> list[tuple[str, str]]:
    return sorted(((member.pk, member.name) for member in Member.objects.present()), key=lambda pair: pair[1])
