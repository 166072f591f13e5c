"""Plans for a problem: one at once, then better ones while somebody watches, each with what is proven of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from concertation.commitments.plan.check import feasible_part
from concertation.commitments.plan.exact import prove
from concertation.commitments.plan.greedy import fill_greedily
from concertation.commitments.plan.ground import Ground
from concertation.commitments.plan.highs import UNLIMITED, Effort
from concertation.commitments.plan.large import approach
from concertation.commitments.plan.measure import Stage, StageResult
from concertation.commitments.plan.model import Plan, Problem
from concertation.commitments.plan.stages import Search

SMALL = 1000  # links between contributions and requirements, up to which all stages are worked on until proven


@dataclass(frozen=True, slots=True)
class Progress:
    """The best plan known after `seconds`, and what is known of its five stages."""

    plan: Plan
    results: tuple[StageResult, ...]
    seconds: float

    @property
    def proven(self) -> bool:
        """Whether no plan is better."""
        return all(result.proven for result in self.results)


def improve(problem: Problem, effort: Effort = UNLIMITED) -> Iterator[Progress]:
    """Yield plans for `problem`, none worse than the one before, until one is proven or the effort is spent.

    The first comes at once. Of large problems only the two shortfalls are bettered. It takes the process that asks as
    long as it lasts: run it outside a web process.

    Raises:
        PlanError: the problem makes no sense.
    """
    ground = Ground.of(problem)
    search = Search(ground, fill_greedily(ground), effort)
    if problem.previous is not None:
        kept = feasible_part(problem, problem.previous)
        search.take(fill_greedily(ground, kept))
        search.take(kept)
    yield Progress(search.plan, _unknown(search), search.elapsed)
    for results in (prove if sum(map(len, ground.links)) <= SMALL else approach)(search):
        yield Progress(search.plan, results, search.elapsed)


def solve(problem: Problem, effort: Effort = UNLIMITED) -> Progress:
    """Return the last of the plans that `improve` yields."""
    *_, last = improve(problem, effort)
    return last


def _unknown(search: Search) -> tuple[StageResult, ...]:
    return tuple(StageResult(stage, value, 0.0) for stage, value in zip(Stage, search.values, strict=True))
