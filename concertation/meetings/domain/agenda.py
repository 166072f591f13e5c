"""The agenda: the secretariat writes it, the chair moves it; the server's clock stamps each item."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max

from concertation.coalition.models import Delegate, Member
from concertation.coalition.rules import check_manages
from concertation.core import clock
from concertation.core.errors import NothingChanged
from concertation.meetings.domain.acts import append, check_presides, clean_words, take_room
from concertation.meetings.errors import (
    AgendaFull,
    ItemBegun,
    ItemNotRunning,
    ItemNotThere,
    ItemRunning,
    LengthOutOfBounds,
    MeetingOver,
    NobodyInvited,
)
from concertation.meetings.events import MeetingAction
from concertation.meetings.models import LONGEST_MEETING, AgendaItem, FloorRequest, Meeting
from concertation.record.canonical import Json
from concertation.record.events import Actor

LONGEST_AGENDA = 60


@dataclass(frozen=True, kw_only=True)
class ItemPlan:
    """What is decided of an agenda item; `lead` is the code of the member that introduces it."""

    titles: Mapping[str, str]
    minutes: int
    lead: str | None = None
    sources: list[str] = field(default_factory=list)


@transaction.atomic
def add_item(*, by: Actor, meeting: Meeting, plan: ItemPlan) -> AgendaItem:
    """Put an item at the end of the agenda and return it.

    Raises NotAllowed, MeetingOver, AgendaFull, and the InvalidInput errors of an item.
    """
    check_manages(by)
    _take_agenda(meeting)
    (item,) = add_items(meeting, [plan])
    append(by, MeetingAction.ITEM_ADDED, meeting, _content(item))
    return item


@transaction.atomic
def change_item(*, by: Actor, meeting: Meeting, item_id: UUID, plan: ItemPlan) -> None:
    """Change title, lead or time budget of an item.

    Raises NotAllowed, MeetingOver, ItemNotThere, NothingChanged, and the InvalidInput errors of an item.
    """
    check_manages(by)
    _take_agenda(meeting)
    item = _item(meeting, item_id)
    facts = _facts(plan)
    if all(getattr(item, name) == value for name, value in facts.items()):
        raise NothingChanged
    AgendaItem.objects.filter(pk=item.pk).update(**facts)
    append(by, MeetingAction.ITEM_CHANGED, meeting, _content(_item(meeting, item_id)))


@transaction.atomic
def move_item(*, by: Actor, meeting: Meeting, item_id: UUID, place: int) -> None:
    """Move an item to `place`, counted from 0 and held within the agenda.

    Raises NotAllowed, MeetingOver, ItemNotThere.
    """
    check_manages(by)
    _take_agenda(meeting)
    item = _item(meeting, item_id)
    others = list(AgendaItem.objects.filter(meeting=meeting).exclude(pk=item.pk))
    others.insert(max(place, 0), item)
    _number(others)
    append(by, MeetingAction.ITEM_MOVED, meeting, {"item": str(item.pk), "position": item.position})


@transaction.atomic
def remove_item(*, by: Actor, meeting: Meeting, item_id: UUID) -> None:
    """Take an item off the agenda, unless it was opened.

    Raises NotAllowed, MeetingOver, ItemNotThere, ItemBegun.
    """
    check_manages(by)
    _take_agenda(meeting)
    item = _item(meeting, item_id)
    if item.began_at:
        raise ItemBegun
    content = _content(item)
    AgendaItem.objects.filter(pk=item.pk).delete()
    _number(list(AgendaItem.objects.filter(meeting=meeting)))
    append(by, MeetingAction.ITEM_REMOVED, meeting, content)


@transaction.atomic
def start_item(*, by: Delegate, meeting: Meeting, item_id: UUID) -> None:
    """Put an item under discussion, or come back to it; the running item and intervention end.

    Raises NotAllowed, MeetingNotOpen, ItemNotThere, ItemRunning.
    """
    check_presides(by, meeting)
    take_room(meeting)
    item = _item(meeting, item_id)
    if item.running_since:
        raise ItemRunning
    now = clock.now()
    end_running(meeting, now)
    began = item.began_at or now
    AgendaItem.objects.filter(pk=item.pk).update(began_at=began, running_since=now, ended_at=None)
    append(by.actor, MeetingAction.ITEM_STARTED, meeting, _content(item))


@transaction.atomic
def end_item(*, by: Delegate, meeting: Meeting, item_id: UUID) -> None:
    """End the discussion of the running item, and the running intervention with it.

    Raises NotAllowed, MeetingNotOpen, ItemNotThere, ItemNotRunning.
    """
    check_presides(by, meeting)
    take_room(meeting)
    item = _item(meeting, item_id)
    if not item.running_since:
        raise ItemNotRunning
    end_running(meeting, clock.now())
    append(by.actor, MeetingAction.ITEM_ENDED, meeting, _content(_item(meeting, item_id)))


def add_items(meeting: Meeting, plans: Sequence[ItemPlan]) -> list[AgendaItem]:
    """Append items to the agenda, within the caller's act; raises AgendaFull and the errors of an item."""
    last = AgendaItem.objects.filter(meeting=meeting).aggregate(last=Max("position"))["last"] or 0
    if last + len(plans) > LONGEST_AGENDA:
        raise AgendaFull
    return AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, position=position, sources=plan.sources, **_facts(plan))
        for position, plan in enumerate(plans, last + 1)
    )


def end_running(meeting: Meeting, now: datetime) -> None:
    """End what runs in `meeting`, item and intervention, within the caller's act."""
    FloorRequest.objects.filter(meeting=meeting).running().update(ended_at=now)
    for item in AgendaItem.objects.filter(meeting=meeting, running_since__isnull=False):
        row = AgendaItem.objects.filter(pk=item.pk)
        row.update(spent=round(item.seconds_at(now)), running_since=None, ended_at=now)


def _take_agenda(meeting: Meeting) -> None:
    """Let acts on one agenda wait for one another; raises MeetingOver."""
    row = Meeting.objects.filter(pk=meeting.pk, closed_at=None, cancelled_at=None)
    if not row.update(revision=F("revision") + 1):
        raise MeetingOver


def _item(meeting: Meeting, item_id: UUID) -> AgendaItem:
    """Return the item as it is now; raises ItemNotThere."""
    item = AgendaItem.objects.filter(meeting=meeting, pk=item_id).first()
    if item is None:
        raise ItemNotThere
    return item


def _number(items: list[AgendaItem]) -> None:
    """Number `items` from 1 in their order."""
    for position, item in enumerate(items, 1):
        item.position = position
    AgendaItem.objects.bulk_update(items, ["position"])


def _facts(plan: ItemPlan) -> dict[str, object]:
    """Return the checked facts of `plan` by field; raises the InvalidInput errors."""
    if not 1 <= plan.minutes <= LONGEST_MEETING:
        raise LengthOutOfBounds
    if plan.lead and not Member.objects.present().filter(code=plan.lead).exists():
        raise NobodyInvited
    return {"titles": clean_words(plan.titles), "minutes": plan.minutes, "lead_id": plan.lead or None}


def _content(item: AgendaItem) -> dict[str, Json]:
    """Return what the record keeps of an item."""
    return {
        "item": str(item.pk),
        "titles": item.titles,
        "position": item.position,
        "minutes": item.minutes,
        "lead": item.lead_id,
        "seconds": item.spent,
    }
