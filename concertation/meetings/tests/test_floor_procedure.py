"""Whatever delegations and chairs do in whatever order: one has the floor, the order and the times hold."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from concertation.coalition.models import Delegate
from concertation.core import clock
from concertation.core.errors import DomainError
from concertation.meetings.domain.agenda import end_item, start_item
from concertation.meetings.domain.floor import (
    ask_for_floor,
    end_intervention,
    give_floor,
    move_request,
    withdraw_request,
)
from concertation.meetings.domain.session import close_meeting
from concertation.meetings.errors import AlreadyAsked, FloorMoved, ItemRunning, MeetingNotOpen, NotWaiting
from concertation.meetings.models import AgendaItem, FloorRequest, Meeting
from tests.helpers.meetings import START, make_open_meeting
from tests.helpers.people import make_coalition, make_delegate

CODES = ("FR", "GB", "UA", "DE", "IT")


class FloorProcedure(RuleBasedStateMachine):
    """Acts in a room beside a model of it: the list by kind, and who has the floor."""

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.seconds = 0
        self.points: list[str] = []
        self.statements: list[str] = []
        self.speaker: str | None = None
        self.spoken: list[str] = []
        self.is_open = True

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    @initialize()
    def open(self) -> None:
        make_coalition()
        self.people: dict[str, Delegate] = {code: make_delegate(code) for code in CODES}
        with self.now():
            self.meeting: Meeting = make_open_meeting(by=self.people["FR"], items=3)
        self.chairs = [self.people["FR"], self.people["GB"]]

    def now(self) -> Any:
        self.seconds += 7
        return clock.frozen(START + timedelta(seconds=self.seconds))

    def request_of(self, name: str) -> FloorRequest:
        waiting = FloorRequest.objects.filter(meeting=self.meeting).waiting()
        return waiting.get(member=name[:2], is_point_of_order=name.endswith("!"))

    def refused(self, error: type[DomainError], act: Any, **arguments: Any) -> None:
        with self.now(), pytest.raises(error), transaction.atomic():
            act(meeting=self.meeting, **arguments)

    @property
    def waiting(self) -> list[str]:
        return self.points + self.statements

    @property
    def running(self) -> FloorRequest | None:
        return FloorRequest.objects.filter(meeting=self.meeting).running().first()

    @precondition(lambda self: self.is_open)
    @rule(code=st.sampled_from(CODES), is_point=st.booleans())
    def ask(self, code: str, is_point: bool) -> None:
        name, line = (f"{code}!", self.points) if is_point else (code, self.statements)
        if name in line:
            self.refused(AlreadyAsked, ask_for_floor, by=self.people[code], is_point_of_order=is_point)
            return
        with self.now():
            ask_for_floor(by=self.people[code], meeting=self.meeting, is_point_of_order=is_point)
        line.append(name)

    @precondition(lambda self: self.is_open and self.waiting)
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(self.waiting))
        request = self.request_of(name)
        with self.now():
            withdraw_request(by=self.people[name[:2]], meeting=self.meeting, request_id=request.pk)
        (self.points if name.endswith("!") else self.statements).remove(name)
        self.refused(NotWaiting, withdraw_request, by=self.people[name[:2]], request_id=request.pk)

    @precondition(lambda self: self.is_open and self.waiting)
    @rule(data=st.data(), place=st.integers(-2, 8), chair=st.integers(0, 1))
    def move(self, data: st.DataObject, place: int, chair: int) -> None:
        name = data.draw(st.sampled_from(self.waiting))
        with self.now():
            move_request(
                by=self.chairs[chair],
                meeting=self.meeting,
                request_id=self.request_of(name).pk,
                place=place,
            )
        line = self.points if name.endswith("!") else self.statements
        line.remove(name)
        line.insert(max(place, 0), name)

    @precondition(lambda self: self.is_open and self.waiting)
    @rule(data=st.data(), chair=st.integers(0, 1), sees=st.booleans())
    def give(self, data: st.DataObject, chair: int, sees: bool) -> None:
        name = data.draw(st.sampled_from(self.waiting))
        request, running = self.request_of(name), self.running
        if running and not sees:
            self.refused(FloorMoved, give_floor, by=self.chairs[chair], request_id=request.pk, after=None)
            return
        with self.now():
            give_floor(
                by=self.chairs[chair],
                meeting=self.meeting,
                request_id=request.pk,
                after=running.pk if running else None,
            )
        (self.points if name.endswith("!") else self.statements).remove(name)
        self.speaker = name
        self.spoken.append(name)

    @precondition(lambda self: self.is_open and self.speaker)
    @rule(chair=st.integers(0, 1))
    def end(self, chair: int) -> None:
        running = self.running
        assert running is not None
        with self.now():
            end_intervention(by=self.chairs[chair], meeting=self.meeting, request_id=running.pk)
        self.speaker = None

    @precondition(lambda self: self.is_open)
    @rule(position=st.integers(1, 3), starts=st.booleans())
    def turn_page(self, position: int, starts: bool) -> None:
        item = AgendaItem.objects.get(meeting=self.meeting, position=position)
        if starts and item.running_since:
            self.refused(ItemRunning, start_item, by=self.chairs[0], item_id=item.pk)
        elif starts or item.running_since:
            with self.now():
                (start_item if starts else end_item)(by=self.chairs[0], meeting=self.meeting, item_id=item.pk)
            self.speaker = None

    @precondition(lambda self: self.is_open and self.seconds > 150)
    @rule()
    def close(self) -> None:
        with self.now():
            close_meeting(by=self.chairs[0], meeting=self.meeting)
        self.is_open, self.speaker = False, None

    @precondition(lambda self: not self.is_open)
    @rule(code=st.sampled_from(CODES))
    def ask_in_vain(self, code: str) -> None:
        self.refused(MeetingNotOpen, ask_for_floor, by=self.people[code])

    @invariant()
    def the_list_is_in_its_order(self) -> None:
        waiting = FloorRequest.objects.filter(meeting=self.meeting).waiting()
        names = [f"{row.member_id}{'!' if row.is_point_of_order else ''}" for row in waiting]
        assert names == self.waiting

    @invariant()
    def one_delegation_at_most_has_the_floor(self) -> None:
        running = FloorRequest.objects.filter(meeting=self.meeting).running()
        names = [f"{row.member_id}{'!' if row.is_point_of_order else ''}" for row in running]
        assert names == ([self.speaker] if self.speaker else [])

    @invariant()
    def times_agree(self) -> None:
        heard = list(FloorRequest.objects.filter(meeting=self.meeting).heard())
        assert [f"{row.member_id}{'!' if row.is_point_of_order else ''}" for row in heard] == self.spoken
        for row in heard:
            assert row.given_at and row.asked_at < row.given_at
        for row, following in pairwise(heard):
            assert row.given_at and row.ended_at and following.given_at
            assert row.given_at < row.ended_at <= following.given_at

    @invariant()
    def one_item_runs_at_most_and_none_after_the_end(self) -> None:
        running = AgendaItem.objects.filter(meeting=self.meeting, running_since__isnull=False)
        assert running.count() <= self.is_open


@pytest.mark.django_db
def test_the_floor_procedure_holds_in_any_order() -> None:
    run_state_machine_as_test(
        FloorProcedure,
        settings=settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
