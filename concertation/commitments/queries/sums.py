"""Exact sums over the ledger: quantities are whole hundredths, money in other currencies is counted in the base.

Each amount is rounded to a hundredth by itself, so that a sum is the sum of its parts under every filter.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from concertation.commitments.enums import Stage
from concertation.commitments.ledger import LINES, STAGE_BITS, Ledger, Mask, Numbers, Rows
from concertation.commitments.models.catalogue import BASE
from concertation.commitments.parts import in_parts
from concertation.commitments.queries.rates import Rates

Figures = NDArray[np.int64]
Split = Callable[[int, int], list[int]]
HUNDRED = Decimal(100)
EXACT = 1 << 52  # as long as no sum goes beyond, floats add whole numbers exactly
BITS = 26  # beyond, amounts are added in two halves
LOWER = (1 << BITS) - 1
RATE_PLACES, STEP = 8, 4  # decimal places of a rate, and how many are worked off at a time
LARGEST_DIVISOR = 9 * 10**14  # times ten to the STEP fits 64 bits


def summed(keys: Numbers, amounts: NDArray[np.generic], size: int) -> Figures:
    """Return the sum of `amounts` for each key from 0 up to `size`, exactly."""
    if amounts.dtype == bool:
        return np.bincount(keys[amounts], minlength=size)
    whole = amounts.astype(np.int64, copy=False)
    if np.abs(whole).sum(dtype=np.float64) < EXACT:
        return np.bincount(keys, weights=whole, minlength=size).astype(np.int64)
    low = np.bincount(keys, weights=whole & LOWER, minlength=size)
    high = np.bincount(keys, weights=whole >> BITS, minlength=size)
    result: Figures = (high.astype(np.int64) << BITS) + low.astype(np.int64)
    return result


def by_stage(
    keys: Numbers, stages: NDArray[np.integer[Any]], amounts: NDArray[np.generic], size: int
) -> dict[Stage, Figures]:
    """Return for each stage the sums, as `summed`, of what has reached it, as the bits of `stages` say."""
    sets = 1 << len(STAGE_BITS)
    sums = summed(keys * sets + stages, amounts, size * sets).reshape(size, sets)
    reached = {Stage(stage): [one for one in range(sets) if one & bit] for stage, bit in STAGE_BITS.items()}
    return {stage: sums[:, those].sum(axis=1) for stage, those in reached.items()}


def shared(ledger: Ledger, places: Numbers, amounts: Figures, split: Split = in_parts) -> dict[str, int]:
    """Return how much of `amounts`, which are those of the rows at `places`, each member carries.

    Several members carry a contribution in equal parts of whole hundredths, so that the members' sums add up exactly;
    or as `split` says of an amount and how many they are.
    """
    party = ledger.rows["party"][places]
    alone = party >= 0
    single = summed(party[alone].astype(np.intp), amounts[alone], len(ledger.members.known))
    found = {code: int(single[number]) for code, number in ledger.members.known.items()}
    for place, amount in zip(places[~alone].tolist(), amounts[~alone].tolist(), strict=True):
        codes = ledger.parties[place]
        for code, part in zip(codes, split(amount, len(codes)), strict=True):
            found[code] = found.get(code, 0) + part
    return found


def decimal(hundredths: int | np.int64) -> Decimal:
    """Return hundredths as a quantity."""
    return Decimal(int(hundredths)) / HUNDRED


def keys_of(rows: Rows) -> Numbers:
    """Return a number for the capability and line of each row; `key_of` has the same for one pair."""
    keys: Numbers = rows["capability"].astype(np.intp) * len(LINES) + rows["line"]
    return keys


def key_of(ledger: Ledger, capability: str, line: str) -> int:
    """Return the number of a capability and line, negative if nothing of it was ever offered."""
    return ledger.capabilities.find(capability) * len(LINES) + LINES.index(line)


def key_count(ledger: Ledger) -> int:
    """Return how many numbers `keys_of` may use."""
    return len(ledger.capabilities.known) * len(LINES)


@dataclass(frozen=True, slots=True)
class Counted:
    """What every row of a ledger amounts to, money in the base; what has no rate is not `convertible`."""

    low: Figures
    high: Figures
    delivered: Figures
    convertible: Mask


def counted(ledger: Ledger, rates: Rates) -> Counted:
    """Return what the rows amount to, worked out once for a ledger and its rates."""
    wanted = tuple((code, rates.per_euro(code)) for code in ledger.currencies.known)
    found: Counted | None = ledger.memory.get(wanted)
    if found is None:
        rows = ledger.rows
        low, convertible = in_base(rows["low"], rows["currency"], ledger, rates)
        high, _ = in_base(rows["high"], rows["currency"], ledger, rates)
        delivered, _ = in_base(rows["delivered"], rows["currency"], ledger, rates)
        found = Counted(low, high, delivered, convertible)
        ledger.memory.clear()
        ledger.memory[wanted] = found
    return found


def in_base(amounts: Figures, currency: Figures, ledger: Ledger, rates: Rates) -> tuple[Figures, Mask]:
    """Return amounts with those in another currency counted in the base, and which of them could be counted."""
    result, convertible = amounts.astype(np.int64), np.ones(len(amounts), bool)
    for code, number in ledger.currencies.known.items():
        mine = currency == number
        if code in {"", BASE} or not mine.any():
            continue
        rate = rates.per_euro(code)
        convertible[mine] = rate is not None
        if rate is not None:
            result[mine] = divided(result[mine], rate)
    return result, convertible


def divided(amounts: Figures, rate: Decimal) -> Figures:
    """Return each amount over `rate`, rounded to the nearest, halves to the even; in whole numbers throughout."""
    divisor = int(rate * 10**RATE_PLACES)
    if divisor > LARGEST_DIVISOR:
        return np.array([int((Decimal(int(one)) / rate).quantize(Decimal(1))) for one in amounts], np.int64)
    whole, rest = np.divmod(np.abs(amounts), divisor)
    for _ in range(RATE_PLACES // STEP):
        digits, rest = np.divmod(rest * 10**STEP, divisor)
        whole = whole * 10**STEP + digits
    up = (2 * rest > divisor) | ((2 * rest == divisor) & (whole % 2 == 1))
    result: Figures = np.sign(amounts) * (whole + up)
    return result
