"""What the form of a pledge begins with: who may have said it, for which requirement, and how much is missing."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.dateformat import format as format_date
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from concertation.coalition.enums import Status
from concertation.coalition.models import Delegate
from concertation.commitments.models import Revision
from concertation.core import clock
from concertation.meetings.conference.queries import Screen, fitting, screen_for
from concertation.meetings.models import FloorRequest, Meeting, MemberInvitation

Choices = list[tuple[str, Any]]
UNASKED = "none"  # in the place of a requirement: nothing asks for it


@dataclass(frozen=True, slots=True)
class Offering:
    """The choices of the form; `members` says whose each intervention is, by the value of its choice."""

    said: Choices
    members: dict[str, str]
    requirements: Choices
    need: Revision | None
    is_unasked: bool = False  # a pledge for no requirement
    initial: dict[str, Any] = field(default_factory=dict)

    @property
    def is_possible(self) -> bool:
        """Whether there is anything to record."""
        return bool(self.said) and (self.is_unasked or self.need is not None)


def offering_for(reader: Delegate, meeting: Meeting, *, said: str, wanted: str) -> Offering:
    """Return what `reader` can record in `meeting`; `said` and `wanted` are chosen already, or empty."""
    heard = _heard(reader, meeting)
    screen = screen_for(reader, meeting)
    shown = screen if screen and screen.conference.is_on_screen else None
    members = _offering_members(reader, meeting) if shown and meeting.is_open else []
    needs = {str(need.requirement_id): need for need in fitting()}
    is_unasked = bool(heard) and (wanted == UNASKED or not needs)
    need = None if is_unasked else needs.get(wanted) or _default_need(shown, needs)
    choices = _said_choices(heard, [] if is_unasked else members)
    running = next((f"i:{spoken.pk}" for spoken in heard if spoken.ended_at is None), "")
    values = [value for _group, group in choices for value, _label in group]
    chosen = next((value for value in (said, running, *values) if value in values), "")
    return Offering(
        said=choices,
        members={f"i:{spoken.pk}": spoken.member_id for spoken in heard},
        requirements=_requirement_choices(shown, needs, may_be_unasked=bool(heard)),
        need=need,
        is_unasked=is_unasked,
        initial={"said": chosen, **(_prefilled(screen, need) if need else _unasked())},
    )


def _heard(reader: Delegate, meeting: Meeting) -> list[FloorRequest]:
    """Return the interventions whose pledges `reader` may record, the last first."""
    rows = FloorRequest.objects.filter(meeting=meeting, member__status__in=[Status.MEMBER, Status.PARTNER]).heard()
    own = rows if reader.is_secretariat else rows.filter(member=reader.member_id)
    return list(own.select_related("member").order_by("-given_at", "pk"))


def _offering_members(reader: Delegate, meeting: Meeting) -> list[tuple[str, str]]:
    """Return for whom `reader` may offer from the list, without the floor."""
    invited = MemberInvitation.objects.filter(
        meeting=meeting, withdrawn_at=None, member__status__in=[Status.MEMBER, Status.PARTNER]
    )
    own = invited if reader.is_secretariat else invited.filter(member=reader.member_id)
    return [(invitation.member_id, invitation.member.name) for invitation in own.select_related("member")]


def _said_choices(heard: list[FloorRequest], members: list[tuple[str, str]]) -> Choices:
    spoken = [(f"i:{one.pk}", f"{one.member.name}, {_moment(one)}") for one in heard]
    offered = [(f"m:{code}", name) for code, name in members]
    groups = [(_("In an intervention"), spoken), (_("From the list, without the floor"), offered)]
    return [(label, group) for label, group in groups if group]


def _moment(spoken: FloorRequest) -> str:
    """Return when an intervention began, and that it still runs."""
    assert spoken.given_at
    began = format_date(localtime(spoken.given_at), "H:i")
    return _("%(time)s, has the floor") % {"time": began} if spoken.ended_at is None else began


def _requirement_choices(shown: Screen | None, needs: dict[str, Revision], *, may_be_unasked: bool) -> Choices:
    """Return the requirements, those on screen first, then that there is none, for what was said with the floor."""
    keys = [str(line.item.requirement_id) for line in shown.lines] if shown else []
    on_screen = [(key, needs[key].name) for key in keys if key in needs]
    rest = [(key, need.name) for key, need in needs.items() if key not in keys]
    none = [(UNASKED, _("What no requirement asks for"))] if may_be_unasked else []
    others = _("Other requirements") if on_screen else _("Requirements")
    groups = [(_("On screen"), on_screen), (others, rest), (_("Beside the list"), none)]
    return [(label, group) for label, group in groups if group]


def _default_need(shown: Screen | None, needs: dict[str, Revision]) -> Revision | None:
    """Return the requirement that is called, else the first."""
    called = shown.current if shown else None
    key = str(called.item.requirement_id) if called else ""
    return needs.get(key) or next(iter(needs.values()), None)


def _unasked() -> dict[str, Any]:
    """Return what is filled in for a pledge that no requirement asks for."""
    return {"requirement": UNASKED, "available_from": clock.now().date()}


def _prefilled(screen: Screen | None, need: Revision) -> dict[str, Any]:
    """Return what is filled in from the requirement: what is missing of it, where the list says so."""
    lines = screen.lines if screen else []
    line = next((line for line in lines if line.item.requirement_id == need.requirement_id), None)
    gap = line.row.missing if line and line.row else None
    return {
        "requirement": str(need.requirement_id),
        "quantity": gap or need.quantity,
        "title": need.name,
        "available_from": max(need.needed_from, clock.now().date()),
    }
