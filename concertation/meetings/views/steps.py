"""The secretariat puts a step of pressure that is due on the agenda of a coming meeting."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from concertation.coalition.rules import check_manages
from concertation.core.errors import DomainError
from concertation.core.http import DelegateRequest, delegates_only
from concertation.meetings.domain.steps import table_step
from concertation.meetings.forms import StepForm
from concertation.pressure.errors import StepNotDue
from concertation.pressure.queries.steps import step_for

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@delegates_only
def table(request: DelegateRequest, step_id: UUID) -> HttpResponse:
    """Ask on which agenda, and put the step there."""
    check_manages(request.delegate.actor)
    line = step_for(request.delegate, step_id)
    if line is None:
        raise Http404
    if not line.may_be_tabled:
        raise StepNotDue
    form = StepForm(request.POST or None, reader=request.delegate)
    if form.is_valid():
        meeting, minutes = form.cleaned_data["meeting"], form.cleaned_data["minutes"]
        try:
            table_step(by=request.delegate, step_id=step_id, meeting=meeting, minutes=minutes)
            return redirect("meetings:agenda", meeting.pk)
        except DomainError as error:
            form.add_error(None, str(error.message))
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "meetings/table_step.html", {"form": form, "step": line.step}, status=status)
