"""What was promised against what was delivered, by capability and by member, as far as the reader may read it.

A contribution of several members is counted once in totals and in equal parts by member. What is left to deliver is
overdue, or else committed, or else only announced: the three and what is delivered are the bars of the page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from concertation.coalition.models import Delegate, Member
from concertation.commitments.enums import Domain, Line
from concertation.commitments.ledger import LINES, STAGE_BITS, Ledger, Mask, Numbers, Rows, ledger_at
from concertation.commitments.models import Capability
from concertation.commitments.parts import in_full
from concertation.commitments.queries.looking import Filter, hidden, mask
from concertation.commitments.queries.rates import Rates, rates_at
from concertation.commitments.queries.sums import Figures, counted, decimal, key_count, keys_of, shared, summed

QUANTITIES = ("announced", "committed", "delivered", "overdue", "coming", "offered")
COUNTS = ("contributions", "undisclosed", "unconverted")


@dataclass(frozen=True, slots=True)
class Tally:
    """What was promised and delivered of something; quantities at least, by the lower figure of a range."""

    announced: Decimal
    committed: Decimal
    delivered: Decimal
    overdue: Decimal  # due, and not known to be delivered
    coming: Decimal  # committed, not delivered yet, not overdue
    offered: Decimal  # only announced, not delivered yet, not overdue
    contributions: int
    undisclosed: int  # contributions and deliveries whose quantity is not known
    unconverted: int  # contributions in a currency without a rate

    @property
    def is_partial(self) -> bool:
        """Whether there is more than the figures say."""
        return bool(self.undisclosed or self.unconverted)


@dataclass(frozen=True, slots=True)
class CapabilityTally:
    """The tally of one capability on one line."""

    capability: Capability
    line: Line
    tally: Tally


@dataclass(frozen=True, slots=True)
class MemberTally:
    """The part of one member."""

    member: Member
    tally: Tally


@dataclass(frozen=True, slots=True)
class Delivered:
    """What the page shows, and what its figures rest on."""

    asked: Filter
    capability: Capability | None  # what the members' figures are counted in; None: all money, in the base
    by_capability: list[CapabilityTally]
    by_member: list[MemberTally]
    total: Tally  # of what the members' figures are counted in
    hidden: dict[str, int]
    rates: Rates


def delivered_for(reader: Delegate, asked: Filter, capability: str = "") -> Delivered:
    """Return what was promised and delivered as `reader` may see it, in about five queries."""
    ledger, rates = ledger_at(asked.at), rates_at(asked.day)
    capabilities = {one.pk: one for one in Capability.objects.all()}
    seen = ledger.visible_to(reader) & mask(ledger, asked, capabilities) & counting(ledger)
    places = seen.nonzero()[0]
    figures = measured(ledger, places, rates)
    chosen = capabilities.get(capability)
    meant = [one.pk for one in capabilities.values() if one == chosen or (not chosen and one.is_money)]
    own = np.isin(ledger.rows["capability"][places], [ledger.capabilities.find(code) for code in meant])
    of_members = {name: each[own] for name, each in figures.items()}
    return Delivered(
        asked=asked,
        capability=chosen,
        by_capability=_by_capability(ledger, places, figures, capabilities),
        by_member=by_member(ledger, places[own], of_members),
        total=total_of(of_members),
        hidden=hidden(ledger, reader),
        rates=rates,
    )


def counting(ledger: Ledger) -> Mask:
    """Return which rows count: live ones, and what was delivered before a contribution ended."""
    rows = ledger.rows
    counts: Mask = rows["is_live"] | (rows["delivered"] != 0) | (rows["undisclosed"] != 0)
    return counts


def measured(ledger: Ledger, places: Numbers, rates: Rates) -> dict[str, Figures]:
    """Return every quantity and count of a tally for each of the rows at `places`, money in the base."""
    rows, amounts = ledger.rows.at(places), counted(ledger, rates)
    live, convertible = rows["is_live"], amounts.convertible[places]
    promised = np.where(live & rows["is_known"] & convertible, amounts.low[places], 0)
    delivered = np.where(convertible, amounts.delivered[places], 0)
    rest = np.maximum(promised - delivered, 0)
    late, bound = _late(rows, ledger), (rows["stages"] & STAGE_BITS["committed"]) > 0
    return {
        "announced": promised,
        "committed": np.where(bound, promised, 0),
        "delivered": delivered,
        "overdue": np.where(late, rest, 0),
        "coming": np.where(~late & bound, rest, 0),
        "offered": np.where(~late & ~bound, rest, 0),
        "contributions": live.astype(np.int64),
        "undisclosed": (live & ~rows["is_known"]).astype(np.int64) + rows["undisclosed"],
        "unconverted": (~convertible).astype(np.int64),
    }


def _late(rows: Rows, ledger: Ledger) -> Mask:
    """Return which rows were due before the day of the ledger and are not known to be delivered."""
    late: Mask = rows["is_live"] & (rows["due"] > 0) & (rows["due"] < ledger.day.toordinal()) & ~rows["is_full"]
    return late


def tally_of(sums: Mapping[str, int]) -> Tally:
    """Return the tally of sums, quantities in hundredths."""
    quantity = {name: decimal(sums.get(name, 0)) for name in QUANTITIES}
    count = {name: sums.get(name, 0) for name in COUNTS}
    return Tally(
        quantity["announced"],
        quantity["committed"],
        quantity["delivered"],
        quantity["overdue"],
        quantity["coming"],
        quantity["offered"],
        count["contributions"],
        count["undisclosed"],
        count["unconverted"],
    )


def total_of(figures: Mapping[str, Figures]) -> Tally:
    """Return the tally of all rows together."""
    return tally_of({name: int(each.sum()) for name, each in figures.items()})


def by_member(ledger: Ledger, places: Numbers, figures: dict[str, Figures]) -> list[MemberTally]:
    """Return the part of each member in the rows at `places`, in the order of protocol; none for whom nothing counts.

    A contribution of several members counts as one for each of them.
    """
    each = {name: shared(ledger, places, figures[name]) for name in QUANTITIES}
    each |= {name: shared(ledger, places, figures[name], in_full) for name in COUNTS}
    codes = {code for found in each.values() for code, value in found.items() if value}
    return [
        MemberTally(member, tally_of({name: found.get(member.pk, 0) for name, found in each.items()}))
        for member in Member.objects.filter(pk__in=codes)
    ]


def _by_capability(
    ledger: Ledger, places: Numbers, figures: dict[str, Figures], capabilities: dict[str, Capability]
) -> list[CapabilityTally]:
    """Return the tally of every capability and line of which something was offered."""
    keys, names = keys_of(ledger.rows.at(places)), list(ledger.capabilities.known)
    sums = {name: summed(keys, each, key_count(ledger)) for name, each in figures.items()}
    found = [
        CapabilityTally(
            capabilities[names[key // len(LINES)]],
            Line(LINES[key % len(LINES)]),
            tally_of({name: int(each[key]) for name, each in sums.items()}),
        )
        for key in np.unique(keys).tolist()
    ]
    order: Sequence[str] = list(Domain.values)
    return sorted(found, key=lambda one: (one.line, order.index(one.capability.domain), one.capability.pk))
