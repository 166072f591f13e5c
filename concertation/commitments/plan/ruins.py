"""What to take out of a plan, so that an integer program can make it anew: a few units, or some months.

Large neighbourhood search that learns from what it comes to (Ropke and Pisinger, “An adaptive large neighborhood search
heuristic for the pickup and delivery problem with time windows”, 2006): where a program over some tours finds nothing
better, the next is over more of them; where it was cut short, over fewer.
"""

from random import Random

import numpy as np

from concertation.commitments.plan.model import Form
from concertation.commitments.plan.renewal import Outcome, Renewal, Ruin

UNITS = (12, 16, 20, 30)  # to take out with all their tours
MONTHS = (3, 4, 6)  # of which all tours of a capability are taken out
MONTHLY = 0.8  # of the ruins are of months
TOURS, PER_UNIT = 400.0, 8.0  # in a program at first, beside those of the plan: at least, and for each unit
FEWEST, MOST = 60.0, 2500.0  # tours
MORE, LESS = 1.1, 1.5  # times as many or as few
LATELY = 0.2  # of how often there was something better is what the last ruin came to
LEAST = 0.05  # of a chance where there was nothing for long


class Ruins:
    """Chooses what of a plan is made anew, and how many tours to try instead."""

    def __init__(self, renewal: Renewal, seed: int = 0) -> None:
        """Begin with what the `renewal` remembers of how many tours to try, to which is added what is learnt."""
        self._renewal, self._random = renewal, Random(seed)
        self._tours, self._luck = renewal.memory.tours, renewal.memory.luck
        ground = renewal.ground
        self._servants = [
            [link.contribution for link in links if link.contribution in renewal.units] for links in ground.links_to
        ]
        served = [place for place, servants in enumerate(self._servants) if servants]
        # beside pools a program takes 30 times as long, and finds less: what they share in is left to dives
        self.served = [place for place in served if ground.requirements[place].form is Form.UNIT] or served
        self._months = ground.problem.months

    def mend(self) -> bool:
        """Make something anew that is chosen by chance, and return whether that is better."""
        (chosen,) = self._random.choices(self.served, self._wasted())
        monthly = self._random.random() < MONTHLY
        ruin = self.months(chosen) if monthly else self.units(chosen)
        capability = self._renewal.ground.requirements[chosen].capability
        place = capability, monthly
        tours = self._tours.setdefault(place, max(TOURS, PER_UNIT * len(self._servants[chosen])))
        outcome = self._renewal.mend(ruin, int(tours))
        if outcome is Outcome.BEST:
            self._tours[place] = min(tours * MORE, MOST)
        elif outcome is Outcome.CUT:
            self._tours[place] = max(tours / LESS, FEWEST)
        is_better = outcome is Outcome.BETTER
        self._luck[capability] = (1 - LATELY) * self._luck.get(capability, 1.0) + LATELY * is_better
        return is_better

    def units(self, chosen: int) -> Ruin:
        """Return the ruin of a few units that may serve the `chosen` requirement."""
        servants = self._servants[chosen]
        some = self._random.sample(servants, min(self._random.choice(UNITS), len(servants)))
        return self._renewal.whole(self._renewal.around({chosen}, some))

    def months(self, chosen: int) -> Ruin:
        """Return the ruin of what all units do in some months for the capability of the `chosen` requirement."""
        size, needs = self._random.choice(MONTHS), self._renewal.ground.requirements
        start = self._random.randint(1 - size // 2, self._months - size // 2)
        alike = {n for n, needed in enumerate(needs) if needed.capability == needs[chosen].capability}
        servants = sorted({unit for n in alike for unit in self._servants[n]})
        taken = {
            unit: [
                stint
                for stint in self._renewal.draft.stints[unit]
                if stint[0] in alike and stint[1] < start + size and stint[2] > start
            ]
            for unit in servants
        }
        return Ruin(self._renewal.around(alike, servants), taken)

    def _wasted(self) -> list[float]:
        """Return a chance for each requirement that is served.

        It is by what happens there against its prices, and by how often there was something better to find.
        """
        ground, memory, rows = self._renewal.ground, self._renewal.memory, self.served
        prices, most = memory.prices[rows], (ground.price * (1 + memory.tolls * ground.essential))[rows, None]
        over = (self._renewal.draft.cover - ground.need)[rows]
        wasted = np.where(over > 0, over * prices, over * np.minimum(prices - most, 0.0)).sum(axis=1)
        luck = [max(self._luck.get(ground.requirements[n].capability, 1.0), LEAST) for n in rows]
        return list((np.sqrt(wasted + 0.1) * luck).tolist())
