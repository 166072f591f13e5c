"""Planning steps, and what people do with those that are due."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import TestCase

from concertation.coalition.enums import Capacity
from concertation.core import clock
from concertation.core.errors import BadDay, NotAllowed, NothingChanged, TooLong
from concertation.pressure.domain.packages import retire_package
from concertation.pressure.domain.steps import edit_step, note_step_taken, plan_step
from concertation.pressure.domain.telling import tell_due_steps
from concertation.pressure.enums import Outcome, Trigger, Verdict
from concertation.pressure.errors import (
    DraftMissing,
    NameMissing,
    NoSuchPackage,
    NoSuchStep,
    ReasonMissing,
    StepNotDue,
    StepSettled,
    TriggerUnclear,
    WaitsForItself,
)
from concertation.pressure.models import Step, StepNote
from concertation.pressure.queries.steps import steps_for
from concertation.pressure.tests.factories import make_package, make_step, step_plan
from concertation.pressure.waiting import awaiting_steps
from concertation.record.models import Entry
from concertation.situation.enums import Verdict as Found
from concertation.situation.models import Condition
from concertation.situation.tests.factories import make_assessment, make_condition, make_finding
from tests.helpers.people import make_coalition, make_delegate, make_secretary
from tests.helpers.writes import Listener, assert_refused, assert_write

pytestmark = pytest.mark.django_db
TODAY = datetime(2025, 7, 10, 13, tzinfo=UTC)


@pytest.fixture
def condition() -> Condition:
    """A condition of the five members."""
    make_coalition()
    return make_condition()


def states(*steps: Step) -> list[str]:
    """Return where each of `steps` stands, without any where all do."""
    found = {line.step.pk: line.state for line in steps_for()}
    return [found[step.pk] for step in steps] if steps else list(found.values())


def test_plan_step_enters_one_entry(condition: Condition) -> None:
    package, chair = make_package(), make_delegate("GB")
    with assert_write("step.planned", "measures"):
        step = plan_step(by=chair, plan=step_plan(package, condition))
    assert Entry.objects.latest("sequence").content["data"] == {
        "names": {"en": "Package B", "fr": "Paquet B"},
        "drafts": {"en": "The coalition adopts package B."},
        "package": {"en": "Package B"},
        "trigger": "unless",
        "condition": condition.wording.names,
        "finding": "verified",
        "day": "2025-07-01",
        "after": None,
    }
    later = step_plan(package, condition, day=date(2025, 9, 1))
    with assert_write("step.edited", "measures"):
        edit_step(by=chair, step_id=step.pk, plan=later)
    assert Step.objects.get().day == date(2025, 9, 1)
    assert_refused(NothingChanged, lambda: edit_step(by=chair, step_id=step.pk, plan=later))


@pytest.mark.parametrize(("code", "capacity"), [("DE", Capacity.HEAD), ("FR", Capacity.INTERPRETER)])
def test_only_the_chair_plans_and_settles(condition: Condition, code: str, capacity: Capacity) -> None:
    package, step, by = make_package(), make_step(), make_delegate(code, capacity)
    assert_refused(NotAllowed, lambda: plan_step(by=by, plan=step_plan(package)))
    assert_refused(NotAllowed, lambda: edit_step(by=by, step_id=step.pk, plan=step_plan(package)))
    for outcome in Outcome:
        assert_refused(
            NotAllowed,
            lambda outcome=outcome: note_step_taken(by=by, step_id=step.pk, outcome=outcome),  # type: ignore[misc]
        )


@pytest.mark.parametrize(
    ("error", "changes"),
    [
        (NameMissing, {"names": {"en": " "}}),
        (DraftMissing, {"drafts": {}}),
        (TooLong, {"drafts": {"en": "x" * 4_001}}),
        (NoSuchPackage, {"package": uuid4()}),
        (NoSuchStep, {"after": uuid4()}),
        (TriggerUnclear, {"day": None}),
        (TriggerUnclear, {"condition": None}),
        (TriggerUnclear, {"condition": uuid4()}),
        (TriggerUnclear, {"verdict": None}),
        (TriggerUnclear, {"trigger": Trigger.WHEN, "condition": None}),
        (TriggerUnclear, {"trigger": Trigger.ON, "day": None}),
        (TriggerUnclear, {"trigger": "sometime"}),
        (BadDay, {"day": date(1999, 1, 1)}),
        (BadDay, {"day": date(2101, 1, 1)}),
    ],
)
def test_bad_steps_are_refused(condition: Condition, error: type[Exception], changes: dict[str, Any]) -> None:
    package = make_package()
    plan = replace(step_plan(package, condition), **changes)
    assert_refused(error, lambda: plan_step(by=None, plan=plan))
    assert not Step.objects.exists()


def test_a_retired_package_takes_no_new_step(condition: Condition) -> None:
    package = make_package()
    step = make_step(package)
    retire_package(by=None, package_id=package.pk)
    assert_refused(NoSuchPackage, lambda: plan_step(by=None, plan=step_plan(package)))
    edit_step(by=None, step_id=step.pk, plan=step_plan(package, day=date(2025, 9, 1)))


def test_a_step_does_not_wait_for_itself(condition: Condition) -> None:
    package = make_package()
    first = make_step(package)
    second = make_step(package, after=first.pk)
    third = make_step(package, after=second.pk)
    for other in (first, second, third):
        plan = step_plan(package, after=other.pk)
        assert_refused(WaitsForItself, lambda plan=plan: edit_step(by=None, step_id=first.pk, plan=plan))  # type: ignore[misc]
    with pytest.raises(IntegrityError), transaction.atomic():
        Step.objects.filter(pk=first.pk).update(after=first.pk)
    assert [step.after_id for step in Step.objects.all()] == [None, first.pk, second.pk]


def test_a_step_falls_due_by_the_clock_and_the_finding(condition: Condition) -> None:
    make_step(watched=condition, day=date(2025, 9, 1))
    with clock.frozen(datetime(2025, 9, 2, 11, tzinfo=UTC)):
        assert states() == ["waiting"]
    with clock.frozen(datetime(2025, 9, 2, 12, tzinfo=UTC)):
        assert states() == ["due"]
        make_assessment(condition, make_delegate("DE"), Found.VERIFIED)
        assert states() == ["due"]
        make_finding(condition, Found.VERIFIED, date(2025, 8, 31))
        assert states() == ["waiting"]


def test_a_step_waits_until_another_is_done(condition: Condition) -> None:
    with clock.frozen(TODAY):
        first = make_step()
        second = make_step(first.package, after=first.pk)
        assert states(first, second) == ["due", "waiting"]
        assert_refused(StepNotDue, lambda: note_step_taken(by=None, step_id=second.pk, outcome=Outcome.TABLED))
        note_step_taken(by=None, step_id=first.pk, outcome=Outcome.DONE)
        assert states(first, second) == ["done", "due"]


def test_a_step_after_one_that_was_dismissed_is_not_due(condition: Condition) -> None:
    with clock.frozen(TODAY):
        first = make_step()
        second = make_step(first.package, after=first.pk)
        note_step_taken(by=None, step_id=first.pk, outcome=Outcome.DISMISSED, reason="Overtaken.")
        assert states(first, second) == ["dismissed", "waiting"]


def test_a_due_step_waits_at_home_for_the_chair_only(condition: Condition) -> None:
    with clock.frozen(TODAY):
        step = make_step()
        for by in (make_secretary(), make_delegate("FR"), make_delegate("GB", Capacity.DELEGATE)):
            (thing,) = awaiting_steps(by)
            assert thing.title == "Package B: proposed for an agenda"
            assert thing.url == f"/watch/measures/steps/{step.pk}/"
        assert list(awaiting_steps(make_delegate("DE"))) == []
        assert list(awaiting_steps(make_delegate("FR", Capacity.INTERPRETER))) == []
        note_step_taken(by=None, step_id=step.pk, outcome=Outcome.TABLED)
        assert list(awaiting_steps(make_secretary())) == []


def test_nothing_is_written_when_a_step_falls_due(condition: Condition) -> None:
    with clock.frozen(TODAY):
        make_step()
        entries = Entry.objects.count()
        list(awaiting_steps(make_secretary()))
        tell_due_steps()
        assert (Entry.objects.count(), StepNote.objects.count()) == (entries, 0)


def test_the_chair_is_told_once(condition: Condition) -> None:
    clerk, germany = make_secretary(), make_delegate("DE")
    topics = ("measures", f"delegate:{clerk.pk}", f"delegate:{germany.pk}")
    with clock.frozen(TODAY):
        make_step(), make_step(day=date(2025, 9, 1))
        heard = []
        for _ in range(2):
            listener = Listener(topics)
            with TestCase.captureOnCommitCallbacks(execute=True):
                tell_due_steps()
            heard.append(listener.heard())
    assert heard == [{"measures", f"delegate:{clerk.pk}"}, set()]


@pytest.mark.parametrize(("outcome", "action"), [(Outcome.DONE, "step.done"), (Outcome.DISMISSED, "step.dismissed")])
def test_what_is_settled_is_over(condition: Condition, outcome: Outcome, action: str) -> None:
    chair, step = make_delegate("FR"), make_step()
    with assert_write(action, "measures"):
        note_step_taken(by=chair, step_id=step.pk, outcome=outcome, reason=" As agreed. ")
    note = StepNote.objects.get()
    assert (note.outcome, note.reason, note.by) == (outcome, "As agreed.", chair)
    for again in Outcome:
        assert_refused(
            StepSettled,
            lambda again=again: note_step_taken(by=chair, step_id=step.pk, outcome=again, reason="x"),  # type: ignore[misc]
        )
    plan = step_plan(step.package, day=date(2025, 9, 1))
    assert_refused(StepSettled, lambda: edit_step(by=chair, step_id=step.pk, plan=plan))


def test_refused_outcomes(condition: Condition) -> None:
    chair, step = make_delegate("FR"), make_step(day=date(2030, 1, 1))
    acts: list[tuple[type[Exception], dict[str, Any]]] = [
        (ReasonMissing, {"outcome": Outcome.DISMISSED, "reason": " "}),
        (TooLong, {"outcome": Outcome.DONE, "reason": "x" * 501}),
        (StepNotDue, {"outcome": Outcome.TABLED}),
        (NoSuchStep, {"outcome": Outcome.DONE, "step_id": uuid4()}),
    ]
    for error, facts in acts:
        act = {"by": chair, "step_id": step.pk, **facts}
        assert_refused(error, lambda act=act: note_step_taken(**act))  # type: ignore[misc]


def test_the_database_refuses_to_change_a_note(condition: Condition) -> None:
    step = make_step()
    note_step_taken(by=None, step_id=step.pk, outcome=Outcome.DONE)
    with pytest.raises(IntegrityError), transaction.atomic():
        StepNote.objects.update(outcome=Outcome.DISMISSED)
    with pytest.raises(IntegrityError), transaction.atomic():
        StepNote.objects.all().delete()


@pytest.mark.parametrize("number", [1, 3])
def test_steps_cost_the_same_at_any_number(number: int, django_assert_num_queries: Any) -> None:
    make_coalition()
    for _ in range(number):
        condition = make_condition()
        make_finding(condition)
        step = make_step(watched=condition)
        make_step(step.package, condition, after=step.pk, trigger=Trigger.WHEN, verdict=Verdict.BROKEN)
        note_step_taken(by=None, step_id=step.pk, outcome=Outcome.DONE)
    with django_assert_num_queries(5):
        assert len(steps_for()) == 2 * number
