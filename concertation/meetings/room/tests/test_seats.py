"""Seats: one a person, six a room, even when many arrive at once."""

from datetime import timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection

from concertation.coalition.enums import Capacity
from concertation.coalition.models import Delegate
from concertation.core import clock
from concertation.meetings.models import Meeting
from concertation.meetings.room.models import SEAT_LASTS, RoomSeat
from concertation.meetings.room.seats import RoomFull, claim_seat, participants, release_seat, renew_seat
from concertation.meetings.room.tests.browsers import make_open_meeting
from tests.helpers.people import make_coalition, make_delegate
from tests.helpers.writes import Listener


@pytest.fixture
def meeting() -> Meeting:
    make_coalition()
    return make_open_meeting("FR", "UA")


def peer() -> str:
    return uuid4().hex


@pytest.mark.django_db
def test_expired_seat_is_given_to_the_next(meeting: Meeting) -> None:
    for _ in range(6):
        claim_seat(meeting_id=meeting.id, delegate=make_delegate("UA", Capacity.DELEGATE), peer=peer())
    late, newcomer = make_delegate("FR"), peer()
    with pytest.raises(RoomFull):
        claim_seat(meeting_id=meeting.id, delegate=late, peer=newcomer)
    with clock.frozen(clock.now() + SEAT_LASTS + timedelta(seconds=1)):
        claim = claim_seat(meeting_id=meeting.id, delegate=late, peer=newcomer)
    assert len(claim.expired) == 6
    assert claim.others == []
    assert list(RoomSeat.objects.values_list("peer", "number")) == [(newcomer, 1)]


@pytest.mark.django_db
def test_seats_of_other_meetings_do_not_count(meeting: Meeting) -> None:
    elsewhere, delegate = make_open_meeting("UA"), make_delegate("UA")
    claim_seat(meeting_id=elsewhere.id, delegate=delegate, peer=peer())
    claim = claim_seat(meeting_id=meeting.id, delegate=delegate, peer=peer())
    assert (claim.others, claim.replaced) == ([], [])
    assert len(participants(elsewhere.id)) == 1


@pytest.mark.django_db
def test_a_seat_is_renewed_and_released_by_its_own_peer_only(meeting: Meeting) -> None:
    holder, stranger = peer(), peer()
    claim_seat(meeting_id=meeting.id, delegate=make_delegate("UA"), peer=holder)
    assert (renew_seat(peer=stranger), renew_seat(peer=holder)) == (False, True)
    assert release_seat(meeting_id=meeting.id, peer=stranger) is False
    assert release_seat(meeting_id=meeting.id, peer=holder) is True


@pytest.mark.django_db(transaction=True)
def test_change_of_seats_is_announced_after_the_commit(meeting: Meeting) -> None:
    topic, delegate, holder = f"room:{meeting.id}", make_delegate("UA"), peer()
    listener = Listener((topic,))
    claim_seat(meeting_id=meeting.id, delegate=delegate, peer=holder)
    assert listener.heard() == {topic}
    release_seat(meeting_id=meeting.id, peer=holder)
    assert listener.heard() == {topic}


@pytest.mark.django_db(transaction=True)
def test_of_eight_at_once_six_are_seated(meeting: Meeting) -> None:
    start, outcomes = Barrier(8), []

    def arrive(delegate: Delegate) -> None:
        start.wait()
        try:
            claim_seat(meeting_id=meeting.id, delegate=delegate, peer=peer())
            outcomes.append("seated")
        except RoomFull:
            outcomes.append("full")
        finally:
            connection.close()

    delegates = [make_delegate("UA", Capacity.DELEGATE) for _ in range(8)]
    threads = [Thread(target=arrive, args=[delegate]) for delegate in delegates]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["full"] * 2 + ["seated"] * 6
    assert sorted(RoomSeat.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]
