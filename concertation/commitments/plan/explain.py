"""Why a requirement is not met: the smallest gap that can remain, and the fewest acts that get there."""

from dataclasses import dataclass
from time import monotonic

import numpy as np

from concertation.commitments.plan.draft import Draft
from concertation.commitments.plan.gap import GapProgram
from concertation.commitments.plan.ground import Ground
from concertation.commitments.plan.highs import UNLIMITED, Effort
from concertation.commitments.plan.model import Plan, Problem
from concertation.commitments.plan.relax import Relaxation

MANY = 1000  # contributions, beyond which a gap takes longer
AT_FIRST, AT_FIRST_OF_MANY = 0.9, 4.5  # seconds


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

    Where the effort is spent before the least is found, the best that was found counts, and is not `proven`; only what
    nobody offers always is.

    Raises:
        PlanError: the problem makes no sense.
        KeyError: the requirement is not in the problem.
        TimeoutError: the effort was spent before there was an answer.
    """
    began, ground = monotonic(), Ground.of(problem)
    place, draft = ground.requirement_at[requirement], Draft(ground, plan)
    acts, moves = GapProgram(draft, place, acts=True, moves=False), GapProgram(draft, place, acts=False, moves=True)
    both = GapProgram(draft, place, acts=True, moves=True)
    both.minimise(dict.fromkeys(both.short, 1.0), effort.left(began))
    if not both.answer.proven:
        raise TimeoutError(f"what nobody offers of {requirement} was not found in the effort given")
    for program in (acts, moves):
        program.minimise(dict.fromkeys(program.short, 1.0), effort.left(began).half())
    if acts.acts:
        acts.minimise(dict.fromkeys(acts.acts.values(), 1.0), effort.left(began).half())
    if moves.lost:
        moves.minimise(moves.lost, effort.left(began))
    not_offered = _missing(both.drafted(), place)
    return Explanation(requirement, _missing(draft, place), _way(draft, acts), _way(draft, moves), not_offered)


def seconds_at_first(problem: Problem) -> float:
    """Return the time in which a gap of `problem` can be explained, though not always proven."""
    return AT_FIRST if len(problem.contributions) <= MANY else AT_FIRST_OF_MANY


def shortfalls(problem: Problem, plan: Plan) -> list[str]:
    """Return the requirements that `plan` does not meet, the dearest shortfall first."""
    ground = Ground.of(problem)
    missing = np.maximum(ground.need - ground.cover(plan), 0).sum(axis=1) * ground.price
    return [ground.requirements[n].id for n in np.argsort(-missing, kind="stable") if missing[n] > 0]


def _way(draft: Draft, program: GapProgram) -> Way:
    found, answer = program.drafted(), program.answer
    assert answer.solution is not None
    acts = [act for act, column in program.acts.items() if answer.solution[column] > 0.5]
    losses = tuple(
        (needed.id, _missing(found, place) - _missing(draft, place))
        for place, needed in enumerate(draft.ground.requirements)
        if place != program.requirement and _missing(found, place) > _missing(draft, place)
    )
    return Way(_missing(found, program.requirement), tuple(sorted(acts)), losses, found.plan(), answer.proven)


def _missing(draft: Draft, requirement: int) -> int:
    return int(np.maximum(draft.ground.need[requirement] - draft.cover[requirement], 0).sum())
