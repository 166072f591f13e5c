"""The whole procedure against a model of one page: random acts at random times, clock and order as they come."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concertation.coalition.domain.members import admit_member, let_member_leave
from concertation.coalition.enums import Capacity, Status
from concertation.coalition.models import Delegate
from concertation.core import clock
from concertation.core.errors import DomainError
from concertation.record.events import Actor
from concertation.texts.domain.adoption import withdraw_proposal
from concertation.texts.domain.drafting import Draft, append_updates
from concertation.texts.domain.settling import settle_due_silences
from concertation.texts.domain.silence import agree_under_silence, break_silence, extend_silence
from concertation.texts.enums import State
from concertation.texts.models import AdoptedText, Text
from concertation.texts.queries import adopted_of
from concertation.texts.tests.factories import edit, make_heads, make_silence
from tests.helpers.examples import examples
from tests.helpers.people import make_delegate, make_member, make_secretary

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 25, 12, tzinfo=UTC)
FIRST = timedelta(hours=4)
CODES = ("FR", "GB", "UA", "DE", "IT", "PL")  # Poland is invited at first


@dataclass
class Model:
    """What ought to be: `deciding` in protocol order, and who of them answered; times are hours after START."""

    deadline: timedelta = FIRST
    outcome: str = ""
    deciding: list[str] = field(default_factory=lambda: list(CODES[:5]))
    answered: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    adopted: list[str] | None = None

    def comes(self, now: timedelta) -> None:
        """Let the deadline decide."""
        if not self.outcome and now >= self.deadline:
            self.outcome, self.adopted = "adopted", list(self.deciding)

    def answers(self, code: str, *, breaks: bool) -> bool:
        """Say whether the answer counts, and keep it."""
        if self.outcome or code not in self.deciding or code in self.answered:
            return False
        self.answered.add(code)
        self.outcome = "broken" if breaks else ""
        return True

    def extends(self, now: timedelta, to: timedelta) -> bool:
        """Say whether the deadline may be moved there, and move it."""
        if self.outcome or to <= self.deadline or to < now + timedelta(minutes=1):
            return False
        self.deadline = to
        return True

    def withdraws(self) -> bool:
        """Say whether the chair may take it back, and do it."""
        is_running = not self.outcome
        self.outcome = self.outcome or "withdrawn"
        return is_running

    def joins(self, code: str) -> bool:
        """Say whether the member becomes a full one."""
        if code in self.gone or code in self.deciding:
            return False
        self.deciding = sorted([*self.deciding, code], key=CODES.index)
        return True

    def leaves(self, code: str, *, altogether: bool) -> bool:
        """Say whether the member may go, and let it; the last co-chair may not."""
        if code in self.gone or (not altogether and code not in self.deciding):
            return not altogether and code == "PL" and code not in self.gone
        self.deciding = [one for one in self.deciding if one != code]
        if altogether:
            self.gone.add(code)
        return True


members = st.sampled_from(CODES[2:])  # the co-chairs stay
steps = st.lists(
    st.tuples(
        st.one_of(
            st.tuples(st.just("agree"), st.sampled_from(CODES)),
            st.tuples(st.just("break"), st.sampled_from(CODES)),
            st.tuples(st.just("extend"), st.sampled_from([-60, 0, 1, 60, 180])),
            st.tuples(st.just("withdraw"), st.just("")),
            st.tuples(st.just("join"), members),
            st.tuples(st.just("leave"), members),
            st.tuples(st.just("type"), st.just("")),
            st.tuples(st.just("tick"), st.just("")),
        ),
        # minutes until the act; None is the deadline to the microsecond, 0 the same moment as the act before
        st.one_of(st.none(), st.sampled_from([0, 1, 30, 59, 60, 119, 241])),
    ),
    max_size=10,
)


class World:
    """The real thing, in a transaction that is undone."""

    def __init__(self) -> None:
        self.heads: dict[str, Delegate] = dict(zip(CODES, make_heads(), strict=False))
        make_member("PL", status=Status.INVITED)
        self.heads["PL"] = make_delegate("PL", Capacity.HEAD)
        self.chair = make_secretary()
        self.procedure = make_silence(local=(START + FIRST).replace(tzinfo=None))

    def head(self, code: str) -> Delegate:
        """Return the head as a request would load it."""
        return Delegate.objects.select_related("member", "person").get(pk=self.heads[code].pk)

    def does(self, act: Callable[[], object]) -> bool:
        """Say whether the domain accepts the act."""
        try:
            with transaction.atomic():
                act()
        except DomainError:
            return False
        return True

    def act(self, name: str, what: str | int, deadline: timedelta) -> bool:
        """Do what a step says, and say whether it was accepted."""
        key, clerk = self.procedure.pk, Actor.system()
        local = (START + deadline).replace(tzinfo=None)
        if name == "agree":
            return self.does(partial(agree_under_silence, by=self.head(str(what)), procedure_id=key))
        if name == "break":
            return self.does(partial(break_silence, by=self.head(str(what)), procedure_id=key, reason="No."))
        if name == "extend":
            to = local + timedelta(minutes=int(what))
            return self.does(partial(extend_silence, by=self.chair, procedure_id=key, local=to))
        if name == "withdraw":
            return self.does(partial(withdraw_proposal, by=self.chair, procedure_id=key))
        if name == "join":
            return self.does(partial(admit_member, by=clerk, code=str(what), status=Status.MEMBER))
        if name == "leave":
            return self.does(partial(let_member_leave, by=clerk, code=str(what)))
        if name == "type":
            return append_updates(drafts=[Draft(self.procedure.text_id, edit(), ())]) == set()
        return settle_due_silences() >= 0


def expected(model: Model, name: str, what: str | int, now: timedelta) -> bool:
    """Let the model do the step, and return whether it is accepted."""
    if name in {"agree", "break"}:
        return str(what) not in model.gone and model.answers(str(what), breaks=name == "break")
    if name == "extend":
        return model.extends(now, model.deadline + timedelta(minutes=int(what)))
    if name == "withdraw":
        return model.withdraws()
    if name == "join":
        return model.joins(str(what))
    if name == "leave":
        return str(what) not in model.gone and model.leaves(str(what), altogether=True)
    return model.outcome in {"broken", "withdrawn"} if name == "type" else True


def check(world: World, model: Model) -> None:
    """Compare every way to read what became of the text."""
    text = Text.objects.with_state().get(pk=world.procedure.text_id)
    states = {"": State.PROPOSED, "adopted": State.ADOPTED, "broken": State.DRAFT, "withdrawn": State.DRAFT}
    assert text.state == states[model.outcome]
    assert text.silent_until == (None if model.outcome else START + model.deadline)
    adopted = adopted_of(text)
    assert (adopted.members if adopted else None) == model.adopted
    assert (adopted.adopted_at if adopted else None) == (START + model.deadline if adopted else None)


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_any_order_of_acts_comes_out_as_in_the_model(steps: list[tuple[tuple[str, str | int], int | None]]) -> None:
    with transaction.atomic():
        now, model = timedelta(), Model()
        with clock.frozen(START):
            world = World()
        for (name, what), minutes in steps:
            now = max(now, model.deadline) if minutes is None else now + timedelta(minutes=minutes)
            with clock.frozen(START + now):
                model.comes(now)
                deadline = model.deadline
                assert world.act(name, what, deadline) == expected(model, name, what, now), (name, what, now)
                check(world, model)
        with clock.frozen(START + now + timedelta(days=100)):
            model.comes(now + timedelta(days=100))
            check(world, model)
            settle_due_silences()
            check(world, model)
            assert AdoptedText.objects.count() == (model.outcome == "adopted")
        transaction.set_rollback(True)
