"""The secretariat writes the agenda, item by item."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from concertation.coalition.rules import check_manages
from concertation.core.errors import InvalidInput
from concertation.core.http import DelegateRequest, delegates_only, render_page_or_partial
from concertation.meetings import queries
from concertation.meetings.domain.agenda import add_item, change_item, move_item, remove_item
from concertation.meetings.forms import ItemForm
from concertation.meetings.models import AgendaItem, Meeting
from concertation.meetings.rules import abilities
from concertation.meetings.views.access import meeting_for

UNPROCESSABLE = 422


@require_safe
@delegates_only
def edit_agenda(request: DelegateRequest, meeting_id: UUID) -> HttpResponse:
    """Show the agenda with what can be done to it; `?item=` opens one item for changing."""
    meeting = meeting_for(request, meeting_id)
    check_manages(request.delegate.actor)
    chosen = request.GET.get("item", "")
    item = next((item for item in queries.agenda_of(meeting) if str(item.pk) == chosen), None)
    return _agenda(request, meeting, item=item, form=ItemForm(item=item, members=queries.leads_of(meeting)))


@require_POST
@delegates_only
def add(request: DelegateRequest, meeting_id: UUID) -> HttpResponse:
    """Put an item at the end."""
    meeting = meeting_for(request, meeting_id)
    form = ItemForm(request.POST, members=queries.leads_of(meeting))
    if form.is_valid():
        try:
            add_item(by=request.delegate.actor, meeting=meeting, plan=form.plan())
            return _back(request, meeting)
        except InvalidInput as error:
            form.add_error(None, str(error.message))
    check_manages(request.delegate.actor)
    return _agenda(request, meeting, form=form, status=UNPROCESSABLE)


@require_POST
@delegates_only
def change(request: DelegateRequest, meeting_id: UUID, item_id: UUID) -> HttpResponse:
    """Change an item."""
    meeting = meeting_for(request, meeting_id)
    item = next((item for item in queries.agenda_of(meeting) if item.pk == item_id), None)
    form = ItemForm(request.POST, item=item, members=queries.leads_of(meeting))
    if form.is_valid():
        try:
            change_item(by=request.delegate.actor, meeting=meeting, item_id=item_id, plan=form.plan())
            return _back(request, meeting)
        except InvalidInput as error:
            form.add_error(None, str(error.message))
    check_manages(request.delegate.actor)
    return _agenda(request, meeting, item=item, form=form, status=UNPROCESSABLE)


@require_POST
@delegates_only
def move(request: DelegateRequest, meeting_id: UUID, item_id: UUID) -> HttpResponse:
    """Move an item to another place."""
    meeting = meeting_for(request, meeting_id)
    place = place_of(request)
    move_item(by=request.delegate.actor, meeting=meeting, item_id=item_id, place=place)
    return _back(request, meeting)


@require_POST
@delegates_only
def remove(request: DelegateRequest, meeting_id: UUID, item_id: UUID) -> HttpResponse:
    """Take an item off the agenda."""
    meeting = meeting_for(request, meeting_id)
    remove_item(by=request.delegate.actor, meeting=meeting, item_id=item_id)
    return _back(request, meeting)


def place_of(request: DelegateRequest) -> int:
    """Return the place, counted from 0, to which something is to be moved; raises InvalidInput."""
    given = request.POST.get("place", "")
    if not given.isascii() or not given.isdecimal() or len(given) > 4:
        raise InvalidInput
    return int(given)


def _back(request: DelegateRequest, meeting: Meeting) -> HttpResponse:
    """Show the agenda as it is now."""
    if not request.htmx:
        return redirect("meetings:agenda", meeting.pk)
    return _agenda(request, meeting, form=ItemForm(members=queries.leads_of(meeting)))


def _agenda(
    request: DelegateRequest,
    meeting: Meeting,
    *,
    form: ItemForm,
    item: AgendaItem | None = None,
    status: int = 200,
) -> HttpResponse:
    items = queries.agenda_of(meeting)
    context = {
        "meeting": meeting,
        "items": items,
        "minutes": sum(row.minutes for row in items),
        "edited": item,
        "form": form,
        "can": abilities(request.delegate, meeting),
    }
    return render_page_or_partial(request, "meetings/agenda.html", context, partial="agenda", status=status)
