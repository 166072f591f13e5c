"""What home says about meetings."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from concertation.coalition.enums import Capacity
from concertation.coalition.models import Delegate
from concertation.core import clock
from concertation.core.waiting import Urgency
from concertation.meetings.domain.agenda import start_item
from concertation.meetings.domain.attendance import record_attendance
from concertation.meetings.domain.invitations import answer_invitation
from concertation.meetings.domain.schedule import cancel_meeting
from concertation.meetings.models import AgendaItem, Meeting
from concertation.meetings.waiting import awaiting_meetings
from concertation.record.events import Actor
from concertation.web.topics import may_follow
from tests.helpers.meetings import START, at, make_meeting, make_open_meeting
from tests.helpers.people import make_coalition, make_delegate, make_secretary

pytestmark = pytest.mark.django_db


def lines(delegate: Delegate) -> list[tuple[str, str]]:
    return [(thing.title, thing.action) for thing in awaiting_meetings(delegate)]


def test_an_open_meeting_is_to_be_joined_now() -> None:
    make_coalition()
    clerk = make_secretary()
    with at(0):
        meeting = make_open_meeting(by=clerk)
        start_item(by=clerk, meeting=meeting, item_id=AgendaItem.objects.filter(meeting=meeting)[1].pk)
        for code in ("FR", "GB"):
            record_attendance(by=make_delegate(code), meeting=meeting)
        record_attendance(by=make_delegate("FR", Capacity.DELEGATE), meeting=meeting)
        (thing,) = awaiting_meetings(make_delegate("DE", Capacity.OBSERVER))
    assert (thing.title, thing.action) == ("Leaders’ meeting is open", "Join")
    assert thing.detail == "Item 2, Item 2 · 2 delegations in the room"
    assert (thing.url, thing.urgency) == (f"/meetings/{meeting.pk}/room/", Urgency.NOW)
    assert thing.live_topic == f"meeting:{meeting.pk}"


def test_open_meetings_come_in_the_order_in_which_they_were_opened() -> None:
    make_coalition()
    clerk = make_secretary()
    opened = []
    for minutes in (3, 1, 2, 0):
        with at(minutes):
            opened.append((minutes, f"/meetings/{make_open_meeting(by=clerk).pk}/room/"))
    with at(4):
        shown = [thing.url for thing in awaiting_meetings(make_delegate("DE"))]
    assert shown == [address for _minutes, address in sorted(opened)]


def test_an_invitation_is_to_be_answered_by_those_who_may() -> None:
    make_coalition()
    meeting = make_meeting()
    head, interpreter = make_delegate("DE"), make_delegate("DE", Capacity.INTERPRETER)
    with at(0):
        assert lines(head) == [("Leaders’ meeting: an invitation to answer", "Answer")]
        assert lines(interpreter) == [("Leaders’ meeting is your next meeting", "Prepare")]
        answer_invitation(by=head, meeting=meeting, accepts=True)
        assert lines(head) == [("Leaders’ meeting is your next meeting", "Prepare")]
        answer_invitation(by=head, meeting=meeting, accepts=False)
        assert lines(head) == []


def test_the_next_meeting_alone_is_named_and_grows_urgent() -> None:
    make_coalition()
    observer = make_delegate("DE", Capacity.OBSERVER)
    later = make_meeting(titles={"en": "Later"}, starts_at=START + timedelta(days=9))
    make_meeting(titles={"en": "Sooner"}, starts_at=START + timedelta(days=2))
    with at(0):
        (thing,) = awaiting_meetings(observer)
        assert (thing.title, thing.urgency) == ("Sooner is your next meeting", Urgency.SOON)
        assert thing.detail == "12 July 2027, 13:00 (UTC)"
        cancel_meeting(by=Actor.system(), meeting=later)
    with clock.frozen(START + timedelta(days=1, hours=1)):
        assert [thing.urgency for thing in awaiting_meetings(observer)] == [Urgency.TODAY]


def test_the_chair_is_told_when_a_meeting_can_be_opened() -> None:
    make_coalition()
    meeting, clerk = make_meeting(), make_secretary()
    with at(1):
        (thing,) = awaiting_meetings(clerk)
    assert (thing.title, thing.action) == ("Leaders’ meeting can be opened", "Preside")
    assert thing.url == f"/meetings/{meeting.pk}/room/"


def test_a_meeting_that_nobody_opened_is_expected_for_a_day_and_then_waits_for_the_chair_alone() -> None:
    make_coalition()
    meeting, clerk, head = make_meeting(), make_secretary(), make_delegate("DE")
    make_meeting(titles={"en": "Later"}, starts_at=START + timedelta(days=9))
    invited = ("Leaders’ meeting: an invitation to answer", "Answer")
    with clock.frozen(START + timedelta(hours=23)):
        assert lines(head)[0] == invited
        assert lines(clerk) == [("Leaders’ meeting can be opened", "Preside")]
        assert Meeting.objects.ahead()[0] == meeting
    with clock.frozen(START + timedelta(hours=24)):
        assert lines(head) == [("Later: an invitation to answer", "Answer")]
        assert lines(clerk) == [
            ("Leaders’ meeting was never opened", "Look at it"),
            ("Later is your next meeting", "Prepare"),
        ]
        assert [found.title for found in Meeting.objects.ahead()] == ["Later"]


def test_others_hear_nothing_of_a_meeting(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    make_coalition()
    italy, france = make_delegate("IT"), make_delegate("FR")
    meeting = make_open_meeting(members=["FR"])
    make_meeting(members=["FR"])
    with django_assert_num_queries(2):
        assert list(awaiting_meetings(italy)) == []
    assert may_follow(italy, f"meeting:{meeting.pk}") is False
    assert may_follow(france, f"meeting:{meeting.pk}") is True
