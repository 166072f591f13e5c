"""How far a contribution has come on a day: derived from its terms and dated facts, nothing of it is stored; pure.

A page, a total, a reminder and a test ask the same function. Unknown quantities stay unknown: they are None, never 0.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

VOID = "void"  # a correction that takes back a fact and puts nothing in its place
STAGES = ("announced", "approved", "committed", "available", "delivered")


@dataclass(frozen=True, slots=True)
class Amount:
    """Between `low` and `high`; both None is undisclosed, which no sum counts as 0."""

    low: Decimal | None
    high: Decimal | None

    @property
    def is_known(self) -> bool:
        """Whether there is a figure."""
        return self.low is not None


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened; `number` orders the entries of a contribution, `corrects` is that of an earlier one.

    Of the rest each kind of fact uses what concerns it: the `member` that joins, the `approval` that is given, the
    `quantity` delivered (None: undisclosed), the day `until` which a pledge is renewed, the `caveat` that is lifted.
    """

    number: int
    kind: str
    day: date
    member: str | None = None
    approval: str = ""
    quantity: Decimal | None = None
    until: date | None = None
    caveat: int | None = None
    corrects: int | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """What is offered, in words in force from `valid_from`; `conditions` must hold and `approvals` be given."""

    number: int
    valid_from: date
    amount: Amount
    available_from: date
    available_to: date | None = None
    readiness: int = 0
    due_on: date | None = None
    expires_on: date | None = None
    approvals: frozenset[str] = frozenset()
    conditions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Told:
    """All that is known of one contribution."""

    parties: frozenset[str]
    terms: Sequence[Terms]
    facts: Collection[Fact]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a contribution stands on a day."""

    state: str
    terms: Terms
    stages: frozenset[str] = frozenset()
    delivered: Decimal = Decimal(0)  # the known part
    undisclosed_deliveries: int = 0
    missing_approvals: frozenset[str] = frozenset()
    missing_parties: frozenset[str] = frozenset()
    waiting_for: frozenset[str] = frozenset()  # conditions that do not hold
    expires_on: date | None = None
    lifted: frozenset[int] = frozenset()
    ahead: tuple[tuple[str, str], ...] = field(default=())  # (stage reached, stage that should have come before)

    @property
    def is_live(self) -> bool:
        """Whether it counts as an offer."""
        return self.state not in {"proposed", "withdrawn", "expired"}

    @property
    def is_delivered_in_full(self) -> bool:
        """Whether all that was promised, at the least, has been delivered; False while that is not known."""
        low = self.terms.amount.low
        return low is not None and self.delivered >= low and self.delivered > 0

    @property
    def is_partly_delivered(self) -> bool:
        """Whether more is to come, as far as is known."""
        return not self.is_delivered_in_full

    @property
    def owes_delivery(self) -> bool:
        """Whether a delivery that has a day is still owed, late or not."""
        return self.is_live and self.terms.due_on is not None and not self.is_delivered_in_full


def in_force(told: Told, day: date) -> list[Fact]:
    """Return the facts of days up to `day` that nobody corrected and nobody took back, by day and entry."""
    corrected = {fact.corrects for fact in told.facts}
    left = (fact for fact in told.facts if fact.number not in corrected and fact.kind != VOID and fact.day <= day)
    return sorted(left, key=lambda fact: (fact.day, fact.number))


def terms_at(told: Told, day: date) -> Terms:
    """Return the terms in force on `day`; of two from one day the later number, before the first the first."""
    begun = [terms for terms in told.terms if terms.valid_from <= day]
    return max(begun, key=lambda terms: (terms.valid_from, terms.number)) if begun else told.terms[0]


def standing_at(told: Told, day: date, holds: Mapping[str, date]) -> Standing:
    """Return how the contribution stands on `day`; `holds` has since when each condition that holds then does."""
    terms, facts = terms_at(told, day), in_force(told, day)
    said = {fact.kind for fact in facts}
    missing_parties = _missing_parties(told, facts)
    missing_approvals = frozenset(terms.approvals - _approved(facts))
    waiting = frozenset(name for name in terms.conditions if name not in holds)
    deliveries = [fact.quantity for fact in facts if fact.kind == "delivered"]
    stages = _stages(terms, day, said, holds, bool(missing_approvals), bool(waiting))
    expires = _expires(terms, facts)
    return Standing(
        state=_state(said, stages, missing_parties, expires, day),
        terms=terms,
        stages=stages,
        delivered=sum((quantity for quantity in deliveries if quantity is not None), Decimal(0)),
        undisclosed_deliveries=sum(quantity is None for quantity in deliveries),
        missing_approvals=missing_approvals,
        missing_parties=missing_parties,
        waiting_for=waiting,
        expires_on=expires,
        lifted=frozenset(fact.caveat for fact in facts if fact.kind == "lifted" and fact.caveat is not None),
        ahead=_ahead(stages),
    )


def _missing_parties(told: Told, facts: Sequence[Fact]) -> frozenset[str]:
    """Return the members that have neither announced nor joined yet."""
    return told.parties - {fact.member for fact in facts if fact.kind in {"announced", "joined"} and fact.member}


def _approved(facts: Sequence[Fact]) -> set[str]:
    """Return the approvals that stand: of two words on one approval the later counts."""
    last = {fact.approval: fact.kind for fact in facts if fact.kind in {"approved", "refused"}}
    return {approval for approval, kind in last.items() if kind == "approved"}


def _stages(
    terms: Terms, day: date, said: set[str], holds: Mapping[str, date], unapproved: bool, waiting: bool
) -> frozenset[str]:
    """Return the stages reached, each for itself."""
    stages = said & {"announced", "committed", "available", "delivered"}
    if "announced" in said and not unapproved:
        stages.add("approved")
    is_ready = ready_on(terms, holds) <= day <= (terms.available_to or date.max)
    if "committed" in said and is_ready and not unapproved and not waiting:
        stages.add("available")
    return frozenset(stages)


def ready_on(terms: Terms, holds: Mapping[str, date]) -> date:
    """Return from which day it can be there, once its conditions hold as `holds` says: notice to move counts from the
    day of the last of them."""
    since = [holds[name] for name in terms.conditions if name in holds]
    if not since:
        return terms.available_from
    return max(terms.available_from, max(since) + timedelta(days=terms.readiness))


def _expires(terms: Terms, facts: Sequence[Fact]) -> date | None:
    """Return the last day of the pledge: that of its terms, or of the last renewal."""
    renewed = [fact.until for fact in facts if fact.kind == "renewed" and fact.until]
    return max([*renewed, terms.expires_on]) if renewed and terms.expires_on else terms.expires_on


def _state(said: set[str], stages: frozenset[str], missing: frozenset[str], expires: date | None, day: date) -> str:
    if "withdrawn" in said:
        return "withdrawn"
    if missing or "announced" not in said:
        return "proposed"
    if expires is not None and day > expires and "delivered" not in stages:
        return "expired"
    return next(stage for stage in reversed(STAGES) if stage in stages)


def _ahead(stages: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """Return each stage reached before the one that comes before it: real life does so, and a reader should know."""
    needs = {"committed": ["approved"], "available": ["approved", "committed"], "delivered": ["committed"]}
    pairs = [(stage, before) for stage in STAGES if stage in stages for before in needs.get(stage, [])]
    return tuple((stage, before) for stage, before in pairs if before not in stages)
