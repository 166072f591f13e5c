"""Who is in the room, and when."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from concertation.coalition.enums import Capacity
from concertation.core.errors import NotAllowed
from concertation.meetings.domain.attendance import leave_room, record_attendance
from concertation.meetings.domain.session import close_meeting
from concertation.meetings.errors import MeetingNotOpen, NotInRoom
from concertation.meetings.models import Attendance, Meeting
from concertation.meetings.queries import present_in
from concertation.record.models import Entry
from tests.helpers.meetings import START, at, make_meeting, make_open_meeting
from tests.helpers.people import make_coalition, make_delegate, make_secretary
from tests.helpers.writes import assert_refused, assert_write


@pytest.fixture
def meeting() -> Meeting:
    make_coalition()
    with at(0):
        return make_open_meeting()


@pytest.mark.django_db
@pytest.mark.parametrize("capacity", [c for c in Capacity if c != Capacity.SECRETARIAT])
def test_record_attendance_notes_who_came(meeting: Meeting, capacity: Capacity) -> None:
    delegate = make_delegate("DE", capacity)
    with at(1), assert_write("attendance.came", f"meeting:{meeting.pk}"):
        assert record_attendance(by=delegate, meeting=meeting) is True
    with at(1, 30):
        assert present_in(meeting) == [delegate]


@pytest.mark.django_db
def test_record_attendance_again_renews_the_stay_without_an_entry(meeting: Meeting) -> None:
    germany = make_delegate("DE")
    with at(1):
        record_attendance(by=germany, meeting=meeting)
    entries = Entry.objects.count()
    with at(2):
        assert record_attendance(by=germany, meeting=meeting) is False
    stay = Attendance.objects.get()
    assert (stay.came_at, stay.seen_at, stay.left_at) == (START.replace(minute=1), START.replace(minute=2), None)
    assert Entry.objects.count() == entries


@pytest.mark.django_db
def test_a_closed_laptop_ended_the_stay_when_it_was_last_seen(meeting: Meeting) -> None:
    germany = make_delegate("DE")
    for minute in (1, 2):
        with at(minute):
            record_attendance(by=germany, meeting=meeting)
    with at(5):
        assert present_in(meeting) == []
    with at(10), assert_write("attendance.came", f"meeting:{meeting.pk}"):
        record_attendance(by=germany, meeting=meeting)
    assert list(Attendance.objects.values_list("came_at", "left_at")) == [
        (START.replace(minute=1), START.replace(minute=2)),
        (START.replace(minute=10), None),
    ]


@pytest.mark.django_db
def test_leave_room_ends_the_stay(meeting: Meeting) -> None:
    germany = make_delegate("DE")
    with at(1):
        record_attendance(by=germany, meeting=meeting)
    with at(2), assert_write("attendance.left", f"meeting:{meeting.pk}"):
        leave_room(by=germany, meeting=meeting)
    assert Attendance.objects.get().left_at == START.replace(minute=2)
    assert_refused(NotInRoom, lambda: leave_room(by=germany, meeting=meeting))


@pytest.mark.django_db
def test_close_meeting_ends_the_stays(meeting: Meeting) -> None:
    here, asleep, clerk = make_delegate("DE"), make_delegate("IT"), make_secretary()
    with at(1):
        record_attendance(by=asleep, meeting=meeting)
    with at(9):
        record_attendance(by=here, meeting=meeting)
    with at(10):
        close_meeting(by=clerk, meeting=meeting)
    assert list(Attendance.objects.values_list("delegate", "left_at")) == [
        (asleep.pk, START.replace(minute=1)),
        (here.pk, START.replace(minute=10)),
    ]


@pytest.mark.django_db
def test_record_attendance_is_refused_to_others_and_at_other_times() -> None:
    make_coalition()
    germany, italy = make_delegate("DE"), make_delegate("IT")
    meeting, scheduled = make_open_meeting(members=["FR", "DE"]), make_meeting()
    assert_refused(NotAllowed, lambda: record_attendance(by=italy, meeting=meeting))
    assert_refused(MeetingNotOpen, lambda: record_attendance(by=germany, meeting=scheduled))
    record_attendance(by=germany, meeting=meeting)
    close_meeting(by=make_secretary(), meeting=meeting)
    assert_refused(MeetingNotOpen, lambda: record_attendance(by=germany, meeting=meeting))
    assert_refused(MeetingNotOpen, lambda: leave_room(by=germany, meeting=meeting))


@pytest.mark.django_db
def test_those_present_stand_in_protocol_order(meeting: Meeting) -> None:
    clerk = make_secretary()
    people = [make_delegate("IT"), make_delegate("GB", Capacity.DELEGATE), make_delegate("GB"), clerk]
    with at(1):
        for delegate in people:
            record_attendance(by=delegate, meeting=meeting)
        assert present_in(meeting) == [people[2], people[1], people[0], clerk]


@pytest.mark.django_db(transaction=True)
def test_two_windows_of_one_person_make_one_stay() -> None:
    make_coalition()
    meeting, germany = make_open_meeting(), make_delegate("DE")
    connection.close()

    def beat(_: int) -> bool:
        try:
            return record_attendance(by=germany, meeting=meeting)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(beat, range(4)))
    assert sorted(results) == [False, False, False, True]
    assert Attendance.objects.count() == 1
