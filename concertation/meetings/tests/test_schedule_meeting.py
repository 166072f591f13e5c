"""Scheduling a meeting."""

import pytest

from concertation.coalition.enums import Capacity, Status
from concertation.core.errors import InvalidInput, NotAllowed, TooLong
from concertation.meetings.domain.agenda import ItemPlan
from concertation.meetings.domain.schedule import MeetingPlan, schedule_meeting
from concertation.meetings.enums import Answer, MeetingStatus
from concertation.meetings.errors import (
    AgendaFull,
    LengthOutOfBounds,
    NobodyInvited,
    NoSuchTime,
    TitleMissing,
    UnknownLanguage,
    UnknownZone,
)
from concertation.meetings.models import AgendaItem, Meeting, MemberInvitation
from concertation.record.models import Entry, Restricted
from tests.helpers.meetings import START, make_items, make_plan
from tests.helpers.people import make_coalition, make_delegate, make_member, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db


def test_schedule_meeting_invites_all_present_members() -> None:
    make_coalition()
    make_member("PL", status=Status.INVITED)
    clerk = make_secretary()
    meeting = schedule_meeting(by=clerk.actor, plan=make_plan(), agenda=make_items(2))
    invitations = MemberInvitation.objects.filter(meeting=meeting)
    assert [(row.member_id, row.answer) for row in invitations] == [
        (code, Answer.NONE) for code in ("FR", "GB", "UA", "DE", "IT")
    ]
    assert meeting.status == MeetingStatus.SCHEDULED
    assert (meeting.starts_at, meeting.ends_at) == (START, START.replace(hour=14, minute=30))
    assert meeting.uid == f"{meeting.pk}@localhost"
    assert [(item.position, item.title) for item in meeting.items.all()] == [(1, "Item 1"), (2, "Item 2")]


def test_schedule_meeting_writes_one_entry_and_announces_it() -> None:
    make_coalition()
    clerk = make_secretary()
    with assert_write("meeting.scheduled", "coalition"):
        schedule_meeting(by=clerk.actor, plan=make_plan())


def test_schedule_meeting_keeps_what_it_is_about_to_those_invited() -> None:
    make_coalition()
    plan = make_plan(titles={"en": "Confidential talks"}, members=["FR", "GB"])
    schedule_meeting(by=make_secretary().actor, plan=plan)
    entry = Entry.objects.get(action="meeting.scheduled")
    assert "Confidential" not in entry.leaf
    assert Restricted.objects.get(entry=entry).audience == ",FR,GB,"
    assert "Confidential talks" in Restricted.objects.get(entry=entry).content


@pytest.mark.parametrize("capacity", [Capacity.HEAD, Capacity.DELEGATE, Capacity.INTERPRETER, Capacity.OBSERVER])
def test_schedule_meeting_is_refused_to_delegations(capacity: Capacity) -> None:
    make_coalition()
    co_chair = make_delegate("FR", capacity)
    assert_refused(NotAllowed, lambda: schedule_meeting(by=co_chair.actor, plan=make_plan()))


@pytest.mark.parametrize(
    ("error", "changes"),
    [
        (TitleMissing, {"titles": {}}),
        (TitleMissing, {"titles": {"en": " \n ", "fr": ""}}),
        (TooLong, {"titles": {"en": "x" * 201}}),
        (UnknownZone, {"zone": "Europe/Atlantis"}),
        (UnknownZone, {"zone": "../../etc/passwd"}),
        (NoSuchTime, {"starts_at": START.replace(tzinfo=None)}),
        (NoSuchTime, {"starts_at": START.replace(year=1999)}),
        (NoSuchTime, {"starts_at": START.replace(year=2100)}),
        (LengthOutOfBounds, {"minutes": 0}),
        (LengthOutOfBounds, {"minutes": 1441}),
        (UnknownLanguage, {"languages": []}),
        (UnknownLanguage, {"languages": ["xx"]}),
        (NobodyInvited, {"members": []}),
        (NobodyInvited, {"members": ["FR", "XX"]}),
        (NobodyInvited, {"members": ["FR", "PL"]}),
    ],
)
def test_schedule_meeting_refuses_bad_plans(error: type[InvalidInput], changes: dict[str, object]) -> None:
    make_coalition()
    make_member("PL", status=Status.INVITED)
    actor = make_secretary().actor
    assert_refused(error, lambda: schedule_meeting(by=actor, plan=make_plan(**changes)))
    assert not Meeting.objects.exists()


@pytest.mark.parametrize(
    ("error", "item"),
    [
        (TitleMissing, ItemPlan(titles={"en": ""}, minutes=5)),
        (LengthOutOfBounds, ItemPlan(titles={"en": "Support"}, minutes=0)),
        (NobodyInvited, ItemPlan(titles={"en": "Support"}, minutes=5, lead="XX")),
    ],
)
def test_schedule_meeting_refuses_bad_items(error: type[InvalidInput], item: ItemPlan) -> None:
    make_coalition()
    actor = make_secretary().actor
    assert_refused(error, lambda: schedule_meeting(by=actor, plan=make_plan(), agenda=[item]))


def test_schedule_meeting_limits_the_agenda() -> None:
    make_coalition()
    actor = make_secretary().actor
    schedule_meeting(by=actor, plan=make_plan(), agenda=make_items(60))
    full = make_items(61)
    assert_refused(AgendaFull, lambda: schedule_meeting(by=actor, plan=make_plan(), agenda=full))
    assert AgendaItem.objects.count() == 60


def test_titles_are_read_in_the_readers_language_else_in_english() -> None:
    make_coalition()
    plan: MeetingPlan = make_plan(titles={"en": " Leaders’\n meeting ", "uk": "Зустріч"})
    meeting = schedule_meeting(by=make_secretary().actor, plan=plan)
    assert meeting.titles == {"en": "Leaders’ meeting", "uk": "Зустріч"}
    assert meeting.title == "Leaders’ meeting"
