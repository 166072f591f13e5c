"""The pages of meetings: who sees them, and what they cost."""

from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from concertation.coalition.enums import Capacity
from concertation.meetings.domain.attendance import record_attendance
from concertation.meetings.domain.floor import ask_for_floor
from concertation.meetings.domain.schedule import cancel_meeting
from concertation.meetings.domain.session import close_meeting
from concertation.meetings.models import Meeting, MemberInvitation
from concertation.record.events import Actor
from tests.helpers.meetings import START, make_meeting, make_open_meeting
from tests.helpers.people import (
    client_of,
    make_coalition,
    make_delegate,
    make_secretary,
    make_visitors,
)

pytestmark = pytest.mark.django_db
CODES = "FR AT BE BG HR CY CZ DK EE FI GR HU IE LV LT LU MT NL PL PT RO SK SI ES SE IS NO CA AU NZ JP TR AL ME MK"


def test_meetings_are_for_invited_delegations_and_the_secretariat() -> None:
    visitors = make_visitors()
    meeting = make_meeting(titles={"en": "Confidential talks"}, members=["FR", "DE"])
    opened = make_open_meeting(titles={"en": "Confidential talks"}, members=["FR", "DE"])
    closed = make_open_meeting(titles={"en": "Confidential talks"}, members=["FR", "DE"])
    close_meeting(by=visitors.co_chair, meeting=closed)
    pages = [
        reverse("meetings:detail", args=[meeting.pk]),
        reverse("meetings:calendar", args=[meeting.pk]),
        reverse("meetings:room", args=[opened.pk]),
        reverse("meetings:stage", args=[opened.pk]),
        reverse("meetings:conclusions", args=[closed.pk]),
    ]
    expected = {
        None: 302,
        visitors.outsider: 403,
        visitors.observer: 404,
        visitors.other_delegate: 404,
        visitors.interpreter: 200,
        visitors.delegate: 200,
        visitors.head: 200,
        visitors.co_chair: 200,
        visitors.secretariat: 200,
    }
    for visitor, status in expected.items():
        for page in pages:
            response = client_of(visitor).get(page)
            assert response.status_code == status, (visitor, page)
            assert (b"Confidential talks" in response.content) is (status == 200 and "stage" not in page), page


def test_the_list_shows_what_the_reader_is_invited_to() -> None:
    visitors = make_visitors()
    make_meeting(titles={"en": "Confidential talks"}, members=["FR", "DE"])
    make_meeting(titles={"en": "Open talks"})
    for visitor, seen in [
        (visitors.head, {"Confidential talks", "Open talks"}),
        (visitors.secretariat, {"Confidential talks", "Open talks"}),
        (visitors.other_delegate, {"Open talks"}),
        (visitors.observer, {"Open talks"}),
    ]:
        content = client_of(visitor).get(reverse("meetings:list")).content.decode()
        assert {title for title in ("Confidential talks", "Open talks") if title in content} == seen


def test_the_list_says_what_to_do_when_it_is_empty() -> None:
    make_coalition()
    page = reverse("meetings:list")
    assert b"An invitation will appear here" in client_of(make_delegate("DE")).get(page).content
    assert b"Schedule one" in client_of(make_secretary()).get(page).content


