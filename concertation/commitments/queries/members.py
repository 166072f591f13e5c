"""What a member promised, and what it owes by when."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef

from concertation.coalition.models import Delegate, Member
from concertation.commitments.enums import State
from concertation.commitments.ledger import ledger_at
from concertation.commitments.models import Contribution, Party
from concertation.commitments.queries.contributions import Entry, entry_of, whole
from concertation.core import clock

SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Due:
    """Something that a member owes: what (`kind`), by which day, on which contribution."""

    kind: str  # delivery, renewal, approval, joining
    day: date | None
    entry: Entry
    today: date

    @property
    def is_late(self) -> bool:
        """Whether its day has passed."""
        return self.day is not None and self.day < self.today

    @property
    def days_late(self) -> int:
        """How many days ago it was due."""
        return (self.today - self.day).days if self.day else 0


@dataclass(frozen=True, slots=True)
class MemberSheet:
    """All that a member offers, as far as the reader may read it."""

    member: Member
    entries: list[Entry]
    dues: list[Due]
    hidden: int

    @property
    def live(self) -> list[Entry]:
        """What counts as an offer."""
        return [entry for entry in self.entries if entry.standing.is_live]

    @property
    def others(self) -> list[Entry]:
        """What is only proposed, was withdrawn, or expired."""
        return [entry for entry in self.entries if not entry.standing.is_live]


def member_sheet(reader: Delegate, member: Member) -> MemberSheet:
    """Return what `member` offers and owes, for `reader`, in about ten queries."""
    ledger = ledger_at()
    own = Contribution.objects.filter(Exists(Party.objects.filter(contribution=OuterRef("pk"), member=member)))
    visible = list(whole(own.visible_to(reader)))
    entries = [entry_of(contribution, ledger.day, dict(ledger.holds)) for contribution in visible]
    dues = [due for entry in entries for due in dues_of(entry, member.pk, clock.now().date())]
    dues.sort(key=lambda due: (due.day or date.max, due.kind))
    return MemberSheet(member, entries, dues, own.count() - len(visible))


def dues_of(entry: Entry, member: str, today: date) -> list[Due]:
    """Return what is owed on a contribution by `member`: deliveries at any time, renewals within thirty days."""
    standing, terms = entry.standing, entry.terms
    if member in standing.missing_parties and standing.state == State.PROPOSED:
        return [Due("joining", None, entry, today)]
    if not standing.is_live:
        return []
    dues = []
    if standing.owes_delivery:
        dues.append(Due("delivery", terms.due_on, entry, today))
    if standing.expires_on and standing.expires_on - today <= SOON and not standing.is_delivered_in_full:
        dues.append(Due("renewal", standing.expires_on, entry, today))
    if standing.missing_approvals:
        dues.append(Due("approval", None, entry, today))
    return dues
