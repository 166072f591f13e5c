"""The chair names scenarios, has them planned, and proposes a plan; members confirm or decline their part."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from concertation.coalition.audiences import packed
from concertation.coalition.enums import Audience, Capacity
from concertation.coalition.models import Delegate
from concertation.commitments.domain.checks import LAST_DAY
from concertation.commitments.domain.plan_entries import (
    announce_run,
    note_run,
    note_scenario,
    taken_run,
    taken_scenario,
)
from concertation.commitments.enums import Approval, Counted, Ending
from concertation.commitments.errors import (
    AlreadyAnswered,
    AlreadyProposed,
    BadHorizon,
    BadLimit,
    NameMissing,
    NoPart,
    NoPlanYet,
    NothingToPlan,
    NotProposed,
    ReasonMissing,
    RunEnded,
    ScenarioNameTaken,
    UnknownCondition,
)
from concertation.commitments.events import Act
from concertation.commitments.models import PlanAnswer, PlanRun, PlanScenario
from concertation.commitments.plan.check import feasible_part
from concertation.commitments.plan.greedy import fill_greedily
from concertation.commitments.plan.ground import Ground
from concertation.commitments.plan.measure import Stage, measure
from concertation.commitments.plan.model import Problem
from concertation.commitments.plan.validation import PlanError, validate
from concertation.commitments.planning.faults import fault_of
from concertation.commitments.planning.reading import parts_of
from concertation.commitments.planning.stored import as_json, hash_of, plan_from, problem_from
from concertation.commitments.queries.planning import Inputs, inputs_of
from concertation.commitments.rules import may_bind, may_require
from concertation.core import clock, live
from concertation.core.days import FIRST_DAY
from concertation.core.errors import NotAllowed, NothingChanged
from concertation.core.words import clean_line, clean_prose
from concertation.record.canonical import Json
from concertation.situation.models import Condition

NAME_LENGTH = 120
REASON_LENGTH = 500
MOST_MONTHS = 60
LIMITS = (20, 60, 300, 1800)  # seconds
AT_ONCE = 1_500  # contributions, up to which the first plan is made while one waits


@dataclass(frozen=True, slots=True)
class Assumed:
    """What a scenario takes for granted: from the month of `first_month` on, over `months`; a condition in `holds`
    holds from a day, or never (None), all others as the coalition finds."""

    name: str
    first_month: date
    months: int
    holds: Mapping[UUID, date | None] = field(default_factory=dict)
    approvals: Collection[Approval] = ()
    counted: Counted = Counted.ANNOUNCED


@transaction.atomic
def define_scenario(*, by: Delegate, assumed: Assumed) -> PlanScenario:
    """Name a scenario and return it.

    Raises NotAllowed, NameMissing, TooLong, ScenarioNameTaken, BadHorizon, UnknownCondition.
    """
    _check_chair(by)
    words = _checked(assumed)
    scenario = PlanScenario(created_at=clock.now(), created_by=by, **words)
    _save(scenario)
    note_scenario(by, Act.SCENARIO_DEFINED, scenario, _facts(scenario))
    return scenario


@transaction.atomic
def change_scenario(*, by: Delegate, scenario_id: UUID, assumed: Assumed) -> None:
    """Let a scenario assume something else; runs keep what they were asked for.

    Raises NoSuchScenario, NothingChanged, else as `define_scenario`.
    """
    _check_chair(by)
    words = _checked(assumed)
    scenario = taken_scenario(by, scenario_id)
    if all(getattr(scenario, name) == value for name, value in words.items()):
        raise NothingChanged
    for name, value in words.items():
        setattr(scenario, name, value)
    _save(scenario)
    note_scenario(by, Act.SCENARIO_CHANGED, scenario, _facts(scenario))


@transaction.atomic
def start_run(*, by: Delegate, scenario_id: UUID, limit: int, with_restricted: bool = False) -> PlanRun:
    """Fix what is to be planned, make a first plan of it if that takes no time, and leave the rest to a process.

    It plans over what the whole coalition may read, or `with_restricted` over all that `by` may read: then only the
    secretariat and the members that may read every part of it see the run. What makes no sense together ends the run
    at once, with the reason. Nothing is recorded. Raises NotAllowed, NoSuchScenario, BadLimit, NothingToPlan.
    """
    _check_chair(by)
    if limit not in LIMITS:
        raise BadLimit
    scenario = taken_scenario(by, scenario_id)
    run = PlanRun(
        scenario=scenario,
        asked_by=by,
        asked_at=clock.now(),
        touched_at=clock.now(),
        limit=limit,
        **{name: getattr(scenario, name) for name in ("name", "first_month", "months", "counted", "assumed")},
    )
    inputs = inputs_of(by, scenario, with_restricted=with_restricted)
    run.audience = Audience.MEMBERS if inputs.is_restricted else Audience.COALITION
    run.readers, run.hidden, run.unmet = packed(inputs.readers), inputs.hidden, inputs.unmet
    _fill(run, inputs)
    run.save(force_insert=True)
    announce_run(run)
    return run


def _fill(run: PlanRun, inputs: Inputs) -> None:
    """Give a run its problem, and a plan at once or the reason why there is none."""
    try:
        mapped = inputs.mapped()
        run.unknown, run.left_out = mapped.unknown, mapped.left_out
        if not mapped.problem.requirements:
            raise NothingToPlan
        run.problem = as_json(mapped.problem)
        run.problem_hash = hash_of(run.problem)
        validate(mapped.problem)
        if len(mapped.problem.contributions) <= AT_ONCE:
            _plan_at_once(run, mapped.problem)
    except PlanError as error:
        run.problem = run.problem or {}
        run.fault, run.ended_at, run.ending = fault_of(error), clock.now(), Ending.FAILED


def _plan_at_once(run: PlanRun, problem: Problem) -> None:
    ground = Ground.of(problem)
    plan = fill_greedily(ground, problem.previous and feasible_part(problem, problem.previous))
    run.plan = as_json(plan)
    values = zip(Stage, measure(ground, plan), strict=True)
    run.results = [{"stage": stage, "value": value, "bound": 0.0} for stage, value in values]


@transaction.atomic
def cancel_run(*, by: Delegate, run_id: UUID) -> None:
    """Stop a run; the plan that it has stays. Raises NotAllowed, NoSuchRun, RunEnded."""
    _check_chair(by)
    run = taken_run(by, run_id)
    ended = {"ended_at": clock.now(), "ending": Ending.CANCELLED, "touched_at": clock.now()}
    if not PlanRun.objects.filter(pk=run_id, ended_at=None).update(**ended):
        raise RunEnded
    announce_run(run)


@transaction.atomic
def propose_plan(*, by: Delegate, run_id: UUID) -> None:
    """Put the plan of a run to the members that serve in it, in the place of the last one for the same readers.

    Raises NotAllowed, NoSuchRun, NoPlanYet, AlreadyProposed.
    """
    _check_chair(by)
    run = taken_run(by, run_id)
    plan = plan_from(run.plan)
    if plan is None or run.ended_at is None or run.ending == Ending.FAILED or not (plan.tours or plan.shares):
        raise NoPlanYet
    if run.proposed_at:
        raise AlreadyProposed
    former = PlanRun.objects.filter(audience=run.audience, readers=run.readers, replaced_at=None).proposed()
    replaced = list(former)
    PlanRun.objects.filter(pk__in=[old.pk for old in replaced]).update(replaced_at=clock.now())
    run.proposed_at, run.proposed_by = clock.now(), by
    run.parts = packed(parts_of(problem_from(run.problem), plan))
    run.save(update_fields=["proposed_at", "proposed_by", "parts"])
    for old in replaced:
        announce_run(old)
    _tell_heads(run)
    note_run(by, Act.PLAN_PROPOSED, run, _proposal(run))


def _proposal(run: PlanRun) -> dict[str, Json]:
    return {
        "from_month": run.first_month.isoformat(),
        "months": run.months,
        "parts_of": run.part_codes,
        "problem_hash": run.problem_hash,
        "plan_hash": hash_of(run.plan),
        "is_proven": run.ending == Ending.PROVEN,
    }


def _tell_heads(run: PlanRun) -> None:
    """Let the home pages of those who have to answer look again."""
    heads = Delegate.objects.active().filter(capacity=Capacity.HEAD, member__in=run.part_codes)
    live.announce(*(f"delegate:{head}" for head in heads.values_list("pk", flat=True)))


def confirm_part(*, by: Delegate, run_id: UUID) -> PlanAnswer:
    """Say for one's member that it does its part of the proposed plan.

    Raises NotAllowed, NoSuchRun, NotProposed, NoPart, AlreadyAnswered.
    """
    return _answer(by, run_id, confirms=True, reason="")


def decline_part(*, by: Delegate, run_id: UUID, reason: str) -> PlanAnswer:
    """Say for one's member that it does not do its part, and why; raises ReasonMissing, else as `confirm_part`."""
    if not (reason := clean_prose(reason, REASON_LENGTH)):
        raise ReasonMissing
    return _answer(by, run_id, confirms=False, reason=reason)


