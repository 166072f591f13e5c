"""Steps: what is to be proposed when, and what people did with it."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concertation.core.errors import DomainError, NotAllowed
from concertation.core.http import DelegateRequest, delegates_only, render_page_or_partial
from concertation.pressure.agendas import pages_for
from concertation.pressure.domain.steps import edit_step, note_step_taken, plan_step
from concertation.pressure.enums import Outcome
from concertation.pressure.errors import StepSettled
from concertation.pressure.forms.steps import StepForm
from concertation.pressure.models import StepNote
from concertation.pressure.queries.steps import StepLine, step_for, steps_for
from concertation.pressure.rules import may_edit, may_table

UNPROCESSABLE = 422


@require_safe
@delegates_only
def show_steps(request: DelegateRequest) -> HttpResponse:
    """Show the steps, those that are due first."""
    order = ["due", "tabled", "waiting", "done", "dismissed"]
    lines = sorted(steps_for(request.delegate), key=lambda line: order.index(line.state))
    context = {"lines": lines, "may_edit": may_edit(request.delegate)}
    return render_page_or_partial(request, "pressure/steps.html", context, partial="steps")


@require_safe
@delegates_only
def show_step(request: DelegateRequest, step_id: UUID) -> HttpResponse:
    """Show a step: for what it waits, its draft decision, and what was done with it."""
    line = step_for(request.delegate, step_id)
    if line is None:
        raise Http404
    is_open = line.step.settled_at is None
    can = {
        "edit": is_open and may_edit(request.delegate),
        "settle": is_open and may_edit(request.delegate),
        "table": line.may_be_tabled and may_table(request.delegate),
    }
    context = {"line": line, "step": line.step, "can": can, "notes": _notes(request, line)}
    return render_page_or_partial(request, "pressure/step.html", context, partial="step")


def _notes(request: DelegateRequest, line: StepLine) -> list[tuple[StepNote, str]]:
    """Return what was done with a step, each with the page of its meeting, if the reader may see that."""
    notes = list(line.step.notes.all())
    pages = pages_for(request.delegate, {note.meeting for note in notes if note.meeting})
    return [(note, pages.get(note.meeting, "") if note.meeting else "") for note in notes]


@require_http_methods(["GET", "HEAD", "POST"])
@delegates_only
def plan(request: DelegateRequest) -> HttpResponse:
    """Plan a step; `?package=` chooses its package."""
    if not may_edit(request.delegate):
        raise NotAllowed
    initial = {"package": request.GET.get("package", ""), "trigger": "unless"}
    form = StepForm(request.POST or None, reader=request.delegate, initial=initial)
    if form.is_valid():
        try:
            return redirect("pressure:step", plan_step(by=request.delegate, plan=form.plan()).pk)
        except DomainError as error:
            form.add_error(None, str(error.message))
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "pressure/edit_step.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@delegates_only
def edit(request: DelegateRequest, step_id: UUID) -> HttpResponse:
    """Change a step."""
    line = step_for(request.delegate, step_id)
    if line is None:
        raise Http404
    if not may_edit(request.delegate):
        raise NotAllowed
    if line.step.settled_at:
        raise StepSettled
    form = StepForm(request.POST or None, reader=request.delegate, step=line.step)
    if form.is_valid():
        try:
            edit_step(by=request.delegate, step_id=step_id, plan=form.plan())
            return redirect("pressure:step", step_id)
        except DomainError as error:
            form.add_error(None, str(error.message))
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "pressure/edit_step.html", {"form": form, "step": line.step}, status=status)


@require_POST
@delegates_only
def dismiss(request: DelegateRequest, step_id: UUID) -> HttpResponse:
    """Dismiss a step with a reason."""
    reason = request.POST.get("reason", "")
    note_step_taken(by=request.delegate, step_id=step_id, outcome=Outcome.DISMISSED, reason=reason)
    return redirect("pressure:step", step_id)


@require_POST
@delegates_only
def settle(request: DelegateRequest, step_id: UUID) -> HttpResponse:
    """Mark a step as done."""
    reason = request.POST.get("reason", "")
    note_step_taken(by=request.delegate, step_id=step_id, outcome=Outcome.DONE, reason=reason)
    return redirect("pressure:step", step_id)
