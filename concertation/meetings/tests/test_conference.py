"""The list of requirements on screen: who puts it there, the walk, how each is closed, and the outcome that is kept."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from concertation.coalition.enums import Audience, Capacity
from concertation.coalition.models import Delegate
from concertation.commitments.domain.requirements import Need, drop_requirement
from concertation.commitments.enums import Domain, Line, Phase
from concertation.commitments.models import Requirement
from concertation.commitments.tests.factories import make_contribution, make_requirement
from concertation.core import clock
from concertation.core.errors import NotAllowed, NothingChanged
from concertation.meetings.conference.outcomes import json_of, outcome_for
from concertation.meetings.conference.queries import Screen, screen_for
from concertation.meetings.conference.sheets import sheets_of
from concertation.meetings.conference.waiting import awaiting_offers
from concertation.meetings.domain.conference import (
    call_requirement,
    change_requirement,
    close_requirement,
    put_list_on_screen,
    take_list_off_screen,
)
from concertation.meetings.domain.pledges import PledgeLimits
from concertation.meetings.domain.schedule import cancel_meeting
from concertation.meetings.domain.session import close_meeting
from concertation.meetings.enums import Closing
from concertation.meetings.errors import (
    AnswerDayMissing,
    MeetingNotOpen,
    MeetingOver,
    NobodyAsked,
    NoList,
    NothingOnList,
    NotOnList,
    ReasonMissing,
)
from concertation.meetings.models import ConferenceItem, Meeting, Outcome
from concertation.record.events import Actor
from concertation.record.models import Restricted
from tests.helpers.conferences import make_conference, make_pledge
from tests.helpers.meetings import make_meeting, make_open_meeting
from tests.helpers.people import make_coalition, make_delegate, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db


@pytest.fixture
def chair() -> Delegate:
    make_coalition()
    return make_delegate("FR")


def shown(reader: Delegate, meeting: Meeting) -> Screen:
    screen = screen_for(reader, meeting)
    assert screen is not None
    return screen


def sealed() -> dict[str, object]:
    content: dict[str, object] = json.loads(Restricted.objects.latest("pk").content)
    return content


def test_the_chair_puts_the_list_on_screen_by_line_phase_and_domain(chair: Delegate) -> None:
    meeting = make_open_meeting(by=chair)
    land = make_requirement("mechanised-battalion", 2, name="Brigade", line=Line.SUPPORT, phase=Phase.NOW)
    air = make_requirement("air-defence", 4, name="Batteries", is_essential=True)
    later = make_requirement("air-defence", 1, name="Reserve", phase=Phase.PRESENCE)
    with assert_write("conference.list_put", f"meeting:{meeting.pk}", f"conference:{meeting.pk}"):
        put_list_on_screen(by=chair, meeting=meeting)
    assert [line.item.requirement for line in shown(chair, meeting).lines] == [air, later, land]
    for wanted, expected in (
        ({"line": Line.SUPPORT}, [land]),
        ({"phase": Phase.PRESENCE}, [later]),
        ({"domain": Domain.LAND}, [land]),
        ({"line": Line.DETERRENCE, "domain": Domain.AIR, "phase": Phase.DEPLOYMENT}, [air]),
    ):
        put_list_on_screen(by=chair, meeting=meeting, **wanted)
        screen = shown(chair, meeting)
        assert [line.item.requirement for line in screen.lines] == expected
        assert screen.current == screen.lines[0]
    assert_refused(NothingOnList, lambda: put_list_on_screen(by=chair, meeting=meeting, domain=Domain.SPACE))
    drop_requirement(by=chair, requirement_id=land.pk, reason="Not needed.")
    assert_refused(NothingOnList, lambda: put_list_on_screen(by=chair, meeting=meeting, line=Line.SUPPORT))


def test_what_was_closed_stays_on_another_list(chair: Delegate) -> None:
    meeting, (first, second) = make_conference(chair, needs=2)
    close_requirement(by=chair, meeting=meeting, requirement_id=second.pk, closing=Closing.COVERED)
    days = {name: getattr(first.revision, name) for name in ("needed_from", "needed_to")}
    other = make_requirement("mechanised-battalion", 2, name="Brigade", line=Line.SUPPORT, **days)
    put_list_on_screen(by=chair, meeting=meeting, line=Line.SUPPORT)
    screen = shown(chair, meeting)
    assert [(line.item.position, line.item.requirement) for line in screen.lines] == [(1, second), (2, other)]
    assert screen.current == screen.lines[1]
    assert all(line.row for line in screen.lines), "figures of both, though only one fits the filter"
    assert first.pk not in {line.item.requirement_id for line in screen.lines}


def test_the_walk_moves_for_everybody(chair: Delegate) -> None:
    meeting, needs = make_conference(chair, needs=3)
    rome = make_delegate("IT")
    topics = (f"meeting:{meeting.pk}", f"conference:{meeting.pk}")
    for place, need in ((1, needs[1]), (2, needs[2]), (0, needs[0])):
        with assert_write("conference.requirement_called", *topics):
            call_requirement(by=chair, meeting=meeting, requirement_id=need.pk)
        screen = shown(rome, meeting)
        assert screen.current == screen.lines[place]
        assert screen.previous == (screen.lines[place - 1] if place else None)
        assert screen.next == (screen.lines[place + 1] if place < 2 else None)
    assert_refused(NotOnList, lambda: call_requirement(by=chair, meeting=meeting, requirement_id=uuid4()))


@pytest.mark.parametrize(
    ("code", "capacity"), [("DE", Capacity.HEAD), ("FR", Capacity.OBSERVER), ("UA", Capacity.DELEGATE)]
)
def test_the_list_is_the_chairs(chair: Delegate, code: str, capacity: Capacity) -> None:
    meeting, (need,) = make_conference(chair)
    by = make_delegate(code, capacity)
    closed = {"requirement_id": need.pk, "closing": Closing.COVERED}
    acts: list[Callable[[], object]] = [
        lambda: put_list_on_screen(by=by, meeting=meeting),
        lambda: take_list_off_screen(by=by, meeting=meeting),
        lambda: call_requirement(by=by, meeting=meeting, requirement_id=need.pk),
        lambda: close_requirement(by=by, meeting=meeting, **closed),  # type: ignore[arg-type]
        lambda: change_requirement(by=by, meeting=meeting, requirement_id=need.pk, need=Need.of(need.revision)),
    ]
    for act in acts:
        assert_refused(NotAllowed, act)


def test_a_list_is_prepared_before_and_ends_with_the_meeting(chair: Delegate) -> None:
    scheduled, cancelled = make_meeting(), make_meeting()
    need = make_requirement()
    put_list_on_screen(by=make_secretary(), meeting=scheduled)
    assert_refused(MeetingNotOpen, lambda: call_requirement(by=chair, meeting=scheduled, requirement_id=need.pk))
    cancel_meeting(by=Actor.system(), meeting=cancelled)
    assert_refused(MeetingOver, lambda: put_list_on_screen(by=chair, meeting=cancelled))
    with assert_write("conference.list_taken", f"meeting:{scheduled.pk}", f"conference:{scheduled.pk}"):
        take_list_off_screen(by=chair, meeting=scheduled)
    assert_refused(NoList, lambda: take_list_off_screen(by=chair, meeting=scheduled))


def test_a_gap_is_accepted_with_a_reason_and_the_requirement_stays(chair: Delegate) -> None:
    meeting, (need,) = make_conference(chair)
    accept = {"requirement_id": need.pk, "closing": Closing.GAP_ACCEPTED}
    assert_refused(ReasonMissing, lambda: close_requirement(by=chair, meeting=meeting, note="  ", **accept))  # type: ignore[arg-type]
    topics = (f"meeting:{meeting.pk}", f"conference:{meeting.pk}")
    with assert_write("conference.requirement_closed", *topics):
        close_requirement(by=chair, meeting=meeting, note="Not before spring.", **accept)  # type: ignore[arg-type]
    (line,) = shown(chair, meeting).lines
    assert (line.item.closing, line.item.note, line.need.is_dropped) == ("gap_accepted", "Not before spring.", False)
    assert sealed()["closing"] == "gap_accepted"


def test_a_requirement_is_changed_in_the_room(chair: Delegate) -> None:
    meeting, (need,) = make_conference(chair)
    before = Need.of(need.revision)
    assert_refused(
        NothingChanged, lambda: change_requirement(by=chair, meeting=meeting, requirement_id=need.pk, need=before)
    )
    less = replace(before, quantity=Decimal(2))
    change_requirement(by=chair, meeting=meeting, requirement_id=need.pk, need=less, reason="Two are enough.")
    need = Requirement.objects.get(pk=need.pk)
    assert (need.revision.number, need.revision.quantity, need.revision.reason) == (2, Decimal(2), "Two are enough.")
    (line,) = shown(chair, meeting).lines
    assert (line.item.closing, line.need.quantity, line.item.note) == ("changed", Decimal(2), "Two are enough.")


def test_members_are_asked_again_and_it_waits_on_their_home_until_they_offer(chair: Delegate) -> None:
    meeting, (need,) = make_conference(chair, members=("FR", "GB", "DE", "IT"))
    berlin, rome, kyiv, london = (make_delegate(code) for code in ("DE", "IT", "UA", "GB"))
    listener = make_delegate("DE", Capacity.OBSERVER)
    until = clock.now().date() + timedelta(days=7)

    def ask(asked: list[str], day: date | None = until) -> None:
        key = need.pk
        close_requirement(
            by=chair, meeting=meeting, requirement_id=key, closing=Closing.ASKED_AGAIN, asked=asked, until=day
        )

    for day in (None, clock.now().date() - timedelta(days=1), until.replace(year=until.year + 2)):
        assert_refused(AnswerDayMissing, lambda day=day: ask([], day))  # type: ignore[misc]
    assert_refused(NobodyAsked, lambda: ask(["UA"]))
    homes = [f"delegate:{person.pk}" for person in (berlin, listener, rome)]
    with assert_write("conference.requirement_closed", f"meeting:{meeting.pk}", f"conference:{meeting.pk}", *homes):
        ask(["DE", "IT"])
    waits = {who: [thing.title for thing in awaiting_offers(who)] for who in (berlin, rome, kyiv, london, listener)}
    title = "Need 1: your delegation is asked again"
    assert waits == {berlin: [title], rome: [title], kyiv: [], london: [], listener: []}
    make_contribution(berlin, "air-defence", 1)
    make_contribution(rome, "mechanised-battalion", 1)
    assert [len(list(awaiting_offers(who))) for who in (berlin, rome)] == [0, 1]
    ask([])
    assert [len(list(awaiting_offers(who))) for who in (berlin, rome, kyiv, london)] == [1, 1, 0, 1]
    with clock.frozen(clock.now() + timedelta(days=9)):
        assert not list(awaiting_offers(rome))
    drop_requirement(by=chair, requirement_id=need.pk, reason="Not needed.")
    assert not list(awaiting_offers(rome))


def test_what_was_offered_before_a_member_is_asked_answers_nothing(chair: Delegate) -> None:
    meeting, (first, second) = make_conference(chair, needs=2)
    berlin = make_delegate("DE")
    until = clock.now().date() + timedelta(days=7)
    for need, hours in ((first, 0), (second, 2)):
        with clock.frozen(clock.now() + timedelta(hours=hours)):
            close_requirement(
                by=chair, meeting=meeting, requirement_id=need.pk, closing=Closing.ASKED_AGAIN, until=until
            )
    with clock.frozen(clock.now() + timedelta(hours=1)):
        make_contribution(berlin, "air-defence", 1)
    (left,) = awaiting_offers(berlin)
    assert left.url.endswith(f"?for={second.pk}")


def test_coverage_moves_with_offers_and_is_partial_for_who_may_not_read_them(chair: Delegate) -> None:
    meeting, (need,) = make_conference(chair)
    berlin, rome, kyiv = make_delegate("DE"), make_delegate("IT"), make_delegate("UA")

    def seen(who: Delegate) -> tuple[int | None, int, dict[str, int]]:
        screen = shown(who, meeting)
        return screen.lines[0].share, len(screen.lines[0].pledges), screen.hidden

    assert seen(rome) == (0, 0, {"support": 0, "deterrence": 0})
    make_pledge(berlin, meeting, need, quantity=1)
    assert seen(rome) == (25, 1, {"support": 0, "deterrence": 0})
    told = PledgeLimits(audience=Audience.MEMBERS, named=["UA"])
    make_pledge(berlin, meeting, need, quantity=2, limits=told)
    assert seen(rome) == (25, 1, {"support": 0, "deterrence": 1})
    assert seen(kyiv) == seen(berlin) == seen(make_secretary()) == (75, 2, {"support": 0, "deterrence": 0})
    make_pledge(berlin, meeting, need, quantity=None)
    assert shown(rome, meeting).lines[0].is_open_ended


def test_the_outcome_is_kept_as_each_may_read_it_with_its_hash_in_the_record(chair: Delegate) -> None:
    meeting, (need,) = make_conference(chair, members=("FR", "DE", "IT"))
    berlin, rome = make_delegate("DE"), make_delegate("IT")
    told = PledgeLimits(audience=Audience.MEMBERS, named=["FR"], areas=["East"])
    make_pledge(berlin, meeting, need, quantity=3, limits=told)
    make_pledge(rome, meeting, need, quantity=1)
    close_requirement(by=chair, meeting=meeting, requirement_id=need.pk, closing=Closing.GAP_ACCEPTED, note="Later.")
    provisional = outcome_for(rome, meeting)
    assert provisional
    assert provisional.sha256 == ""
    close_meeting(by=chair, meeting=meeting)
    meeting.refresh_from_db()
    make_contribution(rome, "air-defence", 4)  # after the closing: the outcome stays
    hashes = dict(line.split() for line in sealed()["outcomes"])  # type: ignore[attr-defined]
    assert set(hashes) == {"–", "FR", "DE", "IT"}
    assert len(set(hashes.values())) == 4, "equal hashes would tell who reads the same"
    for who, members, missing in (
        (rome, ["IT"], "3 batteries"),
        (berlin, ["DE", "IT"], "–"),
        (chair, ["DE", "IT"], "–"),
    ):
        outcome = outcome_for(who, meeting)
        assert outcome
        (line,) = outcome.lines
        assert ([offer.code for offer in line.offers], line.missing) == (members, missing)
        assert line.outcome == "gap accepted. Later."
        assert outcome.sha256 == hashes[who.member_id] == sha256(json_of(who, meeting)).hexdigest()
    assert b'"DE"' not in json_of(rome, meeting)
    kept = outcome_for(rome, meeting)
    assert kept
    assert kept.partial == ["partial: 1 contribution to deterrence is not visible to you"]
    assert outcome_for(make_delegate("UA"), meeting) is None
    for act in (lambda: Outcome.objects.update(sheet={}), lambda: Outcome.objects.all().delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def test_who_reads_the_same_has_the_same_sheet_drawn_up_once(
    chair: Delegate, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    meeting, (need,) = make_conference(chair)
    told = PledgeLimits(audience=Audience.MEMBERS, named=["UA"])
    make_pledge(make_delegate("DE"), meeting, need, limits=told)
    shown(chair, meeting)
    with django_assert_max_num_queries(4 * 25):  # the secretariat, Germany, Ukraine; one for all others
        sheets = sheets_of(meeting)
    figures = {code: sheet["requirements"][0]["missing"] for code, sheet in sheets.items()}
    assert figures == {"": "2", "DE": "2", "UA": "2", "FR": "4", "GB": "4", "IT": "4"}
    assert [sheet["reader"] for sheet in sheets.values()] == list(sheets)
    assert len({sheet["salt"] for sheet in sheets.values()}) == len(sheets)


def test_a_meeting_without_a_list_keeps_no_outcome(chair: Delegate) -> None:
    meeting = make_open_meeting(by=chair)
    close_meeting(by=chair, meeting=meeting)
    meeting.refresh_from_db()
    assert "outcomes" not in sealed()
    assert outcome_for(chair, meeting) is None
    assert not Outcome.objects.exists()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_at_any_length(
    chair: Delegate, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    meeting, needs = make_conference(chair, needs=number)
    for need in needs:
        make_pledge(chair, meeting, need, quantity=1)
    shown(chair, meeting)  # brings the ledger up to date
    with django_assert_num_queries(24):
        screen = shown(chair, meeting)
        assert [[pledged.entry.terms.capability.name for pledged in line.pledges] for line in screen.lines]
    assert ConferenceItem.objects.count() == number
