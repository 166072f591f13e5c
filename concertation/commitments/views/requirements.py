"""The pages of requirements, of the catalogue and of the rates."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concertation.commitments.domain.catalogue import (
    Quote,
    change_capability,
    define_capability,
    enter_rates,
    retire_capability,
    take_usual_catalogue,
)
from concertation.commitments.domain.requirements import drop_requirement, revise_requirement, state_requirement
from concertation.commitments.enums import Domain
from concertation.commitments.errors import Dropped
from concertation.commitments.forms.requirements import CapabilityForm, RateForm, RequirementForm
from concertation.commitments.models import Capability
from concertation.commitments.models.catalogue import BASE
from concertation.commitments.queries.rates import rates_at
from concertation.commitments.queries.requirements import known_places, requirement_for
from concertation.commitments.rules import may_offer, may_require
from concertation.commitments.views.answers import accepted, status_of
from concertation.core.days import latest_day
from concertation.core.errors import NotAllowed
from concertation.core.http import DelegateRequest, delegates_only, render_page_or_partial


@require_safe
@delegates_only
def show_requirement(request: DelegateRequest, requirement_id: UUID) -> HttpResponse:
    """Show a requirement, its revisions and what is offered for it."""
    sheet = requirement_for(request.delegate, requirement_id)
    if sheet is None:
        raise Http404
    can = {"require": may_require(request.delegate), "offer": may_offer(request.delegate)}
    context = {"sheet": sheet, "can": can}
    return render_page_or_partial(request, "commitments/requirement.html", context, partial="requirement")


@require_http_methods(["GET", "HEAD", "POST"])
@delegates_only
def require(request: DelegateRequest) -> HttpResponse:
    """State a requirement."""
    if not may_require(request.delegate):
        raise NotAllowed
    form = RequirementForm(request.POST or None)
    if request.method == "POST" and accepted(
        form,
        lambda: state_requirement(by=request.delegate, need=form.need(), valid_from=form.cleaned_data["valid_from"]),
    ):
        return redirect("commitments:coverage")
    context = {"form": form, **known_places()}
    return render(request, "commitments/edit_requirement.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@delegates_only
def revise(request: DelegateRequest, requirement_id: UUID) -> HttpResponse:
    """Revise a requirement."""
    sheet = requirement_for(request.delegate, requirement_id)
    if sheet is None:
        raise Http404
    if not may_require(request.delegate):
        raise NotAllowed
    if sheet.revision.is_dropped:
        raise Dropped
    form = RequirementForm(request.POST or None, revision=sheet.revision)
    if request.method == "POST" and accepted(
        form,
        lambda: revise_requirement(
            by=request.delegate,
            requirement_id=requirement_id,
            need=form.need(),
            valid_from=form.cleaned_data["valid_from"],
            reason=form.cleaned_data["reason"],
        ),
    ):
        return redirect("commitments:requirement", requirement_id)
    context = {"form": form, "requirement": sheet.requirement, **known_places()}
    return render(request, "commitments/edit_requirement.html", context, status=status_of(form))


@require_POST
@delegates_only
def drop(request: DelegateRequest, requirement_id: UUID) -> HttpResponse:
    """Drop a requirement, or accept its gap."""
    drop_requirement(by=request.delegate, requirement_id=requirement_id, reason=request.POST.get("reason", ""))
    return redirect("commitments:requirement", requirement_id)


@require_safe
@delegates_only
def show_catalogue(request: DelegateRequest) -> HttpResponse:
    """Show the capabilities by domain, and the rates of exchange."""
    return _catalogue(request, RateForm())


@require_POST
@delegates_only
def take_usual(request: DelegateRequest) -> HttpResponse:
    """Begin with the usual catalogue."""
    take_usual_catalogue(by=request.delegate)
    return redirect("commitments:catalogue")


@require_POST
@delegates_only
def enter_rate(request: DelegateRequest) -> HttpResponse:
    """Enter a rate of exchange."""
    if not may_require(request.delegate):
        raise NotAllowed
    form = RateForm(request.POST)

    def act() -> None:
        data = form.cleaned_data
        quote = Quote(data["currency"].upper(), data["day"], data["per_euro"])
        enter_rates(by=request.delegate, quotes=[quote], source=data["source"])

    return redirect("commitments:catalogue") if accepted(form, act) else _catalogue(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@delegates_only
def define(request: DelegateRequest) -> HttpResponse:
    """Add a capability to the catalogue."""
    if not may_require(request.delegate):
        raise NotAllowed
    form = CapabilityForm(request.POST or None)
    if request.method == "POST" and accepted(form, lambda: define_capability(by=request.delegate, **form.facts())):
        return redirect("commitments:catalogue")
    return render(request, "commitments/edit_capability.html", {"form": form}, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@delegates_only
def change(request: DelegateRequest, code: str) -> HttpResponse:
    """Change the words or the domain of a capability."""
    if not may_require(request.delegate):
        raise NotAllowed
    capability = get_object_or_404(Capability, pk=code)
    form = CapabilityForm(request.POST or None, capability=capability)
    if request.method == "POST" and accepted(form, lambda: change_capability(by=request.delegate, **form.facts())):
        return redirect("commitments:catalogue")
    context = {"form": form, "capability": capability}
    return render(request, "commitments/edit_capability.html", context, status=status_of(form))


@require_POST
@delegates_only
def retire(request: DelegateRequest, code: str) -> HttpResponse:
    """Offer a capability for choice no more."""
    retire_capability(by=request.delegate, code=code)
    return redirect("commitments:catalogue")


def _catalogue(request: DelegateRequest, form: RateForm) -> HttpResponse:
    """Show the catalogue; with the faults of `form`, where one was sent."""
    everything = list(Capability.objects.all())
    groups = [(domain.label, [one for one in everything if one.domain == domain]) for domain in Domain]
    context = {
        "groups": [(label, capabilities) for label, capabilities in groups if capabilities],
        "rates": rates_at(latest_day()),
        "base": BASE,
        "form": form,
        "may_require": may_require(request.delegate),
    }
    return render_page_or_partial(
        request, "commitments/catalogue.html", context, partial="catalogue", status=status_of(form)
    )
