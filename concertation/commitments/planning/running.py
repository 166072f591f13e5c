"""One run from its problem to the explanations of its gaps: what the process that solves does. It loads the solver."""

from collections.abc import Callable, Sequence
from itertools import product
from time import monotonic
from uuid import UUID

from concertation.commitments.domain.plan_work import end_run, store_gaps, store_plan
from concertation.commitments.enums import Ending
from concertation.commitments.models import PlanRun
from concertation.commitments.plan.explain import Explanation, Way, explain, seconds_at_first
from concertation.commitments.plan.highs import Effort
from concertation.commitments.plan.measure import StageResult, better
from concertation.commitments.plan.model import Plan, Problem
from concertation.commitments.plan.solve import improve
from concertation.commitments.plan.validation import PlanError
from concertation.commitments.planning.faults import fault_of
from concertation.commitments.planning.reading import lines_of
from concertation.commitments.planning.stored import Stored, as_json, plan_from, problem_from

SECONDS_A_GAP = 10.0
SECONDS_OF_GAPS = 120.0
Stop = Callable[[], bool]


def make_plans(run_id: UUID, attempt: int, *, stop: Stop, nodes: int | None = None) -> None:
    """Better the plan of a run until it is proven, the time is up, or `stop` says so; then explain its gaps.

    Each better plan is stored at once. With `nodes`, the search is limited by its size and not by the clock. What makes
    no sense ends the run with the reason.
    """
    run = PlanRun.objects.get(pk=run_id)
    problem = problem_from(run.problem)
    effort = Effort(None if nodes else float(run.limit), nodes, stop)
    try:
        is_proven = _improve(run, attempt, problem, effort)
        if stop():
            return
        _explain(run, attempt, problem, stop)
    except PlanError as error:
        end_run(run_id, attempt, Ending.FAILED, fault_of(error))
    else:
        end_run(run_id, attempt, Ending.PROVEN if is_proven else Ending.TIME)


def _improve(run: PlanRun, attempt: int, problem: Problem, effort: Effort) -> bool:
    """Store what the search finds, and say whether its plan is proven; a plan that is stored is never made worse."""
    best, is_proven = run.values() if run.plan else (), False
    for progress in improve(problem, effort):
        values = tuple(result.value for result in progress.results)
        if best and better(best, values):
            continue
        is_new = run.plan is None or not best or better(values, best)
        plan = as_json(progress.plan) if is_new else None
        best, is_proven = values, progress.proven
        if not store_plan(run.pk, attempt, plan, _results(progress.results), progress.seconds):
            return False
    return is_proven


def _results(results: Sequence[StageResult]) -> list[Stored]:
    return [{"stage": int(result.stage), "value": result.value, "bound": result.bound} for result in results]


def _explain(run: PlanRun, attempt: int, problem: Problem, stop: Stop) -> None:
    """Store why each requirement that is not met is not, as soon as it is known: first all that takes little time."""
    plan = plan_from(PlanRun.objects.values_list("plan", flat=True).get(pk=run.pk))
    assert plan is not None
    missing = [line.requirement.id for line in lines_of(problem, plan, {}) if not line.is_covered]
    gaps: dict[str, Stored] = {}
    until = monotonic() + SECONDS_OF_GAPS
    for seconds, requirement in product((seconds_at_first(problem), SECONDS_A_GAP), missing):
        if stop():
            return
        if (left := until - monotonic()) <= 0:
            break
        if is_settled(gaps.get(requirement, {})):
            continue
        found = _gap(problem, plan, requirement, Effort(min(seconds, left), None, stop))
        gaps[requirement] = found if "gap" in found else gaps.get(requirement, found)
        if not store_gaps(run.pk, attempt, list(gaps.values())):
            return
    if late := [{"requirement": requirement} for requirement in missing if requirement not in gaps]:
        store_gaps(run.pk, attempt, [*gaps.values(), *late])


def is_settled(stored: Stored) -> bool:
    """Say whether more time would find nothing better than this explanation."""
    return "gap" in stored and bool(stored["by_acts"]["proven"] and stored["by_moves"]["proven"])


def _gap(problem: Problem, plan: Plan, requirement: str, effort: Effort) -> Stored:
    """Return the explanation of one gap, or that there was no time for it."""
    try:
        return _told(explain(problem, plan, requirement, effort))
    except TimeoutError:
        return {"requirement": requirement}


def _told(found: Explanation) -> Stored:
    return {
        "requirement": found.requirement,
        "gap": found.gap,
        "by_acts": _way(found.by_acts),
        "by_moves": _way(found.by_moves),
        "not_offered": found.not_offered,
    }


def _way(way: Way) -> Stored:
    acts = [{"act": act.act.name, "what": act.what, "whose": act.whose} for act in way.acts]
    return {
        "remaining": way.remaining,
        "acts": acts,
        "losses": [list(loss) for loss in way.losses],
        "proven": way.proven,
    }
