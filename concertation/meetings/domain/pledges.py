"""What a delegation pledges in a meeting is announced, and tied to the intervention in which it was said."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from concertation.coalition.enums import Audience
from concertation.coalition.models import Delegate, Member
from concertation.commitments.domain.contributions import Announcement, Offer, announce_contribution
from concertation.commitments.domain.facts import state_caveat
from concertation.commitments.enums import CaveatKind
from concertation.commitments.errors import NoSuchRequirement, UnknownMember
from concertation.core import clock
from concertation.core.errors import NotAllowed
from concertation.meetings.conference.models import ConferenceItem, Pledge
from concertation.meetings.domain.acts import take_room
from concertation.meetings.errors import NoSuchIntervention, NotOnList
from concertation.meetings.models import FloorRequest, Meeting
from concertation.meetings.rules import may_pledge_for


@dataclass(frozen=True, slots=True)
class PledgeLimits:
    """For whom a pledge is to read, and in which areas it may not serve."""

    audience: Audience = Audience.COALITION
    named: Collection[str] = ()
    areas: Collection[str] = ()


@transaction.atomic
def record_pledge(
    *,
    by: Delegate,
    meeting: Meeting,
    member: str,
    offer: Offer,
    intervention_id: UUID | None = None,
    limits: PledgeLimits = PledgeLimits(),
) -> Pledge:
    """Announce what `member` pledged, for the requirement that `offer` is earmarked for or for none; return the pledge.

    Tied to the intervention `intervention_id` of that member, at any time; without one, the requirement is on the list
    on screen of an open meeting. For the member speaks its own delegation, or the secretariat, with the intervention as
    evidence. Raises NotAllowed, UnknownMember, NoSuchRequirement, NoSuchIntervention, MeetingNotOpen, NotOnList, and
    the errors of `announce_contribution` and `state_caveat`.
    """
    party = Member.objects.filter(pk=member).first()
    if party is None:
        raise UnknownMember
    if not may_pledge_for(by, meeting, party):
        raise NotAllowed
    spoken = _intervention(meeting, member, intervention_id) if intervention_id else None
    if spoken is None:
        _check_on_screen(meeting, offer.earmark)
    announcement = Announcement(
        day=((spoken and spoken.given_at) or clock.now()).date(),
        members=[member],
        audience=limits.audience,
        named=limits.named,
        evidence=_evidence(meeting, spoken),
    )
    contribution = announce_contribution(by=by, offer=offer, announcement=announcement)
    if limits.areas:
        state_caveat(by=by, contribution_id=contribution.pk, kind=CaveatKind.GEOGRAPHIC, areas=limits.areas)
    return Pledge.objects.create(
        meeting=meeting,
        intervention=spoken,
        member=party,
        contribution=contribution,
        requirement_id=offer.earmark,
        by=by,
        at=clock.now(),
    )


def _intervention(meeting: Meeting, member: str, intervention_id: UUID) -> FloorRequest:
    """Return an intervention of `member`, running or over; raises NoSuchIntervention."""
    heard = FloorRequest.objects.filter(meeting=meeting, member=member, pk=intervention_id).heard()
    spoken = heard.first()
    if spoken is None:
        raise NoSuchIntervention
    return spoken


def _check_on_screen(meeting: Meeting, requirement_id: UUID | None) -> None:
    """Let through what is on the list of a meeting in session; raises NoSuchRequirement, MeetingNotOpen, NotOnList."""
    if requirement_id is None:
        raise NoSuchRequirement
    take_room(meeting)
    shown = ConferenceItem.objects.filter(conference=meeting.pk, conference__is_on_screen=True)
    if not shown.filter(requirement=requirement_id).exists():
        raise NotOnList


def _evidence(meeting: Meeting, spoken: FloorRequest | None) -> str:
    """Return where it was said, by identifiers alone: who reads the contribution may not know of the meeting."""
    moment = spoken.given_at if spoken and spoken.given_at else clock.now()
    facts = {"day": date_format(moment, "DATE_FORMAT"), "meeting": meeting.pk, "spoken": spoken and spoken.pk}
    if spoken is None:
        return _("Offered in a meeting of the coalition on %(day)s (meeting %(meeting)s).") % facts
    return _("Said in a meeting of the coalition on %(day)s (meeting %(meeting)s, intervention %(spoken)s).") % facts
