"""Why a requirement is not met: the smallest gap that can remain, and the fewest acts that get there."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from concertation.commitments.plan.draft import Draft
from concertation.commitments.plan.gap import GapProgram
from concertation.commitments.plan.ground import Ground
from concertation.commitments.plan.highs import UNLIMITED, Effort
from concertation.commitments.plan.model import Plan, Problem
from concertation.commitments.plan.relax import Relaxation


@dataclass(frozen=True, slots=True)
class Way:
    """How far a gap can be closed: the pieces that remain missing, the acts it takes, the pieces that other
    requirements lose by it, the plan in which it is done, and whether less is `proven` to be impossible."""

    remaining: int
    acts: tuple[Relaxation, ...]
    losses: tuple[tuple[str, int], ...]
    plan: Plan
    proven: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why `gap` pieces (of STOCK; else piece-months) of a requirement are missing.

    `by_acts` leaves what others get untouched. `by_moves` takes no act, and takes from others what closes the gap. What
    would still be missing after every act and every move is `not_offered`: nobody has offered it.
    """

    requirement: str
    gap: int
    by_acts: Way
    by_moves: Way
    not_offered: int


def explain(problem: Problem, plan: Plan, requirement: str, effort: Effort = UNLIMITED) -> Explanation:
    """Return why `plan` does not meet `requirement`, with everything else in the plan left as it is.

    Raises:
        PlanError: the problem makes no sense.
        KeyError: the requirement is not in the problem.
        TimeoutError: the effort was spent before there was an answer.
    """
    ground = Ground.of(problem)
    place, draft = ground.requirement_at[requirement], Draft(ground, plan)
    acts, moves = GapProgram(draft, place, acts=True, moves=False), GapProgram(draft, place, acts=False, moves=True)
    by_acts = _way(draft, acts, dict.fromkeys(acts.acts.values(), 1.0), effort)
    by_moves = _way(draft, moves, moves.lost, effort)
    most = GapProgram(draft, place, acts=True, moves=True)
    return Explanation(requirement, _missing(draft, place), by_acts, by_moves, _way(draft, most, {}, effort).remaining)


def explain_shortfalls(problem: Problem, plan: Plan, effort: Effort = UNLIMITED) -> Iterable[Explanation]:
    """Yield why `plan` misses each requirement that it misses, the dearest shortfall first."""
    ground = Ground.of(problem)
    missing = np.maximum(ground.need - ground.cover(plan), 0).sum(axis=1) * ground.price
    for place in np.argsort(-missing, kind="stable"):
        if missing[place] > 0:
            yield explain(problem, plan, ground.requirements[place].id, effort)


def _way(draft: Draft, program: GapProgram, second: dict[int, float], effort: Effort) -> Way:
    answer = program.minimise([dict.fromkeys(program.short, 1.0), *([second] if second else [])], effort)
    if answer.solution is None:
        raise TimeoutError(f"no answer on {program.needed.id} in the effort given")
    found = program.drafted(answer.solution)
    acts = tuple(sorted(act for act, column in program.acts.items() if second and answer.solution[column] > 0.5))
    losses = tuple(
        (needed.id, _missing(found, place) - _missing(draft, place))
        for place, needed in enumerate(draft.ground.requirements)
        if place != program.requirement and _missing(found, place) > _missing(draft, place)
    )
    return Way(_missing(found, program.requirement), acts, losses, found.plan(), answer.proven)


def _missing(draft: Draft, requirement: int) -> int:
    return int(np.maximum(draft.ground.need[requirement] - draft.cover[requirement], 0).sum())
