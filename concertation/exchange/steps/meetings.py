"""Meetings, known by their key, and their agendas; a meeting that no file names stays as it is."""

from collections.abc import Mapping
from uuid import UUID

from concertation.exchange.contents import CoalitionFile
from concertation.exchange.domain.keys import remember_key
from concertation.exchange.models import Kind
from concertation.exchange.queries import subjects_of
from concertation.exchange.report import Report, Subject
from concertation.exchange.schema import AgendaPart, MeetingPart
from concertation.meetings.domain.agenda import ItemPlan, add_item, change_item, move_item, remove_item
from concertation.meetings.domain.schedule import MeetingPlan, schedule_meeting, update_meeting
from concertation.meetings.models import AgendaItem, Meeting, MemberInvitation
from concertation.record.events import Actor

SYSTEM = Actor.system()


def load_meetings(file: CoalitionFile, report: Report) -> None:
    """Schedule the meetings that are not there, and change those that differ, with their agendas."""
    known = subjects_of(Kind.MEETING)
    for index, part in enumerate(file.meetings):
        with file.at("meetings", index):
            meeting = meeting_of(part.key, known)
            if meeting is None:
                _schedule(file, part, report)
                continue
            report.changed[Subject.MEETING] += _update(meeting, part)
            _match_agenda(file, meeting, part, report)


def meeting_of(key: str, known: Mapping[str, UUID]) -> Meeting | None:
    """Return the meeting that `key` stands for, or whose own id it is."""
    identifier = known.get(key) or as_id(key)
    return Meeting.objects.filter(pk=identifier).first() if identifier else None


def as_id(key: str) -> UUID | None:
    """Return `key` as an id when it has that form."""
    try:
        return UUID(key)
    except ValueError:
        return None


def same_words(ours: Mapping[str, str], theirs: Mapping[str, str]) -> bool:
    """Say whether titles are the same but for blanks, which the domain functions tidy up."""
    tidied = ({code: title.split() for code, title in titles.items()} for titles in (ours, theirs))
    return next(tidied) == next(tidied)


def _plan(part: MeetingPart, invited: list[str] | None) -> MeetingPlan:
    """Return what the file says of the meeting."""
    return MeetingPlan(
        titles=part.titles,
        starts_at=part.starts_at,
        minutes=part.minutes,
        zone=part.zone,
        level=part.level,
        languages=part.languages,
        members=invited,
    )


def _item(file: CoalitionFile, part: AgendaPart) -> ItemPlan:
    """Return what the file says of an agenda item."""
    return ItemPlan(titles=part.titles, minutes=part.minutes, lead=part.lead, sources=file.cited(part.sources))


def _schedule(file: CoalitionFile, part: MeetingPart, report: Report) -> None:
    """Schedule a new meeting with its agenda."""
    meeting = schedule_meeting(
        by=SYSTEM,
        plan=_plan(part, part.invited),
        agenda=[_item(file, item) for item in part.agenda],
        sources=file.cited(part.sources),
    )
    remember_key(kind=Kind.MEETING, key=part.key, subject=meeting.pk)
    report.added[Subject.MEETING] += 1
    report.added[Subject.ITEM] += len(part.agenda)


def _update(meeting: Meeting, part: MeetingPart) -> bool:
    """Change the meeting when the file says otherwise, and say whether it did; no “invited” leaves the guests."""
    rows = MemberInvitation.objects.filter(meeting=meeting, withdrawn_at=None)
    invited = list(rows.values_list("member_id", flat=True))
    plan = _plan(part, invited if part.invited is None else part.invited)
    facts = (meeting.starts_at, meeting.minutes, meeting.zone, meeting.level, meeting.languages)
    wanted = (plan.starts_at, plan.minutes, plan.zone, plan.level, plan.languages)
    if facts == wanted and same_words(meeting.titles, plan.titles) and set(invited) == set(plan.members or ()):
        return False
    update_meeting(by=SYSTEM, meeting=meeting, plan=plan)
    return True


def _match_agenda(file: CoalitionFile, meeting: Meeting, part: MeetingPart, report: Report) -> None:
    """Make the agenda that of the file: items are known by their titles, then by their order."""
    rows = list(meeting.items.all())
    found = _pairs(rows, part.agenda)
    for row in rows:
        if row not in found:
            remove_item(by=SYSTEM, meeting=meeting, item_id=row.pk)
            report.removed[Subject.ITEM] += 1
    for place, (known, item) in enumerate(zip(found, part.agenda, strict=True)):
        plan = _item(file, item)
        if known is None:
            _move(meeting, add_item(by=SYSTEM, meeting=meeting, plan=plan), place)
            report.added[Subject.ITEM] += 1
            continue
        differs = not _is_same(known, plan)
        if differs:
            change_item(by=SYSTEM, meeting=meeting, item_id=known.pk, plan=plan)
        report.changed[Subject.ITEM] += _move(meeting, known, place) or differs


def _move(meeting: Meeting, row: AgendaItem, place: int) -> bool:
    """Move an item to its place in the file, and say whether it was elsewhere."""
    if list(meeting.items.values_list("pk", flat=True))[place] == row.pk:
        return False
    move_item(by=SYSTEM, meeting=meeting, item_id=row.pk, place=place)
    return True


def _pairs(rows: list[AgendaItem], parts: list[AgendaPart]) -> list[AgendaItem | None]:
    """Return for each part of the file the row that it describes: the one with its titles, else the next one left."""
    left = list(rows)
    found: list[AgendaItem | None] = []
    for part in parts:
        row = next((row for row in left if same_words(row.titles, part.titles)), None)
        found.append(row)
        if row:
            left.remove(row)
    return [row or (left.pop(0) if left else None) for row in found]


def _is_same(row: AgendaItem, plan: ItemPlan) -> bool:
    """Say whether an item is as the file says; its sources are those of its first loading."""
    return same_words(row.titles, plan.titles) and (row.minutes, row.lead_id) == (plan.minutes, plan.lead)
