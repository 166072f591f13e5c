"""What is owed by a day, found in the ledger first, so that asking costs little when nothing is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from concertation.coalition.models import Delegate
from concertation.commitments.enums import Owed, State
from concertation.commitments.ledger import STATES, Ledger, Mask, ledger_at
from concertation.commitments.models import Contribution
from concertation.commitments.queries.contributions import Entry, entry_of, whole
from concertation.commitments.queries.members import SOON, Due, dues_of

WEEK = timedelta(days=7)
MOST = 100


def dues_for(reader: Delegate) -> list[Due]:
    """Return what the member of `reader` owes within a week, or thirty days for a renewal, the first due first."""
    ledger, code = ledger_at(), reader.member_id or ""
    entries = _entries(ledger, ledger.offered_by(code) & _owing(ledger, WEEK), reader)
    dues = [due for entry in entries for due in dues_of(entry, code, ledger.day) if _is_near(due)]
    return sorted(dues, key=lambda due: (due.day or date.max, due.kind, str(due.entry.contribution.pk)))


def overdue_count() -> int:
    """Return how many deliveries of the whole coalition are overdue; for the secretariat, which reads everything."""
    ledger = ledger_at()
    rows = ledger.rows
    return int((_due_by(ledger, ledger.day - timedelta(days=1)) & rows["is_live"]).sum())


def _is_near(due: Due) -> bool:
    return due.kind != Owed.DELIVERY or due.day is None or due.day - due.today <= WEEK


def _due_by(ledger: Ledger, day: date) -> Mask:
    """Return which rows were to be delivered by `day` and are not known to be."""
    rows = ledger.rows
    due: Mask = (rows["due"] > 0) & (rows["due"] <= day.toordinal()) & ~rows["is_full"]
    return due


def _owing(ledger: Ledger, ahead: timedelta) -> Mask:
    """Return the rows on which something may be owed."""
    rows = ledger.rows
    expiring = (rows["expires"] > 0) & (rows["expires"] <= (ledger.day + SOON).toordinal()) & ~rows["is_full"]
    owing: Mask = rows["is_live"] & (_due_by(ledger, ledger.day + ahead) | expiring | rows["lacks_approval"])
    owing |= rows["state"] == STATES.index(State.PROPOSED)
    return owing


def _entries(ledger: Ledger, mask: Mask, reader: Delegate) -> list[Entry]:
    """Return the contributions of some rows, as far as `reader` may read them; without rows in no query."""
    keys = [ledger.ids[place] for place in mask.nonzero()[0][:MOST]]
    if not keys:
        return []
    found = whole(Contribution.objects.visible_to(reader).filter(pk__in=keys))
    return [entry_of(contribution, ledger.day, dict(ledger.holds)) for contribution in found]


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day by which something is owed on a contribution."""

    owed: Owed
    day: date
    entry: Entry


def deadlines_between(first: timedelta, last: timedelta) -> Iterator[Deadline]:
    """Yield what is still owed by a day that is between so far from today."""
    ledger = ledger_at()
    rows, begin = ledger.rows, (ledger.day + first).toordinal()
    end = (ledger.day + last).toordinal()
    near = np.zeros(ledger.count, bool)
    for name in ("due", "expires"):
        near |= (rows[name] >= begin) & (rows[name] <= end) & ~rows["is_full"]
    near |= rows["lacks_approval"]  # by when it is to be there, the ledger knows by the month only
    keys = [ledger.ids[place] for place in (near & rows["is_live"]).nonzero()[0]]
    for at in range(0, len(keys), MOST):
        for contribution in whole(Contribution.objects.filter(pk__in=keys[at : at + MOST])):
            for deadline in deadlines_of(entry_of(contribution, ledger.day, dict(ledger.holds))):
                if ledger.day + first <= deadline.day <= ledger.day + last:
                    yield deadline


def deadlines_of(entry: Entry) -> Sequence[Deadline]:
    """Return by when what is still owed on a contribution."""
    standing, terms = entry.standing, entry.terms
    if not standing.is_live:
        return []
    found = []
    if standing.owes_delivery and terms.due_on:
        found.append(Deadline(Owed.DELIVERY, terms.due_on, entry))
    if standing.expires_on and not standing.is_delivered_in_full:
        found.append(Deadline(Owed.RENEWAL, standing.expires_on, entry))
    if standing.missing_approvals:
        found.append(Deadline(Owed.APPROVAL, terms.available_from, entry))
    return found
