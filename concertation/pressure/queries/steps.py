"""Steps, and whether they are due: derived from the coalition's finding and the clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Prefetch

from concertation.coalition.models import Delegate
from concertation.core.days import earliest_day, latest_day
from concertation.pressure.enums import Outcome
from concertation.pressure.falling_due import Days, due_since
from concertation.pressure.models import Step, StepNote
from concertation.pressure.models.steps import StepQuerySet
from concertation.situation.assessing import Fact, Span, state_at
from concertation.situation.models import Assessment


def days_now() -> Days:
    """Return the last day that has begun anywhere, and the last that is over everywhere."""
    return Days(latest_day(), earliest_day() - timedelta(days=1))


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step as it stands now."""

    step: Step
    called_since: date | None  # from which day condition and clock call for it, whatever became of it
    finding: Span | None  # what the coalition finds now of its condition
    waits_after: bool  # for another step that is not done
    last: StepNote | None

    @property
    def is_due(self) -> bool:
        """Whether it waits for the chair: called for, and nobody has settled it or put it on an agenda."""
        return self.called_since is not None and not self.waits_after and self.last is None

    @property
    def may_be_tabled(self) -> bool:
        """Whether it can be put on an agenda, for the first time or again."""
        is_open = self.step.settled_at is None
        return is_open and self.called_since is not None and not self.waits_after

    @property
    def state(self) -> str:
        """Where it stands: waiting, due, tabled, done or dismissed."""
        if self.last is not None:
            return Outcome(self.last.outcome).value
        return "due" if self.is_due else "waiting"


def steps_for(reader: Delegate | None = None) -> list[StepLine]:
    """Return the steps that `reader` (None: the server itself) may read, in four queries at any number."""
    days = days_now()
    visible = Step.objects.visible_to(reader) if reader else Step.objects.all()
    return [_line(step, days) for step in _with_facts(visible)]


def step_for(reader: Delegate, step_id: UUID) -> StepLine | None:
    """Return a step that `reader` may read."""
    step = _with_facts(Step.objects.visible_to(reader).filter(pk=step_id)).first()
    return _line(step, days_now()) if step else None


def due_since_of(step: Step) -> date | None:
    """Return since when `step` can be put on an agenda, None when nothing calls for it."""
    line = _line(_with_facts(Step.objects.filter(pk=step.pk)).get(), days_now())
    return line.called_since if line.may_be_tabled else None


def _with_facts(steps: StepQuerySet) -> StepQuerySet:
    """Add what the derivation needs."""
    found = Assessment.objects.filter(member=None).order_by("number")
    joined = steps.select_related("package", "condition", "after")
    return joined.prefetch_related(
        "condition__wordings",
        Prefetch("condition__assessments", found, to_attr="findings"),
        Prefetch("notes", StepNote.objects.select_related("by__person", "by__member")),
        Prefetch("after__notes", StepNote.objects.all()),
    )


def _line(step: Step, days: Days) -> StepLine:
    """Return how `step` stands."""
    rows: Iterable[Assessment] = step.condition.findings if step.condition else []  # type: ignore[attr-defined]
    findings = facts_of(list(rows))
    notes = list(step.notes.all())
    return StepLine(
        step=step,
        called_since=due_since(step.rule, findings, days),
        finding=state_at(findings, days.begun).get(None),
        waits_after=step.after is not None and not _is_done(step.after),
        last=notes[-1] if notes else None,
    )


def facts_of(rows: list[Assessment]) -> list[Fact]:
    """Return findings as the derivation takes them."""
    number_of = {row.pk: row.number for row in rows}
    return [row.as_fact(number_of) for row in rows]


def _is_done(step: Step) -> bool:
    return any(note.outcome == Outcome.DONE for note in step.notes.all())
