"""What is required against what is offered, over months: sums over the ledger, for what the reader may read.

An offer counts where its capability and line are those of a requirement, whoever makes it and whatever its caveats:
the plan says what can really be deployed. Of one capability and line the earmarked is taken first, then requirements
are filled by importance.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import numpy as np

from concertation.coalition.models import Delegate
from concertation.commitments.enums import Domain, Line, Phase, Stage
from concertation.commitments.ledger import LINES, STAGE_BITS, Ledger, Mask, Numbers, ledger_at
from concertation.commitments.models import Capability, Requirement, Revision
from concertation.commitments.months import days_of, month_of
from concertation.commitments.queries.filling import STOCKS, Filled, Need, Offers
from concertation.commitments.queries.looking import Filter, hidden, mask
from concertation.commitments.queries.rates import Rates, rates_at
from concertation.commitments.queries.sums import (
    HUNDRED,
    Figures,
    by_stage,
    counted,
    decimal,
    key_count,
    key_of,
    keys_of,
    summed,
)

__all__ = ["MONTHS", "Cell", "Coverage", "CoverageRow", "Filter", "Progress", "Total", "coverage_for"]
MONTHS = 12


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

    revision: Revision
    capability: Capability
    cells: list[Cell]
    missing: Decimal  # in the worst month, or of a stock at the end

    @property
    def phase(self) -> str:
        """The phase in words."""
        return str(Phase(self.revision.phase).label)

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
class Progress:
    """How many requirements of a line are needed in a month, and how many of them each stage covers in full."""

    month: date
    needed: int
    covered: dict[str, int]


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
    progress: list[tuple[Line, list[Progress]]] = field(default_factory=list)

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
    revisions = sorted(_needs(reader, asked, capabilities), key=_importance)
    first = month_of(asked.first or _first_day(revisions, asked.day))
    seen = ledger.visible_to(reader) & mask(ledger, asked, capabilities)
    stocks = [ledger.capabilities.find(code) for code, capability in capabilities.items() if capability.form in STOCKS]
    offers = Offers(ledger, seen, rates, stocks, first, months)
    span = list(days_of(first, months))
    needs = [_need(revision, capabilities[revision.capability_id], first, months) for revision in revisions]
    filled = {stage: offers.heap(stage).fill_all(needs) for stage in Stage}
    rows = [_row(*each, span) for each in zip(revisions, needs, filled[asked.stage], strict=True)]
    shown = [row for row in rows if any(cell.needed for cell in row.cells)]
    shown.sort(key=lambda row: (row.revision.line, row.revision.phase, _importance(row.revision)))
    every = ledger.rows
    live = seen & every["is_live"] & ((every["stages"] & STAGE_BITS[asked.stage]) > 0)
    return Coverage(
        asked=asked,
        months=span,
        rows=shown,
        elsewhen=len(rows) - len(shown),
        totals=_totals(revisions, ledger, seen, rates, capabilities),
        hidden=hidden(ledger, reader),
        rates=rates,
        lacking=int((live & every["lacks_approval"]).sum()),
        waiting=int((live & every["waits"]).sum()),
        undisclosed=int((live & ~every["is_known"]).sum()),
        progress=_progress(needs, filled, span),
    )


def totals_of_all(reader: Delegate) -> list[Total]:
    """Return the totals of what everybody in the coalition may read, today; `reader` may be any delegate of it."""
    asked, ledger = Filter(), ledger_at()
    capabilities = {capability.pk: capability for capability in Capability.objects.all()}
    seen = ledger.rows["readers"] == 0
    return _totals(list(_needs(reader, asked, capabilities)), ledger, seen, rates_at(asked.day), capabilities)


def _first_day(needs: Sequence[Revision], day: date) -> date:
    """Return from when months are shown: as soon as something is needed, from the day on if that is not past."""
    coming = [max(need.needed_from, day) for need in needs if need.needed_to >= day]
    return min(coming or [need.needed_from for need in needs], default=day)


def _needs(reader: Delegate, asked: Filter, capabilities: dict[str, Capability]) -> Iterator[Revision]:
    """Yield what is required on the day by the filters."""
    visible = Requirement.objects.visible_to(reader)
    begun = Revision.objects.filter(requirement__in=visible, valid_from__lte=asked.day).defer("reason")
    last = {revision.requirement_id: revision for revision in begun.order_by("valid_from", "number")}
    for revision in last.values():
        fits = {revision.line: asked.line, revision.phase: asked.phase}
        fits[capabilities[revision.capability_id].domain] = asked.domain
        if not revision.is_dropped and all(not wanted or wanted == value for value, wanted in fits.items()):
            yield revision


def _importance(revision: Revision) -> tuple[bool, int, date, str]:
    """Return what orders requirements: essential first, then by priority."""
    return (not revision.is_essential, -revision.priority, revision.needed_from, str(revision.requirement_id))


def _need(revision: Revision, capability: Capability, first: int, months: int) -> Need:
    """Return what is to be filled in the months from `first` on."""
    begin, end = month_of(revision.needed_from), month_of(revision.needed_to)
    needed = [begin <= month <= end for month in range(first, first + months)]
    return Need(capability, revision.line, needed, int(revision.quantity * HUNDRED))


def _row(revision: Revision, need: Need, filled: Filled, months: Sequence[date]) -> CoverageRow:
    """Return how far one need is met in each month."""
    shares = [100 * taken // max(need.quantity, 1) for taken in filled.taken]
    cells = [Cell(*each) for each in zip(months, need.needed, shares, filled.is_open, strict=True)]
    gaps = [need.quantity - taken for now, taken in zip(need.needed, filled.taken, strict=True) if now]
    worst = 0 if not gaps else gaps[-1] if need.is_stock else max(gaps)
    return CoverageRow(revision, need.capability, cells, decimal(worst))


def _progress(
    needs: Sequence[Need], filled: dict[Stage, list[Filled]], months: Sequence[date]
) -> list[tuple[Line, list[Progress]]]:
    """Return for each line on which something is needed how many needs are covered in full, by month and stage."""
    found = []
    for line in Line:
        by_month = []
        for number, month in enumerate(months):
            now = [(at, need.quantity) for at, need in enumerate(needs) if need.line == line and need.needed[number]]
            covered = {
                stage.value: sum(filled[stage][at].taken[number] >= quantity for at, quantity in now) for stage in Stage
            }
            by_month.append(Progress(month, len(now), covered))
        if any(progress.needed for progress in by_month):
            found.append((line, by_month))
    return found


@dataclass(frozen=True, slots=True)
class _Sums:
    """Sums over contributions by `key_of` capability and line; one more place at the end is for what nobody offers."""

    stages: dict[str, Figures]
    highest: Figures
    undisclosed: Figures
    unconverted: Figures

    def total(self, capability: Capability, line: str, required: Decimal, key: int) -> Total:
        """Return the total of one capability and line."""
        at = max(key, -1)
        return Total(
            capability=capability,
            line=Line(line),
            required=required,
            stages={stage: decimal(each[at]) for stage, each in self.stages.items()},
            highest=decimal(self.highest[at]),
            undisclosed=int(self.undisclosed[at]),
            unconverted=int(self.unconverted[at]),
        )


def _totals(
    needs: Sequence[Revision], ledger: Ledger, seen: Mask, rates: Rates, capabilities: dict[str, Capability]
) -> list[Total]:
    """Return the totals of every capability and line that is required or offered."""
    every = ledger.rows
    places = (seen & (every["is_live"] | (every["delivered"] != 0))).nonzero()[0]
    keys = keys_of(every.at(places))
    sums = _sums(ledger, places, keys, rates)
    required: dict[tuple[str, str], Decimal] = {}
    for need in needs:
        pair = (need.capability_id, need.line)
        required[pair] = required.get(pair, Decimal(0)) + need.quantity
    names = list(ledger.capabilities.known)
    offered = {(names[key // len(LINES)], LINES[key % len(LINES)]) for key in np.unique(keys).tolist()}
    totals = [
        sums.total(capabilities[code], line, required.get((code, line), Decimal(0)), key_of(ledger, code, line))
        for code, line in {*required, *offered}
    ]
    order = list(Domain.values)
    return sorted(totals, key=lambda total: (total.line, order.index(total.capability.domain), total.capability.pk))


def _sums(ledger: Ledger, places: Numbers, keys: Numbers, rates: Rates) -> _Sums:
    """Return the sums of the rows at `places`, by their `keys`."""
    rows, amounts, size = ledger.rows.at(places), counted(ledger, rates), key_count(ledger) + 1
    convertible = amounts.convertible[places]
    known = convertible & rows["is_live"] & rows["is_known"]
    stages = by_stage(keys, rows["stages"], np.where(known, amounts.low[places], 0), size)
    stages[Stage.DELIVERED] = summed(keys, np.where(convertible, amounts.delivered[places], 0), size)
    return _Sums(
        stages={stage.value: each for stage, each in stages.items()},
        highest=summed(keys, np.where(known, amounts.high[places], 0), size),
        undisclosed=summed(keys, rows["is_live"] & ~rows["is_known"], size),
        unconverted=summed(keys, ~convertible, size),
    )
