"""The chair puts the list of requirements on screen, walks through it, and closes each; the outcome is kept."""

from collections.abc import Collection
from datetime import date, timedelta
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.db.models import F

from concertation.coalition.models import Delegate
from concertation.commitments.domain.requirements import REASON_LENGTH, Need, revise_requirement
from concertation.commitments.enums import Domain, Line, Phase
from concertation.core import clock
from concertation.core.words import clean_prose
from concertation.meetings.conference.models import Conference, ConferenceItem, Outcome
from concertation.meetings.conference.queries import askable, fitting
from concertation.meetings.conference.sheets import sheets_of
from concertation.meetings.domain.acts import append, check_presides, take_room
from concertation.meetings.enums import Closing
from concertation.meetings.errors import (
    AnswerDayMissing,
    ListTooLong,
    MeetingOver,
    NobodyAsked,
    NoList,
    NothingOnList,
    NotOnList,
    ReasonMissing,
)
from concertation.meetings.events import MeetingAction
from concertation.meetings.models import AgendaItem, Meeting
from concertation.record import canonical
from concertation.record.canonical import Json

LONGEST_LIST = 500
LONGEST_WAIT = timedelta(days=366)


@transaction.atomic
def put_list_on_screen(
    *, by: Delegate, meeting: Meeting, line: Line | str = "", phase: Phase | str = "", domain: Domain | str = ""
) -> Conference:
    """Show everybody in the room what is required of these lines, phases and domains; return the list.

    What was closed before stays on it. Raises NotAllowed, MeetingOver, NothingOnList, ListTooLong.
    """
    check_presides(by, meeting)
    _take(meeting)
    wanted = {"line": line, "phase": phase, "domain": domain}
    needs = fitting(**wanted)
    if not needs:
        raise NothingOnList
    if len(needs) > LONGEST_LIST:
        raise ListTooLong
    running = AgendaItem.objects.filter(meeting=meeting, running_since__isnull=False).first()
    facts = {**wanted, "is_on_screen": True, "item": running}
    conference, _made = Conference.objects.update_or_create(meeting=meeting, defaults=facts)
    _fill(conference, [need.requirement_id for need in needs])
    content: dict[str, Json] = {**wanted, "requirements": [str(need.requirement_id) for need in needs]}
    append(by.actor, MeetingAction.LIST_PUT, meeting, content, _topic(meeting))
    return conference


@transaction.atomic
def take_list_off_screen(*, by: Delegate, meeting: Meeting) -> None:
    """Show the list no more; what was closed stays. Raises NotAllowed, MeetingOver, NoList."""
    check_presides(by, meeting)
    _take(meeting)
    if not Conference.objects.filter(meeting=meeting, is_on_screen=True).update(is_on_screen=False):
        raise NoList
    append(by.actor, MeetingAction.LIST_TAKEN, meeting, {}, _topic(meeting))


@transaction.atomic
def call_requirement(*, by: Delegate, meeting: Meeting, requirement_id: UUID) -> None:
    """Turn to a requirement of the list, for everybody; raises NotAllowed, MeetingNotOpen, NotOnList."""
    item = _taken_item(by, meeting, requirement_id)
    Conference.objects.filter(meeting=meeting).update(current=item)
    append(by.actor, MeetingAction.REQUIREMENT_CALLED, meeting, _content(item), _topic(meeting))


@transaction.atomic
def close_requirement(
    *,
    by: Delegate,
    meeting: Meeting,
    requirement_id: UUID,
    closing: Closing,
    note: str = "",
    asked: Collection[str] = (),
    until: date | None = None,
) -> None:
    """Close a requirement of the list as covered, with its gap accepted, or asked again.

    A gap is accepted with a reason in `note`; who is `asked` again, all when nobody is named, is to answer by `until`.
    The requirement itself stays as it is. A requirement that was closed may be closed anew. Raises NotAllowed,
    MeetingNotOpen, NotOnList, ReasonMissing, AnswerDayMissing, NobodyAsked, TooLong.
    """
    item = _taken_item(by, meeting, requirement_id)
    note = clean_prose(note, REASON_LENGTH)
    if closing == Closing.GAP_ACCEPTED and not note:
        raise ReasonMissing
    if closing != Closing.ASKED_AGAIN:
        _close(by, meeting, item, closing, note)
        return
    today = clock.now().date()
    if until is None or not today <= until <= today + LONGEST_WAIT:
        raise AnswerDayMissing
    if not set(asked) <= {member.pk for member in askable(meeting)}:
        raise NobodyAsked
    _close(by, meeting, item, closing, note, sorted(asked), until)


