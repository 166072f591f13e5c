"""Every contribution as a row of numbers, so that any total over any filter is a few array operations; a mirror.

The rows of the database are the truth. A process derives each row once and again when an act changed its contribution
(`Contribution.changed` grows with every act), when a finding on a condition changed, or when the day did. Quantities
are whole hundredths, as exact as the database; what is undisclosed is marked and adds nothing.
"""

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from concertation.coalition.models import Delegate
from concertation.commitments.deriving import STAGES, Standing, standing_at
from concertation.commitments.enums import Line, Phase, State
from concertation.commitments.models.catalogue import may_read
from concertation.commitments.months import FOREVER, month_of
from concertation.commitments.reading import Known, Subject, changed_since, holding
from concertation.core.days import latest_day

LINES, PHASES, STATES = list(Line.values), ["", *Phase.values], list(State.values)
STAGE_BITS = {stage: 1 << place for place, stage in enumerate(STAGES)}
ROW = np.dtype(
    [
        ("capability", "i4"),
        ("currency", "i4"),
        ("line", "i1"),
        ("phase", "i1"),
        ("state", "i1"),
        ("stages", "i1"),
        ("is_live", "?"),
        ("is_known", "?"),
        ("waits", "?"),
        ("lacks_approval", "?"),
        ("is_restricted", "?"),
        ("low", "i8"),
        ("high", "i8"),
        ("delivered", "i8"),
        ("undisclosed", "i4"),
        ("first", "i4"),
        ("last", "i4"),
        ("due", "i4"),  # ordinal of the day by which it is to be delivered, 0 for none
        ("expires", "i4"),  # ordinal of the last day of the pledge, 0 for none
        ("party", "i4"),  # number of the only member, -1 for several
        ("is_full", "?"),  # all that was promised, at the least, is delivered
    ]
)
Rows = NDArray[np.void]
Mask = NDArray[np.bool_]


class Names:
    """Gives each name a number, in the order of appearance."""

    def __init__(self) -> None:
        self.known: dict[str, int] = {}

    def number(self, name: str) -> int:
        """Return the number of `name`, a new one if need be."""
        return self.known.setdefault(name, len(self.known))

    def find(self, name: str) -> int:
        """Return the number of `name`, -1 if it has none."""
        return self.known.get(name, -1)


@dataclass
class Ledger:
    """The rows of all contributions as they stand on `day`; `ids` says whose row is where."""

    day: date
    rows: Rows = field(default_factory=lambda: np.zeros(0, ROW))
    count: int = 0
    places: dict[UUID, int] = field(default_factory=dict)
    ids: list[UUID] = field(default_factory=list)
    readers: dict[int, frozenset[str]] = field(default_factory=dict)  # place of a restricted row -> its readers
    capabilities: Names = field(default_factory=Names)
    currencies: Names = field(default_factory=Names)
    members: Names = field(default_factory=Names)
    parties: list[list[str]] = field(default_factory=list)  # by place, the codes of who offers it
    of_member: dict[str, list[int]] = field(default_factory=dict)  # code -> places
    holds: Mapping[str, date] = field(default_factory=dict)
    seen: int = -1  # the last `changed` that is in here

    def take(self, contributions: Iterable[Known]) -> None:
        """Derive the rows of `contributions`."""
        for known in contributions:
            standing = standing_at(known.told, self.day, self.holds)
            place = self._place(known)
            self.rows[place] = self._row(known, known.subjects[standing.terms.number], standing)
            if known.readers:
                self.readers[place] = known.readers
            self.seen = max(self.seen, known.changed)

    def _place(self, known: Known) -> int:
        """Return where the row of a contribution is, making room for a new one; who offers it never changes."""
        if known.key not in self.places:
            if self.count == len(self.rows):
                self.rows = np.concatenate([self.rows, np.zeros(max(1_000, self.count), ROW)])
            self.places[known.key] = self.count
            self.ids.append(known.key)
            self.parties.append(known.codes)
            for code in known.codes:
                self.of_member.setdefault(code, []).append(self.count)
            self.count += 1
        return self.places[known.key]

    def _row(self, known: Known, subject: Subject, standing: Standing) -> tuple[object, ...]:
        """Return the row of a contribution, in the order of `ROW`."""
        terms, codes = standing.terms, known.codes
        low, high = terms.amount.low, terms.amount.high
        return (
            self.capabilities.number(subject.capability),
            self.currencies.number(subject.currency),
            LINES.index(subject.line),
            PHASES.index(subject.phase),
            STATES.index(standing.state),
            sum(STAGE_BITS[stage] for stage in standing.stages),
            standing.is_live,
            low is not None,
            bool(standing.waiting_for),
            bool(standing.missing_approvals),
            bool(known.readers),
            int(low * 100) if low is not None else 0,
            int(high * 100) if high is not None else 0,
            int(standing.delivered * 100),
            standing.undisclosed_deliveries,
            month_of(terms.available_from),
            month_of(terms.available_to) if terms.available_to else FOREVER,
            terms.due_on.toordinal() if terms.due_on else 0,
            standing.expires_on.toordinal() if standing.expires_on else 0,
            self.members.number(codes[0]) if len(codes) == 1 else -1,
            standing.is_delivered_in_full,
        )

    def visible_to(self, reader: Delegate) -> Mask:
        """Return which rows `reader` may read; the same answer as `Contribution.objects.visible_to`."""
        rows = self.rows[: self.count]
        if reader.is_secretariat or not may_read(reader):
            return np.full(self.count, reader.is_secretariat)
        visible: Mask = ~rows["is_restricted"]
        for place, readers in self.readers.items():
            visible[place] = reader.member_id in readers
        return visible


_lock = threading.Lock()
_kept: dict[str, Ledger] = {}


def forget() -> None:
    """Drop what was derived; for tests, whose rows vanish."""
    with _lock:
        _kept.clear()


def ledger_at(day: date | None = None) -> Ledger:
    """Return the ledger of today, kept from one call to the next, or that of a past `day`, made anew."""
    today = latest_day()
    if day is not None and day != today:
        return _brought_up(Ledger(day, holds=holding(day)))
    with _lock:
        holds = holding(today)
        kept = _kept.get("today")
        if kept is None or kept.day != today or kept.holds != holds:
            kept = Ledger(today, holds=holds)
        _kept["today"] = _brought_up(kept)
        return kept


def _brought_up(ledger: Ledger) -> Ledger:
    """Return `ledger` with all that changed since it was last looked at."""
    ledger.take(changed_since(ledger.seen))
    return ledger
