"""Incidents by day: calendar, comparison with the day and the week before, and the daily report as a file."""

from datetime import date

from django.conf import settings
from django.db.models import Max
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import translation
from django.views.decorators.http import require_safe

from concertation.core import clock
from concertation.core.days import FIRST_DAY, latest_day, past_day
from concertation.core.downloads import file_answer
from concertation.core.errors import BadDay
from concertation.core.http import DelegateRequest, delegates_only, render_page_or_partial
from concertation.core.pdf import making
from concertation.situation.forms.incidents import ChoiceForm
from concertation.situation.incidents.errors import NoReport, NoReportNow
from concertation.situation.incidents.files import STYLE, csv_of
from concertation.situation.models import Incident
from concertation.situation.queries.incident_days import ONE, Comparison, comparison_for, measures_of, month_for
from concertation.situation.queries.incidents import kinds
from concertation.situation.views.incidents import about_incidents, query_of


@require_safe
@delegates_only
def show_calendar(request: DelegateRequest) -> HttpResponse:
    """Show a month, day by day."""
    form = ChoiceForm(request.GET, kinds=list(kinds()))
    wanted = form.wanted()
    month = month_for(request.delegate, _month(request.GET.get("month", "")), wanted)
    context = {
        "form": form,
        "month": month,
        "query": query_of(request.GET),
        "latest": latest_day(),
        **about_incidents(request),
    }
    return render_page_or_partial(request, "situation/incidents/calendar.html", context, partial="calendar")


@require_safe
@delegates_only
def show_latest(request: DelegateRequest) -> HttpResponse:
    """Go to the last day of which the reader can read an incident, today without any."""
    rows = Incident.objects.visible_to(request.delegate).counted()
    day = rows.aggregate(last=Max("day"))["last"] or clock.now().date()
    return redirect("situation:incident_day", min(day, latest_day()).isoformat())


@require_safe
@delegates_only
def show_day(request: DelegateRequest, day: str) -> HttpResponse:
    """Show a day beside the day and the week before it."""
    asked = past_day(day)
    context = {**_compared(comparison_for(request.delegate, asked)), **about_incidents(request)}
    return render_page_or_partial(request, "situation/incidents/day.html", context, partial="day")


@require_safe
@delegates_only
def send_report(request: DelegateRequest, day: str) -> HttpResponse:
    """Send the daily report in `?format=` pdf or csv, the PDF in `?language=`; a reading, so the record is silent."""
    asked, wanted = past_day(day), request.GET.get("format", "pdf")
    language = request.GET.get("language", translation.get_language())
    if wanted not in {"pdf", "csv"} or language not in dict(settings.LANGUAGES):
        raise Http404
    with translation.override(language):
        comparison = comparison_for(request.delegate, asked)
        made = _pdf(request, comparison) if wanted == "pdf" else _csv(request, comparison)
    kind = "application/pdf" if wanted == "pdf" else "text/csv; charset=utf-8"
    return file_answer(made, kind, f"incidents-{asked.isoformat()}-{language}.{wanted}")


def _compared(comparison: Comparison) -> dict[str, object]:
    """Return what the page and the report of a day show."""
    day = comparison.day
    return {
        "comparison": comparison,
        "day": day,
        "before": day - ONE,
        "after": day + ONE if day < latest_day() else None,
        "measures": measures_of(comparison),
        "hidden": comparison.sums[0].hidden,
        "restricted": any(not one.is_for_all for one in comparison.incidents),
        "first_day": FIRST_DAY.isoformat(),
        "last_day": latest_day().isoformat(),
    }


def _pdf(request: DelegateRequest, comparison: Comparison) -> bytes:
    """Return the PDF; raises NoReport, NoReportNow."""
    page = render_to_string(
        "situation/incidents/report.html", {**_compared(comparison), "holder": request.delegate, "now": clock.now()}
    )
    try:
        return making.make_pdf(page, style=STYLE, fonts=settings.FRONTEND_DIST / "assets")
    except making.Busy as error:
        raise NoReportNow from error
    except making.PdfFailed as error:
        raise NoReport from error


def _csv(request: DelegateRequest, comparison: Comparison) -> bytes:
    """Return the incidents of the day as CSV."""
    member = request.delegate.member_id or "secretariat"
    return csv_of(comparison.incidents, holder=member, hidden=comparison.sums[0].hidden)


def _month(words: str) -> date:
    """Return the first day of the month that is asked for as 2025-07, by default of the present one."""
    if not words:
        return clock.now().date().replace(day=1)
    first = past_day(f"{words}-01") if len(words) == 7 else None
    if first is None:
        raise BadDay
    return first
