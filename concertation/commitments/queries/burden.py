"""What each member carries in money, beside the size of its economy and its population.

The gross domestic products are in US dollars and are counted in euro at the rate of the rate table; without that rate
no share is shown, and the page says so.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from concertation.coalition.enums import MemberKind, Status
from concertation.coalition.models import Delegate, Member
from concertation.commitments.economies import Economy, economies
from concertation.commitments.enums import Stage
from concertation.commitments.ledger import ledger_at
from concertation.commitments.models import Capability
from concertation.commitments.queries.delivered import Tally, by_member, counting, measured, total_of
from concertation.commitments.queries.looking import Filter, hidden, mask
from concertation.commitments.queries.rates import Rates, rates_at

GDP_CURRENCY = "USD"
BOUND = {Status.MEMBER, Status.PARTNER}  # who may offer
MEASURES = (Stage.ANNOUNCED, Stage.COMMITTED, Stage.DELIVERED)


@dataclass(frozen=True, slots=True)
class Share:
    """What one member carries."""

    member: Member
    tally: Tally
    economy: Economy | None
    stage: Stage
    per_euro: Decimal | None  # US dollars

    @property
    def amount(self) -> Decimal:
        """How much it carries at the stage that is asked for, in the base."""
        return {Stage.COMMITTED: self.tally.committed, Stage.DELIVERED: self.tally.delivered}.get(
            self.stage, self.tally.announced
        )

    @property
    def is_unknown(self) -> bool:
        """Whether it carries something, but nothing whose amount is known."""
        return not self.amount and self.tally.is_partial

    @property
    def of_gdp(self) -> Decimal | None:
        """The amount in percent of the gross domestic product, None if that cannot be said."""
        if self.economy is None or not self.economy.gdp or not self.per_euro or self.is_unknown:
            return None
        return 100 * self.amount * self.per_euro / self.economy.gdp

    @property
    def per_head(self) -> Decimal | None:
        """The amount for each inhabitant, None if that cannot be said."""
        return None if self.economy is None or self.is_unknown else self.amount / self.economy.people

    @property
    def lacking(self) -> str:
        """Why a share cannot be said: organisation, unlisted, undisclosed, rate; empty if it can."""
        if self.member.kind != MemberKind.STATE:
            return "organisation"
        if self.economy is None or not self.economy.gdp:
            return "unlisted"
        if self.is_unknown:
            return "undisclosed"
        return "" if self.per_euro else "rate"


@dataclass(frozen=True, slots=True)
class Burden:
    """What the page shows, and what its figures rest on."""

    asked: Filter
    shares: list[Share]
    idle: list[Member]  # who offers no money that the reader may know of
    total: Tally
    hidden: dict[str, int]
    rates: Rates

    @property
    def has_picture(self) -> bool:
        """Whether there is a share to draw."""
        return any(share.of_gdp for share in self.shares)

    @property
    def rate_day(self) -> date | None:
        """The day of the rate at which products are counted in euro."""
        rate = self.rates.known.get(GDP_CURRENCY)
        return rate.day if rate else None


def burden_for(reader: Delegate, asked: Filter) -> Burden:
    """Return what each member carries in money as `reader` may see it, in about six queries."""
    ledger, rates = ledger_at(asked.at), rates_at(asked.day)
    capabilities = {one.pk: one for one in Capability.objects.all()}
    money = [ledger.capabilities.find(code) for code, one in capabilities.items() if one.is_money]
    seen = ledger.visible_to(reader) & mask(ledger, asked, capabilities) & counting(ledger)
    places = (seen & np.isin(ledger.rows["capability"], money)).nonzero()[0]
    figures = measured(ledger, places, rates)
    tallies = {one.member.pk: one.tally for one in by_member(ledger, places, figures)}
    known, per_euro = economies(), rates.per_euro(GDP_CURRENCY)
    members = list(Member.objects.all())
    shares = [
        Share(member, tallies[member.pk], known.get(member.pk), asked.stage, per_euro)
        for member in members
        if member.pk in tallies
    ]
    shares.sort(key=lambda share: (-1 if share.of_gdp is None else share.of_gdp, share.amount), reverse=True)
    idle = [member for member in members if member.pk not in tallies and member.status in BOUND]
    return Burden(asked, shares, idle, total_of(figures), hidden(ledger, reader), rates)
