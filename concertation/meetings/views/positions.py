"""Before a meeting: the chair asks for positions, delegations answer, and the answers become items and a draft."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concertation.core.errors import DomainError, NotAllowed
from concertation.core.http import DelegateRequest, delegates_only, render_page_or_partial
from concertation.meetings import question_queries as queries
from concertation.meetings import rules
from concertation.meetings.domain.questions import (
    answer_question,
    ask_positions,
    draft_from_positions,
    put_question_on_agenda,
    withdraw_question,
)
from concertation.meetings.models import Meeting
from concertation.meetings.question_forms import AnswerForm, AskForm
from concertation.meetings.views.access import meeting_for

UNPROCESSABLE = 422


@require_safe
@delegates_only
def show_positions(request: DelegateRequest, meeting_id: UUID) -> HttpResponse:
    """Show what is asked before a meeting, and who is where."""
    return _page(request, meeting_for(request, meeting_id))


@require_POST
@delegates_only
def ask(request: DelegateRequest, meeting_id: UUID) -> HttpResponse:
    """Ask delegations for their positions."""
    meeting = meeting_for(request, meeting_id)
    if not rules.may_preside(request.delegate, meeting):
        raise NotAllowed
    form = AskForm(request.POST, meeting=meeting, questions=queries.questions_to_ask(request.delegate, meeting))
    if form.is_valid():
        try:
            ask_positions(by=request.delegate, meeting=meeting, questions=form.chosen(), due_at=form.due_at())
            return redirect("meetings:positions", meeting_id)
        except DomainError as error:
            form.add_error(None, str(error.message))
    return _page(request, meeting, form)


@require_http_methods(["GET", "HEAD", "POST"])
@delegates_only
def answer(request: DelegateRequest, meeting_id: UUID, asked_id: UUID) -> HttpResponse:
    """Say where the reader's delegation stands on a question."""
    meeting = meeting_for(request, meeting_id)
    asked = queries.asked_question(meeting, asked_id)
    if asked is None:
        raise Http404
    if not rules.abilities(request.delegate, meeting)["take_position"]:
        raise NotAllowed
    form = AnswerForm(request.POST or None, delegate=request.delegate)
    if form.is_valid():
        said, readers = form.position(), form.readers()
        try:
            answer_question(by=request.delegate, meeting=meeting, asked_id=asked_id, position=said, **readers)
            return redirect("meetings:positions", meeting_id)
        except DomainError as error:
            form.add_error(None, str(error.message))
    context = {"form": form, "meeting": meeting, "asked": asked, "question": asked.question}
    return render(request, "meetings/answer_position.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_POST
@delegates_only
def withdraw(request: DelegateRequest, meeting_id: UUID, asked_id: UUID) -> HttpResponse:
    """Ask no more about a question."""
    withdraw_question(by=request.delegate, meeting=meeting_for(request, meeting_id), asked_id=asked_id)
    return redirect("meetings:positions", meeting_id)


@require_POST
@delegates_only
def put_on_agenda(request: DelegateRequest, meeting_id: UUID, asked_id: UUID) -> HttpResponse:
    """Make an agenda item of a question."""
    put_question_on_agenda(by=request.delegate, meeting=meeting_for(request, meeting_id), asked_id=asked_id)
    return redirect("meetings:positions", meeting_id)


@require_POST
@delegates_only
def draft(request: DelegateRequest, meeting_id: UUID) -> HttpResponse:
    """Make the first draft of the questions."""
    text = draft_from_positions(by=request.delegate, meeting=meeting_for(request, meeting_id))
    return redirect("texts:show", text.pk)


def _page(request: DelegateRequest, meeting: Meeting, form: AskForm | None = None) -> HttpResponse:
    can = rules.abilities(request.delegate, meeting)
    rows = queries.asked_for(request.delegate, meeting)
    if form is None and can["ask_positions"] and not request.htmx:
        form = AskForm(meeting=meeting, questions=queries.questions_to_ask(request.delegate, meeting))
    context = {
        "meeting": meeting,
        "rows": rows,
        "can": can,
        "form": form,
        "can_draft": can["turn_positions"] and any(row.line.asked.text_id is None for row in rows),
    }
    status = UNPROCESSABLE if form and form.errors else 200
    return render_page_or_partial(request, "meetings/positions.html", context, partial="positions", status=status)
