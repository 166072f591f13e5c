"""The five stages one after the other on one tour program: each keeps what the ones before it reached."""

from collections.abc import Callable
from time import monotonic

from concertation.commitments.plan.draft import Draft
from concertation.commitments.plan.ground import Ground
from concertation.commitments.plan.highs import Effort
from concertation.commitments.plan.measure import Stage, better, measure
from concertation.commitments.plan.model import Plan
from concertation.commitments.plan.objectives import Objective, objective_of
from concertation.commitments.plan.tours import TourProgram

SLACK = 1e-9  # by which a value that is kept may be missed, so that what reaches it is not shut out


class Search:
    """The best plan known for a ground, which nothing makes worse, and the time in which to better it."""

    def __init__(self, ground: Ground, plan: Plan, effort: Effort) -> None:
        self.ground, self.plan, self.values = ground, plan, measure(ground, plan)
        self._effort, self._began = effort, monotonic()

    def take(self, plan: Plan) -> bool:
        """Keep `plan` if it is better than the best known, and return whether it was."""
        values = measure(self.ground, plan)
        if not better(values, self.values):
            return False
        self.plan, self.values = plan, values
        return True

    def effort(self, *, nodes: int | None = None, seconds: float | None = None) -> Effort:
        """Return what is left of the effort, with at most `nodes` and `seconds` if they are given."""
        times = [time for time in (seconds, self.left) if time is not None]
        counts = [count for count in (nodes, self._effort.nodes) if count is not None]
        return Effort(min(times, default=None), min(counts, default=None), self._effort.cancelled)

    @property
    def left(self) -> float | None:
        """Seconds left, None if there is no limit."""
        return None if self._effort.seconds is None else self._effort.seconds - self.elapsed

    @property
    def elapsed(self) -> float:
        """Seconds since the search began."""
        return monotonic() - self._began

    def until(self, share: float) -> Callable[[], bool]:
        """Return what says whether `share` of the time that is left now is up, or the search is over."""
        end = None if self.left is None else self.elapsed + share * self.left
        return lambda: self.over() or (end is not None and self.elapsed >= end)

    def cancelled(self) -> bool:
        """Return whether somebody cancelled."""
        return self._effort.cancelled is not None and self._effort.cancelled()

    def over(self) -> bool:
        """Return whether the time is up or somebody cancelled."""
        late = self.left is not None and self.left <= 0
        return late or self.cancelled()


def minimise_stage(
    search: Search, tours: TourProgram, stage: Stage, effort: Effort, *, from_plan: bool = True
) -> float:
    """Better the plan of `search` at `stage` by the program `tours`, and make the program keep what is reached.

    Return by how much the value of the stage could still be smaller. What is far from the plan is found sooner when the
    program is not solved `from_plan`.
    """
    objective = objective_of(tours, stage)
    draft = Draft(search.ground, search.plan)
    start = tours.start(dict(enumerate(draft.stints)), draft.shares) if from_plan else None
    answer = tours.program.minimise(objective.cost, effort, start)
    if answer.solution is not None:
        search.take(tours.plan(answer.solution))
    keep_stage(search, tours, stage, objective)
    return search.values[stage - 1] - max(answer.bound + objective.constant, 0.0)


def keep_stage(search: Search, tours: TourProgram, stage: Stage, objective: Objective | None = None) -> None:
    """Make the program `tours` keep what the plan of `search` reaches at `stage`."""
    objective = objective or objective_of(tours, stage)
    value = search.values[stage - 1]
    tours.program.add_row(objective.cost.items(), upper=value - objective.constant + SLACK * max(1.0, abs(value)))