@transaction.atomic
def _answer(by: Delegate, run_id: UUID, *, confirms: bool, reason: str) -> PlanAnswer:
    """Add the answer of the member of `by`, and its entry."""
    run = taken_run(by, run_id)
    if not run.is_current_proposal:
        raise NotProposed
    if by.member_id not in run.part_codes:
        raise NotAllowed if by.member_id is None else NoPart
    if not may_bind(by, run.part_codes):
        raise NotAllowed
    last = run.answers.filter(member=by.member_id).last()
    if last and (last.confirms, last.reason) == (confirms, reason):
        raise AlreadyAnswered
    answer = PlanAnswer.objects.create(
        run=run,
        number=run.answers.count() + 1,
        member_id=by.member_id,
        confirms=confirms,
        reason=reason,
        by=by,
        at=clock.now(),
    )
    facts: dict[str, Json] = {"plan_hash": hash_of(run.plan)}
    if reason:
        facts["reason"] = reason
    live.announce(f"delegate:{by.pk}")
    note_run(by, Act.PART_CONFIRMED if confirms else Act.PART_DECLINED, run, facts)
    return answer


def _check_chair(by: Delegate) -> None:
    if not may_require(by):
        raise NotAllowed


def _checked(assumed: Assumed) -> dict[str, object]:
    """Return the columns of a scenario in normal form; raises its errors."""
    name = clean_line(assumed.name, NAME_LENGTH)
    if not name:
        raise NameMissing
    days = [assumed.first_month, *(day for day in assumed.holds.values() if day)]
    if not 1 <= assumed.months <= MOST_MONTHS or not all(FIRST_DAY <= day <= LAST_DAY for day in days):
        raise BadHorizon
    if Condition.objects.filter(pk__in=assumed.holds).count() != len(assumed.holds):
        raise UnknownCondition
    return {
        "name": name,
        "first_month": assumed.first_month.replace(day=1),
        "months": assumed.months,
        "holds": {str(key): day.isoformat() if day else None for key, day in sorted(assumed.holds.items())},
        "assumed": sorted(str(Approval(kind)) for kind in set(assumed.approvals)),
        "counted": str(Counted(assumed.counted)),
    }


def _save(scenario: PlanScenario) -> None:
    """Save a scenario, unless another one has its name; raises ScenarioNameTaken."""
    try:
        with transaction.atomic():
            scenario.save()
    except IntegrityError:
        raise ScenarioNameTaken from None


def _facts(scenario: PlanScenario) -> dict[str, Json]:
    """Return what the record keeps of a scenario."""
    return {
        "from_month": scenario.first_month.isoformat(),
        "months": scenario.months,
        "assumed_conditions": _conditions_in_words(scenario),
        "assumed_approvals": list(scenario.assumed),
        "counted": scenario.counted,
    }


def _conditions_in_words(scenario: PlanScenario) -> list[Json]:
    """Return from when which conditions are assumed to hold, as one line each."""
    names = {str(row.pk): row.wording.names for row in Condition.objects.filter(pk__in=scenario.holds)}
    said = {name: names[name].get("en") or next(iter(names[name].values())) for name in scenario.holds}
    return [f"{said[name]}: {day or 'never'}" for name, day in sorted(scenario.holds.items())]
