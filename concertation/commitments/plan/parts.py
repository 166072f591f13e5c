"""The parts of a ground that share no contribution: at the stages that add up, each can be planned on its own."""

from dataclasses import dataclass
from math import fsum
from typing import Self

import numpy as np

from concertation.commitments.plan.draft import Draft
from concertation.commitments.plan.ground import Floats, Ground
from concertation.commitments.plan.measure import Stage, work_of
from concertation.commitments.plan.model import Form, Plan

FIRST = 1000.0  # how much more what is essential counts than the rest: the stages are compared exactly afterwards


@dataclass(frozen=True, slots=True)
class Part:
    """Requirements, and all units and divisible contributions that may serve any of them."""

    requirements: tuple[int, ...]
    units: tuple[int, ...]
    divisible: tuple[int, ...]

    @classmethod
    def whole(cls, ground: Ground, *, stock: bool = True) -> Self:
        """Return all of `ground` as one part, without what is counted as STOCK if so asked."""
        needs = [n for n, needed in enumerate(ground.requirements) if stock or needed.form is not Form.STOCK]
        divisible = [*ground.placed(Form.POOL), *(ground.placed(Form.STOCK) if stock else ())]
        return cls(tuple(needs), tuple(ground.placed(Form.UNIT)), tuple(sorted(divisible)))

    def weights(self, ground: Ground, *, essential: bool = False) -> Floats:
        """Return what a missing piece counts here, by requirement: only of the essential ones, if so asked."""
        inside = np.zeros(len(ground.requirements))
        inside[list(self.requirements)] = 1.0
        return ground.price * inside * (ground.essential if essential else 1.0)

    def value(self, ground: Ground, plan: Plan, stage: Stage) -> float:
        """Return what this part adds to one of the first three stages."""
        if stage is Stage.UNAPPROVED:
            own = {*self.units, *self.divisible}
            return fsum(worth for place, worth in work_of(ground, plan) if place in own and ground.unapproved[place])
        missing = np.maximum(ground.need - ground.cover(plan), 0).sum(axis=1)
        return fsum(missing * self.weights(ground, essential=stage is Stage.ESSENTIAL))

    def without(self, ground: Ground, plan: Plan) -> Draft:
        """Return `plan` without what the contributions of this part do."""
        draft = Draft(ground, plan)
        for unit in self.units:
            draft.recall(unit)
        draft.take_back(self.divisible)
        return draft


def ranked_price(ground: Ground) -> Floats:
    """Return what a missing piece counts, by requirement, with what is essential before all else."""
    return ground.price * np.where(ground.essential, FIRST, 1.0)


def parts_of_ground(ground: Ground) -> list[Part]:
    """Return the parts of `ground`, those with the fewest links first; what nobody may serve is in none."""
    root = list(range(len(ground.requirements)))

    def find(place: int) -> int:
        while root[place] != place:
            root[place] = root[root[place]]
            place = root[place]
        return place

    for links in ground.links:
        for link in links:
            root[find(link.requirement)] = find(links[0].requirement)
    found: dict[int, tuple[list[int], list[int], list[int]]] = {}
    for requirement, links in enumerate(ground.links_to):
        if links:
            found.setdefault(find(requirement), ([], [], []))[0].append(requirement)
    for place, links in enumerate(ground.links):
        if links:
            unit = ground.contributions[place].form is Form.UNIT
            found[find(links[0].requirement)][1 if unit else 2].append(place)
    parts = [Part(tuple(needs), tuple(units), tuple(divisible)) for needs, units, divisible in found.values()]
    return sorted(parts, key=lambda part: (sum(len(ground.links_to[n]) for n in part.requirements), part.requirements))
