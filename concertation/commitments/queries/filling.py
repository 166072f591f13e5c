"""What is offered fills what is needed, month by month: the offers of one capability and line as one heap."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from concertation.commitments.enums import Form, Stage
from concertation.commitments.ledger import Ledger, Mask
from concertation.commitments.models import Capability
from concertation.commitments.queries.rates import Rates
from concertation.commitments.queries.sums import Figures, by_stage, counted, key_count, key_of, keys_of

STOCKS = {Form.STOCK, Form.MONEY}  # counted once, and there from then on


@dataclass(frozen=True, slots=True)
class Need:
    """What is to be filled: so much, in hundredths, in each of the months in which it is `needed`."""

    capability: Capability
    line: str
    needed: list[bool]
    quantity: int

    @property
    def is_stock(self) -> bool:
        """Whether what fills it once stays there."""
        return self.capability.form in STOCKS


@dataclass(frozen=True, slots=True)
class Filled:
    """What fills a need in each month, in hundredths, and where undisclosed quantities come on top."""

    taken: list[int]
    is_open: list[bool]


class Heap:
    """How much is left of each capability and line in each month."""

    def __init__(self, ledger: Ledger, left: Figures, unknown: Figures) -> None:
        self._ledger, self._months = ledger, left.shape[1]
        self._left: list[list[int]] = left.tolist()
        self._open: list[list[bool]] = (unknown > 0).tolist()

    def fill_all(self, needs: Iterable[Need]) -> list[Filled]:
        """Fill the needs one after the other from what they share."""
        return [self._fill(need) for need in needs]

    def _fill(self, need: Need) -> Filled:
        """Take what fills a need from what is left."""
        key = key_of(self._ledger, need.capability.pk, need.line)
        if key < 0:
            return Filled([0] * self._months, [False] * self._months)
        left = self._left[key]
        taken = [min(max(have, 0), need.quantity) if now else 0 for have, now in zip(left, need.needed, strict=True)]
        if need.is_stock:
            most = max(taken, default=0)
            self._left[key] = [have - most for have in left]
        else:
            self._left[key] = [have - part for have, part in zip(left, taken, strict=True)]
        return Filled(taken, self._open[key])


class Offers:
    """The live contributions that are looked at, heaped up by how far they have come."""

    def __init__(self, ledger: Ledger, seen: Mask, rates: Rates, stocks: Sequence[int], first: int, months: int):
        places = (seen & ledger.rows["is_live"]).nonzero()[0]
        rows, amounts = ledger.rows.at(places), counted(ledger, rates)
        self._ledger, self._months = ledger, months
        self._stages, self._key = rows["stages"], keys_of(rows) * (months + 1)
        self._begin = np.clip(rows["first"] - first, 0, months)
        last = np.clip(rows["last"] - first + 1, 0, months)
        self._end = np.maximum(np.where(np.isin(rows["capability"], stocks), months, last), self._begin)
        convertible = amounts.convertible[places]
        known = rows["is_known"] & convertible
        self._offered = self._heaps(np.where(known, amounts.low[places], 0), ~known)
        known = convertible & (rows["undisclosed"] == 0)
        self._delivered = self._heaps(np.where(convertible, amounts.delivered[places], 0), ~known)

    def heap(self, stage: Stage) -> Heap:
        """Heap up what has come at least to `stage`; of what is delivered, that alone."""
        left, unknown = self._delivered if stage == Stage.DELIVERED else self._offered
        return Heap(self._ledger, left[stage], unknown[stage])

    def _heaps(self, amounts: Figures, unknown: Mask) -> tuple[dict[Stage, Figures], dict[Stage, Figures]]:
        return self._over_months(amounts), self._over_months(unknown)

    def _over_months(self, amounts: Figures | Mask) -> dict[Stage, Figures]:
        """Return by stage the sum of `amounts` for each key in each month, each counted while it is there."""
        width, size = self._months + 1, key_count(self._ledger) * (self._months + 1)
        begun = by_stage(self._key + self._begin, self._stages, amounts, size)
        ended = by_stage(self._key + self._end, self._stages, amounts, size)
        return {
            stage: np.cumsum((begun[stage] - ended[stage]).reshape(-1, width), axis=1)[:, : self._months]
            for stage in begun
        }
