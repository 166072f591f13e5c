"""Recording what a delegation pledges in a meeting: who may, tied to what, and who reads of it."""

import json
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from concertation.coalition.enums import Audience, Capacity, Status
from concertation.coalition.models import Delegate, Member
from concertation.commitments.errors import InfeasibleEarmark, NoSuchRequirement, UnknownMember
from concertation.commitments.models import Contribution
from concertation.commitments.origins import origins_for
from concertation.core.errors import NotAllowed
from concertation.meetings.conference.pledges import pledges_for
from concertation.meetings.conference.reading import read
from concertation.meetings.conference.sheets import sheet_for
from concertation.meetings.domain.conference import take_list_off_screen
from concertation.meetings.domain.floor import ask_for_floor, end_intervention
from concertation.meetings.domain.pledges import PledgeLimits, record_pledge
from concertation.meetings.domain.session import close_meeting
from concertation.meetings.errors import MeetingNotOpen, NoSuchIntervention, NotOnList
from concertation.meetings.models import Meeting, Pledge
from concertation.record.models import Entry
from tests.helpers.conferences import give_floor_to, make_conference, make_pledge, offer_for
from tests.helpers.people import client_of, make_coalition, make_delegate, make_member, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db


@pytest.fixture
def chair() -> Delegate:
    make_coalition()
    return make_delegate("FR")


def test_a_pledge_is_an_announcement_tied_to_its_intervention(chair: Delegate) -> None:
    meeting, (need,) = make_conference(chair)
    berlin = make_delegate("DE")
    spoken = give_floor_to(berlin, chair, meeting)
    with assert_write("contribution.announced", "commitments"):
        pledge = make_pledge(berlin, meeting, need, intervention=spoken.pk)
    contribution = Contribution.objects.get()
    assert (pledge.intervention, pledge.member_id, pledge.requirement_id) == (spoken, "DE", need.pk)
    assert (contribution.codes, contribution.current.earmark_id) == (["DE"], need.pk)
    data = json.loads(Entry.objects.latest("pk").leaf)["data"]
    assert str(meeting.pk) in data["evidence"]
    assert str(spoken.pk) in data["evidence"]
    assert data["own_word"] is True
    assert meeting.title not in data["evidence"], "who was not invited reads the contribution"


def test_the_secretariat_records_for_who_spoke_with_the_intervention_as_evidence(chair: Delegate) -> None:
    meeting, (need,) = make_conference(chair)
    spoken = give_floor_to(make_delegate("DE"), chair, meeting)
    pledge = make_pledge(make_secretary(), meeting, need, member="DE", intervention=spoken.pk)
    data = json.loads(Entry.objects.latest("pk").leaf)["data"]
    assert (pledge.contribution.codes, data["own_word"]) == (["DE"], False)
    assert str(spoken.pk) in data["evidence"]


@pytest.mark.parametrize(
    ("code", "capacity"),
    [("FR", Capacity.HEAD), ("DE", Capacity.OBSERVER), ("DE", Capacity.INTERPRETER), ("IT", Capacity.HEAD)],
)
def test_nobody_else_pledges_for_a_member(chair: Delegate, code: str, capacity: Capacity) -> None:
    meeting, (need,) = make_conference(chair)
    spoken = give_floor_to(make_delegate("DE", Capacity.DELEGATE), chair, meeting)
    other = chair if code == "FR" else make_delegate(code, capacity)
    assert_refused(NotAllowed, lambda: make_pledge(other, meeting, need, member="DE", intervention=spoken.pk))


def test_who_is_not_invited_or_only_observes_pledges_nothing(chair: Delegate) -> None:
    meeting, (need,) = make_conference(chair, members=("FR", "DE"))
    make_member("PL", status=Status.OBSERVER)
    assert_refused(NotAllowed, lambda: make_pledge(make_delegate("IT"), meeting, need))
    assert_refused(NotAllowed, lambda: make_pledge(make_secretary(), meeting, need, member="PL"))
    assert_refused(UnknownMember, lambda: make_pledge(make_secretary(), meeting, need, member="XX"))


def test_an_intervention_is_one_of_the_member_and_was_heard(chair: Delegate) -> None:
    meeting, (need,) = make_conference(chair)
    berlin, rome = make_delegate("DE"), make_delegate("IT")
    spoken = give_floor_to(berlin, chair, meeting)
    waiting = ask_for_floor(by=rome, meeting=meeting)
    for key in (spoken.pk, waiting.pk, uuid4()):
        assert_refused(NoSuchIntervention, lambda key=key: make_pledge(rome, meeting, need, intervention=key))  # type: ignore[misc]


def test_a_past_intervention_serves_even_after_the_meeting(chair: Delegate) -> None:
    meeting, (need,) = make_conference(chair)
    berlin = make_delegate("DE")
    spoken = give_floor_to(berlin, chair, meeting)
    end_intervention(by=chair, meeting=meeting, request_id=spoken.pk)
    make_pledge(berlin, meeting, need, intervention=spoken.pk)
    close_meeting(by=chair, meeting=meeting)
    make_pledge(berlin, meeting, need, intervention=spoken.pk)
    assert Pledge.objects.filter(intervention=spoken).count() == 2
    assert_refused(MeetingNotOpen, lambda: make_pledge(berlin, meeting, need))


