"""A step of pressure that is due is put on an agenda, by the secretariat, in one act."""

import json
from datetime import date

import pytest
from django.urls import reverse

from concertation.coalition.enums import Capacity
from concertation.core.errors import NotAllowed
from concertation.meetings.domain.schedule import cancel_meeting
from concertation.meetings.domain.steps import table_step
from concertation.meetings.errors import MeetingOver
from concertation.meetings.models import AgendaItem
from concertation.pressure.errors import NoSuchStep, StepNotDue, StepSettled
from concertation.pressure.models import StepNote
from concertation.pressure.queries.steps import steps_for
from concertation.pressure.tests.factories import make_package, make_step
from concertation.record.models import Entry, Restricted
from tests.helpers.meetings import make_meeting
from tests.helpers.people import client_of, make_coalition, make_delegate, make_secretary
from tests.helpers.writes import assert_refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def coalition() -> None:
    """Five members."""
    make_coalition()


def test_table_step_adds_the_item_and_notes_it() -> None:
    clerk, meeting, step = make_secretary(), make_meeting(members=("DE", "FR")), make_step()
    before = Entry.objects.count()
    item = table_step(by=clerk, step_id=step.pk, meeting=meeting, minutes=20)
    assert (item.titles, item.minutes, item.position) == (step.names, 20, 3)
    note = StepNote.objects.get()
    assert (note.outcome, note.item, note.meeting, note.by) == ("tabled", item.pk, meeting.pk, clerk)
    added, tabled = Entry.objects.order_by("sequence")[before:]
    assert [added.action, tabled.action] == ["agenda.item_added", "step.tabled"]
    assert json.loads(Restricted.objects.get(entry=added).content)["titles"] == step.names
    assert tabled.content["data"] == {"names": step.names, "reason": "", "item": str(item.pk)}
    assert [line.state for line in steps_for()] == ["tabled"]


def test_a_step_can_be_tabled_again_when_its_meeting_fell_through() -> None:
    clerk, meeting, step = make_secretary(), make_meeting(), make_step()
    table_step(by=clerk, step_id=step.pk, meeting=meeting, minutes=20)
    cancel_meeting(by=clerk.actor, meeting=meeting, reason="Postponed")
    assert_refused(MeetingOver, lambda: table_step(by=clerk, step_id=step.pk, meeting=meeting, minutes=20))
    table_step(by=clerk, step_id=step.pk, meeting=make_meeting(), minutes=20)
    assert StepNote.objects.count() == 2


@pytest.mark.parametrize(("code", "capacity"), [("FR", Capacity.HEAD), ("DE", Capacity.HEAD)])
def test_only_the_secretariat_writes_agendas(code: str, capacity: Capacity) -> None:
    by, meeting, step = make_delegate(code, capacity), make_meeting(), make_step()
    assert_refused(NotAllowed, lambda: table_step(by=by, step_id=step.pk, meeting=meeting, minutes=20))


def test_what_is_not_due_or_settled_is_not_tabled() -> None:
    clerk, meeting = make_secretary(), make_meeting()
    later, step = make_step(day=date(2090, 1, 1)), make_step()
    assert_refused(StepNotDue, lambda: table_step(by=clerk, step_id=later.pk, meeting=meeting, minutes=20))
    client_of(clerk).post(reverse("pressure:settle_step", args=[step.pk]))
    assert_refused(StepSettled, lambda: table_step(by=clerk, step_id=step.pk, meeting=meeting, minutes=20))
    unknown = make_package().pk
    assert_refused(NoSuchStep, lambda: table_step(by=clerk, step_id=unknown, meeting=meeting, minutes=20))
    assert AgendaItem.objects.filter(meeting=meeting).count() == 2


def test_tabling_from_the_page() -> None:
    clerk, step = make_secretary(), make_step()
    client, url = client_of(clerk), reverse("meetings:table_step", args=[step.pk])
    assert "No meeting is planned." in client.get(url).content.decode()
    meeting = make_meeting()
    assert "The coalition adopts package B." in client.get(url).content.decode()
    assert client.post(url, {"meeting": str(step.pk), "minutes": "20"}).status_code == 422
    assert client.post(url, {"meeting": str(meeting.pk), "minutes": "0"}).status_code == 422
    answer = client.post(url, {"meeting": str(meeting.pk), "minutes": "20"})
    assert (answer.status_code, answer["Location"]) == (302, reverse("meetings:agenda", args=[meeting.pk]))
    assert "Package B" in client.get(answer["Location"]).content.decode()
    later = make_step(day=date(2090, 1, 1))
    assert client.get(reverse("meetings:table_step", args=[later.pk])).status_code == 409


def test_the_item_leads_to_the_draft_decision_for_all_who_meet() -> None:
    clerk, meeting, step = make_secretary(), make_meeting(members=("DE", "FR")), make_step()
    link = f'<a href="{reverse("pressure:step", args=[step.pk])}"'
    pages = [reverse(f"meetings:{name}", args=[meeting.pk]) for name in ("detail", "agenda", "room")]
    germany = client_of(make_delegate("DE", Capacity.DELEGATE))
    assert [link in germany.get(page).content.decode() for page in (pages[0], pages[2])] == [False, False]
    table_step(by=clerk, step_id=step.pk, meeting=meeting, minutes=20)
    assert [germany.get(page).content.decode().count(link) for page in (pages[0], pages[2])] == [1, 1]
    assert client_of(clerk).get(pages[1]).content.decode().count(link) == 1
    assert germany.get(reverse("pressure:step", args=[step.pk])).status_code == 200


def test_the_step_leads_to_the_meeting_for_those_who_may_see_it() -> None:
    clerk, meeting, step = make_secretary(), make_meeting(members=("DE", "FR")), make_step()
    table_step(by=clerk, step_id=step.pk, meeting=meeting, minutes=20)
    url, meets = reverse("pressure:step", args=[step.pk]), reverse("meetings:detail", args=[meeting.pk])
    pages = [
        client_of(reader).get(url).content.decode() for reader in (clerk, make_delegate("DE"), make_delegate("IT"))
    ]
    assert [page.count(f'<a href="{meets}">to the meeting</a>') for page in pages] == [1, 1, 0]
    assert ["on an agenda" in page for page in pages] == [True, True, True]
    assert str(meeting.pk) not in pages[2]
