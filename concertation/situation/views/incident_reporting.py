"""Reporting an incident, after a look at what was reported already, and correcting a report."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from concertation.core.errors import DomainError, NotAllowed
from concertation.core.http import DelegateRequest, delegates_only
from concertation.situation.domain.incidents import correct_incident, report_incident
from concertation.situation.forms.incidents import ReportForm
from concertation.situation.incidents.report import checked
from concertation.situation.incidents.rules import may_report, may_tell
from concertation.situation.models import Incident
from concertation.situation.queries.near import Candidate, near_duplicates

UNPROCESSABLE = 422
NEW = "new"


@require_http_methods(["GET", "HEAD", "POST"])
@delegates_only
def report(request: DelegateRequest) -> HttpResponse:
    """Report an incident; what may be the same is offered first, and the answer comes as `same`."""
    if not may_report(request.delegate):
        raise NotAllowed
    form = ReportForm(request.POST or None, delegate=request.delegate)
    candidates: list[Candidate] = []
    if form.is_valid():
        try:
            candidates = [] if request.POST.get("same") else _candidates(request, form)
            if not candidates:
                return redirect("situation:incident", _report(request, form).pk)
        except DomainError as error:
            form.add_error(None, str(error.message))
    context = {"form": form, "candidates": candidates}
    return render(request, "situation/incidents/edit.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@delegates_only
def correct(request: DelegateRequest, incident_id: UUID) -> HttpResponse:
    """Correct a report by another account, which takes its place."""
    incident = Incident.objects.visible_to(request.delegate).filter(pk=incident_id).first()
    if incident is None:
        raise Http404
    if not may_tell(request.delegate, incident):
        raise NotAllowed
    account = incident.accounts.latest("number")
    form = ReportForm(request.POST or None, delegate=request.delegate, account=account)
    if form.is_valid():
        try:
            correct_incident(
                by=request.delegate,
                incident_id=incident.pk,
                report=form.report(),
                reason=form.cleaned_data["reason"],
                concerns=form.concern(),
            )
            return redirect("situation:incident", incident.pk)
        except DomainError as error:
            form.add_error(None, str(error.message))
    context = {"form": form, "incident": incident}
    return render(request, "situation/incidents/edit.html", context, status=UNPROCESSABLE if form.errors else 200)


def _candidates(request: DelegateRequest, form: ReportForm) -> list[Candidate]:
    """Return what may be the same incident; raises the errors of the report, so that they are told first."""
    return near_duplicates(request.delegate, checked(form.report()))


def _report(request: DelegateRequest, form: ReportForm) -> Incident:
    """Report what the form says, as a new incident or as another report of one."""
    same = request.POST.get("same", NEW)
    try:
        same_as = UUID(same) if same not in {"", NEW} else None
    except ValueError:
        raise Http404 from None
    return report_incident(
        by=request.delegate, report=form.report(), concerns=form.concern(), same_as=same_as, **form.readers()
    )
