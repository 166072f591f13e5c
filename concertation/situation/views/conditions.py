"""The pages of conditions, as they are now or were on a day."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concertation.core.days import about_day, day_asked, latest_day
from concertation.core.errors import DomainError, NotAllowed
from concertation.core.http import DelegateRequest, delegates_only, render_page_or_partial
from concertation.situation.domain.assessments import assess_condition, correct_assessment, record_finding
from concertation.situation.domain.conditions import (
    define_condition,
    reopen_condition,
    retire_condition,
    reword_condition,
)
from concertation.situation.errors import Retired
from concertation.situation.forms.conditions import AssessmentForm, ConditionForm
from concertation.situation.models import Assessment, Condition
from concertation.situation.queries import conditions as queries
from concertation.situation.rules import abilities, may_correct, may_define

UNPROCESSABLE = 422


@require_safe
@delegates_only
def show_conditions(request: DelegateRequest) -> HttpResponse:
    """Show the conditions with their state, now or on the day `?at=`."""
    at = day_asked(request)
    lines = queries.conditions_for(request.delegate, at or latest_day())
    context = {
        "open": [line for line in lines if line.condition.retired_at is None],
        "retired": [line for line in lines if line.condition.retired_at],
        "may_define": may_define(request.delegate),
        **about_day(at),
    }
    return render_page_or_partial(request, "situation/list.html", context, partial="conditions")


@require_safe
@delegates_only
def show_condition(request: DelegateRequest, condition_id: UUID) -> HttpResponse:
    """Show a condition: its wording, who said what of it when, and the form to assess it."""
    return _page(request, condition_id)


@require_http_methods(["GET", "HEAD", "POST"])
@delegates_only
def define(request: DelegateRequest) -> HttpResponse:
    """Define a condition."""
    if not may_define(request.delegate):
        raise NotAllowed
    form = ConditionForm(request.POST or None)
    if form.is_valid():
        try:
            condition = define_condition(by=request.delegate, **form.facts())
            return redirect("situation:condition", condition.pk)
        except DomainError as error:
            form.add_error(None, str(error.message))
    return render(request, "situation/edit.html", {"form": form}, status=UNPROCESSABLE if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@delegates_only
def reword(request: DelegateRequest, condition_id: UUID) -> HttpResponse:
    """Give a condition other words from now on."""
    condition = _condition(request, condition_id)
    if not may_define(request.delegate):
        raise NotAllowed
    if condition.retired_at:
        raise Retired
    form = ConditionForm(request.POST or None, wording=condition.wording)
    if form.is_valid():
        try:
            reword_condition(by=request.delegate, condition_id=condition_id, **form.facts())
            return redirect("situation:condition", condition_id)
        except DomainError as error:
            form.add_error(None, str(error.message))
    context = {"form": form, "condition": condition}
    return render(request, "situation/edit.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_POST
@delegates_only
def retire(request: DelegateRequest, condition_id: UUID) -> HttpResponse:
    """Retire a condition."""
    retire_condition(by=request.delegate, condition_id=condition_id, reason=request.POST.get("reason", ""))
    return redirect("situation:condition", condition_id)


@require_POST
@delegates_only
def reopen(request: DelegateRequest, condition_id: UUID) -> HttpResponse:
    """Take a retired condition up again."""
    reopen_condition(by=request.delegate, condition_id=condition_id)
    return redirect("situation:condition", condition_id)


@require_POST
@delegates_only
def assess(request: DelegateRequest, condition_id: UUID) -> HttpResponse:
    """Assess a condition for one's member, or record what the coalition finds."""
    condition = _condition(request, condition_id)
    can = abilities(request.delegate, condition)
    if condition.retired_at:
        raise Retired
    if not (can["assess"] or can["find"]):
        raise NotAllowed
    form = AssessmentForm(request.POST, delegate=request.delegate, can=can, condition=condition)
    if form.is_valid():
        try:
            _enter(request, condition_id, form)
            return redirect("situation:condition", condition_id)
        except DomainError as error:
            form.add_error(None, str(error.message))
    return _page(request, condition_id, form)


@require_http_methods(["GET", "HEAD", "POST"])
@delegates_only
def correct(request: DelegateRequest, assessment_id: UUID) -> HttpResponse:
    """Correct an assessment by another that takes its place."""
    old = _correctable(request, assessment_id)
    can = abilities(request.delegate, old.condition)
    form = AssessmentForm(
        request.POST or None, delegate=request.delegate, can=can, condition=old.condition, corrects=old
    )
    if form.is_valid():
        try:
            correct_assessment(by=request.delegate, assessment_id=old.pk, judgement=form.judgement(), **form.readers())
            return redirect("situation:condition", old.condition_id)
        except DomainError as error:
            form.add_error(None, str(error.message))
    context = {"form": form, "old": old, "condition": old.condition}
    return render(request, "situation/correct.html", context, status=UNPROCESSABLE if form.errors else 200)


def _page(request: DelegateRequest, condition_id: UUID, form: AssessmentForm | None = None) -> HttpResponse:
    """Show a condition; with the faults of `form`, where one was sent."""
    at = day_asked(request)
    sheet = queries.condition_for(request.delegate, condition_id, at or latest_day())
    if sheet is None:
        raise Http404
    condition = sheet.line.condition
    can = abilities(request.delegate, condition)
    if form is None and (can["assess"] or can["find"]) and not request.htmx:
        form = AssessmentForm(delegate=request.delegate, can=can, condition=condition)
    context = {"sheet": sheet, "line": sheet.line, "condition": condition, "can": can, "form": form, **about_day(at)}
    status = UNPROCESSABLE if form and form.errors else 200
    return render_page_or_partial(request, "situation/condition.html", context, partial="condition", status=status)


def _enter(request: DelegateRequest, condition_id: UUID, form: AssessmentForm) -> Assessment:
    """Enter what the form says."""
    by, judgement = request.delegate, form.judgement()
    if form.is_finding:
        return record_finding(by=by, condition_id=condition_id, judgement=judgement)
    return assess_condition(by=by, condition_id=condition_id, judgement=judgement, **form.readers())


def _condition(request: DelegateRequest, condition_id: UUID) -> Condition:
    """Return a condition that the delegate may read; raises Http404."""
    return get_object_or_404(Condition.objects.visible_to(request.delegate), pk=condition_id)


def _correctable(request: DelegateRequest, assessment_id: UUID) -> Assessment:
    """Return an assessment that the delegate may correct; raises Http404, NotAllowed, Retired."""
    old = queries.assessment_for(request.delegate, assessment_id)
    if old is None:
        raise Http404
    if not may_correct(request.delegate, old):
        raise NotAllowed
    if old.condition.retired_at:
        raise Retired
    return old
