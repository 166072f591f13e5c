"""Contributions over time: when each is there, which approvals it has, when it is due and when it expires."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from concertation.coalition.models import Delegate
from concertation.commitments.deriving import ready_on
from concertation.commitments.enums import Approval, Line
from concertation.commitments.ledger import LINES, Ledger, Mask, ledger_at
from concertation.commitments.models import Contribution
from concertation.commitments.months import first_day, month_of
from concertation.commitments.queries.contributions import ApprovalLine, Entry, approvals_of, entry_of, whole
from concertation.commitments.queries.looking import hidden
from concertation.situation.timeline import Scale, Tick, percent

MOST = 60
BACK, AHEAD = timedelta(days=366), timedelta(days=3 * 366)  # of today, beyond which the picture does not reach


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a bar: `kind` is there, notice (to move) or rest (between two tours)."""

    kind: str
    left: str
    width: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A day on a bar: `kind` is approved, refused, due, late or expires."""

    kind: str
    left: str
    day: date
    approval: Approval | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One contribution in the picture and in the table."""

    entry: Entry
    ready: date
    pieces: list[Piece]
    marks: list[Mark]
    approvals: list[ApprovalLine]

    @property
    def is_late(self) -> bool:
        """Whether it was due and is not known to be delivered."""
        return any(mark.kind == "late" for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The picture: rows in the order of protocol, on one line of days."""

    rows: list[Row]
    count: int  # of all that fit, also those beyond the last row
    scale: Scale
    ticks: list[Tick]
    today: str  # where today stands
    hidden: dict[str, int]


def timeline_for(reader: Delegate, line: Line | str = "", member: str = "") -> Timeline:
    """Return the live contributions that `reader` may read over time, the first to be there first, in ten queries."""
    ledger = ledger_at()
    places = _places(ledger, ledger.visible_to(reader), line, member)
    keys = [ledger.ids[place] for place in places[:MOST]]
    found = whole(Contribution.objects.visible_to(reader).filter(pk__in=keys))
    entries = sorted(
        (entry_of(contribution, ledger.day, dict(ledger.holds)) for contribution in found), key=_by_protocol
    )
    scale = _scale(entries, ledger.day)
    rows = [_row(entry, scale, ledger) for entry in entries]
    ticks = scale.ticks()
    return Timeline(rows, len(places), scale, ticks, percent(scale.place(ledger.day)), hidden(ledger, reader))


def _places(ledger: Ledger, seen: Mask, line: str, member: str) -> list[int]:
    """Return where the live rows that fit are, by when they begin."""
    rows = ledger.rows
    fits = seen & rows["is_live"]
    if line:
        fits &= rows["line"] == LINES.index(line)
    if member:
        fits &= ledger.offered_by(member)
    places = fits.nonzero()[0]
    ordered: list[int] = places[np.argsort(rows["first"][places], kind="stable")].tolist()
    return ordered


def _by_protocol(entry: Entry) -> tuple[bool, int, str, date, str]:
    """Return what orders rows: the first of the members, then when it is there."""
    first = entry.members[0]
    terms = entry.terms
    return (not first.is_co_chair, first.order, first.pk, terms.available_from, str(entry.contribution.pk))


def _scale(entries: Iterable[Entry], today: date) -> Scale:
    """Return the days from the first to the last that matter, whole months, with today among them."""
    days = [today, *(day for entry in entries for day in _days(entry))]
    first = month_of(max(min(days), today - BACK))
    last = month_of(min(max(days), today + AHEAD)) + 1
    return Scale(first_day(first), first_day(max(last, first + 6)))


def _days(entry: Entry) -> Iterator[date]:
    terms, standing = entry.terms, entry.standing
    yield terms.available_from
    yield from (day for day in (terms.available_to, terms.due_on, standing.expires_on) if day)


def _row(entry: Entry, scale: Scale, ledger: Ledger) -> Row:
    approvals = approvals_of(entry, list(entry.contribution.facts.all()), ledger.day)
    ready = ready_on(entry.standing.terms, ledger.holds)
    pieces = list(_pieces(entry, ready, scale))
    return Row(entry, ready, pieces, list(_marks(entry, approvals, scale, ledger.day)), approvals)


def _pieces(entry: Entry, ready: date, scale: Scale) -> Iterator[Piece]:
    """Yield the notice to move before it is there, then the time that it is there, in tours if it has them."""
    terms = entry.terms
    last = terms.available_to + timedelta(days=1) if terms.available_to else scale.last
    if terms.readiness:
        yield _piece("notice", ready - timedelta(days=terms.readiness), ready, scale)
    begin = ready
    while begin < last and begin < scale.last:
        end = min(_months_after(begin, terms.tour), last) if terms.tour else last
        yield _piece("there", begin, end, scale)
        begin = min(_months_after(end, terms.rest or 0), last)
        if terms.tour and terms.rest and end < begin:
            yield _piece("rest", end, begin, scale)


def _piece(kind: str, begin: date, end: date, scale: Scale) -> Piece:
    left, right = scale.place(begin), scale.place(end)
    return Piece(kind, percent(left), percent(max(right - left, 0.4)))


def _months_after(day: date, months: int) -> date:
    """Return the same day so many months later, the first of the next month where there is none."""
    month = month_of(day) + months
    try:
        return first_day(month).replace(day=day.day)
    except ValueError:
        return first_day(month + 1)


def _marks(entry: Entry, approvals: Sequence[ApprovalLine], scale: Scale, today: date) -> Iterator[Mark]:
    """Yield the days that count, as far as the picture reaches."""
    found: list[tuple[str, date | None, Approval | None]] = [
        ("approved" if line.is_given else "refused", line.fact.day if line.fact else None, line.approval)
        for line in approvals
    ]
    terms, standing = entry.terms, entry.standing
    late = standing.owes_delivery and terms.due_on is not None and terms.due_on < today
    found += [("late" if late else "due", terms.due_on, None), ("expires", standing.expires_on, None)]
    for kind, day, approval in found:
        if day and scale.first <= day <= scale.last:
            yield Mark(kind, percent(scale.place(day)), day, approval)
