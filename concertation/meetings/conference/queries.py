"""The list of requirements for a reader: what is needed, offered in the meeting, missing, and how each was closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from concertation.coalition.enums import Status
from concertation.coalition.models import Delegate, Member
from concertation.commitments.enums import Domain, Line, Phase
from concertation.commitments.models import Requirement, Revision
from concertation.commitments.months import month_of
from concertation.commitments.queries.coverage import CoverageRow, Filter, coverage_for
from concertation.core.days import latest_day
from concertation.meetings.conference.models import Conference, ConferenceItem
from concertation.meetings.conference.pledges import Pledged, counted, pledges_for
from concertation.meetings.models import Meeting, MemberInvitation

MOST_MONTHS = 120


@dataclass(frozen=True, slots=True)
class ListLine:
    """A requirement on the list; `row` is its coverage, None where it is needed in no month to come."""

    item: ConferenceItem
    need: Revision
    row: CoverageRow | None
    pledges: list[Pledged]

    @property
    def share(self) -> int | None:
        """How much of the need is met in the worst month, in percent."""
        if self.row is None:
            return None
        return int(100 * max(self.need.quantity - self.row.missing, Decimal(0)) / self.need.quantity)

    @property
    def is_open_ended(self) -> bool:
        """Whether quantities that nobody disclosed come on top."""
        return self.row is not None and any(cell.is_open for cell in self.row.cells if cell.needed)

    @property
    def level(self) -> str:
        """Which of the colours of the coverage it has."""
        share = self.share or 0
        if share >= 100:
            return "full"
        if share == 0:
            return "unknown" if self.is_open_ended else "none"
        return "low" if share < 50 else "most"


@dataclass(frozen=True)
class Screen:
    """The list, for one reader; `hidden` says how many contributions to each line are not for this reader."""

    conference: Conference
    lines: list[ListLine]
    hidden: dict[str, int]
    others: list[Pledged]  # for requirements that are not on the list

    @cached_property
    def place(self) -> int | None:
        """Where in the list the current requirement stands, counted from 0."""
        keys = [line.item.pk for line in self.lines]
        return keys.index(self.conference.current_id) if self.conference.current_id in keys else None

    @property
    def current(self) -> ListLine | None:
        """The requirement that the chair has called."""
        return None if self.place is None else self.lines[self.place]

    @property
    def previous(self) -> ListLine | None:
        """The requirement before the current one."""
        return self.lines[self.place - 1] if self.place else None

    @property
    def next(self) -> ListLine | None:
        """The requirement after the current one, the first when none is called."""
        place = -1 if self.place is None else self.place
        return self.lines[place + 1] if place + 1 < len(self.lines) else None

    @property
    def closed(self) -> int:
        """How many requirements were closed."""
        return sum(bool(line.item.closing) for line in self.lines)


def fitting(*, line: Line | str = "", phase: Phase | str = "", domain: Domain | str = "") -> list[Revision]:
    """Return what is required today of these lines, phases and domains, by line, phase and importance."""
    found = []
    for requirement in Requirement.objects.prefetch_related("revisions__capability"):
        need = requirement.as_of(latest_day())
        if need is None or need.is_dropped:
            continue
        pairs = ((line, need.line), (phase, need.phase), (domain, need.capability.domain))
        if all(not wanted or wanted == value for wanted, value in pairs):
            found.append(need)
    return sorted(found, key=_order)


def askable(meeting: Meeting) -> list[Member]:
    """Return the invited members and partners, which can offer, in protocol order."""
    invited = MemberInvitation.objects.filter(meeting=meeting, withdrawn_at=None).select_related("member")
    offering = {Status.MEMBER, Status.PARTNER}
    return [invitation.member for invitation in invited if invitation.member.status in offering]


def screen_for(reader: Delegate, meeting: Meeting) -> Screen | None:
    """Return the list of `meeting` as `reader` sees it, on screen or not; None where there is none."""
    conference = Conference.objects.filter(meeting=meeting).select_related("item").first()
    if conference is None:
        return None
    items = list(conference.items.prefetch_related("requirement__revisions__capability"))
    needs = {item.pk: item.requirement.revision for item in items}
    rows, hidden = _coverage(reader, conference, list(needs.values()))
    pledges = counted(pledges_for(reader, meeting))
    lines = [
        ListLine(item, needs[item.pk], rows.get(str(item.requirement_id)), pledges.pop(item.requirement_id, []))
        for item in items
    ]
    return Screen(conference, lines, hidden, [pledged for rest in pledges.values() for pledged in rest])


def _coverage(
    reader: Delegate, conference: Conference, needs: Sequence[Revision]
) -> tuple[dict[str, CoverageRow], dict[str, int]]:
    """Return the coverage by requirement over all months to come in which something is needed."""
    today = latest_day()
    first = min((max(need.needed_from, today) for need in needs if need.needed_to >= today), default=today)
    last = max((need.needed_to for need in needs), default=first)
    months = min(max(month_of(last) - month_of(first) + 1, 1), MOST_MONTHS)
    coverage = coverage_for(reader, _asked(conference, needs, first), months)
    return {str(row.revision.requirement_id): row for row in coverage.rows}, coverage.hidden


def _asked(conference: Conference, needs: Sequence[Revision], first: date) -> Filter:
    """Return the filter of the list, of everything if something on the list does not fit it any more."""
    line, phase, domain = conference.line, conference.phase, conference.domain
    for need in needs:
        if any(a and a != b for a, b in ((line, need.line), (phase, need.phase), (domain, need.capability.domain))):
            return Filter(first=first)
    return Filter(line=line, phase=phase, domain=domain, first=first)


def _order(need: Revision) -> tuple[str, str, bool, int, date, str]:
    key = str(need.requirement_id)
    return (need.line, need.phase, not need.is_essential, -need.priority, need.needed_from, key)
