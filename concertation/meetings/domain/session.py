"""The chair opens and closes the meeting; what is decided in between is noted as it is decided."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from concertation.coalition.models import Delegate
from concertation.core import clock
from concertation.meetings.domain.acts import append, check_presides, clean_words, homes_of, take_room
from concertation.meetings.domain.agenda import end_running
from concertation.meetings.domain.attendance import end_stays
from concertation.meetings.domain.conference import keep_outcome
from concertation.meetings.errors import ItemNotThere, MeetingNotScheduled
from concertation.meetings.events import MeetingAction
from concertation.meetings.models import AgendaItem, Decision, Meeting
from concertation.meetings.queries import conclusions
from concertation.meetings.room.hooks import recheck_room

LONGEST_SENTENCE = 1_000


@transaction.atomic
def open_meeting(*, by: Delegate, meeting: Meeting) -> None:
    """Open a scheduled meeting now; raises NotAllowed, MeetingNotScheduled."""
    check_presides(by, meeting)
    row = Meeting.objects.filter(pk=meeting.pk, opened_at=None, cancelled_at=None)
    if not row.update(opened_at=clock.now()):
        raise MeetingNotScheduled
    append(by.actor, MeetingAction.OPENED, meeting, {"titles": meeting.titles}, *homes_of(meeting))


@transaction.atomic
def close_meeting(*, by: Delegate, meeting: Meeting) -> None:
    """Close an open meeting now: item, intervention and stays end, and its conclusions enter the record,
    with the hashes of the outcome that is kept where it had a list of requirements.

    Raises NotAllowed, MeetingNotOpen.
    """
    check_presides(by, meeting)
    take_room(meeting)
    now = clock.now()
    end_running(meeting, now)
    end_stays(meeting, now)
    Meeting.objects.filter(pk=meeting.pk).update(closed_at=now)
    recheck_room(meeting.pk)
    closed = Meeting.objects.get(pk=meeting.pk)
    drawn = conclusions(closed).as_json()
    if kept := keep_outcome(closed):
        drawn["outcomes"] = [f"{reader} {sha256}" for reader, sha256 in kept.items()]
    append(by.actor, MeetingAction.CLOSED, meeting, drawn, *homes_of(meeting))
    recheck_room(meeting.pk)


@transaction.atomic
def note_decision(
    *, by: Delegate, meeting: Meeting, sentences: Mapping[str, str], item_id: UUID | None = None
) -> Decision:
    """Note what the meeting decided, by language, under an item of its agenda or none; returns it.

    Raises NotAllowed, MeetingNotOpen, ItemNotThere, TitleMissing, TooLong.
    """
    check_presides(by, meeting)
    take_room(meeting)
    said = clean_words(sentences, longest=LONGEST_SENTENCE)
    item = AgendaItem.objects.filter(meeting=meeting, pk=item_id).first() if item_id else None
    if item_id and item is None:
        raise ItemNotThere
    decision = Decision.objects.create(meeting=meeting, item=item, sentences=said, noted_by=by, at=clock.now())
    content = {"decision": str(decision.pk), "item": str(item.pk) if item else None, "sentences": said}
    append(by.actor, MeetingAction.DECIDED, meeting, content)
    return decision
