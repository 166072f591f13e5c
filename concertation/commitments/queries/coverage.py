"""What is required against what is offered, over months: sums over the ledger, for what the reader may read.

An offer counts where its capability and line are those of a requirement, whoever makes it and whatever its caveats:
the plan says what can really be deployed. Of one capability and line the earmarked is taken first, then requirements
are filled by importance.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from concertation.coalition.models import Delegate
from concertation.commitments.enums import Domain, Form, Line, Phase, Stage
from concertation.commitments.ledger import LINES, PHASES, STAGE_BITS, Ledger, Mask, ledger_at
from concertation.commitments.models import Capability, Requirement, Revision
from concertation.commitments.models.catalogue import BASE
from concertation.commitments.months import days_of, first_day, month_of
from concertation.commitments.queries.rates import Rates, rates_at
from concertation.situation.models import latest_day

Figures = NDArray[np.int64]
HUNDRED = Decimal(100)
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Filter:
    """What is looked at: empty means all. `stage` is how far contributions must have come to count."""

    stage: Stage = Stage.ANNOUNCED
    line: Line | str = ""
    domain: Domain | str = ""
    phase: Phase | str = ""
    member: str = ""
    at: date | None = None
    first: date | None = None  # of the months
    with_waiting: bool = True  # count what waits for a condition

    @property
    def day(self) -> date:
        """The day as of which is counted."""
        return self.at or latest_day()


@dataclass(frozen=True, slots=True)
class Cell:
    """A requirement in a month: `share` of the need that is covered, in percent; `open` if more is undisclosed."""

    month: date
    needed: bool
    share: int
    is_open: bool

    @property
    def level(self) -> str:
        """Which of the colours it has: none, low, some, most, full; unknown where nothing is known but something is
        offered."""
        if self.share >= 100:
            return "full"
        if self.is_open and self.share == 0:
            return "unknown"
        return "none" if self.share == 0 else "low" if self.share < 50 else "most"


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A requirement over the months, and the worst of them in figures."""

    requirement: Requirement
    revision: Revision
    capability: Capability
    cells: list[Cell]
    missing: Decimal  # in the worst month, or of a stock at the end

    @property
    def is_covered(self) -> bool:
        """Whether nothing is missing in any month that is shown."""
        return all(cell.share >= 100 for cell in self.cells if cell.needed)


