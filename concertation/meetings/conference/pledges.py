"""What was pledged in a meeting, for those who may read it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from concertation.coalition.models import Delegate
from concertation.commitments.models import Contribution
from concertation.commitments.origins import Origin
from concertation.commitments.queries.contributions import Entry, entry_of, whole
from concertation.commitments.reading import holding
from concertation.core.days import latest_day
from concertation.meetings.conference.models import Pledge
from concertation.meetings.models import Meeting


@dataclass(frozen=True, slots=True)
class Pledged:
    """A pledge, and how the contribution stands today."""

    pledge: Pledge
    entry: Entry


def pledges_for(reader: Delegate, meeting: Meeting) -> list[Pledged]:
    """Return what was pledged in `meeting`, as far as `reader` may read it, in the order of announcement."""
    visible = Contribution.objects.visible_to(reader)
    rows = Pledge.objects.filter(meeting=meeting, contribution__in=visible).order_by("at", "pk")
    pledges = list(rows.select_related("member", "intervention__delegate__person", "requirement"))
    if not pledges:
        return []
    keys = [pledge.contribution_id for pledge in pledges]
    rows_of = whole(Contribution.objects.filter(pk__in=keys))
    found = {one.pk: one for one in rows_of.prefetch_related("caveats", "terms__conditions__wordings")}
    day = latest_day()
    holds = holding(day)
    return [Pledged(pledge, entry_of(found[pledge.contribution_id], day, holds)) for pledge in pledges]


def origins_of(reader: Delegate, contribution_id: UUID) -> Iterator[Origin]:
    """Yield in which meeting a contribution was announced; nothing to whom the meeting is not for."""
    visible = Meeting.objects.visible_to(reader)
    rows = Pledge.objects.filter(contribution=contribution_id, meeting__in=visible)
    for pledge in rows.select_related("meeting", "member", "intervention__delegate__person"):
        page = "meetings:conclusions" if pledge.meeting.closed_at else "meetings:detail"
        yield Origin(pledge.meeting.title, said_by(pledge), reverse(page, args=[pledge.meeting_id]))


def said_by(pledge: Pledge) -> str:
    """Return in words in which intervention a pledge was made."""
    if pledge.intervention is None:
        return _("offered by %(member)s from the list of requirements") % {"member": pledge.member.name}
    name = pledge.intervention.delegate.person.name
    return _("intervention by %(member)s, %(name)s") % {"member": pledge.member.name, "name": name}


def counted(pledges: Iterable[Pledged]) -> dict[UUID | None, list[Pledged]]:
    """Return pledges by the requirement for which they were made."""
    found: dict[UUID | None, list[Pledged]] = {}
    for pledged in pledges:
        found.setdefault(pledged.pledge.requirement_id, []).append(pledged)
    return found
