"""What could be granted so that more contributions can serve: caveats lifted, approvals given, conditions met,
readiness advanced."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from concertation.commitments.plan.model import Contribution, Problem, Requirement
from concertation.commitments.plan.validation import waits_for


class Act(StrEnum):
    """What somebody would have to do."""

    LIFT = "lift a caveat"
    APPROVE = "give an approval"
    MEET = "meet a condition"
    ADVANCE = "be ready at once"


@dataclass(frozen=True, slots=True, order=True)
class Relaxation:
    """One act: on the caveat, approval, condition or contribution `what`; of a caveat, `whose` contribution it is."""

    act: Act
    what: str
    whose: str = ""


Acts = frozenset[Relaxation]


def grant(problem: Problem, acts: Iterable[Relaxation]) -> Problem:
    """Return `problem` with `acts` done: conditions hold from the first month, approvals count as assumed."""
    done = sorted(acts)
    scenario = problem.scenario
    return problem.under(
        replace(
            scenario,
            holds={**scenario.holds, **{act.what: 0 for act in done if act.act is Act.MEET}},
            assumed=scenario.assumed | {act.what for act in done if act.act is Act.APPROVE},
            lifted=scenario.lifted | {(act.whose, act.what) for act in done if act.act is Act.LIFT},
            advanced=scenario.advanced | {act.what for act in done if act.act is Act.ADVANCE},
        )
    )


def acts_for(problem: Problem, contribution: Contribution, requirement: Requirement) -> Iterator[tuple[int, Acts]]:
    """Yield each month in which `contribution` could begin to serve `requirement`, with acts that allow it.

    A month comes once with the fewest acts, or twice where being ready at once replaces a condition.
    """
    if not contribution.suits(requirement):
        return
    scenario = problem.scenario
    binding = [caveat.id for caveat in contribution.caveats if caveat.excludes(requirement)]
    lifted = {name for whose, name in scenario.lifted if whose == contribution.id}
    always = {Relaxation(Act.LIFT, name, contribution.id) for name in binding if name not in lifted}
    always |= {Relaxation(Act.APPROVE, name) for name in contribution.approvals_missing - scenario.assumed}
    for month in range(max(contribution.start, requirement.start), min(contribution.end, requirement.end)):
        ready = scenario.ready_in(contribution)
        waiting = _late(problem, contribution, month - ready) if month >= ready else None
        at_once = _late(problem, contribution, month)
        if waiting is not None:
            yield month, frozenset(always | waiting)
        if ready and (waiting is None or at_once < waiting):
            yield month, frozenset({*always, *at_once, Relaxation(Act.ADVANCE, contribution.id)})


def _late(problem: Problem, contribution: Contribution, month: int) -> set[Relaxation]:
    """Return the acts on conditions that do not hold in `month`."""
    holds = problem.scenario.holds
    names = waits_for(problem, contribution.conditions)
    return {Relaxation(Act.MEET, name) for name in names if name not in holds or holds[name] > month}
