"""Which contributions are looked at, by filters that an address names; the same for every page of figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from concertation.coalition.models import Delegate
from concertation.commitments.enums import Domain, Line, Phase, Stage
from concertation.commitments.ledger import LINES, PHASES, Ledger, Mask
from concertation.commitments.models import Capability
from concertation.core.days import latest_day


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


def mask(ledger: Ledger, asked: Filter, capabilities: Mapping[str, Capability]) -> Mask:
    """Return which rows fit the filters, however far they have come."""
    rows = ledger.rows
    fits: Mask = np.ones(ledger.count, bool)
    if asked.line:
        fits &= rows["line"] == LINES.index(asked.line)
    if asked.phase:
        fits &= (rows["phase"] == PHASES.index(asked.phase)) | (rows["phase"] == 0)
    if asked.domain:
        numbers = [ledger.capabilities.find(code) for code, one in capabilities.items() if one.domain == asked.domain]
        fits &= np.isin(rows["capability"], numbers)
    if asked.member:
        fits &= ledger.offered_by(asked.member)
    if not asked.with_waiting:
        fits &= ~rows["waits"]
    return fits


def hidden(ledger: Ledger, reader: Delegate) -> dict[str, int]:
    """Return how many contributions to each line are not for the reader.

    The number depends on the line alone, on no other filter and no day: anything finer would tell what they are.
    """
    counts = np.bincount(ledger.rows["line"][~ledger.visible_to(reader)], minlength=len(LINES)).tolist()
    return dict(zip(LINES, counts, strict=True))