@pytest.mark.parametrize("number", [3, 300])
def test_the_list_costs_the_same_at_any_length(number: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    members = make_coalition()
    germany = make_delegate("DE")
    meetings = Meeting.objects.bulk_create(
        Meeting(
            titles={"en": f"Meeting {n}"},
            starts_at=START + timedelta(days=n),
            minutes=60,
            zone="UTC",
            level="experts",
            languages=["en"],
            uid=str(n),
            changed_at=START,
            cancelled_at=START if n % 2 else None,
        )
        for n in range(number)
    )
    MemberInvitation.objects.bulk_create(
        MemberInvitation(meeting=meeting, member=member) for meeting in meetings for member in members
    )
    client = client_of(germany)
    client.get(reverse("meetings:list"))
    with django_assert_num_queries(6):
        assert client.get(reverse("meetings:list")).status_code == 200


@pytest.mark.parametrize(("members", "items"), [(1, 1), (35, 30)])
def test_a_meeting_and_its_room_cost_the_same_at_any_size(
    members: int, items: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make_coalition()
    codes = CODES.split()[:members]
    people = [make_delegate(code) for code in codes]
    clerk = make_secretary()
    meeting = make_open_meeting(by=clerk, items=items)
    for person in people:
        record_attendance(by=person, meeting=meeting)
        ask_for_floor(by=person, meeting=meeting)
    client = client_of(clerk)
    for page, most in [("meetings:detail", 10), ("meetings:room", 10)]:
        client.get(reverse(page, args=[meeting.pk]))
        with django_assert_max_num_queries(most):
            assert client.get(reverse(page, args=[meeting.pk])).status_code == 200


def test_answers_are_given_on_the_page() -> None:
    make_coalition()
    meeting, germany = make_meeting(), make_delegate("DE")
    client, page = client_of(germany), reverse("meetings:answer", args=[meeting.pk])
    response = client.post(page, {"answer": "accept"}, headers={"HX-Request": "true"})
    assert response.status_code == 200
    assert "Germany takes part." in response.content.decode()
    assert "<html" not in response.content.decode()
    assert client.post(page, {"answer": "accept"}).status_code == 409
    assert client.post(page, {"answer": "perhaps"}).status_code == 400
    assert client.post(page, {"answer": "decline"}).status_code == 302
    assert MemberInvitation.objects.get(meeting=meeting, member="DE").answer == "declined"


def test_answers_are_not_given_by_those_who_may_not() -> None:
    make_coalition()
    meeting = make_meeting(members=["FR", "DE"])
    page = reverse("meetings:answer", args=[meeting.pk])
    for delegate, status in [
        (make_delegate("DE", Capacity.INTERPRETER), 403),
        (make_secretary(), 403),
        (make_delegate("IT"), 404),
    ]:
        assert client_of(delegate).post(page, {"answer": "accept"}).status_code == status
    assert not MemberInvitation.objects.exclude(answer="none").exists()


def test_start_is_shown_on_the_readers_clock_and_in_the_capitals_across_clock_changes() -> None:
    make_coalition()
    paris = make_delegate("FR")
    paris.person.time_zone = "Europe/Paris"
    paris.person.save()
    # 28 March 2027: clocks go forward at 01:00 UTC in all capitals of Europe.
    before = make_meeting(starts_at=START.replace(month=3, day=28, hour=0, minute=30))
    after = make_meeting(starts_at=START.replace(month=3, day=28, hour=1, minute=30))
    for meeting, reader, capitals in [
        (before, "28 March 2027, 01:30 (Europe/Paris)", ["01:30", "00:30", "02:30"]),
        (after, "28 March 2027, 03:30 (Europe/Paris)", ["03:30", "02:30", "04:30"]),
    ]:
        content = client_of(paris).get(reverse("meetings:detail", args=[meeting.pk])).content.decode()
        assert reader in content
        for time, capital in zip(capitals, ["Paris · Berlin · Rome", "London", "Kyiv"], strict=True):
            line = f'<span class="capital-time">{time}</span> <span class="capital-name">{capital}</span>'
            assert line in content


def test_conclusions_are_there_once_the_meeting_is_closed() -> None:
    make_coalition()
    clerk = make_secretary()
    meeting = make_open_meeting(by=clerk)
    page = reverse("meetings:conclusions", args=[meeting.pk])
    assert client_of(clerk).get(page).status_code == 404
    close_meeting(by=clerk, meeting=meeting)
    assert client_of(clerk).get(page).status_code == 200


def test_calendar_file_says_published_or_cancelled() -> None:
    make_coalition()
    meeting, germany = make_meeting(), make_delegate("DE")
    page = reverse("meetings:calendar", args=[meeting.pk])
    response = client_of(germany).get(page)
    assert response["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
    assert response["Content-Disposition"] == 'attachment; filename="2027-07-10.ics"'
    cancel_meeting(by=Actor.system(), meeting=meeting)
    response = client_of(germany).get(page)
    assert response["Content-Type"] == "text/calendar; charset=utf-8; method=CANCEL"
    assert b"STATUS:CANCELLED" in response.content
