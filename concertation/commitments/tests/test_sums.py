"""Sums of figures: exact, whatever the rate and whoever carries them together."""

from datetime import date
from decimal import Decimal

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from concertation.commitments.enums import Stage
from concertation.commitments.ledger import ROW, STAGE_BITS, Ledger, Rows
from concertation.commitments.parts import in_full, in_parts
from concertation.commitments.queries.sums import by_stage, divided, shared, summed

AMOUNTS = st.integers(-(10**15), 10**15)
RATES = st.decimals(Decimal("0.0001"), Decimal(30_000), places=8)
CODES = ["DE", "FR", "GB", "IT"]


@given(AMOUNTS, st.integers(1, 9))
def test_parts_add_up_and_differ_by_one_hundredth_at_most(amount: int, count: int) -> None:
    parts = in_parts(amount, count)
    assert sum(parts) == amount
    assert len(parts) == count
    assert max(parts) - min(parts) <= 1


@given(st.lists(AMOUNTS, max_size=20), RATES)
def test_money_is_converted_as_decimals_would(amounts: list[int], rate: Decimal) -> None:
    wanted = [int((Decimal(amount) / rate).quantize(Decimal(1))) for amount in amounts if abs(amount) / rate < 10**17]
    kept = [amount for amount in amounts if abs(amount) / rate < 10**17]
    assert divided(np.array(kept, np.int64), rate).tolist() == wanted


def test_halves_are_rounded_to_the_even_and_huge_rates_fall_back() -> None:
    assert divided(np.array([1, 3, -1, -3]), Decimal("2.00000000")).tolist() == [0, 2, 0, -2]
    assert divided(np.array([10**12]), Decimal("20000000.00000000")).tolist() == [50_000]


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(-(10**16), 10**16)), max_size=50))
def test_sums_by_key_lose_nothing(pairs: list[tuple[int, int]]) -> None:
    keys, amounts = np.array([key for key, _ in pairs], np.intp), np.array([one for _, one in pairs], np.int64)
    wanted = [sum(amount for key, amount in pairs if key == number) for number in range(5)]
    assert summed(keys, amounts, 5).tolist() == wanted


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 31), st.integers(-(10**16), 10**16)), max_size=50))
def test_sums_by_stage_are_those_of_what_reached_it(rows: list[tuple[int, int, int]]) -> None:
    keys, stages = np.array([key for key, _, _ in rows], np.intp), np.array([bits for _, bits, _ in rows], np.int8)
    sums = by_stage(keys, stages, np.array([amount for _, _, amount in rows], np.int64), 5)
    for stage, bit in STAGE_BITS.items():
        wanted = [sum(amount for key, bits, amount in rows if key == number and bits & bit) for number in range(5)]
        assert sums[Stage(stage)].tolist() == wanted
    counts = summed(keys, (stages & 1) > 0, 5)
    assert counts.tolist() == [sum(key == number and bits & 1 for key, bits, _ in rows) for number in range(5)]


@given(st.lists(st.tuples(st.lists(st.sampled_from(CODES), min_size=1, unique=True), AMOUNTS), max_size=30))
def test_what_members_carry_adds_up_to_the_total(contributions: list[tuple[list[str], int]]) -> None:
    ledger = Ledger(date(2026, 1, 1), rows=Rows.of(np.zeros(len(contributions), ROW)))
    for place, (codes, _amount) in enumerate(contributions):
        ledger.parties.append(codes)
        ledger.rows["party"][place] = ledger.members.number(codes[0]) if len(codes) == 1 else -1
    amounts = np.array([amount for _, amount in contributions], np.int64)
    places = np.arange(len(contributions), dtype=np.intp)
    assert sum(shared(ledger, places, amounts).values()) == int(amounts.sum())
    counts = shared(ledger, places, np.ones(len(contributions), np.int64), in_full)
    assert {code: count for code, count in counts.items() if count} == {
        code: found for code in CODES if (found := sum(code in codes for codes, _ in contributions))
    }
