"""The acts on one incident: each takes a step, merges, parts or opens it, and shows the incident again."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from concertation.core.errors import DomainError, NotAllowed
from concertation.core.http import DelegateRequest, delegates_only
from concertation.situation.domain.incident_joins import merge_incident, part_incident
from concertation.situation.domain.incident_steps import attribute_incident, decide_remedy, verify_incident
from concertation.situation.domain.incidents import share_incident
from concertation.situation.forms.incidents import (
    StepForm,
    attribution_findings,
    remedy_findings,
    verification_findings,
)
from concertation.situation.incidents.enums import Finding
from concertation.situation.incidents.errors import NoSuchIncident
from concertation.situation.incidents.rules import may_decide, may_verify
from concertation.situation.models import Incident
from concertation.situation.views.incidents import incident_page


@require_POST
@delegates_only
def verify(request: DelegateRequest, incident_id: UUID) -> HttpResponse:
    """Say whether a report is verified."""
    incident = _incident(request, incident_id)
    if not may_verify(request.delegate, incident):
        raise NotAllowed
    return _step(request, incident, verification_findings(incident), verify_incident)


@require_POST
@delegates_only
def attribute(request: DelegateRequest, incident_id: UUID) -> HttpResponse:
    """Record to whom an incident is attributed."""
    incident = _incident(request, incident_id)
    if not may_decide(request.delegate):
        raise NotAllowed
    return _step(request, incident, attribution_findings(incident), attribute_incident)


@require_POST
@delegates_only
def remedy(request: DelegateRequest, incident_id: UUID) -> HttpResponse:
    """Record the remedy that the coalition decided."""
    incident = _incident(request, incident_id)
    if not may_decide(request.delegate):
        raise NotAllowed
    return _step(request, incident, remedy_findings(incident), decide_remedy)


@require_POST
@delegates_only
def share(request: DelegateRequest, incident_id: UUID) -> HttpResponse:
    """Open an incident to the whole coalition."""
    share_incident(by=request.delegate, incident_id=incident_id)
    return redirect("situation:incident", incident_id)


@require_POST
@delegates_only
def merge(request: DelegateRequest, incident_id: UUID) -> HttpResponse:
    """Merge a report into another of the same incident, which is known by its identifier or its address."""
    incident = _incident(request, incident_id)
    try:
        into = _identifier(request.POST.get("into", ""))
        merge_incident(
            by=request.delegate, incident_id=incident.pk, into_id=into, reason=request.POST.get("reason", "")
        )
    except NotAllowed:
        raise
    except DomainError as error:
        return incident_page(request, incident_id, error=str(error.message))
    return redirect("situation:incident", incident_id)


@require_POST
@delegates_only
def part(request: DelegateRequest, incident_id: UUID) -> HttpResponse:
    """Part a report from the one that it was merged into."""
    part_incident(by=request.delegate, incident_id=incident_id, reason=request.POST.get("reason", ""))
    return redirect("situation:incident", incident_id)


def _step(
    request: DelegateRequest, incident: Incident, findings: list[Finding], act: Callable[..., object]
) -> HttpResponse:
    """Take a step by the form that was sent."""
    form = StepForm(request.POST, findings=findings)
    if form.is_valid():
        try:
            act(by=request.delegate, incident_id=incident.pk, **form.step())
            return redirect("situation:incident", incident.pk)
        except DomainError as error:
            form.add_error(None, str(error.message))
            return incident_page(request, incident.pk, form, error=str(error.message))
    return incident_page(request, incident.pk, form)


def _incident(request: DelegateRequest, incident_id: UUID) -> Incident:
    """Return an incident that the delegate may read; raises Http404."""
    incident = Incident.objects.visible_to(request.delegate).filter(pk=incident_id).first()
    if incident is None:
        raise Http404
    return incident


def _identifier(words: str) -> UUID:
    """Return the identifier in what was sent, an address included; raises NoSuchIncident."""
    try:
        return UUID(words.strip().rstrip("/").rpartition("/")[2])
    except ValueError:
        raise NoSuchIncident from None
