"""The page of a measure, and the acts on it."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concertation.core.days import about_day, day_asked, latest_day
from concertation.core.errors import DomainError, NotAllowed
from concertation.core.http import DelegateRequest, delegates_only, render_page_or_partial
from concertation.pressure.domain.measures import define_measure, edit_measure, reopen_measure, retire_measure
from concertation.pressure.domain.statements import code_application, correct_statement, state_application
from concertation.pressure.errors import Retired
from concertation.pressure.forms.measures import MeasureForm, StatementForm
from concertation.pressure.models import Measure, Statement
from concertation.pressure.queries import measures as queries
from concertation.pressure.rules import abilities, may_correct, may_edit

UNPROCESSABLE = 422


@require_safe
@delegates_only
def show_measure(request: DelegateRequest, measure_id: UUID) -> HttpResponse:
    """Show a measure: what it is, who said what of it when, and the form to say more."""
    return _page(request, measure_id)


@require_http_methods(["GET", "HEAD", "POST"])
@delegates_only
def define(request: DelegateRequest) -> HttpResponse:
    """Enter a measure."""
    if not may_edit(request.delegate):
        raise NotAllowed
    form = MeasureForm(request.POST or None)
    if form.is_valid():
        try:
            return redirect("pressure:measure", define_measure(by=request.delegate, plan=form.plan()).pk)
        except DomainError as error:
            form.add_error(None, str(error.message))
    return render(request, "pressure/edit.html", {"form": form}, status=_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@delegates_only
def edit(request: DelegateRequest, measure_id: UUID) -> HttpResponse:
    """Change what a measure is."""
    measure = _measure(request, measure_id)
    if not may_edit(request.delegate):
        raise NotAllowed
    if measure.retired_at:
        raise Retired
    form = MeasureForm(request.POST or None, measure=measure)
    if form.is_valid():
        try:
            edit_measure(by=request.delegate, measure_id=measure_id, plan=form.plan())
            return redirect("pressure:measure", measure_id)
        except DomainError as error:
            form.add_error(None, str(error.message))
    return render(request, "pressure/edit.html", {"form": form, "measure": measure}, status=_status(form))


@require_POST
@delegates_only
def retire(request: DelegateRequest, measure_id: UUID) -> HttpResponse:
    """Retire a measure."""
    retire_measure(by=request.delegate, measure_id=measure_id, reason=request.POST.get("reason", ""))
    return redirect("pressure:measure", measure_id)


@require_POST
@delegates_only
def reopen(request: DelegateRequest, measure_id: UUID) -> HttpResponse:
    """Take a retired measure up again."""
    reopen_measure(by=request.delegate, measure_id=measure_id)
    return redirect("pressure:measure", measure_id)


@require_POST
@delegates_only
def state(request: DelegateRequest, measure_id: UUID) -> HttpResponse:
    """Say for one's member whether it applies a measure, or code what a public source says."""
    measure = _measure(request, measure_id)
    can = abilities(request.delegate, measure)
    if measure.retired_at:
        raise Retired
    if not (can["state"] or can["code"]):
        raise NotAllowed
    form = StatementForm(request.POST, delegate=request.delegate)
    if form.is_valid():
        try:
            _enter(request, measure_id, form)
            return redirect("pressure:measure", measure_id)
        except DomainError as error:
            form.add_error(None, str(error.message))
    return _page(request, measure_id, form)


@require_http_methods(["GET", "HEAD", "POST"])
@delegates_only
def correct(request: DelegateRequest, statement_id: UUID) -> HttpResponse:
    """Correct a statement by another that takes its place."""
    old = _correctable(request, statement_id)
    form = StatementForm(request.POST or None, delegate=request.delegate, corrects=old)
    if form.is_valid():
        try:
            correct_statement(by=request.delegate, statement_id=old.pk, word=form.word(), **form.readers())
            return redirect("pressure:measure", old.measure_id)
        except DomainError as error:
            form.add_error(None, str(error.message))
    context = {"form": form, "old": old, "measure": old.measure}
    return render(request, "pressure/correct.html", context, status=_status(form))


def _page(request: DelegateRequest, measure_id: UUID, form: StatementForm | None = None) -> HttpResponse:
    """Show a measure; with the faults of `form`, where one was sent."""
    at = day_asked(request)
    sheet = queries.measure_for(request.delegate, measure_id, at or latest_day())
    if sheet is None:
        raise Http404
    measure = sheet.row.measure
    can = abilities(request.delegate, measure)
    if form is None and (can["state"] or can["code"]) and not request.htmx:
        form = StatementForm(delegate=request.delegate)
    context = {"sheet": sheet, "row": sheet.row, "measure": measure, "can": can, "form": form, **about_day(at)}
    status = _status(form) if form else 200
    return render_page_or_partial(request, "pressure/measure.html", context, partial="measure", status=status)


def _enter(request: DelegateRequest, measure_id: UUID, form: StatementForm) -> Statement:
    """Enter what the form says."""
    by, word = request.delegate, form.word()
    if form.is_coding:
        return code_application(by=by, measure_id=measure_id, word=word, member=form.cleaned_data["member"])
    return state_application(by=by, measure_id=measure_id, word=word, **form.readers())


def _measure(request: DelegateRequest, measure_id: UUID) -> Measure:
    """Return a measure that the delegate may read; raises Http404."""
    return get_object_or_404(Measure.objects.visible_to(request.delegate), pk=measure_id)


def _correctable(request: DelegateRequest, statement_id: UUID) -> Statement:
    """Return a statement that the delegate may correct; raises Http404, NotAllowed, Retired."""
    old = queries.statement_for(request.delegate, statement_id)
    if old is None:
        raise Http404
    if not may_correct(request.delegate, old):
        raise NotAllowed
    if old.measure.retired_at:
        raise Retired
    return old


def _status(form: StatementForm | MeasureForm) -> int:
    return UNPROCESSABLE if form.errors else 200
