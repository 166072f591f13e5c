"""Every contribution as a row of numbers, so that any total over any filter is a few array operations; a mirror.

The rows of the database are the truth. A process derives each row once and again when an act changed its contribution
(`Contribution.changed` grows with every act), when a finding on a condition changed, or when the day did. Quantities
are whole hundredths, as exact as the database; what is undisclosed is marked and adds nothing.

A ledger that was handed out stays as it is, whatever other threads ask for: what changed makes another one.
"""

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Any
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
        ("low", "i8"),
        ("high", "i8"),
        ("delivered", "i8"),
        ("undisclosed", "i4"),
        ("first", "i4"),
        ("last", "i4"),
        ("due", "i4"),  # ordinal of the day by which it is to be delivered, 0 for none
        ("expires", "i4"),  # ordinal of the last day of the pledge, 0 for none
        ("party", "i4"),  # number of the only member, -1 for several
        ("readers", "i4"),  # number of those who may read it, 0 for the coalition
        ("changed", "i8"),  # number of the last act on it
        ("is_full", "?"),  # all that was promised, at the least, is delivered
    ]
)
PAST_DAYS_KEPT = 2
Mask = NDArray[np.bool_]
Numbers = NDArray[np.intp]


class Rows:
    """Rows as columns, which is how sums read them: `rows["low"]` is a column, `rows.at(places)` are some rows."""

    def __init__(self, columns: Mapping[str, NDArray[Any]], places: Numbers | None = None) -> None:
        self._columns, self._places = columns, places
        self._taken: dict[str, NDArray[Any]] = {}

    @classmethod
    def of(cls, values: NDArray[np.void]) -> "Rows":
        """Return rows of values in the form of `ROW`."""
        return cls({name: np.ascontiguousarray(values[name]) for name in ROW.names or ()})

    def __len__(self) -> int:
        return len(self["line"])

    def __getitem__(self, name: str) -> NDArray[Any]:
        if self._places is None:
            return self._columns[name]
        if name not in self._taken:
            self._taken[name] = self._columns[name][self._places]
        return self._taken[name]

    def at(self, places: Numbers) -> "Rows":
        """Return the rows at `places` of the whole."""
        return Rows(self._columns, places)

    def changed(self, values: Mapping[int, tuple[object, ...]], count: int) -> "Rows":
        """Return `count` rows, those of `values` by their place and all others as they are here."""
        places, new = np.fromiter(values, np.intp, len(values)), np.array(list(values.values()), ROW)
        columns = {}
        for name, old in self._columns.items():
            columns[name] = np.zeros(count, old.dtype)
            columns[name][: len(old)] = old
            columns[name][places] = new[name]
        return Rows(columns)


class Names:
    """Gives each name a number, in the order of appearance."""

    def __init__(self, *names: str) -> None:
        self.known: dict[str, int] = {name: number for number, name in enumerate(names)}

    def number(self, name: str) -> int:
        """Return the number of `name`, a new one if need be."""
        return self.known.setdefault(name, len(self.known))

    def find(self, name: str) -> int:
        """Return the number of `name`, -1 if it has none."""
        return self.known.get(name, -1)

    def copied(self) -> "Names":
        """Return the same names, to which others can be added."""
        return Names(*self.known)


