"""The linear program over whole schedules, by column generation.

A column is all that one unit does in the whole plan. The program over the columns known so far gives prices; the market
answers with schedules that earn more than the known ones, until there are none. Prices are smoothed towards the best
known (Wentges, “Weighted Dantzig–Wolfe decomposition for linear mixed-integer programming”, 1997), without which they
swing from one end to the other.
"""

from collections import defaultdict
from collections.abc import Callable

import numpy as np

from concertation.commitments.plan.draft import Draft, Stint
from concertation.commitments.plan.ground import Floats, Whole
from concertation.commitments.plan.highs import INFINITY, new_solver
from concertation.commitments.plan.parts import FIRST, Part
from concertation.commitments.plan.prices import Bound, Market, Offers

Scheduled = tuple[int, tuple[Stint, ...]]  # a unit by its place in the market, and its tours

SMOOTHING = 0.7
PRIMAL = 4  # simplex: new columns leave the last solution feasible, which takes half the time


def master_of(stays: Draft, part: Part, kept: float) -> "Master":
    """Return the program of a `part`, beside what `stays`, in which no more of what is essential misses than `kept`."""
    market, ground = Market(stays, part), stays.ground
    return Master(market, part.weights(ground), part.weights(ground, essential=True), kept)


class Master:
    """The program over known schedules: it makes the missing pieces of units and pools, times `weights`, small.

    What is missing times `first` counts FIRST as much where it is more than `kept`.
    """

    def __init__(self, market: Market, weights: Floats, first: Floats | None = None, kept: float = 0.0) -> None:
        self.market, self.ground = market, market.ground
        self.weights, self.first, self.kept = weights, np.zeros_like(weights) if first is None else first, kept
        self.need = market.missing * market.force[:, None].astype(np.float64) * (weights > 0)[:, None]
        self.row = np.full(self.need.shape, -1, dtype=np.int32)
        self._needs = int((self.need > 0).sum())
        self.row[self.need > 0] = np.arange(self._needs)
        self.schedules: list[Scheduled] = []
        self._known: set[Scheduled] = set()
        self.solver = new_solver()
        self.solver.setOptionValue("solver", "simplex")
        self.solver.setOptionValue("simplex_strategy", PRIMAL)
        self._begin()

    def _begin(self) -> None:
        market = self.market
        needs: Floats = np.asarray(self.need[self.need > 0], dtype=np.float64)
        units = len(market.units.who)
        none: Whole = np.zeros(0, dtype=np.int32)
        lower = np.concatenate([needs, np.full(units, -INFINITY)])
        upper = np.concatenate([np.full(len(needs), INFINITY), np.ones(units)])
        self.solver.addRows(len(lower), lower, upper, 0, np.zeros(len(lower), dtype=np.int32), none, np.zeros(0))
        first = [float(self.first[requirement]) for requirement in self.need.nonzero()[0]]
        terms = [[(n, 1.0), *([(len(lower), factor)] if factor else [])] for n, factor in enumerate(first)]
        self.solver.addRow(-INFINITY, self.kept, 0, none, np.zeros(0))
        self._add(self.most(0.0)[self.need > 0], needs, terms)
        self._add(np.array([FIRST]), np.array([INFINITY]), [[(len(lower), -1.0)]])
        for pool in market.pools.who:
            self._add_pool(int(pool))

    def _add_pool(self, pool: int) -> None:
        by_month: dict[int, list[int]] = defaultdict(list)
        for link in self.ground.links[pool]:
            for month in range(link.start, link.end):
                if self.row[link.requirement, month] >= 0:
                    by_month[month].append(int(self.row[link.requirement, month]))
        for rows in by_month.values():
            strength = float(self.ground.strength[pool])
            row = self.solver.numConstrs
            self.solver.addRow(-INFINITY, strength, 0, np.zeros(0, dtype=np.int32), np.zeros(0))
            self._add(np.zeros(len(rows)), np.full(len(rows), INFINITY), [[(n, 1.0), (row, 1.0)] for n in rows])

    def _add(self, costs: Floats, uppers: Floats, terms: list[list[tuple[int, float]]]) -> None:
        starts = np.cumsum([0, *map(len, terms)])[:-1].astype(np.int32)
        index = np.array([row for column in terms for row, _ in column], dtype=np.int32)
        value = np.array([factor for column in terms for _, factor in column], dtype=np.float64)
        self.solver.addCols(len(terms), costs, np.zeros(len(terms)), uppers, len(index), starts, index, value)

    def add(self, schedules: list[Scheduled]) -> int:
        """Add `schedules` that are new, and return how many were."""
        new = [schedule for schedule in schedules if schedule not in self._known]
        if new:
            self._known.update(new)
            self.schedules += new
            self._add(np.zeros(len(new)), np.full(len(new), INFINITY), [self._terms(*schedule) for schedule in new])
        return len(new)

    def _terms(self, unit: int, stints: tuple[Stint, ...]) -> list[tuple[int, float]]:
        strength = float(self.ground.strength[self.market.units.who[unit]])
        terms = [(self._needs + unit, 1.0)]
        for requirement, start, end in stints:
            rows, needs = self.row[requirement, start:end].tolist(), self.need[requirement, start:end].tolist()
            terms += [(row, min(strength, need)) for row, need in zip(rows, needs, strict=True) if row >= 0]
        return terms

    def most(self, toll: float) -> Floats:
        """Return the most that a piece can be worth, requirement by month, if what comes first counts `toll` more."""
        return np.where(self.need > 0, (self.weights + toll * self.first)[:, None], 0.0)

    def solve(self) -> tuple[float, Floats, float]:
        """Return the value of the program, the prices of the need, and how much more what comes first counts."""
        self.solver.run()
        duals = np.array(self.solver.getSolution().row_dual)
        needs, units = self._needs, len(self.market.units.who)
        prices, toll = np.zeros_like(self.need), min(max(-float(duals[needs + units]), 0.0), FIRST)
        prices[self.need > 0] = duals[:needs]
        return self.solver.getInfo().objective_function_value, np.clip(prices, 0, self.most(toll)), toll

    def bound(self, prices: Floats, toll: float) -> tuple[Bound, Offers]:
        """Return the bound that `prices` prove, none above the most at `toll`, and what the market offers for them."""
        offers = self.market.answer(prices)
        return Bound(float((prices * self.need).sum()) - offers.earned - toll * self.kept, prices, toll), offers

    def preferred(self) -> dict[int, tuple[float, tuple[Stint, ...]]]:
        """Return of each unit the schedule of which the program takes most, and how much; of none, if it takes none."""
        self.solve()
        taken = np.array(self.solver.getSolution().col_value)[self.solver.numVariables - len(self.schedules) :]
        best: dict[int, tuple[float, tuple[Stint, ...]]] = {}
        for (place, stints), much in zip(self.schedules, taken.tolist(), strict=True):
            unit = int(self.market.units.who[place])
            if much > best.get(unit, (1e-6, ()))[0]:
                best[unit] = (much, stints)
        return best

    def generate(
        self,
        stop: Callable[[], bool],
        rounds: int,
        best: Bound | None = None,
        smoothings: tuple[float, ...] = (SMOOTHING, 0.0),
    ) -> tuple[Bound, float]:
        """Return the best bound, and the value of the program, after at most `rounds` or when `stop` says so."""
        best = best or Bound(-INFINITY, self.most(FIRST), FIRST)
        value = INFINITY
        for _ in range(rounds):
            value, prices, toll = self.solve()
            if stop() or value - best.value <= 1e-7 * max(1.0, value):
                break
            new = 0
            for smoothing in smoothings:
                tried = smoothing * best.prices + (1 - smoothing) * prices
                bound, offers = self.bound(tried, smoothing * best.toll + (1 - smoothing) * toll)
                is_better = bound.value > best.value
                best = bound if is_better else best
                new = self.add([(unit, tuple(stints)) for unit, stints in offers.stints.items()])
                if new or is_better:
                    break
            if not new and smoothing == 0.0:
                break
        return best, value
