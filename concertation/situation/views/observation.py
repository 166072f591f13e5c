"""The page of what could be observed, and the acts on it."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from concertation.core import clock
from concertation.core.errors import DomainError, NotAllowed
from concertation.core.http import DelegateRequest, delegates_only, render_page_or_partial
from concertation.situation.domain.observation import add_area, correct_limit, end_area, enter_limit
from concertation.situation.forms.incidents import ChoiceForm
from concertation.situation.forms.observation import AreaForm, LimitForm
from concertation.situation.incidents.rules import may_correct_limit, may_keep_catalogue, may_report
from concertation.situation.models import Limit
from concertation.situation.queries.incidents import hidden_from, kinds
from concertation.situation.queries.observation import denominator_for, limits_for
from concertation.situation.views.incidents import about_incidents

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@delegates_only
def show_observation(request: DelegateRequest) -> HttpResponse:
    """Show what could be observed on some days and what could not, and enter a limit."""
    if request.method != "POST":
        return _page(request)
    if not may_report(request.delegate):
        raise NotAllowed
    form = LimitForm(request.POST, delegate=request.delegate)
    if form.is_valid():
        try:
            area = UUID(form.cleaned_data["area"])
            enter_limit(by=request.delegate, area_id=area, restriction=form.restriction(), **form.readers())
            return redirect("situation:observation")
        except DomainError as error:
            form.add_error(None, str(error.message))
    return _page(request, form=form)


@require_POST
@delegates_only
def add(request: DelegateRequest) -> HttpResponse:
    """Add an area of observation."""
    if not may_keep_catalogue(request.delegate):
        raise NotAllowed
    form = AreaForm(request.POST)
    if form.is_valid():
        try:
            add_area(by=request.delegate, names=form.words("name"), box=form.box(), since=form.cleaned_data["since"])
            return redirect("situation:observation")
        except DomainError as error:
            form.add_error(None, str(error.message))
    return _page(request, area_form=form)


@require_POST
@delegates_only
def end(request: DelegateRequest, area_id: UUID) -> HttpResponse:
    """Watch an area no more after today."""
    end_area(by=request.delegate, area_id=area_id, until=clock.now().date())
    return redirect("situation:observation")


@require_http_methods(["GET", "HEAD", "POST"])
@delegates_only
def correct(request: DelegateRequest, limit_id: UUID) -> HttpResponse:
    """Correct an entry about observation by another that takes its place, or take it back."""
    limit = Limit.objects.visible_to(request.delegate).select_related("area").filter(pk=limit_id).first()
    if limit is None:
        raise Http404
    if not may_correct_limit(request.delegate, limit):
        raise NotAllowed
    form = LimitForm(request.POST or None, delegate=request.delegate, limit=limit)
    if form.is_valid():
        try:
            facts = {"restriction": form.restriction(), "is_withdrawn": form.cleaned_data["is_withdrawn"]}
            correct_limit(by=request.delegate, limit_id=limit.pk, **facts)
            return redirect("situation:observation")
        except DomainError as error:
            form.add_error(None, str(error.message))
    context = {"form": form, "limit": limit}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "situation/incidents/limit.html", context, status=status)


def _page(
    request: DelegateRequest, *, form: LimitForm | None = None, area_form: AreaForm | None = None
) -> HttpResponse:
    """Show the page, with the faults of a form where one was sent."""
    reader, about = request.delegate, about_incidents(request)
    choice = ChoiceForm(request.GET, kinds=list(kinds()))
    wanted = choice.wanted()
    limits = [
        (limit, not hasattr(limit, "correction") and may_correct_limit(reader, limit)) for limit in limits_for(reader)
    ]
    if not request.htmx and form is None and about["may_report"]:
        form = LimitForm(delegate=reader)
    if not request.htmx and area_form is None and about["may_keep"]:
        area_form = AreaForm(initial={"since": clock.now().date()})
    context = {
        "choice": choice,
        "wanted": wanted,
        "denominator": denominator_for(reader, wanted),
        "hidden": hidden_from(reader),
        "limits": limits,
        "form": form,
        "area_form": area_form,
        **about,
    }
    faulty = any(one is not None and one.is_bound and one.errors for one in (form, area_form))
    template, status = "situation/incidents/observation.html", UNPROCESSABLE if faulty else 200
    return render_page_or_partial(request, template, context, partial="observation", status=status)