def test_without_the_floor_only_from_the_list_on_screen(chair: Delegate) -> None:
    meeting, (need,) = make_conference(chair)
    berlin = make_delegate("DE")
    assert make_pledge(berlin, meeting, need).intervention is None
    take_list_off_screen(by=chair, meeting=meeting)
    assert_refused(NotOnList, lambda: make_pledge(berlin, meeting, need))


def test_what_no_requirement_asks_for_is_pledged_with_the_floor(chair: Delegate) -> None:
    meeting, (need,) = make_conference(chair)
    berlin = make_delegate("DE")
    spoken = give_floor_to(berlin, chair, meeting)
    unasked: dict[str, Any] = {
        "by": berlin,
        "meeting": meeting,
        "member": "DE",
        "offer": replace(offer_for(need), earmark=None),
    }
    with assert_write("contribution.announced", "commitments"):
        pledge = record_pledge(**unasked, intervention_id=spoken.pk)
    assert (pledge.requirement, pledge.contribution.current.earmark_id) == (None, None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Pledge.objects.update(requirement=need.pk)  # refused by trigger still
    sheet = sheet_for(make_delegate("IT"), meeting)
    assert [offer["contribution"] for offer in sheet["others"]] == [str(pledge.contribution_id)]
    assert sheet["others"][0]["names"] == pledge.contribution.current.capability.names
    assert [line["offers"] for line in sheet["requirements"]] == [[]]
    [(name, offer)] = read(sheet).others
    assert (name, offer.line) == ("Ground-based air defence (Two batteries)", "Germany: 2 batteries (approved)")


def test_a_pledge_is_for_a_requirement_that_it_can_serve(chair: Delegate) -> None:
    meeting, (need,) = make_conference(chair)
    berlin = make_delegate("DE")
    late = offer_for(need, available_to=None, available_from=need.revision.needed_to.replace(year=2030))
    aimless = replace(offer_for(need), earmark=None)
    assert_refused(InfeasibleEarmark, lambda: record_pledge(by=berlin, meeting=meeting, member="DE", offer=late))
    assert_refused(NoSuchRequirement, lambda: record_pledge(by=berlin, meeting=meeting, member="DE", offer=aimless))


def test_an_area_becomes_a_geographic_caveat(chair: Delegate) -> None:
    meeting, (need,) = make_conference(chair)
    pledge = make_pledge(make_delegate("DE"), meeting, need, limits=PledgeLimits(areas=["East"]))
    caveat = pledge.contribution.caveats.get()
    assert (caveat.kind, caveat.areas) == ("geographic", ["East"])


def test_pledges_are_for_their_readers(chair: Delegate) -> None:
    meeting, (need,) = make_conference(chair)
    berlin, rome, kyiv = make_delegate("DE"), make_delegate("IT"), make_delegate("UA")
    told = PledgeLimits(audience=Audience.MEMBERS, named=["UA"])
    hidden, shown = make_pledge(berlin, meeting, need, limits=told), make_pledge(berlin, meeting, need)
    for reader, expected in ((rome, [shown]), (kyiv, [hidden, shown]), (make_secretary(), [hidden, shown])):
        assert [pledged.pledge for pledged in pledges_for(reader, meeting)] == expected
    sealed = Entry.objects.filter(subject_id=str(hidden.contribution_id)).get()
    assert json.loads(sealed.leaf)["data"] == {}


def test_the_page_of_a_contribution_names_the_meeting_to_who_may_know_it(chair: Delegate) -> None:
    meeting, (need,) = make_conference(chair, members=("FR", "DE"))
    berlin = make_delegate("DE", name="Jane Doe")
    spoken = give_floor_to(berlin, chair, meeting)
    pledge = make_pledge(berlin, meeting, need, intervention=spoken.pk)
    (origin,) = origins_for(berlin, pledge.contribution_id)
    assert (origin.title, origin.detail) == ("Leaders’ meeting", "intervention by Germany, Jane Doe")
    assert origin.url == reverse("meetings:detail", args=[meeting.pk])
    page = reverse("commitments:contribution", args=[pledge.contribution_id])
    assert "intervention by Germany, Jane Doe" in client_of(berlin).get(page).content.decode()
    rome = client_of(make_delegate("IT")).get(page).content.decode()
    assert "Leaders’ meeting" not in rome
    assert "intervention by" not in rome


def test_pledges_are_final(chair: Delegate) -> None:
    meeting, (need,) = make_conference(chair)
    pledge = make_pledge(make_delegate("DE"), meeting, need)
    for act in (lambda: Pledge.objects.update(member=Member.objects.get(pk="IT")), pledge.delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
    assert Meeting.objects.filter(pledges=pledge).exists()
