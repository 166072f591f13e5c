"""The chair plans steps; a step that is due only waits for people, who table, dismiss or settle it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from concertation.coalition.models import Delegate
from concertation.core import clock
from concertation.core.days import FIRST_DAY
from concertation.core.errors import BadDay, NothingChanged
from concertation.core.words import prose, within
from concertation.pressure.domain.entries import check_edits, note, taken_step
from concertation.pressure.domain.words import DRAFT_LENGTH, REASON_LENGTH, Words, clean_names, clean_optional
from concertation.pressure.enums import Outcome, Trigger, Verdict
from concertation.pressure.errors import (
    DraftMissing,
    NoSuchPackage,
    NoSuchStep,
    ReasonMissing,
    StepNotDue,
    TriggerUnclear,
    WaitsForItself,
)
from concertation.pressure.events import Act
from concertation.pressure.falling_due import waits_for_itself
from concertation.pressure.models import Package, Step, StepNote
from concertation.pressure.queries.steps import due_since_of
from concertation.record.canonical import Json
from concertation.situation.models import Condition

ACTS = {Outcome.TABLED: Act.TABLED, Outcome.DONE: Act.DONE, Outcome.DISMISSED: Act.DISMISSED}
LAST_DAY = date(2100, 1, 1)


@dataclass(frozen=True, kw_only=True)
class StepPlan:
    """What a step is; `names` are titles of the agenda item, `drafts` the draft decision, both by language."""

    names: Words
    drafts: Words
    package: UUID
    trigger: Trigger
    condition: UUID | None = None
    verdict: Verdict | None = None
    day: date | None = None
    after: UUID | None = field(default=None)


@transaction.atomic
def plan_step(*, by: Delegate | None, plan: StepPlan) -> Step:
    """Plan a step and return it; `by` is None for the loader.

    Raises NotAllowed and the errors of a step: NameMissing, DraftMissing, TooLong, NoSuchPackage, NoSuchStep,
    TriggerUnclear, BadDay, WaitsForItself.
    """
    check_edits(by)
    step = Step.objects.create(created_at=clock.now(), created_by=by, **_cleaned(by, plan))
    note(by, Act.PLANNED, step, _recorded(step))
    return step


@transaction.atomic
def edit_step(*, by: Delegate | None, step_id: UUID, plan: StepPlan) -> None:
    """Change a step that is not settled; raises NoSuchStep, StepSettled, NothingChanged, else as `plan_step`."""
    check_edits(by)
    kept = Step.objects.filter(pk=step_id).values_list("package", flat=True).first()
    facts = _cleaned(by, plan, kept=kept)
    Step.objects.filter(settled_at=None).update(revision=F("revision") + 1)  # two edits could close a ring together
    step = taken_step(by, step_id)
    if all(getattr(step, name) == value for name, value in facts.items()):
        raise NothingChanged
    waiting = {str(key): str(after) if after else None for key, after in Step.objects.values_list("pk", "after")}
    if waits_for_itself(str(step.pk), str(plan.after) if plan.after else None, waiting):
        raise WaitsForItself
    Step.objects.filter(pk=step.pk).update(**facts, told_at=None)
    changed = Step.objects.select_related("package", "condition", "after").get(pk=step.pk)
    note(by, Act.STEP_EDITED, changed, _recorded(changed))


@transaction.atomic
def note_step_taken(
    *,
    by: Delegate | None,
    step_id: UUID,
    outcome: Outcome,
    reason: str = "",
    meeting: UUID | None = None,
    item: UUID | None = None,
) -> None:
    """Note that a step was put on an agenda, done or dismissed; done and dismissed settle it.

    `meeting` and `item` say on which agenda it stands. Raises NotAllowed, NoSuchStep, StepSettled, ReasonMissing for
    a dismissal, StepNotDue for a proposal that nothing calls for, TooLong.
    """
    check_edits(by)
    reason = within(prose(reason), REASON_LENGTH)
    step = taken_step(by, step_id)
    if outcome == Outcome.DISMISSED and not reason:
        raise ReasonMissing
    if outcome == Outcome.TABLED and due_since_of(step) is None:
        raise StepNotDue
    now = clock.now()
    StepNote.objects.create(step=step, outcome=outcome, reason=reason, meeting=meeting, item=item, by=by, at=now)
    if outcome != Outcome.TABLED:
        Step.objects.filter(pk=step.pk).update(settled_at=now)
    note(by, ACTS[outcome], step, {"reason": reason, "item": str(item) if item else None})


def _cleaned(by: Delegate | None, plan: StepPlan, *, kept: UUID | None = None) -> dict[str, Any]:
    """Return the facts of `plan` in normal form, by field; raises the errors of a step.

    `kept` is the package that the step has already, which may have been retired since.
    """
    drafts = clean_optional(plan.drafts, DRAFT_LENGTH)
    if not drafts:
        raise DraftMissing
    _check_trigger(plan)
    on_day = plan.trigger == Trigger.ON
    return {
        "names": clean_names(plan.names),
        "drafts": drafts,
        "package": _package(by, plan.package, kept),
        "trigger": Trigger(plan.trigger),
        "condition": None if on_day else _condition(by, plan.condition),
        "verdict": "" if on_day or plan.verdict is None else Verdict(plan.verdict),
        "day": plan.day,
        "after": _other(by, plan.after) if plan.after else None,
    }


def _check_trigger(plan: StepPlan) -> None:
    """Refuse a step that could not fall due as it is; raises TriggerUnclear, BadDay."""
    needs_day = plan.trigger in {Trigger.ON, Trigger.UNLESS}
    if plan.trigger not in Trigger.values or (needs_day and plan.day is None):
        raise TriggerUnclear
    if plan.trigger != Trigger.ON and (plan.condition is None or plan.verdict not in Verdict.values):
        raise TriggerUnclear
    if plan.day is not None and not FIRST_DAY <= plan.day <= LAST_DAY:
        raise BadDay


def _package(by: Delegate | None, key: UUID, kept: UUID | None) -> Package:
    visible = Package.objects.visible_to(by) if by else Package.objects.all()
    package = visible.filter(pk=key).first()
    if package is None or (package.retired_at and key != kept):
        raise NoSuchPackage
    return package


def _condition(by: Delegate | None, key: UUID | None) -> Condition:
    visible = Condition.objects.visible_to(by) if by else Condition.objects.all()
    condition = visible.filter(pk=key).first() if key else None
    if condition is None:
        raise TriggerUnclear
    return condition


def _other(by: Delegate | None, key: UUID) -> Step:
    visible = Step.objects.visible_to(by) if by else Step.objects.all()
    step = visible.filter(pk=key).first()
    if step is None:
        raise NoSuchStep
    return step


def _recorded(step: Step) -> dict[str, Json]:
    """Return what the record keeps of a step."""
    return {
        "drafts": step.drafts,
        "package": step.package.names,
        "trigger": step.trigger,
        "condition": step.condition.wording.names if step.condition else None,
        "finding": step.verdict or None,
        "day": step.day.isoformat() if step.day else None,
        "after": step.after.names if step.after else None,
    }
