"""Opening and closing a meeting, and what it decides."""

import json

import pytest

from concertation.coalition.enums import Capacity
from concertation.core.errors import NotAllowed, TooLong
from concertation.meetings.domain.agenda import start_item
from concertation.meetings.domain.attendance import record_attendance
from concertation.meetings.domain.floor import ask_for_floor, give_floor
from concertation.meetings.domain.session import close_meeting, note_decision, open_meeting
from concertation.meetings.enums import MeetingStatus
from concertation.meetings.errors import ItemNotThere, MeetingNotOpen, MeetingNotScheduled, TitleMissing
from concertation.meetings.models import Decision, Meeting
from concertation.record.models import Entry, Restricted
from tests.helpers.meetings import START, at, make_meeting, make_open_meeting
from tests.helpers.people import make_coalition, make_delegate, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("code", "capacity"), [("FR", Capacity.HEAD), ("GB", Capacity.DELEGATE), ("", Capacity.SECRETARIAT)]
)
def test_open_meeting_is_for_any_chair(code: str, capacity: Capacity) -> None:
    make_coalition()
    meeting = make_meeting()
    chair = make_delegate(code, capacity) if code else make_secretary()
    with at(1), assert_write("meeting.opened", f"meeting:{meeting.pk}", "coalition"):
        open_meeting(by=chair, meeting=meeting)
    meeting.refresh_from_db()
    assert (meeting.status, meeting.opened_at) == (MeetingStatus.OPEN, START.replace(minute=1))
    assert_refused(MeetingNotScheduled, lambda: open_meeting(by=chair, meeting=meeting))


@pytest.mark.parametrize(
    ("code", "capacity"),
    [
        ("DE", Capacity.HEAD),
        ("FR", Capacity.INTERPRETER),
        ("FR", Capacity.OBSERVER),
        ("UA", Capacity.DELEGATE),
    ],
)
def test_the_session_is_the_chairs(code: str, capacity: Capacity) -> None:
    make_coalition()
    scheduled, opened = make_meeting(), make_open_meeting()
    by = make_delegate(code, capacity)
    assert_refused(NotAllowed, lambda: open_meeting(by=by, meeting=scheduled))
    assert_refused(NotAllowed, lambda: close_meeting(by=by, meeting=opened))
    assert_refused(NotAllowed, lambda: note_decision(by=by, meeting=opened, sentences={"en": "They agree."}))


def test_close_meeting_ends_what_runs_and_keeps_the_conclusions_in_the_record() -> None:
    make_coalition()
    chair, kyiv = make_delegate("FR", name="Chair"), make_delegate("UA", name="Kyiv")
    with at(0):
        meeting = make_open_meeting(by=chair)
    item = meeting.items.first()
    assert item is not None
    with at(1):
        record_attendance(by=kyiv, meeting=meeting)
        start_item(by=chair, meeting=meeting, item_id=item.pk)
        request = ask_for_floor(by=kyiv, meeting=meeting)
        give_floor(by=chair, meeting=meeting, request_id=request.pk, after=None)
        note_decision(by=chair, meeting=meeting, sentences={"en": "They agree."}, item_id=item.pk)
    with at(2), assert_write("meeting.closed", f"meeting:{meeting.pk}", "coalition"):
        close_meeting(by=chair, meeting=meeting)
    entry = Entry.objects.get(action="meeting.closed")
    start, end = START.replace(minute=1).isoformat(), START.replace(minute=2).isoformat()
    assert json.loads(Restricted.objects.get(entry=entry).content) == {
        "opened_at": START.isoformat(),
        "closed_at": end,
        "items": [
            {"titles": {"en": "Item 1", "fr": "Point 1"}, "seconds": 60},
            {"titles": {"en": "Item 2", "fr": "Point 2"}, "seconds": 0},
        ],
        "attendance": [
            {
                "delegate": str(kyiv.pk),
                "name": "Kyiv",
                "member": "UA",
                "capacity": "head",
                "stays": [[start, end]],
            }
        ],
        "interventions": [
            {
                "member": "UA",
                "delegate": str(kyiv.pk),
                "kind": "statement",
                "item": str(item.pk),
                "given_at": start,
                "ended_at": end,
                "seconds": 60,
            }
        ],
        "decisions": [{"at": start, "sentences": {"en": "They agree."}}],
        "adopted": [],
    }
    assert "They agree" not in entry.leaf
    assert_refused(MeetingNotOpen, lambda: close_meeting(by=chair, meeting=meeting))


def test_note_decision_is_kept_with_its_item_and_language() -> None:
    make_coalition()
    chair, meeting = make_delegate("GB"), make_open_meeting()
    item = meeting.items.first()
    assert item is not None
    with at(3), assert_write("meeting.decided", f"meeting:{meeting.pk}"):
        note_decision(by=chair, meeting=meeting, sentences={"en": " They  agree. ", "fr": ""}, item_id=item.pk)
    decision = Decision.objects.get()
    assert (decision.sentences, decision.item, decision.at, decision.noted_by) == (
        {"en": "They agree."},
        item,
        START.replace(minute=3),
        chair,
    )


def test_note_decision_refuses_what_is_not_one() -> None:
    make_coalition()
    clerk, meeting, other = make_secretary(), make_open_meeting(), make_meeting()
    foreign = other.items.first()
    assert foreign is not None
    for error, arguments in [
        (TitleMissing, {"sentences": {"en": " "}}),
        (TooLong, {"sentences": {"en": "x" * 1001}}),
        (ItemNotThere, {"sentences": {"en": "Yes"}, "item_id": foreign.pk}),
    ]:
        assert_refused(
            error,
            lambda more=arguments: note_decision(by=clerk, meeting=meeting, **more),  # type: ignore[misc]
        )
    assert_refused(MeetingNotOpen, lambda: note_decision(by=clerk, meeting=other, sentences={"en": "Yes"}))


def test_meetings_are_listed_by_where_they_stand() -> None:
    make_coalition()
    clerk = make_secretary()
    later, sooner = make_meeting(starts_at=START.replace(hour=20)), make_meeting()
    running, over = make_open_meeting(by=clerk), make_open_meeting(by=clerk, starts_at=START.replace(year=2026))
    close_meeting(by=clerk, meeting=over)
    assert set(Meeting.objects.upcoming()[:2]) == {sooner, running}
    assert list(Meeting.objects.upcoming())[2] == later
    assert list(Meeting.objects.running()) == [running]
    assert list(Meeting.objects.past()) == [over]
