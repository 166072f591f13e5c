"""What a piece is worth where and when: prices on the need, and the bound on every plan that follows from them.

If each requirement pays a price for a piece in a month, at most what missing it counts, every unit picks the schedule
that earns most, by dynamic programming over its months, and every pool the dearest requirements of each month. What the
need would pay less what all earn is a lower bound on the shortfall (Lagrangian relaxation: Geoffrion, “Lagrangean
relaxation for integer programming”, 1974).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum

import numpy as np
from numpy.typing import NDArray

from concertation.commitments.plan.draft import Draft, Stint
from concertation.commitments.plan.ground import Floats, Ground, Link, Whole
from concertation.commitments.plan.model import Form
from concertation.commitments.plan.parts import Part


@dataclass(frozen=True, slots=True)
class Offers:
    """What all units and pools would earn at some prices, and the tours that a unit would serve."""

    earned: float
    stints: dict[int, list[Stint]]


@dataclass(frozen=True, slots=True)
class Bound:
    """A lower bound on a shortfall, the prices that prove it, and how much more what comes first counts in them."""

    value: float
    prices: Floats
    toll: float


class Market:
    """The units and pools of a part in arrays, to answer prices quickly; if so asked, only what is `essential`.

    Beside what `stays` in a draft: `missing` are the pieces to bring, requirement by month, and units serve while they
    are free.
    """

    def __init__(self, stays: Draft, part: Part, *, essential: bool = False) -> None:
        self.ground = ground = stays.ground
        self.missing: Whole = np.asarray(np.maximum(ground.need - stays.cover, 0))
        self.months = ground.problem.months
        busy = {place: stays.busy[place].tobytes() for place in (*part.units, *part.divisible)}
        links = {
            place: [
                free
                for link in ground.links[place]
                if not essential or ground.essential[link.requirement]
                for free in _free(link, months)
            ]
            for place, months in busy.items()
        }
        self.units = _Links(ground, self.missing, links, [place for place in part.units if links[place]])
        pools = [place for place in part.divisible if ground.contributions[place].form is Form.POOL]
        self.pools = _Links(ground, self.missing, links, [place for place in pools if links[place]])
        self.dividing = np.zeros(len(self.pools.who), dtype=np.bool_)
        self.dividing[self.pools.owner[self.pools.strength < self.pools.full]] = True
        of = [ground.contributions[place] for place in self.units.who]
        self.tour = np.array([min(contribution.tour, self.months) for contribution in of], dtype=np.int64)
        self.rest = np.array([contribution.rest for contribution in of], dtype=np.int64)
        self.force = np.array([needed.form is not Form.STOCK for needed in ground.requirements], dtype=np.bool_)

    def answer(self, prices: Floats) -> Offers:
        """Return what everybody would do at `prices`, requirement by month."""
        earned = self._pools(prices)
        if not self.units.who.size:
            return Offers(earned, {})
        summed = self.units.summed(prices)
        ahead, stay = self.schedules(summed)
        return Offers(earned + float(ahead[:, 0].sum()), self._send(summed, stay))

    def _pools(self, prices: Floats) -> float:
        pools = self.pools
        if not pools.who.size:
            return 0.0
        worth = prices[pools.requirement] * pools.open * pools.strength[:, None]
        worth[self.dividing[pools.owner]] = 0.0
        best = np.maximum.reduceat(worth, pools.first, axis=0)
        large = np.flatnonzero(self.dividing).tolist()
        return float(best.sum()) + fsum(self._divided(pool, prices) for pool in large)

    def _divided(self, pool: int, prices: Floats) -> float:
        """Return what a pool earns that is larger than a need that it can serve: the dearest first, month by month."""
        lines = np.flatnonzero(self.pools.owner == pool)
        worth = prices[self.pools.requirement[lines]] * self.pools.open[lines]
        order = np.argsort(-worth, axis=0, kind="stable")
        wanted = self.pools.strength[lines][order] * (np.take_along_axis(worth, order, axis=0) > 0)
        left = self.pools.full[lines[0]] - (np.cumsum(wanted, axis=0) - wanted)
        return float((np.clip(left, 0.0, wanted) * np.take_along_axis(worth, order, axis=0)).sum())

    def schedules(self, summed: Floats) -> tuple[Floats, Whole]:
        """Return what each unit can earn from each month on, and how long to stay from that month (0: wait)."""
        months, everyone = self.months, np.arange(len(self.units.who))
        gains = self._gains(summed)
        lengths = np.arange(1, len(gains) + 1)[:, None]
        ahead, stay = np.zeros((len(everyone), months + 1)), np.zeros((len(everyone), months), dtype=np.int64)
        for month in range(months - 1, -1, -1):
            after = np.minimum(month + lengths + self.rest, months)
            values = gains[:, :, month] + ahead[everyone, after]
            longest = values.argmax(axis=0)
            value = values[longest, everyone]
            more = value > ahead[:, month + 1] + 1e-12
            ahead[:, month] = np.where(more, value, ahead[:, month + 1])
            stay[:, month] = np.where(more, longest + 1, 0)
        return ahead, stay

    def _gains(self, summed: Floats) -> Floats:
        """Return what each unit can earn in a tour, by length less one, unit and first month."""
        gains = np.full((int(self.tour.max()), len(self.units.who), self.months), -np.inf)
        for length in range(1, len(gains) + 1):
            gains[length - 1, :, : self.months - length + 1] = self.units.best(summed, length)
            gains[length - 1, self.tour < length] = -np.inf
        return gains

    def earlier(self, summed: Floats) -> Floats:
        """Return what each unit can earn before each month in which it is free again."""
        months, everyone = self.months, np.arange(len(self.units.who))
        gains = [self.units.best(summed, length) for length in range(1, int(self.tour.max()) + 1)]
        behind = np.zeros((len(everyone), months + 1))
        for month in range(1, months + 1):
            behind[:, month] = behind[:, month - 1]
            for length, gain in enumerate(gains, 1):
                start = month - length - self.rest
                ok = (start >= 0) & (self.tour >= length)
                begun = np.maximum(start, 0)
                value = np.where(ok, gain[everyone, begun % gain.shape[1]] + behind[everyone, begun], 0.0)
                behind[:, month] = np.maximum(behind[:, month], value)
        return behind

    def promising(self, prices: Floats, slack: float, most: int | None = None) -> dict[int, list[Stint]]:
        """Return the tours, by unit, with which a unit can earn all but `slack` of the most that it can earn.

        A plan with any other tour is worse than the bound of `prices` by more than `slack`. If there are more than
        `most`, those with which a unit can earn most beside what it can earn without them.
        """
        units = self.units
        found: dict[int, list[Stint]] = {int(unit): [] for unit in units.who}
        if not found:
            return found
        lost, lines, starts, lengths = self._losses(prices, slack)
        kept = np.arange(len(lost)) if most is None else np.sort(np.argsort(lost, kind="stable")[:most])
        lines, starts, ends = lines[kept], starts[kept], starts[kept] + lengths[kept]
        owners, needs = units.who[units.owner[lines]].tolist(), units.requirement[lines].tolist()
        for unit, *stint in zip(owners, needs, starts.tolist(), ends.tolist(), strict=True):
            found[unit].append((stint[0], stint[1], stint[2]))
        return found

    def _losses(self, prices: Floats, slack: float) -> tuple[Floats, Whole, Whole, Whole]:
        """Return what units lose by tours if that is at most `slack`; and of each tour its line, month and length."""
        units, tours = self.units, []
        summed = units.summed(prices)
        (ahead, _), behind = self.schedules(summed), self.earlier(summed)
        for length in range(1, int(self.tour.max()) + 1):
            month = np.arange(self.months - length + 1)
            after = np.minimum(month + length + self.rest[:, None], self.months)
            around = behind[:, month] + np.take_along_axis(ahead, after, axis=1) - ahead[:, :1]
            through = summed[:, length:] - summed[:, :-length] + around[units.owner]
            inside = (month >= units.start[:, None]) & (month + length <= units.end[:, None])
            inside &= (self.tour >= length)[units.owner][:, None]
            line, start = (inside & (through >= -slack)).nonzero()
            tours.append((-through[line, start], line, start, np.full(len(line), length)))
        lost, lines, starts, lengths = (np.concatenate(column) for column in zip(*tours, strict=True))
        return lost, lines, starts, lengths

    def _send(self, summed: Floats, stay: Whole) -> dict[int, list[Stint]]:
        found: dict[int, list[Stint]] = {}
        units, ends = self.units, [*self.units.first[1:].tolist(), len(self.units.owner)]
        for unit, (stays, first, end) in enumerate(zip(stay.tolist(), units.first.tolist(), ends, strict=True)):
            month = 0
            while month < self.months:
                if length := stays[month]:
                    line = first + int((summed[first:end, month + length] - summed[first:end, month]).argmax())
                    span = max(month, int(units.start[line])), min(month + length, int(units.end[line]))
                    found.setdefault(unit, []).append((int(units.requirement[line]), *span))
                month += length + int(self.rest[unit]) if length else 1
        return found


def _free(link: Link, busy: bytes) -> list[Link]:
    """Return what is left of `link` in the months in which its contribution is not `busy`, a byte for each month."""
    found, start = [], link.start
    while (start := busy.find(0, start, link.end)) >= 0:
        end = busy.find(1, start, link.end)
        end = link.end if end < 0 else end
        is_all = end - start == link.end - link.start
        found.append(link if is_all else Link(link.contribution, link.requirement, start, end))
        start = end
    return found


class _Links:
    """The links of some contributions, one line each, those of a contribution together."""

    def __init__(
        self, ground: Ground, missing: Whole, by_contribution: Mapping[int, list[Link]], places: list[int]
    ) -> None:
        links: list[Link] = [link for place in places for link in by_contribution[place]]
        self.who = np.array(places, dtype=np.int64)
        self.requirement = np.array([link.requirement for link in links], dtype=np.int64)
        self.start = np.array([link.start for link in links], dtype=np.int64)
        self.end = np.array([link.end for link in links], dtype=np.int64)
        counts = np.array([len(by_contribution[place]) for place in places], dtype=np.int64)
        self.first = np.r_[0, np.cumsum(counts)[:-1]].astype(np.int64) if places else counts
        self.owner = np.repeat(np.arange(len(places)), counts)
        quantity = np.array([needed.quantity for needed in ground.requirements], dtype=np.int64)
        full = np.array([int(ground.strength[link.contribution]) for link in links], dtype=np.int64)
        self.strength = np.minimum(full, quantity[self.requirement]).astype(np.float64) if links else full.astype(float)
        self.full = full.astype(np.float64)
        month = np.arange(ground.problem.months)
        self.open: NDArray[np.bool_] = (month >= self.start[:, None]) & (month < self.end[:, None])
        most = np.minimum(full[:, None], missing[self.requirement]) * self.open
        self.most: Floats = most.astype(np.float64)

    def summed(self, prices: Floats) -> Floats:
        """Return what each line earns before each month, if it served in all months in which it may."""
        worth = prices[self.requirement] * self.most
        return np.concatenate([np.zeros((len(worth), 1)), np.cumsum(worth, axis=1)], axis=1)

    def best(self, summed: Floats, length: int) -> Floats:
        """Return the most that each contribution earns in `length` months from each month, on its best line."""
        return np.asarray(np.maximum.reduceat(summed[:, length:] - summed[:, :-length], self.first, axis=0))
