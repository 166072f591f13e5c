"""Better plans by taking a few units out and sending each anew where it helps most, as the others stand.

Ruin and recreate (Schrimpf et al., “Record breaking optimization results using the ruin and recreate principle”, 2000):
for one unit the best schedule beside all others is found exactly, by dynamic programming over its months.
"""

from collections.abc import Callable, Container
from dataclasses import dataclass
from random import Random

import numpy as np

from concertation.commitments.plan.draft import Draft, Stint
from concertation.commitments.plan.ground import Floats, Ground, Whole
from concertation.commitments.plan.model import Form
from concertation.commitments.plan.parts import ranked_price

MOST_OUT = 8  # units at a time
CHUNK = 250  # changes between two looks at the clock


@dataclass(frozen=True, slots=True)
class _Unit:
    requirement: Whole
    open: Floats
    """The strength in the months in which a line may be served, else 0; line by month."""
    start: list[int]
    end: list[int]


class Neighbourhood:
    """A draft that changes, as long as that makes it no worse."""

    def __init__(self, draft: Draft, free: Container[int] | None = None) -> None:
        self.ground, self.draft, self.random = draft.ground, draft, Random(0)
        ground = draft.ground
        self.price = ranked_price(ground)
        self.units = {unit: _unit(ground, unit) for unit in ground.placed(Form.UNIT) if free is None or unit in free}
        self.servants = [
            [link.contribution for link in links if link.contribution in self.units] for links in ground.links_to
        ]
        self.served = [place for place, servants in enumerate(self.servants) if servants]

    def search(self, over: Callable[[], bool]) -> None:
        """Try two changes for each unit, until `over`."""
        for tried in range(2 * len(self.units) if self.served else 0):
            if tried % CHUNK == 0 and over():
                return
            out = self._choose()
            rows = np.unique(np.concatenate([self.units[unit].requirement for unit in out]))
            value = self._shortfall(rows)
            before = {unit: self.draft.recall(unit) for unit in out}
            for unit in self.random.sample(out, len(out)):
                self._send(unit, self._schedule(unit))
            if self._shortfall(rows) > value:
                self._restore(before)

    def _shortfall(self, rows: Whole) -> float:
        """Return the weighted shortfall of some requirements, what is essential first."""
        missing = np.maximum(self.ground.need[rows] - self.draft.cover[rows], 0)
        return float((missing.sum(axis=1) * self.price[rows]).sum())

    def _choose(self) -> list[int]:
        """Return a few units that can serve one requirement."""
        servants = self.servants[self.random.choice(self.served)]
        return self.random.sample(servants, min(self.random.randint(2, MOST_OUT), len(servants)))

    def _send(self, unit: int, stints: list[Stint]) -> None:
        for stint in stints:
            self.draft.serve(unit, stint)

    def _restore(self, before: dict[int, list[Stint]]) -> None:
        for unit in before:
            self.draft.recall(unit)
        for unit, stints in before.items():
            self._send(unit, stints)

    def _schedule(self, unit: int) -> list[Stint]:
        """Return the tours of `unit` that lessen the shortfall most beside all others."""
        mine, contribution = self.units[unit], self.ground.contributions[unit]
        missing = np.maximum(self.ground.need[mine.requirement] - self.draft.cover[mine.requirement], 0)
        worth = np.minimum(mine.open, missing) * self.price[mine.requirement][:, None]
        if not worth.any():
            return []
        months = self.ground.problem.months
        summed = np.zeros((len(worth), months + 1))
        np.cumsum(worth, axis=1, out=summed[:, 1:])
        gains, lines = [], []
        for length in range(1, min(contribution.tour, months) + 1):
            gain = summed[:, length:] - summed[:, :-length]
            line = gain.argmax(axis=0)
            gains.append(gain[line, np.arange(len(line))].tolist())
            lines.append(line.tolist())
        return [
            (int(mine.requirement[line]), max(start, mine.start[line]), min(end, mine.end[line]))
            for start, end in _stays(gains, months, contribution.rest)
            for line in [lines[end - start - 1][start]]
        ]


def _unit(ground: Ground, unit: int) -> _Unit:
    links, month = ground.links[unit], np.arange(ground.problem.months)
    start, end = [link.start for link in links], [link.end for link in links]
    inside = (month >= np.array(start)[:, None]) & (month < np.array(end)[:, None])
    places = np.array([link.requirement for link in links], dtype=np.int64)
    return _Unit(places, np.asarray(inside * float(ground.strength[unit]), dtype=np.float64), start, end)


def _stays(gains: list[list[float]], months: int, rest: int) -> list[tuple[int, int]]:
    """Return the spans, with `rest` between them, that gain most; `gains` by length less one and first month."""
    ahead, stay = [0.0] * (months + 1), [0] * months
    for month in range(months - 1, -1, -1):
        best, longest = ahead[month + 1], 0
        for length, gain in enumerate(gains[: months - month], 1):
            value = gain[month] + ahead[min(month + length + rest, months)]
            if value > best + 1e-12:
                best, longest = value, length
        ahead[month], stay[month] = best, longest
    spans, month = [], 0
    while month < months:
        if stay[month]:
            spans.append((month, month + stay[month]))
            month += stay[month] + rest
        else:
            month += 1
    return spans