@dataclass(frozen=True, slots=True)
class Total:
    """All of one capability (and currency base) on one line: quantities in its unit; None is not a figure."""

    capability: Capability
    line: Line
    required: Decimal
    stages: dict[str, Decimal]  # at least, by stage
    highest: Decimal  # announced, at most
    undisclosed: int
    unconverted: int

    @property
    def missing(self) -> Decimal:
        """What nobody has announced, at the least known figure; 0 if more is offered than required."""
        return max(self.required - self.stages["announced"], Decimal(0))

    @property
    def columns(self) -> list[Decimal]:
        """The stages in order."""
        return [self.stages[stage] for stage in STAGE_BITS]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the page shows, and beside every figure what it rests on."""

    asked: Filter
    months: list[date]
    rows: list[CoverageRow]
    elsewhen: int  # requirements of other months
    totals: list[Total]
    hidden: dict[str, int]  # line -> contributions that are not for the reader
    rates: Rates
    lacking: int  # contributions that lack an approval
    waiting: int  # contributions that wait for a condition
    undisclosed: int  # contributions whose quantity is not known

    @property
    def covered(self) -> int:
        """How many requirements miss nothing."""
        return sum(row.is_covered for row in self.rows)

    @property
    def essential_gaps(self) -> int:
        """How many essential requirements miss something."""
        return sum(row.revision.is_essential and not row.is_covered for row in self.rows)


def coverage_for(reader: Delegate, asked: Filter, months: int = MONTHS) -> Coverage:
    """Return requirements against contributions as `reader` may see them, in about six queries."""
    ledger, rates = ledger_at(asked.at), rates_at(asked.day)
    capabilities = {capability.pk: capability for capability in Capability.objects.all()}
    needs = sorted(_needs(reader, asked, capabilities), key=_importance)
    first = month_of(asked.first or _first_day(needs, asked.day))
    seen = ledger.visible_to(reader) & _mask(ledger, asked, capabilities)
    pool = _Pool(ledger, seen & _counts(ledger, asked), rates, asked.stage, first, months)
    every = [_row(need, capabilities[need.capability_id], pool, first, months) for need in needs]
    rows = [row for row in every if any(cell.needed for cell in row.cells)]
    live = ledger.rows[: ledger.count][seen & _counts(ledger, asked)]
    rows.sort(key=lambda row: (row.revision.line, row.revision.phase, _importance(row.revision)))
    return Coverage(
        asked=asked,
        months=list(days_of(first, months)),
        rows=rows,
        elsewhen=len(every) - len(rows),
        totals=_totals(needs, ledger, seen, rates, capabilities),
        hidden=_hidden(ledger, reader),
        rates=rates,
        lacking=int((live["lacks_approval"]).sum()),
        waiting=int(live["waits"].sum()),
        undisclosed=int((~live["is_known"]).sum()),
    )


def _first_day(needs: Sequence[Revision], day: date) -> date:
    """Return from when months are shown: as soon as something is needed, from the day on if that is not past."""
    coming = [max(need.needed_from, day) for need in needs if need.needed_to >= day]
    return min(coming or [need.needed_from for need in needs], default=day)


def _needs(reader: Delegate, asked: Filter, capabilities: dict[str, Capability]) -> Iterator[Revision]:
    """Yield what is required on the day by the filters."""
    for requirement in Requirement.objects.visible_to(reader).prefetch_related("revisions"):
        revision = requirement.as_of(asked.day)
        if revision is None or revision.is_dropped:
            continue
        fits = {revision.line: asked.line, revision.phase: asked.phase}
        fits[capabilities[revision.capability_id].domain] = asked.domain
        if all(not wanted or wanted == value for value, wanted in fits.items()):
            revision.requirement = requirement
            yield revision


def _importance(revision: Revision) -> tuple[bool, int, date, str]:
    """Return what orders requirements: essential first, then by priority."""
    return (not revision.is_essential, -revision.priority, revision.needed_from, str(revision.requirement_id))


def _mask(ledger: Ledger, asked: Filter, capabilities: dict[str, Capability]) -> Mask:
    """Return which rows fit the filters, however far they have come."""
    rows = ledger.rows[: ledger.count]
    mask: Mask = np.ones(ledger.count, bool)
    if asked.line:
        mask &= rows["line"] == LINES.index(asked.line)
    if asked.phase:
        mask &= (rows["phase"] == PHASES.index(asked.phase)) | (rows["phase"] == 0)
    if asked.domain:
        numbers = [ledger.capabilities.find(code) for code, one in capabilities.items() if one.domain == asked.domain]
        mask &= np.isin(rows["capability"], numbers)
    if asked.member:
        own = np.zeros(ledger.count, bool)
        own[ledger.of_member.get(asked.member, [])] = True
        mask &= own
    if not asked.with_waiting:
        mask &= ~rows["waits"]
    return mask


def _counts(ledger: Ledger, asked: Filter) -> Mask:
    """Return which rows have come far enough."""
    rows = ledger.rows[: ledger.count]
    reached: Mask = (rows["stages"] & STAGE_BITS[asked.stage]) > 0
    return rows["is_live"] & reached


class _Pool:
    """What is offered of each capability and line in each month, and how much of it is left to fill needs with."""

    def __init__(self, ledger: Ledger, counts: Mask, rates: Rates, stage: Stage, first: int, months: int) -> None:
        self._ledger, self._first, self._months = ledger, first, months
        rows = ledger.rows[: ledger.count][counts]
        amounts, is_known = (rows["low"], rows["is_known"])
        if stage == Stage.DELIVERED:
            amounts, is_known = (rows["delivered"], rows["undisclosed"] == 0)
        self._amounts, convertible = in_base(amounts, rows["currency"], ledger, rates)
        self._rows, self._known = rows, is_known & convertible
        self._left: dict[tuple[str, str], Figures] = {}
        self._open: dict[tuple[str, str], NDArray[np.bool_]] = {}

    def fill(
        self, capability: Capability, line: str, need: Figures, quantity: int
    ) -> tuple[Figures, NDArray[np.bool_]]:
        """Return what fills `need` in each month, taken from what is left, and where more is undisclosed."""
        key = (capability.pk, line)
        if key not in self._left:
            self._left[key], self._open[key] = self._offered(capability, line)
        left = self._left[key]
        taken = np.minimum(np.maximum(left, 0), need)
        if capability.form in {Form.STOCK, Form.MONEY}:
            left -= min(quantity, int(taken.max(initial=0)))
        else:
            left -= taken
        return taken, self._open[key]

    def _offered(self, capability: Capability, line: str) -> tuple[Figures, NDArray[np.bool_]]:
        """Return the hundredths offered in each month, of stocks up to it, and where something undisclosed is."""
        number = self._ledger.capabilities.find(capability.pk)
        mine = (self._rows["capability"] == number) & (self._rows["line"] == LINES.index(line))
        rows, amounts, known = self._rows[mine], self._amounts[mine], self._known[mine]
        begin = np.clip(rows["first"] - self._first, 0, self._months)
        is_stock = capability.form in {Form.STOCK, Form.MONEY}
        end = np.full(len(rows), self._months) if is_stock else np.clip(rows["last"] - self._first + 1, 0, self._months)
        return _over(begin, end, np.where(known, amounts, 0), self._months), _over(begin, end, ~known, self._months) > 0


def _over(begin: Figures, end: Figures, amounts: NDArray[np.generic], months: int) -> Figures:
    """Return the sum of `amounts` in each month, each counted in [begin, end)."""
    steps = np.zeros(months + 1, np.int64)
    inside = begin < end
    np.add.at(steps, begin[inside], amounts[inside].astype(np.int64))
    np.subtract.at(steps, end[inside], amounts[inside].astype(np.int64))
    total: Figures = np.cumsum(steps)[:months]
    return total


def in_base(amounts: Figures, currency: Figures, ledger: Ledger, rates: Rates) -> tuple[Figures, Mask]:
    """Return amounts with those in another currency counted in the base, and which of them could be counted.

    Each amount is rounded to a hundredth by itself, so that a sum is the sum of its parts.
    """
    result, convertible = amounts.astype(np.int64), np.ones(len(amounts), bool)
    for code, number in ledger.currencies.known.items():
        mine = currency == number
        if code in {"", BASE} or not mine.any():
            continue
        rate = rates.per_euro(code)
        convertible[mine] = rate is not None
        if rate is not None:
            result[mine] = [int((Decimal(int(amount)) / rate).quantize(Decimal(1))) for amount in amounts[mine]]
    return result, convertible


def _row(need: Revision, capability: Capability, pool: _Pool, first: int, months: int) -> CoverageRow:
    """Return how far one need is met in each month."""
    quantity = int(need.quantity * HUNDRED)
    numbers = np.arange(first, first + months)
    needed = (numbers >= month_of(need.needed_from)) & (numbers <= month_of(need.needed_to))
    taken, is_open = pool.fill(capability, need.line, np.where(needed, quantity, 0), quantity)
    shares = (100 * taken) // max(quantity, 1)
    cells = [
        Cell(first_day(int(number)), bool(is_needed), int(share), bool(unknown))
        for number, is_needed, share, unknown in zip(numbers, needed, shares, is_open, strict=True)
    ]
    gaps = (quantity - taken)[needed]
    is_stock = capability.form in {Form.STOCK, Form.MONEY}
    worst = 0 if not len(gaps) else int(gaps[-1] if is_stock else gaps.max())
    return CoverageRow(need.requirement, need, capability, cells, Decimal(worst) / HUNDRED)


def _totals(
    needs: Sequence[Revision], ledger: Ledger, seen: Mask, rates: Rates, capabilities: dict[str, Capability]
) -> list[Total]:
    """Return the totals of every capability and line that is required or offered."""
    rows = ledger.rows[: ledger.count][seen]
    rows = rows[rows["is_live"] | (rows["delivered"] != 0)]
    low, convertible = in_base(rows["low"], rows["currency"], ledger, rates)
    high, _ = in_base(rows["high"], rows["currency"], ledger, rates)
    delivered, _ = in_base(rows["delivered"], rows["currency"], ledger, rates)
    required: dict[tuple[str, str], Decimal] = {}
    for need in needs:
        key = (need.capability_id, need.line)
        required[key] = required.get(key, Decimal(0)) + need.quantity
    names = list(ledger.capabilities.known)
    offered = {(names[row["capability"]], LINES[row["line"]]) for row in np.unique(rows[["capability", "line"]])}
    totals = []
    for code, line in sorted({*required, *offered}):
        mine = (rows["capability"] == ledger.capabilities.find(code)) & (rows["line"] == LINES.index(line))
        counted = mine & convertible & rows["is_live"] & rows["is_known"]
        stages = {
            stage: _decimal(low[counted & ((rows["stages"] & bit) > 0)].sum()) for stage, bit in STAGE_BITS.items()
        }
        stages["delivered"] = _decimal(delivered[mine & convertible].sum())
        totals.append(
            Total(
                capability=capabilities[code],
                line=Line(line),
                required=required.get((code, line), Decimal(0)),
                stages=stages,
                highest=_decimal(high[counted].sum()),
                undisclosed=int((mine & rows["is_live"] & ~rows["is_known"]).sum()),
                unconverted=int((mine & ~convertible).sum()),
            )
        )
    order = list(Domain.values)
    return sorted(totals, key=lambda total: (total.line, order.index(total.capability.domain), total.capability.pk))


def _decimal(hundredths: np.int64) -> Decimal:
    return Decimal(int(hundredths)) / HUNDRED


def _hidden(ledger: Ledger, reader: Delegate) -> dict[str, int]:
    """Return how many contributions to each line are not for the reader.

    The number depends on the line alone, on no other filter and no day: anything finer would tell what they are.
    """
    hidden = ledger.rows[: ledger.count][~ledger.visible_to(reader)]
    return {line: int((hidden["line"] == place).sum()) for place, line in enumerate(LINES)}
