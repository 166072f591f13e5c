"""Parts of a plan made anew beside all that stays: a capability by diving, a few units by an integer program.

Diving (Sadykov et al., “Primal heuristics for branch and price”, 2019): of the linear program over whole schedules,
those that it likes best are taken for good, and the rest is priced anew, until every unit has one. It finds in a second
what sending a few units at a time does not find in a minute; programs over a few units then mend what it did last.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil
from random import Random

import numpy as np

from concertation.commitments.plan.columns import Master, master_of
from concertation.commitments.plan.draft import Draft, Stint
from concertation.commitments.plan.ground import Floats, Ground, Whole
from concertation.commitments.plan.highs import Effort
from concertation.commitments.plan.measure import Stage
from concertation.commitments.plan.model import Form
from concertation.commitments.plan.objectives import objective_of
from concertation.commitments.plan.parts import FIRST, Part
from concertation.commitments.plan.prices import Bound
from concertation.commitments.plan.tours import TourProgram

MENDING = 10  # rounds of column generation for a few units, from the prices of all
MOST = 60  # units to dive with: the time grows faster than their number
SOME = (12, 16, 20, 30)  # units in an integer program after that
MANY = 250  # tours in such a program, beside those of the plan
FEW = 8  # units left when a dive ends with an integer program
FINISHING = 400  # tours in such a program at the end of a dive
NODES = 50  # of a program for a few units

Schedule = tuple[Stint, ...]


@dataclass(frozen=True, slots=True)
class Pace:
    """How a dive goes on: the rounds of column generation between two steps, the share of the units left that get
    their schedule in one, and how much of a schedule the linear program takes that is taken in any case."""

    rounds: int
    at_once: float
    nearly: float


@dataclass(frozen=True, slots=True)
class Before:
    """What a part did before it is planned anew, and its shortfall: of what is essential, and of all of it."""

    stints: dict[int, list[Stint]]
    shares: dict[tuple[int, int, int], int]
    essential: float
    value: float


THOROUGH, HASTY = Pace(50, 0.2, 0.999), Pace(20, 0.3, 0.95)


class Renewal:
    """A `draft` that gets better, the `prices` of the whole need, and the schedules that were found with them."""

    def __init__(
        self,
        ground: Ground,
        draft: Draft,
        over: Callable[[], bool],
        free: frozenset[int] | None = None,
        known: dict[int, set[Schedule]] | None = None,
        *,
        hasty: bool = False,
    ) -> None:
        """Begin with the schedules that are `known`, to which those are added that are found."""
        known = {} if known is None else known
        self._pace = HASTY if hasty else THOROUGH
        self.ground, self.draft, self.over = ground, draft, over
        self.prices: Floats = np.zeros(ground.need.shape)
        self.toll = FIRST
        self.known = {
            unit: known.setdefault(unit, set()) for unit in ground.placed(Form.UNIT) if free is None or unit in free
        }
        self._pools = {pool for pool in ground.placed(Form.POOL) if free is None or pool in free}

    def price(self, whole: Part, stop: Callable[[], bool], rounds: int) -> Bound:
        """Price the `whole` need, remember prices and schedules, and return the bound that they prove."""
        master = self._know(master_of(self.ground, whole, kept=self._shortfall(whole)[0]))
        bound, _ = master.generate(stop, rounds)
        self.begin(bound)
        self.learn(master)
        return bound

    def begin(self, bound: Bound) -> None:
        """Begin from the prices of `bound`."""
        self.prices, self.toll = bound.prices, bound.toll

    def parts(self) -> Iterator[Part]:
        """Yield what is to be planned anew at a time: the units and pools of a capability that serve no other now."""
        by_capability: dict[str, set[int]] = defaultdict(set)
        for place, requirement in enumerate(self.ground.requirements):
            if requirement.form is not Form.STOCK:
                by_capability[requirement.capability].add(place)
        for needs in by_capability.values():
            units = sorted({link.contribution for n in needs for link in self.ground.links_to[n]} & self.known.keys())
            units = [unit for unit in units if all(stint[0] in needs for stint in self.draft.stints[unit])]
            for batch in range(max(ceil(len(units) / MOST), 1)):
                yield self.around(needs, units[batch :: ceil(len(units) / MOST) or 1])

    def learn(self, master: Master) -> None:
        """Remember the schedules that `master` generated."""
        for unit, stints in master.schedules:
            if (place := int(master.market.units.who[unit])) in self.known:
                self.known[place].add(stints)

    def dive(self, part: Part) -> bool:
        """Plan `part` anew, its units step by step, and return whether that is better; else all is as before.

        Where that would lose something essential, the units stay that serve what is.
        """
        if self._renew(part, self._dive):
            return True
        essential, stints = self.ground.essential, self.draft.stints
        free = [unit for unit in part.units if not any(essential[stint[0]] for stint in stints[unit])]
        return len(free) < len(part.units) and self._renew(replace(part, units=tuple(free), divisible=()), self._dive)

    def mend(self, part: Part, most: int | None = None) -> bool:
        """Plan `part` anew by one integer program, and return whether that is better; else all is as before.

        It is over all tours that a better plan can have, or over at `most` so many that lose least by their prices.
        """
        return self._renew(part, lambda part, before: self._mend(part, before, most))

    def around(self, requirements: set[int], units: list[int]) -> Part:
        """Return `units` and the pools that may serve any of `requirements`, with all that these may serve."""
        links = {link.contribution for n in requirements for link in self.ground.links_to[n]}
        pools = sorted(links & self._pools)
        reached = {link.requirement for place in (*units, *pools) for link in self.ground.links[place]}
        return Part(tuple(sorted(reached | requirements)), tuple(sorted(units)), tuple(pools))

    @property
    def served(self) -> list[int]:
        """The requirements that units may serve which are free to move."""
        return [
            n for n, links in enumerate(self.ground.links_to) if any(link.contribution in self.known for link in links)
        ]

    def some(self, requirements: Sequence[int], random: Random, most: int = FEW) -> Part:
        """Return at most so many units that may serve one of `requirements`, all `served`, and what goes with them.

        Where the plan loses most by the prices is chosen most often.
        """
        (chosen,) = random.choices(requirements, self._wasted(requirements))
        servants = [link.contribution for link in self.ground.links_to[chosen] if link.contribution in self.known]
        return self.around({chosen}, random.sample(servants, min(most, len(servants))))

    def _wasted(self, requirements: Sequence[int]) -> list[float]:
        """Return a chance for each of `requirements`: by what happens there against its prices."""
        rows, toll = list(requirements), 1 + self.toll * self.ground.essential
        prices, most = self.prices[rows], (self.ground.price * toll)[rows, None]
        over = (self.draft.cover - self.ground.need)[rows]
        wasted = np.where(over > 0, over * prices, over * np.minimum(prices - most, 0.0)).sum(axis=1)
        return list(np.sqrt(wasted + 0.1).tolist())

    def _renew(self, part: Part, plan: Callable[[Part, Before], None]) -> bool:
        essential, all_in_all = self._shortfall(part)
        stints = {unit: self.draft.recall(unit) for unit in part.units}
        for unit in part.units:
            self.known[unit].add(tuple(sorted(stints[unit])))
        shares = self.draft.take_back(part.divisible)
        plan(part, Before(stints, shares, essential, all_in_all - FIRST * essential))
        now = self._shortfall(part)
        if now[0] <= essential + 1e-9 and now[1] <= all_in_all + 1e-9:  # as good is good: it leads elsewhere
            return now[1] < all_in_all - 1e-9
        self.draft.take_back(part.divisible)
        for unit in part.units:
            self.draft.recall(unit)
            for stint in stints[unit]:
                self.draft.serve(unit, stint)
        for place, amount in shares.items():
            self.draft.give(*place, amount)
        return False

    @property
    def _missing(self) -> Whole:
        return np.asarray(np.maximum(self.ground.need - self.draft.cover, 0))

    def _shortfall(self, part: Part) -> tuple[float, float]:
        """Return the shortfall of what is essential in `part`, and of all of it with that first."""
        rows = list(part.requirements)
        worth = self._missing[rows].sum(axis=1) * self.ground.price[rows]
        essential = float(worth[self.ground.essential[rows]].sum())
        return essential, float(worth.sum()) + FIRST * essential

    def _master(self, part: Part, kept: float = 0.0) -> Master:
        return self._know(master_of(self.ground, part, missing=self._missing, kept=kept))

    def _know(self, master: Master) -> Master:
        places = enumerate(master.market.units.who.tolist())
        master.add([(place, stints) for place, unit in places for stints in sorted(self.known.get(unit, ()))])
        return master

    def _dive(self, part: Part, before: Before) -> None:
        """Stop where nothing better is left to find; end with an integer program where that is small."""
        left = list(part.units)
        while left and not self.over():
            master = self._master(replace(part, units=tuple(left)), before.essential)
            bound, _ = master.generate(self.over, self._pace.rounds, smoothings=(0.0,))
            if bound.value > before.value + 1e-6:
                return
            if len(left) == len(part.units):
                self.learn(master)
            elif len(left) <= FEW and self._finish(replace(part, units=tuple(left)), master, bound, before.value):
                return
            if not self._take(master, left):
                break
        self._flow(part)

    def _finish(self, part: Part, master: Master, bound: Bound, value: float) -> bool:
        options = master.market.promising(bound.prices, value - bound.value)
        if sum(map(len, options.values())) > FINISHING:
            return False
        self._settle(TourProgram(self.draft, options, part.divisible), Effort(nodes=NODES, cancelled=self.over))
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
            self._settle(tours, Effort())

    def _mend(self, part: Part, before: Before, most: int | None) -> None:
        """Use tours by prices that are near to its own; if not all, those of the plan before as well."""
        master = self._master(part, before.essential)
        start, _ = master.bound(np.minimum(self.prices, master.most(self.toll)), self.toll)
        bound, _ = master.generate(self.over, MENDING, start)
        if bound.value >= before.value - 1e-6:
            return
        options = master.market.promising(bound.prices, before.value - bound.value - 1e-6, most)
        if most is not None:
            options = {unit: sorted({*stints, *before.stints[unit]}) for unit, stints in options.items()}
        tours, effort = TourProgram(self.draft, options, part.divisible), Effort(nodes=NODES, cancelled=self.over)
        self._settle(tours, effort, None if most is None else tours.start(before.stints, before.shares))

    def _settle(self, tours: TourProgram, effort: Effort, start: dict[int, float] | None = None) -> None:
        cost = dict(objective_of(tours, Stage.WEIGHTED).cost)
        for column, factor in objective_of(tours, Stage.ESSENTIAL).cost.items():
            cost[column] += FIRST * factor
        answer = tours.program.minimise(cost, effort, start)
        if answer.solution is not None:
            tours.settle(self.draft, answer.solution)