@dataclass
class Ledger:
    """The rows of all contributions as they stand on `day`; `ids` says whose row is where."""

    day: date
    holds: Mapping[str, date] = field(default_factory=dict)
    rows: Rows = field(default_factory=lambda: Rows.of(np.zeros(0, ROW)))
    places: dict[str, int] = field(default_factory=dict)  # by key
    ids: list[UUID] = field(default_factory=list)
    capabilities: Names = field(default_factory=Names)
    currencies: Names = field(default_factory=Names)
    members: Names = field(default_factory=Names)
    readers: Names = field(default_factory=lambda: Names(""))  # codes of those who may read a row, as in `readers`
    parties: list[list[str]] = field(default_factory=list)  # by place, the codes of who offers it
    joint: dict[str, list[int]] = field(default_factory=dict)  # code -> places of what it offers with others
    seen: int = -1  # the last `changed` that is in here
    memory: dict[object, Any] = field(default_factory=dict)  # what was worked out of these rows

    @property
    def count(self) -> int:
        """How many contributions there are."""
        return len(self.ids)

    def with_changes(self, contributions: Iterable[Known]) -> "Ledger":
        """Return a ledger that has `contributions` as they are now; this one stays as it is."""
        new = Ledger(
            self.day,
            self.holds,
            places=dict(self.places),
            ids=list(self.ids),
            capabilities=self.capabilities.copied(),
            currencies=self.currencies.copied(),
            members=self.members.copied(),
            readers=self.readers.copied(),
            parties=list(self.parties),
            joint={code: list(places) for code, places in self.joint.items()},
            seen=self.seen,
        )
        values = {}
        for known in contributions:
            standing = standing_at(known.told, self.day, self.holds)
            values[new._place(known)] = new._row(known, known.subjects[standing.terms.number], standing)
            new.seen = max(new.seen, known.changed)
        new.rows = self.rows.changed(values, new.count)
        return new

    def _place(self, known: Known) -> int:
        """Return where the row of a contribution is, making room for a new one; who offers it never changes."""
        if known.key not in self.places:
            self.places[known.key] = self.count
            self.parties.append(known.codes)
            if len(known.codes) > 1:
                for code in known.codes:
                    self.joint.setdefault(code, []).append(self.count)
            self.ids.append(UUID(known.key))
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
            int(low * 100) if low is not None else 0,
            int(high * 100) if high is not None else 0,
            int(standing.delivered * 100),
            standing.undisclosed_deliveries,
            month_of(terms.available_from),
            month_of(terms.available_to) if terms.available_to else FOREVER,
            terms.due_on.toordinal() if terms.due_on else 0,
            standing.expires_on.toordinal() if standing.expires_on else 0,
            self.members.number(codes[0]) if len(codes) == 1 else -1,
            self.readers.number(known.readers),
            known.changed,
            standing.is_delivered_in_full,
        )

    def visible_to(self, reader: Delegate) -> Mask:
        """Return which rows `reader` may read; the same answer as `Contribution.objects.visible_to`."""
        if reader.is_secretariat or not may_read(reader):
            return np.full(self.count, reader.is_secretariat)
        code = f",{reader.member_id},"
        may = np.array([not readers or code in readers for readers in self.readers.known], bool)
        visible: Mask = may[self.rows["readers"]]
        return visible

    def offered_by(self, code: str) -> Mask:
        """Return which rows a member offers, alone or with others."""
        own: Mask = self.rows["party"] == self.members.known.get(code, len(self.members.known))
        own[self.joint.get(code, [])] = True
        return own

    def where(self, keys: Iterable[str]) -> Mask:
        """Return which rows are those of `keys`, which are as `reading.CONTRIBUTION` reads them."""
        found = np.zeros(self.count, bool)
        found[[place for key in keys if (place := self.places.get(key)) is not None]] = True
        return found


class _Kept:
    """Ledgers of the days asked for last; one thread at a time brings them up to date."""

    def __init__(self, most: int) -> None:
        self._most, self._lock, self._ledgers = most, threading.Lock(), dict[date, Ledger]()

    def at(self, day: date) -> Ledger:
        """Return the ledger of `day` with all that changed since it was last looked at."""
        with self._lock:
            holds = holding(day)
            kept = self._ledgers.pop(day, None)
            if kept is None or kept.holds != holds:
                kept = Ledger(day, holds)
            self._ledgers[day] = _brought_up(kept)
            while len(self._ledgers) > self._most:
                del self._ledgers[next(iter(self._ledgers))]
            return self._ledgers[day]

    def forget(self) -> None:
        """Drop them all."""
        with self._lock:
            self._ledgers.clear()


_today, _past = _Kept(1), _Kept(PAST_DAYS_KEPT)  # the past does not keep those waiting who look at today


def forget() -> None:
    """Drop what was derived; for tests, whose rows vanish."""
    _today.forget()
    _past.forget()


def ledger_at(day: date | None = None) -> Ledger:
    """Return the ledger of `day`, today's without one; kept from one call to the next, with what changed since."""
    today = latest_day()
    return _past.at(day) if day and day != today else _today.at(today)


def _brought_up(ledger: Ledger) -> Ledger:
    """Return `ledger` with all that changed since it was made."""
    changes = changed_since(ledger.seen)
    first = next(changes, None)
    return ledger if first is None else ledger.with_changes(chain([first], changes))
