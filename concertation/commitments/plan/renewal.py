"""Parts of a plan made anew beside all that stays: a capability by diving, what a ruin leaves by an integer program.

Diving (Sadykov et al., “Primal heuristics for branch and price”, 2019): of the linear program over whole schedules,
those that it likes best are taken for good, and the rest is priced anew, until every unit has one. It finds in a second
what sending a few units at a time does not find in a minute; integer programs then mend what it did last.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from math import ceil
from typing import Self

import numpy as np

from concertation.commitments.plan.columns import Master, master_of
from concertation.commitments.plan.draft import Draft, Stint
from concertation.commitments.plan.ground import Floats, Ground
from concertation.commitments.plan.highs import UNLIMITED, Effort
from concertation.commitments.plan.measure import Stage
from concertation.commitments.plan.model import Form
from concertation.commitments.plan.objectives import objective_of
from concertation.commitments.plan.parts import FIRST, Part
from concertation.commitments.plan.prices import Bound
from concertation.commitments.plan.tours import TourProgram

MENDING = 8  # rounds of column generation for a ruin, from the prices of all
MOST = 60  # units to dive with: the time grows faster than their number
FEW = 8  # units left when a dive ends with an integer program
FINISHING = 400  # tours in such a program at the end of a dive
NODES = 50  # of a program for a ruin

Schedule = tuple[Stint, ...]


@dataclass(frozen=True, slots=True)
class Pace:
    """How a dive goes on: the rounds of column generation between two steps, the share of the units left that get
    their schedule in one, and how much of a schedule the linear program takes that is taken in any case."""

    rounds: int
    at_once: float
    nearly: float


@dataclass(frozen=True, slots=True)
class Ruin:
    """A `part` of a plan to make anew: of its units the tours that are `taken` from them, of its pools everything."""

    part: Part
    taken: Mapping[int, Sequence[Stint]]


@dataclass(frozen=True, slots=True)
class Before:
    """What is taken from a plan before it is made anew, and the shortfall of its part: of what is essential, and of
    all of it."""

    stints: Mapping[int, Sequence[Stint]]
    shares: dict[tuple[int, int, int], int]
    essential: float
    value: float


class Outcome(Enum):
    """What came of a program for a ruin: a better plan; none, as there is none; none, as it was cut short."""

    BETTER = auto()
    BEST = auto()
    CUT = auto()


@dataclass(frozen=True, slots=True)
class Memory:
    """What one task learns for the next: prices, how much more what comes first counts in them, by requirement; how
    many tours are worth trying, by capability and kind of ruin, and how often a ruin led to something better there."""

    prices: Floats
    tolls: Floats
    tours: dict[tuple[str, bool], float]
    luck: dict[str, float]

    @classmethod
    def of(cls, ground: Ground) -> Self:
        """Return what is known at first: nothing."""
        return cls(np.zeros(ground.need.shape), np.full(len(ground.requirements), FIRST), {}, {})

    def learn(self, bound: Bound) -> None:
        """Remember the prices of `bound`, which may be those of a part."""
        rows = bound.prices.any(axis=1)
        self.prices[rows], self.tolls[rows] = bound.prices[rows], bound.toll


THOROUGH, HASTY = Pace(50, 0.2, 0.999), Pace(20, 0.3, 0.95)


class Renewal:
    """A `draft` that gets better, and the `memory` of what was learnt from it."""

    def __init__(
        self,
        draft: Draft,
        over: Callable[[], bool],
        free: frozenset[int] | None = None,
        memory: Memory | None = None,
        *,
        hasty: bool = False,
        patience: float | None = None,
    ) -> None:
        """Begin with the contributions of `draft` that are `free` to change; a program takes at most `patience` s.

        A `hasty` renewal takes less care with prices, and forgets its schedules after each dive.
        """
        self.ground, self.draft, self.over = draft.ground, draft, over
        self._pace, self._patience = HASTY if hasty else THOROUGH, patience
        self.memory = memory or Memory.of(self.ground)
        self.units = {unit for unit in self.ground.placed(Form.UNIT) if free is None or unit in free}
        self._pools = {pool for pool in self.ground.placed(Form.POOL) if free is None or pool in free}
        self._known: dict[int, set[Schedule]] = defaultdict(set)

    def price(self, stop: Callable[[], bool], rounds: int) -> Bound:
        """Price the whole need, and return the bound that the prices prove."""
        whole = Part.whole(self.ground, stock=False)
        master = self._know(master_of(Draft(self.ground), whole, self._shortfall(whole)[0]))
        bound, _ = master.generate(stop, rounds)
        self.learn(master, bound)
        return bound

    def learn(self, master: Master, bound: Bound) -> None:
        """Remember the prices of `bound`, and the schedules that `master` generated for them."""
        self.memory.learn(bound)
        for unit, stints in master.schedules:
            self._known[int(master.market.units.who[unit])].add(stints)

    def parts(self) -> Iterator[Part]:
        """Yield what is to be planned anew at a time: the units and pools of a capability that serve no other now."""
        by_capability: dict[str, set[int]] = defaultdict(set)
        for place, requirement in enumerate(self.ground.requirements):
            if requirement.form is not Form.STOCK:
                by_capability[requirement.capability].add(place)
        for needs in by_capability.values():
            units = sorted({link.contribution for n in needs for link in self.ground.links_to[n]} & self.units)
            units = [unit for unit in units if all(stint[0] in needs for stint in self.draft.stints[unit])]
            for batch in range(max(ceil(len(units) / MOST), 1)):
                yield self.around(needs, units[batch :: ceil(len(units) / MOST) or 1])

    def around(self, requirements: set[int], units: Sequence[int]) -> Part:
        """Return `units` and the pools that may serve any of `requirements`, with all that these may serve."""
        links = {link.contribution for n in requirements for link in self.ground.links_to[n]}
        pools = sorted(links & self._pools)
        reached = {link.requirement for place in (*units, *pools) for link in self.ground.links[place]}
        return Part(tuple(sorted(reached | requirements)), tuple(sorted(units)), tuple(pools))

    def whole(self, part: Part) -> Ruin:
        """Return `part` as a ruin of which nothing stays."""
        return Ruin(part, {unit: self.draft.stints[unit] for unit in part.units})

    def dive(self, part: Part) -> bool:
        """Plan `part` anew, its units step by step, and return whether that is better; else all is as before.

        Where that would lose something essential, the units stay that serve what is.
        """
        if self._pace is HASTY:
            self._known.clear()
        if self._renew(self.whole(part), self._dive):
            return True
        essential, stints = self.ground.essential, self.draft.stints
        free = tuple(unit for unit in part.units if not any(essential[stint[0]] for stint in stints[unit]))
        less = self.whole(replace(part, units=free, divisible=()))
        return len(free) < len(part.units) and self._renew(less, self._dive)

    def mend(self, ruin: Ruin, most: int | None = None) -> Outcome:
        """Plan `ruin` anew by one integer program, and return what came of it; if nothing better, all is as before.

        It is over all tours that a better plan can have, or over at `most` so many that lose least by their prices.
        """
        proven = []
        is_better = self._renew(ruin, lambda part, before: proven.append(self._mend(part, before, most)))
        if is_better:
            return Outcome.BETTER
        return Outcome.BEST if all(proven) else Outcome.CUT

    def _renew(self, ruin: Ruin, plan: Callable[[Part, Before], None]) -> bool:
        part = ruin.part
        essential, all_in_all = self._shortfall(part)
        stints = {unit: self.draft.recall(unit) for unit in part.units}
        taken = {unit: tuple(ruin.taken.get(unit, ())) for unit in part.units}
        self._serve({unit: [stint for stint in stints[unit] if stint not in taken[unit]] for unit in part.units})
        shares = self.draft.take_back(part.divisible)
        plan(part, Before(taken, shares, essential, all_in_all - FIRST * essential))
        now = self._shortfall(part)
        if now[0] <= essential + 1e-9 and now[1] <= all_in_all + 1e-9:  # as good is good: it leads elsewhere
            return now[1] < all_in_all - 1e-9
        self.draft.take_back(part.divisible)
        for unit in part.units:
            self.draft.recall(unit)
        self._serve(stints)
        for place, amount in shares.items():
            self.draft.give(*place, amount)
        return False

    def _serve(self, stints: Mapping[int, Sequence[Stint]]) -> None:
        for unit, served in stints.items():
            for stint in served:
                self.draft.serve(unit, stint)

    def _shortfall(self, part: Part) -> tuple[float, float]:
        """Return the shortfall of what is essential in `part`, and of all of it with that first."""
        rows = list(part.requirements)
        missing = np.maximum(self.ground.need[rows] - self.draft.cover[rows], 0)
        worth = missing.sum(axis=1) * self.ground.price[rows]
        essential = float(worth[self.ground.essential[rows]].sum())
        return essential, float(worth.sum()) + FIRST * essential

    def _know(self, master: Master) -> Master:
        places = enumerate(master.market.units.who.tolist())
        master.add([(place, stints) for place, unit in places for stints in sorted(self._known.get(unit, ()))])
        return master

    def _dive(self, part: Part, before: Before) -> None:
        """Stop where nothing better is left to find; end with an integer program where that is small."""
        left = list(part.units)
        for unit in left:
            self._known[unit].add(tuple(sorted(before.stints[unit])))
        while left and not self.over():
            master = self._know(master_of(self.draft, replace(part, units=tuple(left)), before.essential))
            bound, _ = master.generate(self.over, self._pace.rounds, smoothings=(0.0,))
            if bound.value > before.value + 1e-6:
                return
            if len(left) == len(part.units):
                self.learn(master, bound)
            elif len(left) <= FEW and self._finish(replace(part, units=tuple(left)), master, bound, before.value):
                return
            if not self._take(master, left):
                break
        self._flow(part)

    def _finish(self, part: Part, master: Master, bound: Bound, value: float) -> bool:
        options = master.market.promising(bound.prices, value - bound.value)
        if sum(map(len, options.values())) > FINISHING:
            return False
        self._settle(TourProgram(self.draft, options, part.divisible), self._effort)
        return True

    def _take(self, master: Master, left: list[int]) -> bool:
        """Give the units that `master` is surest of their schedules, and return whether there are any."""
        best = sorted(master.preferred().items(), key=lambda item: (-item[1][0], item[0]))
        for place, (unit, (liked, stints)) in enumerate(best):
            if liked > self._pace.nearly or place <= self._pace.at_once * len(best):
                left.remove(unit)
                for stint in stints:
                    self.draft.serve(unit, stint)
        return bool(best)

    def _flow(self, part: Part) -> None:
        if part.divisible:
            tours = TourProgram(self.draft, {}, part.divisible)
            self._settle(tours, UNLIMITED)

    def _mend(self, part: Part, before: Before, most: int | None) -> bool:
        """Use tours by prices that are near to its own; if not all, those that were taken as well.

        Return whether no better plan has these tours.
        """
        master = master_of(self.draft, part, before.essential)
        units = enumerate(master.market.units.who.tolist())
        master.add([(place, stints) for place, unit in units if (stints := tuple(sorted(before.stints[unit])))])
        toll = float(self.memory.tolls[list(part.requirements)].max())
        start, _ = master.bound(np.minimum(self.memory.prices, master.most(toll)), toll)
        bound, _ = master.generate(self.over, MENDING, start)
        if bound.value >= before.value - 1e-6:
            return True
        options = master.market.promising(bound.prices, before.value - bound.value - 1e-6, most)
        if most is None:
            return self._settle(TourProgram(self.draft, options, part.divisible), self._effort)
        options = {unit: sorted({*stints, *before.stints[unit]}) for unit, stints in options.items()}
        tours = TourProgram(self.draft, options, part.divisible)
        return self._settle(tours, self._effort, tours.start(before.stints, before.shares))

    @property
    def _effort(self) -> Effort:
        return Effort(self._patience, NODES, self.over)

    def _settle(self, tours: TourProgram, effort: Effort, start: dict[int, float] | None = None) -> bool:
        cost = dict(objective_of(tours, Stage.WEIGHTED).cost)
        for column, factor in objective_of(tours, Stage.ESSENTIAL).cost.items():
            cost[column] += FIRST * factor
        answer = tours.program.minimise(cost, effort, start)
        if answer.solution is not None:
            tours.settle(self.draft, answer.solution)
        return answer.proven
