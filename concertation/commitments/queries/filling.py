"""What is offered fills what is needed, month by month: the offers of one capability and line as one heap."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from concertation.commitments.enums import Form, Stage
from concertation.commitments.ledger import STAGE_BITS, Ledger, Mask
from concertation.commitments.models import Capability
from concertation.commitments.queries.rates import Rates
from concertation.commitments.queries.sums import Figures, Numbers, in_base, key_count, key_of, keys_of, summed

STOCKS = {Form.STOCK, Form.MONEY}  # counted once, and there from then on


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

    def fill(self, capability: Capability, line: str, needed: Sequence[bool], quantity: int) -> Filled:
        """Take what fills `quantity` in the months that are `needed` from what is left."""
        key = key_of(self._ledger, capability.pk, line)
        if key < 0:
            return Filled([0] * self._months, [False] * self._months)
        left = self._left[key]
        taken = [min(max(have, 0), quantity) if now else 0 for have, now in zip(left, needed, strict=True)]
        if capability.form in STOCKS:
            most = max(taken, default=0)
            self._left[key] = [have - most for have in left]
        else:
            self._left[key] = [have - part for have, part in zip(left, taken, strict=True)]
        return Filled(taken, self._open[key])


class Offers:
    """The live contributions that are looked at, ready to be heaped up by how far they have come."""

    def __init__(self, ledger: Ledger, seen: Mask, rates: Rates, stocks: Sequence[int], first: int, months: int):
        rows = ledger.rows[: ledger.count]
        rows = rows[seen & rows["is_live"]]
        amounts, convertible = in_base(rows["low"], rows["currency"], ledger, rates)
        known = rows["is_known"] & convertible
        self._ledger, self._months = ledger, months
        self._stages = rows["stages"]
        self._begin = np.clip(rows["first"] - first, 0, months)
        last = np.clip(rows["last"] - first + 1, 0, months)
        self._end = np.maximum(np.where(np.isin(rows["capability"], stocks), months, last), self._begin)
        self._key, self._offered = keys_of(rows), (np.where(known, amounts, 0), known)
        delivered, _ = in_base(rows["delivered"], rows["currency"], ledger, rates)
        self._delivered = (np.where(convertible, delivered, 0), convertible & (rows["undisclosed"] == 0))

    def heap(self, stage: Stage) -> Heap:
        """Heap up what has come at least to `stage`; of what is delivered, that alone."""
        counts = (self._stages & STAGE_BITS[stage]) > 0
        amounts, known = self._delivered if stage == Stage.DELIVERED else self._offered
        return Heap(
            self._ledger,
            self._over_months(np.where(counts, amounts, 0)),
            self._over_months(counts & ~known),
        )

    def _over_months(self, amounts: Figures | Mask) -> Figures:
        """Return the sum of `amounts` for each key in each month, each counted while it is there."""
        size = key_count(self._ledger) * (self._months + 1)
        steps = self._at(self._begin, amounts, size) - self._at(self._end, amounts, size)
        total: Figures = np.cumsum(steps.reshape(-1, self._months + 1), axis=1)[:, : self._months]
        return total

    def _at(self, months: Numbers, amounts: Figures | Mask, size: int) -> Figures:
        return summed(self._key * (self._months + 1) + months, amounts, size)
