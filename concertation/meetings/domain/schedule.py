"""Meetings are scheduled, changed and cancelled by the secretariat; calendars follow by mail after the commit."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from babel import Locale
from django.conf import settings
from django.db import transaction
from django.db.models import F

from concertation.coalition.models import Member
from concertation.coalition.rules import check_manages
from concertation.core import clock
from concertation.core.errors import NothingChanged
from concertation.core.zones import zones
from concertation.meetings.domain.acts import append, clean_words, homes_of
from concertation.meetings.domain.agenda import ItemPlan, add_items
from concertation.meetings.domain.mailing import send_due_mails
from concertation.meetings.enums import Answer, Level
from concertation.meetings.errors import (
    LengthOutOfBounds,
    MeetingNotScheduled,
    NobodyInvited,
    NoSuchTime,
    UnknownLanguage,
    UnknownZone,
)
from concertation.meetings.events import MeetingAction
from concertation.meetings.models import LONGEST_MEETING, Meeting, MemberInvitation
from concertation.record.canonical import Json
from concertation.record.events import Actor

FIRST_YEAR, LAST_YEAR = 2000, 2099


@dataclass(frozen=True, kw_only=True)
class MeetingPlan:
    """What is decided when a meeting is scheduled; `members` are codes, None invites all who are present."""

    titles: dict[str, str]
    starts_at: datetime
    minutes: int
    zone: str
    level: Level
    languages: Sequence[str]
    members: Sequence[str] | None = None


@transaction.atomic
def schedule_meeting(
    *, by: Actor, plan: MeetingPlan, agenda: Sequence[ItemPlan] = (), sources: Sequence[str] = ()
) -> Meeting:
    """Schedule a meeting with its agenda and invite its members; returns it. The invitations go out by mail.

    Raises NotAllowed, and the InvalidInput errors of a plan or an agenda item.
    """
    check_manages(by)
    facts, members = _facts(plan), _members(plan)
    identifier = uuid.uuid4()
    uid = f"{identifier}@{urlsplit(settings.BASE_URL).hostname}"
    meeting = Meeting.objects.create(id=identifier, uid=uid, changed_at=clock.now(), sources=list(sources), **facts)
    MemberInvitation.objects.bulk_create(MemberInvitation(meeting=meeting, member_id=code) for code in sorted(members))
    items = add_items(meeting, agenda)
    content = {**_content(meeting), "members": sorted(members), "agenda": [item.titles for item in items]}
    append(by, MeetingAction.SCHEDULED, meeting, content, *homes_of(meeting))
    transaction.on_commit(lambda: send_due_mails(meeting_id=meeting.pk))
    return meeting


@transaction.atomic
def update_meeting(*, by: Actor, meeting: Meeting, plan: MeetingPlan) -> None:
    """Change a scheduled meeting and its invited members; its event keeps its UID and gets the next SEQUENCE.

    Raises NotAllowed, MeetingNotScheduled, NothingChanged, and the InvalidInput errors of a plan.
    """
    check_manages(by)
    facts, members = _facts(plan), _members(plan)
    row = Meeting.objects.filter(pk=meeting.pk, opened_at=None, cancelled_at=None)
    if not row.update(sequence=F("sequence") + 1, changed_at=clock.now()):
        raise MeetingNotScheduled
    before = row.get()
    invited = MemberInvitation.objects.filter(meeting=meeting, withdrawn_at=None)
    codes = set(invited.values_list("member_id", flat=True))
    if codes == members and all(getattr(before, name) == value for name, value in facts.items()):
        raise NothingChanged
    row.update(**facts)
    _invite(meeting, members)
    after = row.get()
    append(by, MeetingAction.UPDATED, after, {**_content(after), "members": sorted(members)}, *homes_of(meeting))
    transaction.on_commit(lambda: send_due_mails(meeting_id=meeting.pk))


@transaction.atomic
def cancel_meeting(*, by: Actor, meeting: Meeting, reason: str = "") -> None:
    """Cancel a scheduled meeting; everybody who was invited is told by mail.

    Raises NotAllowed, MeetingNotScheduled.
    """
    check_manages(by)
    now = clock.now()
    row = Meeting.objects.filter(pk=meeting.pk, opened_at=None, cancelled_at=None)
    if not row.update(cancelled_at=now, changed_at=now, sequence=F("sequence") + 1):
        raise MeetingNotScheduled
    append(by, MeetingAction.CANCELLED, meeting, {"reason": reason.strip()[:500]}, *homes_of(meeting))
    transaction.on_commit(lambda: send_due_mails(meeting_id=meeting.pk))


def _facts(plan: MeetingPlan) -> dict[str, object]:
    """Return the checked facts of `plan` by field; raises the InvalidInput errors."""
    if plan.zone not in zones():
        raise UnknownZone
    if plan.starts_at.tzinfo is None or not FIRST_YEAR <= plan.starts_at.astimezone(UTC).year <= LAST_YEAR:
        raise NoSuchTime
    if not 1 <= plan.minutes <= LONGEST_MEETING:
        raise LengthOutOfBounds
    if not plan.languages or not set(plan.languages) <= set(Locale("en").languages):
        raise UnknownLanguage
    return {
        "titles": clean_words(plan.titles),
        "starts_at": plan.starts_at.astimezone(UTC),
        "minutes": plan.minutes,
        "zone": plan.zone,
        "level": Level(plan.level),
        "languages": list(dict.fromkeys(plan.languages)),
    }


def _members(plan: MeetingPlan) -> set[str]:
    """Return the codes of those whom `plan` invites; raises NobodyInvited, also for one who is not present."""
    present = set(Member.objects.present().values_list("code", flat=True))
    members = present if plan.members is None else set(plan.members)
    if not members or not members <= present:
        raise NobodyInvited
    return members


def _invite(meeting: Meeting, members: set[str]) -> None:
    """Make `members` those who are invited: others are withdrawn, those who come back answer anew."""
    known = MemberInvitation.objects.filter(meeting=meeting)
    known.filter(withdrawn_at=None).exclude(member__in=members).update(withdrawn_at=clock.now())
    back = known.filter(member__in=members).exclude(withdrawn_at=None)
    back.update(withdrawn_at=None, answer=Answer.NONE, answered_by=None, answered_at=None)
    missing = members - set(known.values_list("member_id", flat=True))
    MemberInvitation.objects.bulk_create(MemberInvitation(meeting=meeting, member_id=code) for code in sorted(missing))


def _content(meeting: Meeting) -> dict[str, Json]:
    """Return what the record keeps of a plan."""
    return {
        "titles": meeting.titles,
        "starts_at": meeting.starts_at.isoformat(),
        "minutes": meeting.minutes,
        "zone": meeting.zone,
        "level": meeting.level,
        "languages": meeting.languages,
        "uid": meeting.uid,
        "sequence": meeting.sequence,
    }
