"""What a plan is worth: the five values that are made small one after the other."""

from dataclasses import dataclass
from enum import IntEnum
from math import fsum

import numpy as np

from concertation.commitments.plan.ground import Ground
from concertation.commitments.plan.model import Form, Plan

TOLERANCE = 1e-6  # two values nearer than this, relative to the larger or to 1, are the same
PROOF = 1e-5  # a bound so near to a value, relative to it or to 1, proves it


class Stage(IntEnum):
    """What is made small, the first first.

    ESSENTIAL and WEIGHTED shortfall: weight × share missing, summed over months. UNAPPROVED: the same measure of what
    contributions without all approvals do. BURDEN: the greatest load of a member, per mean load (1 is an even
    spread of the need). CHANGE: months (of units) and shares (of pools and stocks) that differ from the previous plan.
    """

    ESSENTIAL = 1
    WEIGHTED = 2
    UNAPPROVED = 3
    BURDEN = 4
    CHANGE = 5


Values = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class StageResult:
    """What a stage came to: its `value`, and the `bound` below which no plan can go that is as good in the stages
    before it (or, for the first two, no plan at all)."""

    stage: Stage
    value: float
    bound: float

    @property
    def proven(self) -> bool:
        """Whether nothing smaller is possible, to one part in 100,000."""
        return self.value - self.bound <= PROOF * max(1.0, abs(self.value))

    @property
    def gap(self) -> float:
        """How far the value may still be from the smallest possible, as a share of it: 0 if proven."""
        return 0.0 if self.proven else (self.value - self.bound) / max(abs(self.value), TOLERANCE)


def measure(ground: Ground, plan: Plan) -> Values:
    """Return the value of each stage, in their order; a smaller tuple is a better plan."""
    missing = np.maximum(ground.need - ground.cover(plan), 0).sum(axis=1) * ground.price
    unapproved, loads = [], {member.id: [0.0] for member in ground.problem.members}
    for place, worth in work_of(ground, plan):
        if ground.unapproved[place]:
            unapproved.append(worth)
        members = ground.contributions[place].members
        for member in members:
            loads[member].append(worth / len(members))
    burdens = [fsum(loads[member.id]) / burden_share(ground, member.means) for member in ground.problem.members]
    return (
        fsum(missing[ground.essential]),
        fsum(missing),
        fsum(unapproved),
        max(burdens, default=0.0),
        change(ground, plan),
    )


def burden_share(ground: Ground, means: int) -> float:
    """Return what a member of `means` would do of the whole need if all did the same for their means."""
    return (ground.everything or 1.0) * means / ground.means


def change(ground: Ground, plan: Plan) -> float:
    """Return how much of `plan` differs from the previous plan; 0 where there is none."""
    if ground.problem.previous is None:
        return 0.0
    before, after = parts_of(ground, ground.problem.previous), parts_of(ground, plan)
    return fsum(abs(before.get(key, 0.0) - after.get(key, 0.0)) for key in before.keys() | after.keys())


def covered(ground: Ground, plan: Plan) -> float:
    """Return the share of the weighted need that `plan` meets, 1 if nothing is needed."""
    return 1 - measure(ground, plan)[1] / ground.everything if ground.everything else 1.0


def better(left: Values, right: Values) -> bool:
    """Return whether `left` is smaller at the first stage at which they differ."""
    for a, b in zip(left, right, strict=True):
        if not same(a, b):
            return a < b
    return False


def same(a: float, b: float) -> bool:
    """Return whether two values of a stage count as equal."""
    return abs(a - b) <= TOLERANCE * max(1.0, abs(a), abs(b))


def work_of(ground: Ground, plan: Plan) -> list[tuple[int, float]]:
    """Return the contribution and the weighted work of each part of `plan`."""
    work, prices = [], ground.price.tolist()
    for tour in plan.tours:
        place = ground.contribution_at[tour.contribution]
        price = prices[ground.requirement_at[tour.requirement]]
        work.append((place, price * ground.contributions[place].strength * tour.months))
    for share in plan.shares:
        price = prices[ground.requirement_at[share.requirement]]
        work.append((ground.contribution_at[share.contribution], price * share.amount))
    return work


def parts_of(ground: Ground, plan: Plan) -> dict[tuple[str, str, int], float]:
    """Return `plan` as what changes count: 1 for each month of a unit, a share for a pool in a month or for a stock."""
    parts: dict[tuple[str, str, int], float] = {}
    for tour in plan.tours:
        for month in range(tour.start, tour.end):
            parts[tour.contribution, tour.requirement, month] = 1.0
    for share in plan.shares:
        place = ground.contribution_at.get(share.contribution)
        if place is not None:
            contribution = ground.contributions[place]
            month = -1 if contribution.form is Form.STOCK else share.month
            parts[share.contribution, share.requirement, month] = share.amount / contribution.strength
    return parts
