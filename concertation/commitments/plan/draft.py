"""A plan in the making: tours and shares by index, with what is covered and what is left of every contribution."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from concertation.commitments.plan.ground import Ground, Link, Whole
from concertation.commitments.plan.model import Form, Plan, Share, Tour

Stint = tuple[int, int, int]  # requirement, start and end of a tour


class Draft:
    """Tours of units and shares of pools and stocks on a `ground`; it keeps every rule that its callers keep."""

    def __init__(self, ground: Ground, plan: Plan | None = None) -> None:
        self.ground = ground
        self.stints: list[list[Stint]] = [[] for _ in ground.contributions]
        self.shares: dict[tuple[int, int, int], int] = {}
        self.cover: Whole = np.zeros_like(ground.need)
        self.busy: NDArray[np.bool_] = np.zeros((len(ground.contributions), ground.problem.months), dtype=np.bool_)
        self.left: Whole = np.repeat(ground.strength[:, None], ground.problem.months, axis=1)
        for tour in () if plan is None else plan.tours:
            stint = (ground.requirement_at[tour.requirement], tour.start, tour.end)
            self.serve(ground.contribution_at[tour.contribution], stint)
        for share in () if plan is None else plan.shares:
            place = ground.requirement_at[share.requirement]
            self.give(ground.contribution_at[share.contribution], place, share.month, share.amount)

    def serve(self, unit: int, stint: Stint) -> None:
        """Let `unit` serve; `busy` are the months in which it serves, or could not for want of rest."""
        requirement, start, end = stint
        self.stints[unit].append(stint)
        self.cover[requirement, start:end] += self.ground.strength[unit]
        rest = self.ground.contributions[unit].rest
        self.busy[unit, max(start - rest, 0) : end + rest] = True

    def recall(self, unit: int) -> list[Stint]:
        """Take all tours from `unit` and return them."""
        stints, self.stints[unit] = self.stints[unit], []
        for requirement, start, end in stints:
            self.cover[requirement, start:end] -= self.ground.strength[unit]
        self.busy[unit] = False
        return stints

    def give(self, contribution: int, requirement: int, month: int, amount: int) -> None:
        """Add `amount` pieces of a pool in `month`, or of a stock."""
        place = (contribution, requirement, month)
        self.shares[place] = self.shares.get(place, 0) + amount
        self.cover[requirement, self.ground.column(requirement, month)] += amount
        if self.ground.contributions[contribution].form is Form.STOCK:
            self.left[contribution] -= amount
        else:
            self.left[contribution, month] -= amount

    def take_back(self, contributions: Iterable[int]) -> dict[tuple[int, int, int], int]:
        """Take all shares from `contributions` and return them."""
        taken = set(contributions)
        shares = {place: amount for place, amount in self.shares.items() if place[0] in taken} if taken else {}
        for place, amount in shares.items():
            self.give(*place, -amount)
            del self.shares[place]
        return shares

    def missing(self, requirement: int, month: int) -> int:
        """Return the pieces that `requirement` still lacks in `month`, or at all if it is STOCK."""
        column = self.ground.column(requirement, month)
        return max(int(self.ground.need[requirement, column] - self.cover[requirement, column]), 0)

    def fill(self, link: Link) -> None:
        """Give of a pool or a stock what its `link` still lacks, as far as it goes."""
        once = self.ground.contributions[link.contribution].form is Form.STOCK
        for month in range(link.start, link.start + 1 if once else link.end):
            amount = min(int(self.left[link.contribution, month]), self.missing(link.requirement, month))
            if amount > 0:
                self.give(link.contribution, link.requirement, month, amount)

    def plan(self) -> Plan:
        """Return the draft as a plan."""
        unit, need = self.ground.contributions, self.ground.requirements
        tours = [
            Tour(unit[n].id, need[requirement].id, start, end - start)
            for n, stints in enumerate(self.stints)
            for requirement, start, end in stints
        ]
        shares = [Share(unit[n].id, need[r].id, month, pieces) for (n, r, month), pieces in self.shares.items()]
        return Plan(tuple(sorted(tours)), tuple(sorted(shares)))


def rounded(draft: Draft, gift: tuple[int, int, int], amount: float, piece: int) -> int:
    """Return the whole pieces of `amount`, as found by a solver in parts of `piece`, that `draft` can take as `gift`.

    A solver is exact to some millionths: what comes so near to all that can be given is all of it, to the last cent.
    """
    contribution, requirement, month = gift
    most = min(int(draft.left[contribution, month]), draft.missing(requirement, month))
    return most if amount >= most - 1e-6 * piece else int(amount + 1e-6)
