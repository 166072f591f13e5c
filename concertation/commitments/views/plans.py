"""The pages of scenarios and plans."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concertation.coalition.rules import is_chair
from concertation.commitments.domain.plans import (
    LIMITS,
    cancel_run,
    change_scenario,
    confirm_part,
    decline_part,
    define_scenario,
    propose_plan,
    start_run,
)
from concertation.commitments.errors import BadLimit
from concertation.commitments.exports import plans as tables
from concertation.commitments.forms.plans import RunForm, ScenarioForm
from concertation.commitments.models import PlanRun, PlanScenario
from concertation.commitments.queries import plans as queries
from concertation.commitments.rules import plan_abilities
from concertation.core.days import latest_day
from concertation.core.downloads import format_asked, table_answer
from concertation.core.errors import DomainError, NotAllowed
from concertation.core.http import DelegateRequest, delegates_only, render_page_or_partial

UNPROCESSABLE = 422


@require_safe
@delegates_only
def show_plans(request: DelegateRequest) -> HttpResponse:
    """Show the scenarios, each with its last plan."""
    context = {"scenarios": queries.scenarios_for(request.delegate), "may_plan": is_chair(request.delegate)}
    return render_page_or_partial(request, "commitments/plan/list.html", context, partial="plans")


@require_safe
@delegates_only
def compare(request: DelegateRequest) -> HttpResponse:
    """Show the last plans of the scenarios `?scenario=` side by side; with `?format=` as a file."""
    comparison = queries.Comparison(queries.compared(request.delegate, _asked(request)))
    if wanted := format_asked(request):
        return table_answer(tables.comparison_table(comparison), wanted, latest_day())
    return render(request, "commitments/plan/compare.html", {"comparison": comparison})


@require_http_methods(["GET", "HEAD", "POST"])
@delegates_only
def define(request: DelegateRequest) -> HttpResponse:
    """Name a scenario."""
    if not is_chair(request.delegate):
        raise NotAllowed
    form = ScenarioForm(request.POST or None, reader=request.delegate)
    if form.is_valid():
        try:
            scenario = define_scenario(by=request.delegate, assumed=form.assumed())
            return redirect("commitments:plan_scenario", scenario.pk)
        except DomainError as error:
            form.add_error(None, str(error.message))
    return _edit(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@delegates_only
def change(request: DelegateRequest, scenario_id: UUID) -> HttpResponse:
    """Let a scenario assume something else."""
    scenario, _runs = _scenario(request, scenario_id)
    if not is_chair(request.delegate):
        raise NotAllowed
    form = ScenarioForm(request.POST or None, reader=request.delegate, scenario=scenario)
    if form.is_valid():
        try:
            change_scenario(by=request.delegate, scenario_id=scenario_id, assumed=form.assumed())
            return redirect("commitments:plan_scenario", scenario_id)
        except DomainError as error:
            form.add_error(None, str(error.message))
    return _edit(request, form, scenario)


@require_safe
@delegates_only
def show_scenario(request: DelegateRequest, scenario_id: UUID) -> HttpResponse:
    """Show what a scenario takes for granted, its runs, and the form to plan it."""
    scenario, runs = _scenario(request, scenario_id)
    context = {
        "scenario": scenario,
        "runs": runs,
        "conditions": queries.assumed_conditions(request.delegate, scenario),
        "may_plan": is_chair(request.delegate),
        "form": RunForm(),
    }
    return render_page_or_partial(request, "commitments/plan/scenario.html", context, partial="runs")


@require_POST
@delegates_only
def start(request: DelegateRequest, scenario_id: UUID) -> HttpResponse:
    """Have a scenario planned, and go where the plan appears."""
    limit, restricted = request.POST.get("limit", str(LIMITS[1])), "restricted" in request.POST
    if not limit.isdecimal():
        raise BadLimit
    run = start_run(by=request.delegate, scenario_id=scenario_id, limit=int(limit), with_restricted=restricted)
    return redirect("commitments:plan_run", run.pk)


@require_safe
@delegates_only
def show_run(request: DelegateRequest, run_id: UUID) -> HttpResponse:
    """Show a plan: what it covers, what would close its gaps, and what members say; with `?format=` as a file."""
    sheet = _sheet(request, run_id)
    if wanted := format_asked(request):
        return table_answer(tables.gaps_table(sheet), wanted, sheet.run.asked_at.date())
    return render_page_or_partial(request, "commitments/plan/run.html", _page(request, sheet), partial="plan")


@require_safe
@delegates_only
def show_services(request: DelegateRequest, run_id: UUID) -> HttpResponse:
    """Show who serves what when; with `?format=` as a file."""
    sheet = _sheet(request, run_id)
    if wanted := format_asked(request):
        return table_answer(tables.services_table(sheet), wanted, sheet.run.asked_at.date())
    return render(request, "commitments/plan/services.html", _page(request, sheet))


@require_POST
@delegates_only
def cancel(request: DelegateRequest, run_id: UUID) -> HttpResponse:
    """Stop a run."""
    cancel_run(by=request.delegate, run_id=run_id)
    return redirect("commitments:plan_run", run_id)


@require_POST
@delegates_only
def propose(request: DelegateRequest, run_id: UUID) -> HttpResponse:
    """Put a plan to the members that serve in it."""
    propose_plan(by=request.delegate, run_id=run_id)
    return redirect("commitments:plan_run", run_id)


@require_POST
@delegates_only
def confirm(request: DelegateRequest, run_id: UUID) -> HttpResponse:
    """Confirm one's part."""
    confirm_part(by=request.delegate, run_id=run_id)
    return redirect("commitments:plan_run", run_id)


@require_POST
@delegates_only
def decline(request: DelegateRequest, run_id: UUID) -> HttpResponse:
    """Decline one's part."""
    decline_part(by=request.delegate, run_id=run_id, reason=request.POST.get("reason", ""))
    return redirect("commitments:plan_run", run_id)


def _sheet(request: DelegateRequest, run_id: UUID) -> queries.Sheet:
    """Return a run that the reader may read; raises Http404."""
    sheet = queries.run_for(request.delegate, run_id)
    if sheet is None:
        raise Http404
    return sheet


def _page(request: DelegateRequest, sheet: queries.Sheet) -> dict[str, object]:
    """Return what a page of a run shows."""
    serves = bool(sheet.plan and (sheet.plan.tours or sheet.plan.shares))
    return {
        "sheet": sheet,
        "run": sheet.run,
        "can": plan_abilities(request.delegate, sheet.run, serves),
        "own": request.delegate.member_id,
    }


def _edit(request: DelegateRequest, form: ScenarioForm, scenario: PlanScenario | None) -> HttpResponse:
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "commitments/plan/edit.html", {"form": form, "scenario": scenario}, status=status)


def _scenario(request: DelegateRequest, scenario_id: UUID) -> tuple[PlanScenario, list[PlanRun]]:
    """Return a scenario and its runs; raises Http404."""
    found = queries.scenario_for(request.delegate, scenario_id)
    if found is None:
        raise Http404
    return found


def _asked(request: DelegateRequest) -> list[UUID]:
    """Return the scenarios that are to be compared; what is no identifier is none of them."""
    found = []
    for word in request.GET.getlist("scenario"):
        try:
            found.append(UUID(word))
        except ValueError:
            raise Http404 from None
    return found
