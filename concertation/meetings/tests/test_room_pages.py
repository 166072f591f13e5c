"""The room: its panels, what each capacity is offered, and the acts by their addresses."""

import re
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from concertation.coalition.enums import Capacity
from concertation.coalition.models import Delegate
from concertation.meetings.domain.agenda import start_item
from concertation.meetings.domain.floor import ask_for_floor, give_floor
from concertation.meetings.domain.schedule import cancel_meeting
from concertation.meetings.domain.session import close_meeting
from concertation.meetings.models import AgendaItem, Attendance, Decision, FloorRequest, Meeting
from concertation.record.events import Actor
from tests.helpers.meetings import make_meeting, make_open_meeting
from tests.helpers.people import client_of, make_coalition, make_delegate, make_secretary

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def chair() -> Delegate:
    make_coalition()
    return make_delegate("FR")


@pytest.fixture
def meeting(chair: Delegate) -> Meeting:
    return make_open_meeting(by=chair)


def post(who: Delegate, name: str, *arguments: UUID, **data: object) -> tuple[int, str]:
    response = client_of(who).post(reverse(f"meetings:{name}", args=arguments), data, headers=HTMX)
    return response.status_code, response.content.decode()


def offered(client: Client, meeting: Meeting) -> set[str]:
    """Return the acts that the room offers, by the last part of their address."""
    content = client.get(reverse("meetings:room", args=[meeting.pk])).content.decode()
    return {address.rstrip("/").rsplit("/", 1)[-1] for address in re.findall(r'hx-post="([^"]+)"', content)}


def test_the_room_offers_each_capacity_what_it_may_do(meeting: Meeting, chair: Delegate) -> None:
    ask_for_floor(by=make_delegate("UA"), meeting=meeting)
    preside = {"start", "give", "move", "withdraw", "close", "decide"}
    for delegate, expected in [
        (chair, preside | {"ask"}),
        (make_secretary(), preside),
        (make_delegate("DE"), {"ask"}),
        (make_delegate("UA", Capacity.DELEGATE), {"ask", "withdraw"}),
        (make_delegate("DE", Capacity.INTERPRETER), set()),
        (make_delegate("DE", Capacity.OBSERVER), set()),
    ]:
        assert offered(client_of(delegate), meeting) == expected, delegate


def test_the_room_before_and_after_the_meeting(chair: Delegate) -> None:
    scheduled, closed, cancelled = make_meeting(), make_open_meeting(by=chair), make_meeting()
    close_meeting(by=chair, meeting=closed)
    cancel_meeting(by=Actor.system(), meeting=cancelled)
    assert offered(client_of(chair), scheduled) == {"open"}
    assert offered(client_of(make_delegate("DE")), scheduled) == set()
    for meeting, sentence in [
        (scheduled, "The meeting is not open yet"),
        (closed, "The meeting is closed"),
        (cancelled, "This meeting was cancelled"),
    ]:
        content = client_of(chair).get(reverse("meetings:room", args=[meeting.pk])).content.decode()
        assert sentence in content
        assert "<meeting-room" not in content
    assert offered(client_of(chair), closed) == offered(client_of(chair), cancelled) == set()


def test_a_change_brings_panels_head_and_controls_but_neither_stage_nor_text(meeting: Meeting, chair: Delegate) -> None:
    page = reverse("meetings:room", args=[meeting.pk])
    fragment = client_of(chair).get(page, headers=HTMX).content.decode()
    assert re.findall(r'^\s*<div id="([^"]+)"', fragment, re.M) == [
        "room-panels",
        "room-head",
        "room-actions",
        "room-more",
    ]
    assert fragment.count('hx-swap-oob="true"') == 3
    assert "<meeting-room" not in fragment
    assert "<html" not in fragment


def test_opening_brings_the_stage_once(chair: Delegate) -> None:
    meeting = make_meeting()
    page = reverse("meetings:stage", args=[meeting.pk])
    germany = client_of(make_delegate("DE"))
    assert "hx-trigger" in germany.get(page, headers=HTMX).content.decode()
    assert post(chair, "open", meeting.pk)[0] == 200
    stage = germany.get(page, headers=HTMX).content.decode()
    assert f'data-meeting="{meeting.pk}"' in stage
    assert "hx-trigger" not in stage.split('id="decision"')[0]


def test_the_floor_by_its_addresses(meeting: Meeting, chair: Delegate) -> None:
    kyiv = make_delegate("UA")
    status, content = post(kyiv, "ask_floor", meeting.pk, kind="point_of_order")
    assert (status, "point of order" in content) == (200, True)
    assert post(kyiv, "ask_floor", meeting.pk, kind="statement")[0] == 200
    assert post(kyiv, "ask_floor", meeting.pk, kind="statement")[0] == 409
    point, statement = FloorRequest.objects.filter(meeting=meeting).waiting()
    assert post(chair, "move_floor", meeting.pk, statement.pk, place=0)[0] == 200
    assert post(chair, "give_floor", meeting.pk, point.pk, after="")[0] == 200
    assert post(chair, "give_floor", meeting.pk, statement.pk, after="")[0] == 409
    assert post(chair, "give_floor", meeting.pk, statement.pk, after=point.pk)[0] == 200
    status, content = post(chair, "end_floor", meeting.pk, statement.pk)
    assert (status, "Nobody has asked for the floor." in content) == (200, True)
    third = ask_for_floor(by=kyiv, meeting=meeting)
    assert post(kyiv, "withdraw_floor", meeting.pk, third.pk)[0] == 200


