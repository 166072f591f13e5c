"""The speaking list: delegations ask, the chair orders it and gives the floor; one intervention runs at a time."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from concertation.coalition.models import Delegate
from concertation.core import clock
from concertation.core.errors import NotAllowed
from concertation.meetings.domain.acts import append, check_presides, take_room
from concertation.meetings.errors import AlreadyAsked, FloorMoved, NotSpeaking, NotWaiting
from concertation.meetings.events import MeetingAction
from concertation.meetings.models import AgendaItem, FloorRequest, FloorRequestQuerySet, Meeting
from concertation.meetings.rules import may_ask_floor, may_preside
from concertation.record.canonical import Json


@transaction.atomic
def ask_for_floor(*, by: Delegate, meeting: Meeting, is_point_of_order: bool = False) -> FloorRequest:
    """Put the delegate's member on the speaking list, a point of order before the statements.

    Raises NotAllowed, MeetingNotOpen, AlreadyAsked.
    """
    if by.member_id is None or not may_ask_floor(by, meeting):
        raise NotAllowed
    take_room(meeting)
    waiting = FloorRequest.objects.filter(meeting=meeting).waiting()
    try:
        with transaction.atomic():
            request = FloorRequest.objects.create(
                meeting=meeting,
                item=AgendaItem.objects.filter(meeting=meeting, running_since__isnull=False).first(),
                member_id=by.member_id,
                delegate=by,
                is_point_of_order=is_point_of_order,
                position=(waiting.aggregate(last=Max("position"))["last"] or 0) + 1,
                asked_at=clock.now(),
            )
    except IntegrityError as error:
        raise AlreadyAsked from error
    append(by.actor, MeetingAction.FLOOR_ASKED, meeting, _content(request))
    return request


@transaction.atomic
def withdraw_request(*, by: Delegate, meeting: Meeting, request_id: UUID) -> None:
    """Take a waiting request off the speaking list: by its own delegation, or by the chair.

    Raises NotAllowed, MeetingNotOpen, NotWaiting.
    """
    take_room(meeting)
    request = _request(meeting, request_id)
    is_own = may_ask_floor(by, meeting) and request.member_id == by.member_id
    if not (is_own or may_preside(by, meeting)):
        raise NotAllowed
    if not _waiting(meeting, request_id).update(withdrawn_at=clock.now()):
        raise NotWaiting
    append(by.actor, MeetingAction.FLOOR_WITHDRAWN, meeting, _content(request))


@transaction.atomic
def move_request(*, by: Delegate, meeting: Meeting, request_id: UUID, place: int) -> None:
    """Move a waiting request to `place`, counted from 0, among those of its kind: points of order stay first.

    Raises NotAllowed, MeetingNotOpen, NotWaiting.
    """
    check_presides(by, meeting)
    take_room(meeting)
    request = _waiting(meeting, request_id).first()
    if request is None:
        raise NotWaiting
    waiting = FloorRequest.objects.filter(meeting=meeting, is_point_of_order=request.is_point_of_order).waiting()
    others = list(waiting.exclude(pk=request.pk))
    others.insert(max(place, 0), request)
    for position, other in enumerate(others, 1):
        other.position = position
    FloorRequest.objects.bulk_update(others, ["position"])
    append(by.actor, MeetingAction.FLOOR_MOVED, meeting, {**_content(request), "place": request.position})


@transaction.atomic
def give_floor(*, by: Delegate, meeting: Meeting, request_id: UUID, after: UUID | None) -> None:
    """Give the floor to a waiting request; the intervention `after`, which the chair saw running, ends.

    Raises NotAllowed, MeetingNotOpen, NotWaiting, and FloorMoved when another one runs than `after`.
    """
    check_presides(by, meeting)
    take_room(meeting)
    running = FloorRequest.objects.filter(meeting=meeting).running().first()
    if (running.pk if running else None) != after:
        raise FloorMoved
    now = clock.now()
    if running:
        FloorRequest.objects.filter(pk=running.pk).update(ended_at=now)
    item = AgendaItem.objects.filter(meeting=meeting, running_since__isnull=False).first()
    if not _waiting(meeting, request_id).update(given_at=now, item=item):
        raise NotWaiting
    request = _request(meeting, request_id)
    content = {**_content(request), "ended": str(after) if after else None}
    append(by.actor, MeetingAction.FLOOR_GIVEN, meeting, content)


@transaction.atomic
def end_intervention(*, by: Delegate, meeting: Meeting, request_id: UUID) -> None:
    """Take the floor back from who speaks; raises NotAllowed, MeetingNotOpen, NotSpeaking."""
    check_presides(by, meeting)
    take_room(meeting)
    running = FloorRequest.objects.filter(meeting=meeting, pk=request_id).running()
    if not running.update(ended_at=clock.now()):
        raise NotSpeaking
    request = _request(meeting, request_id)
    append(by.actor, MeetingAction.FLOOR_ENDED, meeting, {**_content(request), "seconds": round(request.seconds)})


def _request(meeting: Meeting, request_id: UUID) -> FloorRequest:
    """Return the request as it is now; raises NotWaiting when the meeting has none such."""
    request = FloorRequest.objects.filter(meeting=meeting, pk=request_id).first()
    if request is None:
        raise NotWaiting
    return request


def _waiting(meeting: Meeting, request_id: UUID) -> FloorRequestQuerySet:
    """Return the request as a row to be updated only while it waits."""
    return FloorRequest.objects.filter(meeting=meeting, pk=request_id).waiting()


def _content(request: FloorRequest) -> dict[str, Json]:
    """Return what the record keeps of a request."""
    return {
        "request": str(request.pk),
        "member": request.member_id,
        "kind": request.kind,
        "item": str(request.item_id) if request.item_id else None,
    }
