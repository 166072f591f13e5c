"""The pages of questions and positions, as they are now or were on a day."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concertation.core.days import about_day, day_asked, latest_day
from concertation.core.errors import DomainError, NotAllowed
from concertation.core.http import DelegateRequest, delegates_only, render_page_or_partial
from concertation.situation.domain.counterparts import change_counterpart, list_counterpart
from concertation.situation.domain.questions import close_question, pose_question, reopen_question, reword_question
from concertation.situation.domain.statements import correct_statement, state_position
from concertation.situation.errors import QuestionClosed
from concertation.situation.forms.positions import CounterpartForm, PositionForm, QuestionForm, StatementForm
from concertation.situation.models import Counterpart, Question, Statement
from concertation.situation.queries import positions as queries
from concertation.situation.rules import may_correct_statement, may_define, question_abilities

UNPROCESSABLE = 422


@require_safe
@delegates_only
def show_positions(request: DelegateRequest) -> HttpResponse:
    """Show who stands where on every question, now or on the day `?at=`."""
    at = day_asked(request)
    matrix = queries.matrix_for(request.delegate, at or latest_day())
    context = {"matrix": matrix, "may_define": may_define(request.delegate), **about_day(at)}
    return render_page_or_partial(request, "situation/positions.html", context, partial="positions")


@require_safe
@delegates_only
def show_question(request: DelegateRequest, question_id: UUID) -> HttpResponse:
    """Show a question: its wording, who said what when, and the form to take a position."""
    return _page(request, question_id)


@require_http_methods(["GET", "HEAD", "POST"])
@delegates_only
def pose(request: DelegateRequest) -> HttpResponse:
    """Pose a question."""
    if not may_define(request.delegate):
        raise NotAllowed
    form = QuestionForm(request.POST or None)
    if form.is_valid():
        try:
            question = pose_question(by=request.delegate, **form.facts())
            return redirect("situation:question", question.pk)
        except DomainError as error:
            form.add_error(None, str(error.message))
    return render(request, "situation/question_edit.html", {"form": form}, status=_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@delegates_only
def reword(request: DelegateRequest, question_id: UUID) -> HttpResponse:
    """Give a question other words from now on."""
    question = _question(request, question_id)
    if not may_define(request.delegate):
        raise NotAllowed
    if question.closed_at:
        raise QuestionClosed
    form = QuestionForm(request.POST or None, wording=question.wording)
    if form.is_valid():
        try:
            reword_question(by=request.delegate, question_id=question_id, **form.facts())
            return redirect("situation:question", question_id)
        except DomainError as error:
            form.add_error(None, str(error.message))
    context = {"form": form, "question": question}
    return render(request, "situation/question_edit.html", context, status=_status(form))


@require_POST
@delegates_only
def close(request: DelegateRequest, question_id: UUID) -> HttpResponse:
    """Close a question."""
    close_question(by=request.delegate, question_id=question_id, reason=request.POST.get("reason", ""))
    return redirect("situation:question", question_id)


@require_POST
@delegates_only
def reopen(request: DelegateRequest, question_id: UUID) -> HttpResponse:
    """Take a closed question up again."""
    reopen_question(by=request.delegate, question_id=question_id)
    return redirect("situation:question", question_id)


@require_POST
@delegates_only
def state(request: DelegateRequest, question_id: UUID) -> HttpResponse:
    """Enter where somebody stands."""
    can = question_abilities(request.delegate, _question(request, question_id))
    if not can["state"]:
        raise NotAllowed
    form = StatementForm(request.POST, delegate=request.delegate)
    if form.is_valid():
        try:
            said, readers = form.position(), form.readers()
            state_position(by=request.delegate, question_id=question_id, position=said, **form.speaker(), **readers)
            return redirect("situation:question", question_id)
        except DomainError as error:
            form.add_error(None, str(error.message))
    return _page(request, question_id, form)


@require_http_methods(["GET", "HEAD", "POST"])
@delegates_only
def correct(request: DelegateRequest, statement_id: UUID) -> HttpResponse:
    """Correct a statement by another that takes its place."""
    old = _correctable(request, statement_id)
    form = PositionForm(request.POST or None, delegate=request.delegate, corrects=old)
    if form.is_valid():
        try:
            said, readers = form.position(), form.readers()
            correct_statement(by=request.delegate, statement_id=old.pk, position=said, **readers)
            return redirect("situation:question", old.question_id)
        except DomainError as error:
            form.add_error(None, str(error.message))
    context = {"form": form, "old": old, "question": old.question}
    return render(request, "situation/statement_correct.html", context, status=_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@delegates_only
def add_actor(request: DelegateRequest) -> HttpResponse:
    """List somebody outside the coalition."""
    if not may_define(request.delegate):
        raise NotAllowed
    form = CounterpartForm(request.POST or None)
    if form.is_valid():
        try:
            list_counterpart(by=request.delegate, **form.facts())
            return redirect("situation:positions")
        except DomainError as error:
            form.add_error(None, str(error.message))
    return render(request, "situation/actor_edit.html", {"form": form}, status=_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@delegates_only
def change_actor(request: DelegateRequest, counterpart_id: UUID) -> HttpResponse:
    """Correct name, kind or country of somebody outside."""
    row = get_object_or_404(Counterpart.objects.visible_to(request.delegate), pk=counterpart_id)
    if not may_define(request.delegate):
        raise NotAllowed
    form = CounterpartForm(request.POST or None, row=row)
    if form.is_valid():
        try:
            change_counterpart(by=request.delegate, counterpart_id=row.pk, **form.facts())
            return redirect("situation:positions")
        except DomainError as error:
            form.add_error(None, str(error.message))
    return render(request, "situation/actor_edit.html", {"form": form, "row": row}, status=_status(form))


def _page(request: DelegateRequest, question_id: UUID, form: StatementForm | None = None) -> HttpResponse:
    """Show a question; with the faults of `form`, where one was sent."""
    at = day_asked(request)
    sheet = queries.question_for(request.delegate, question_id, at or latest_day())
    if sheet is None:
        raise Http404
    question = sheet.line.question
    can = question_abilities(request.delegate, question)
    if form is None and can["state"] and not request.htmx:
        form = StatementForm(delegate=request.delegate)
    context = {"sheet": sheet, "line": sheet.line, "question": question, "can": can, "form": form, **about_day(at)}
    status = _status(form) if form else 200
    return render_page_or_partial(request, "situation/question.html", context, partial="question", status=status)


def _question(request: DelegateRequest, question_id: UUID) -> Question:
    """Return a question that the delegate may read; raises Http404."""
    return get_object_or_404(Question.objects.visible_to(request.delegate), pk=question_id)


def _correctable(request: DelegateRequest, statement_id: UUID) -> Statement:
    """Return a statement that the delegate may correct; raises Http404, NotAllowed, QuestionClosed."""
    old = queries.statement_for(request.delegate, statement_id)
    if old is None:
        raise Http404
    if not may_correct_statement(request.delegate, old):
        raise NotAllowed
    if old.question.closed_at:
        raise QuestionClosed
    return old


def _status(form: QuestionForm | CounterpartForm | PositionForm) -> int:
    return UNPROCESSABLE if form.errors else 200