@transaction.atomic
def change_requirement(*, by: Delegate, meeting: Meeting, requirement_id: UUID, need: Need, reason: str = "") -> None:
    """Revise a requirement of the list and close it as changed.

    Raises NotAllowed, MeetingNotOpen, NotOnList, and the errors of `revise_requirement`.
    """
    item = _taken_item(by, meeting, requirement_id)
    revise_requirement(by=by, requirement_id=requirement_id, need=need, reason=reason)
    _close(by, meeting, item, Closing.CHANGED, clean_prose(reason, REASON_LENGTH))


def keep_outcome(meeting: Meeting) -> dict[str, Json]:
    """Keep what the conference came to, as each member may read it, within the caller's act; return the hashes.

    Nothing where the meeting had no list.
    """
    if not Conference.objects.filter(meeting=meeting).exists():
        return {}
    kept = [
        Outcome(meeting=meeting, reader=reader, sheet=sheet, sha256=hash_of(sheet), at=clock.now())
        for reader, sheet in sheets_of(meeting).items()
    ]
    Outcome.objects.bulk_create(kept)
    return {outcome.reader or "–": outcome.sha256 for outcome in kept}


def hash_of(sheet: dict[str, Json]) -> str:
    """Return SHA-256 of the sheet as canonical JSON (RFC 8785)."""
    return sha256(canonical.encode(sheet)).hexdigest()


def _take(meeting: Meeting) -> None:
    """Let acts on a meeting to come or in session wait for one another; raises MeetingOver."""
    row = Meeting.objects.filter(pk=meeting.pk, closed_at=None, cancelled_at=None)
    if not row.update(revision=F("revision") + 1):
        raise MeetingOver


def _fill(conference: Conference, requirements: list[UUID]) -> None:
    """Put `requirements` on the list after those that were closed, and turn to the first that is open."""
    conference.items.filter(closing="").delete()
    kept = list(conference.items.all())
    for position, item in enumerate(kept, 1):
        item.position = position
    ConferenceItem.objects.bulk_update(kept, ["position"])
    known = {item.requirement_id for item in kept}
    added = [
        ConferenceItem(conference=conference, position=position, requirement_id=key)
        for position, key in enumerate([key for key in requirements if key not in known], len(kept) + 1)
    ]
    ConferenceItem.objects.bulk_create(added)
    conference.current = next(iter([*added, *kept]), None)
    conference.save(update_fields=["current"])


def _taken_item(by: Delegate, meeting: Meeting, requirement_id: UUID) -> ConferenceItem:
    """Return a line of the list that nobody else changes until the transaction ends."""
    check_presides(by, meeting)
    take_room(meeting)
    item = ConferenceItem.objects.filter(conference=meeting.pk, requirement=requirement_id).first()
    if item is None:
        raise NotOnList
    return item


def _close(
    by: Delegate,
    meeting: Meeting,
    item: ConferenceItem,
    closing: Closing,
    note: str,
    asked: Collection[str] = (),
    until: date | None = None,
) -> None:
    """Write how a requirement was closed, and tell who is asked again."""
    facts = {"closing": closing, "note": note, "asked": list(asked), "until": until}
    ConferenceItem.objects.filter(pk=item.pk).update(**facts, closed_at=clock.now(), closed_by=by)
    content: dict[str, Json] = {**_content(item), "closing": closing, "note": note, "asked_members": list(asked)}
    content["answer_by"] = until.isoformat() if until else None
    homes = _homes(meeting, asked) if closing == Closing.ASKED_AGAIN else []
    append(by.actor, MeetingAction.REQUIREMENT_CLOSED, meeting, content, _topic(meeting), *homes)


def _homes(meeting: Meeting, asked: Collection[str]) -> list[str]:
    """Return the topics of those on whose home it waits that their member is asked again."""
    invited = Delegate.objects.active().filter(
        member__meeting_invitations__meeting=meeting, member__meeting_invitations__withdrawn_at=None
    )
    people = invited.filter(member__in=asked) if asked else invited
    return [f"delegate:{person}" for person in people.values_list("pk", flat=True)]


def _content(item: ConferenceItem) -> dict[str, Json]:
    return {"requirement": str(item.requirement_id), "position": item.position}


def _topic(meeting: Meeting) -> str:
    return f"conference:{meeting.pk}"
