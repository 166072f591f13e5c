"""The pages of incidents: what is chosen, as a map and as a list, and one incident with its history."""

from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.views.decorators.http import require_safe

from concertation.core.days import FIRST_DAY, latest_day, past_day
from concertation.core.http import DelegateRequest, delegates_only, render_page_or_partial
from concertation.situation.forms.incidents import (
    ChoiceForm,
    StepForm,
    attribution_findings,
    remedy_findings,
    verification_findings,
)
from concertation.situation.incidents.enums import Finding
from concertation.situation.incidents.grid import Window, window
from concertation.situation.incidents.report import Report
from concertation.situation.incidents.rules import incident_abilities, may_keep_catalogue, may_report
from concertation.situation.models import Incident
from concertation.situation.queries import incidents as queries
from concertation.situation.queries.editions import proof_of_row
from concertation.situation.queries.incident_map import map_for, within
from concertation.situation.queries.near import near_duplicates
from concertation.situation.queries.observation import denominator_for

UNPROCESSABLE = 422


@require_safe
@delegates_only
def show_incidents(request: DelegateRequest) -> HttpResponse:
    """Show the incidents of some days: totals, map, and list of what the map shows."""
    reader, form = request.delegate, ChoiceForm(request.GET, kinds=list(queries.kinds()))
    wanted, view, number = form.wanted(), view_of(request.GET), page_number(request.GET)
    sums = queries.sums_for(reader, wanted)
    sheet = map_for(reader, wanted, view, sums.box)
    rows = queries.chosen(reader, wanted)
    listed = queries.page_of(within(rows, sheet.window) if view else rows, number)
    context = {
        "form": form,
        "wanted": wanted,
        "sums": sums,
        "sheet": sheet,
        "has_view": view is not None,
        "incidents": listed[: queries.PER_PAGE],
        "page": number,
        "has_more": len(listed) > queries.PER_PAGE,
        "denominator": denominator_for(reader, wanted),
        "query": query_of(request.GET),
        **about_incidents(request),
    }
    return render_page_or_partial(request, "situation/incidents/list.html", context, partial="incidents")


@require_safe
@delegates_only
def show_incident(request: DelegateRequest, incident_id: UUID) -> HttpResponse:
    """Show an incident with its whole history, as it stands now or stood on the day `?at=`."""
    return incident_page(request, incident_id)


@require_safe
@delegates_only
def prove(request: DelegateRequest, incident_id: UUID, number: int) -> HttpResponse:
    """Send the proof that a row of an import stands in the record."""
    proof = proof_of_row(request.delegate, incident_id, number)
    if proof is None:
        raise Http404
    answer = JsonResponse(proof)
    answer["Content-Disposition"] = f'attachment; filename="incident-{number}-proof.json"'
    return answer


def incident_page(
    request: DelegateRequest, incident_id: UUID, faulty: StepForm | None = None, error: str = ""
) -> HttpResponse:
    """Show an incident; with the faults of the form `faulty`, or the `error` of an act, where one was refused."""
    at = day_asked(request.GET)
    history = queries.history_for(request.delegate, incident_id, at)
    if history is None:
        raise Http404
    can = incident_abilities(request.delegate, history.incident)
    context = {
        "history": history,
        "incident": history.incident,
        "account": history.account,
        "can": can,
        "forms": _forms(history.incident, can, faulty),
        "near": _near(request, history) if can["join"] else [],
        "error": error,
        "at": at,
        "first_day": FIRST_DAY.isoformat(),
        "last_day": latest_day().isoformat(),
    }
    status = UNPROCESSABLE if faulty or error else 200
    return render_page_or_partial(
        request, "situation/incidents/incident.html", context, partial="incident", status=status
    )


def _near(request: DelegateRequest, history: queries.History) -> list[object]:
    """Return the reports into which this one may be merged."""
    row = history.account
    report = Report(
        kind=row.kind_id,
        occurred_at=row.occurred_at,
        when_precision=row.when_precision,  # type: ignore[arg-type]
        latitude=row.latitude,
        longitude=row.longitude,
        where_precision=row.where_precision,  # type: ignore[arg-type]
    )
    besides = [history.incident.pk, *(one.pk for one in history.group)]
    return list(near_duplicates(request.delegate, report, besides=besides))


def _forms(incident: Incident, can: dict[str, bool], faulty: StepForm | None) -> dict[str, StepForm]:
    """Return the form of each stage in which the reader can take a step."""
    stages: dict[str, list[Finding]] = {
        "verify": verification_findings(incident) if can["verify"] else [],
        "attribute": attribution_findings(incident) if can["attribute"] else [],
        "remedy": remedy_findings(incident) if can["remedy"] else [],
    }
    made = {stage: StepForm(findings=findings) for stage, findings in stages.items() if findings}
    if faulty is not None:
        made.update({stage: faulty for stage, form in made.items() if form.auto_id == faulty.auto_id})
    return made


def view_of(asked: QueryDict) -> Window | None:
    """Return the window of the map that is asked for; None for all."""
    try:
        return window(*(float(asked.get(name, "")) for name in ("lat", "lon", "zoom")))
    except ValueError:
        return None


def page_number(asked: QueryDict) -> int:
    """Return which page of the list is asked for."""
    words = asked.get("page", "1")
    return max(1, int(words)) if words.isdecimal() and len(words) < 6 else 1


def query_of(asked: QueryDict) -> str:
    """Return what was chosen, without the window of the map and the page, as it continues in an address."""
    kept = QueryDict(mutable=True)
    for name in ("first", "last", "kind", "state"):
        if asked.get(name):
            kept[name] = asked.get(name, "")
    return kept.urlencode()


def day_asked(asked: QueryDict) -> date | None:
    """Return the day that `?at=` asks for, None for now; raises BadDay."""
    wanted = asked.get("at", "")
    return past_day(wanted) if wanted else None


def about_incidents(request: DelegateRequest) -> dict[str, bool]:
    """Return what the bar of the pages of incidents offers."""
    return {"may_report": may_report(request.delegate), "may_keep": may_keep_catalogue(request.delegate)}
