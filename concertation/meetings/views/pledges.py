"""The form by which a pledge is recorded in two clicks: prefilled with who speaks and what is called."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from concertation.commitments.views.answers import accepted, status_of
from concertation.core.errors import NotAllowed
from concertation.core.http import DelegateRequest, delegates_only, render_page_or_partial
from concertation.meetings import rules
from concertation.meetings.conference.forms import PledgeForm, Said, UnaskedForm
from concertation.meetings.conference.offering import Offering, offering_for
from concertation.meetings.domain.pledges import record_pledge
from concertation.meetings.models import Meeting, Pledge
from concertation.meetings.views.access import meeting_for


@require_http_methods(["GET", "HEAD", "POST"])
@delegates_only
def pledge(request: DelegateRequest, meeting_id: UUID) -> HttpResponse:
    """Record what a delegation pledged, in the intervention `?said=i:…` or the list, for `?requirement=` or none."""
    meeting = meeting_for(request, meeting_id)
    if not rules.abilities(request.delegate, meeting)["pledge"]:
        raise NotAllowed
    asked = request.POST or request.GET
    offering = offering_for(request.delegate, meeting, said=asked.get("said", ""), wanted=asked.get("requirement", ""))
    if not offering.is_possible:
        return _page(request, meeting, {"offering": offering})
    form = _form(request, offering)
    made: list[Pledge] = []
    if request.method == "POST" and accepted(form, lambda: made.append(_record(request, meeting, offering, form))):
        if not request.htmx:
            return redirect("commitments:contribution", made[0].contribution_id)
        return render(request, "meetings/room/pledged.html", {"pledge": made[0]})
    return _page(request, meeting, {"offering": offering, "form": form}, status_of(form))


def _record(request: DelegateRequest, meeting: Meeting, offering: Offering, form: PledgeForm) -> Pledge:
    said = Said.of(form.cleaned_data["said"], offering.members)
    return record_pledge(
        by=request.delegate,
        meeting=meeting,
        member=said.member,
        offer=form.offer(),
        intervention_id=said.intervention,
        limits=form.limits(),
    )


def _form(request: DelegateRequest, offering: Offering) -> PledgeForm:
    facts: dict[str, Any] = {
        "delegate": request.delegate,
        "said": offering.said,
        "requirements": offering.requirements,
        "initial": offering.initial,
    }
    if offering.is_unasked:
        return UnaskedForm(request.POST or None, **facts)
    return PledgeForm(request.POST or None, need=offering.need, **facts)


def _page(request: DelegateRequest, meeting: Meeting, context: dict[str, Any], status: int = 200) -> HttpResponse:
    context = {"meeting": meeting, **context}
    return render_page_or_partial(request, "meetings/pledge.html", context, partial="act", status=status)