def test_the_agenda_and_decisions_by_their_addresses(meeting: Meeting, chair: Delegate) -> None:
    item = AgendaItem.objects.filter(meeting=meeting)[0]
    assert post(chair, "start_item", meeting.pk, item.pk)[0] == 200
    assert post(chair, "end_item", meeting.pk, item.pk)[0] == 200
    status, content = post(chair, "decide", meeting.pk, words_en="They agree.", item=item.pk)
    assert (status, 'id="decision"' in content) == (200, True)
    assert Decision.objects.get().sentences == {"en": "They agree."}
    status, sentence = post(chair, "decide", meeting.pk, words_en=" ", words_fr="", item="")
    assert (status, sentence) == (400, "Write it in at least one language.")
    assert post(chair, "decide", meeting.pk, words_en="Yes", item=meeting.pk)[0] == 400
    assert post(chair, "close", meeting.pk)[0] == 200
    assert post(chair, "close", meeting.pk)[0] == 409


def test_bad_input_is_refused_and_changes_nothing(meeting: Meeting, chair: Delegate) -> None:
    request = ask_for_floor(by=make_delegate("UA"), meeting=meeting)
    for name, data in [
        ("move_floor", {}),
        ("move_floor", {"place": "-1"}),
        ("move_floor", {"place": "one"}),
        ("move_floor", {"place": "٣"}),
        ("move_floor", {"place": "9" * 400}),
        ("give_floor", {"after": "nobody"}),
    ]:
        status, sentence = post(chair, name, meeting.pk, request.pk, **data)
        assert (status, sentence) == (400, "This could not be understood.")
    assert list(FloorRequest.objects.filter(meeting=meeting).waiting()) == [request]


def test_acts_are_refused_to_others_with_a_sentence(meeting: Meeting, chair: Delegate) -> None:
    item = AgendaItem.objects.filter(meeting=meeting)[0]
    request = ask_for_floor(by=make_delegate("UA"), meeting=meeting)
    acts: list[tuple[str, list[UUID]]] = [
        ("close", []),
        ("decide", []),
        ("start_item", [item.pk]),
        ("end_item", [item.pk]),
        ("move_floor", [request.pk]),
        ("give_floor", [request.pk]),
        ("end_floor", [request.pk]),
        ("withdraw_floor", [request.pk]),
    ]
    data = {"words_en": "Yes", "item": "", "place": "0", "after": ""}
    for delegate in (make_delegate("DE"), make_delegate("FR", Capacity.INTERPRETER)):
        for name, arguments in acts:
            status, sentence = post(delegate, name, meeting.pk, *arguments, **data)
            assert (status, sentence) == (403, "Your capacity does not allow this."), name
    assert FloorRequest.objects.get().withdrawn_at is None


def test_acts_in_a_meeting_that_is_not_for_the_visitor_are_not_found(chair: Delegate) -> None:
    meeting = make_open_meeting(by=chair, members=["FR", "DE"])
    italy = make_delegate("IT")
    for name in ("beat", "leave", "open", "close", "decide", "ask_floor"):
        assert post(italy, name, meeting.pk)[0] == 404
    assert not Attendance.objects.exists()


def test_beats_count_as_attendance_until_the_meeting_is_closed(meeting: Meeting, chair: Delegate) -> None:
    observer = make_delegate("DE", Capacity.OBSERVER)
    assert [post(observer, "beat", meeting.pk)[0] for _ in range(2)] == [204, 204]
    assert Attendance.objects.get().delegate == observer
    response = client_of(observer).post(reverse("meetings:leave", args=[meeting.pk]))
    assert (response.status_code, response["Location"]) == (302, f"/meetings/{meeting.pk}/")
    assert Attendance.objects.get().left_at is not None
    assert client_of(chair).post(reverse("meetings:leave", args=[meeting.pk])).status_code == 302
    close_meeting(by=chair, meeting=meeting)
    assert post(observer, "beat", meeting.pk)[0] == 286


def test_acts_work_without_scripts(meeting: Meeting) -> None:
    response = client_of(make_delegate("UA")).post(reverse("meetings:ask_floor", args=[meeting.pk]))
    assert (response.status_code, response["Location"]) == (302, f"/meetings/{meeting.pk}/room/")


def test_everybody_sees_who_speaks_since_when(meeting: Meeting, chair: Delegate) -> None:
    request = ask_for_floor(by=make_delegate("UA"), meeting=meeting)
    item = AgendaItem.objects.filter(meeting=meeting)[0]
    start_item(by=chair, meeting=meeting, item_id=item.pk)
    give_floor(by=chair, meeting=meeting, request_id=request.pk, after=None)
    request.refresh_from_db()
    assert request.given_at is not None
    for delegate in (chair, make_delegate("DE", Capacity.INTERPRETER)):
        content = client_of(delegate).get(reverse("meetings:room", args=[meeting.pk])).content.decode()
        assert f'since="{request.given_at.isoformat()}"' in content
        assert f'<floor-mirror data-delegate="{request.delegate_id}">' in content
