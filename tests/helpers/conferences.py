"""Makes meetings with a list of requirements on screen for tests."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from concertation.coalition.models import Delegate
from concertation.commitments.domain.contributions import Offer
from concertation.commitments.models import Requirement
from concertation.commitments.tests.factories import make_requirement, offer
from concertation.core import clock
from concertation.meetings.domain.conference import put_list_on_screen
from concertation.meetings.domain.floor import ask_for_floor, give_floor
from concertation.meetings.domain.pledges import PledgeLimits, record_pledge
from concertation.meetings.models import FloorRequest, Meeting, Pledge
from tests.helpers.meetings import make_open_meeting


def make_conference(chair: Delegate, *, needs: int = 1, **changes: Any) -> tuple[Meeting, list[Requirement]]:
    """Return an open meeting that has `needs` requirements on screen, and these, in the order of the list."""
    first = clock.now().date()
    days: dict[str, Any] = {"needed_from": first, "needed_to": first + timedelta(days=200)}
    requirements = [make_requirement(quantity=3 + n, name=f"Need {n}", **days) for n in range(1, needs + 1)]
    meeting = make_open_meeting(by=chair, **changes)
    conference = put_list_on_screen(by=chair, meeting=meeting)
    order = {requirement.pk: requirement for requirement in requirements}
    return meeting, [order[item.requirement_id] for item in conference.items.all()]


def give_floor_to(speaker: Delegate, chair: Delegate, meeting: Meeting) -> FloorRequest:
    """Return the running intervention of `speaker`, whose floor it is after whoever had it."""
    running = FloorRequest.objects.filter(meeting=meeting).running().first()
    request = ask_for_floor(by=speaker, meeting=meeting)
    give_floor(by=chair, meeting=meeting, request_id=request.pk, after=running.pk if running else None)
    return FloorRequest.objects.get(pk=request.pk)


def offer_for(requirement: Requirement, quantity: int | None = 2, **changes: Any) -> Offer:
    """Return an offer that is earmarked for `requirement`."""
    need = requirement.revision
    made = offer(need.capability_id, quantity, available_from=need.needed_from, available_to=need.needed_to)
    return replace(made, earmark=requirement.pk, **changes)


def make_pledge(
    by: Delegate,
    meeting: Meeting,
    requirement: Requirement,
    *,
    member: str = "",
    intervention: UUID | None = None,
    quantity: int | None = 2,
    limits: PledgeLimits = PledgeLimits(),  # noqa: B008
) -> Pledge:
    """Return a pledge of the member of `by`, or of `member`."""
    return record_pledge(
        by=by,
        meeting=meeting,
        member=member or by.member_id or "",
        offer=offer_for(requirement, quantity),
        intervention_id=intervention,
        limits=limits,
    )
