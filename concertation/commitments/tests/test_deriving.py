"""How far a contribution has come: rules, corrections, and the same answer by brute force."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from concertation.commitments.deriving import Amount, Fact, Standing, Terms, Told, standing_at, terms_at

DAY = date(2025, 7, 1)
FROM = date(2025, 9, 1)
TWO = Amount(Decimal(2), Decimal(2))


def day(number: int) -> date:
    """Return the day `number` days after the first."""
    return DAY + timedelta(days=number)


def terms(**other: object) -> Terms:
    return Terms(**{"number": 1, "valid_from": DAY, "amount": TWO, "available_from": FROM, **other})  # type: ignore[arg-type]


def told(*facts: Fact, offered: Terms | None = None, parties: Sequence[str] = ("DE",)) -> Told:
    return Told(frozenset(parties), [offered or terms()], facts)


ANNOUNCED = Fact(1, "announced", DAY, member="DE")


def state(what: Told, on: date = DAY, holds: dict[str, date] | None = None) -> Standing:
    return standing_at(what, on, holds or {})


def test_announced_without_approvals_is_approved() -> None:
    assert state(told(ANNOUNCED)).state == "approved"
    assert state(told(ANNOUNCED, offered=terms(approvals=frozenset({"parliament"})))).state == "announced"
    assert state(told(ANNOUNCED), day(-1)).state == "proposed"


def test_approval_that_was_refused_later_is_missing() -> None:
    offered = terms(approvals=frozenset({"parliament", "government"}))
    facts = [ANNOUNCED, Fact(2, "approved", day(1), approval="parliament")]
    assert state(told(*facts, offered=offered), day(1)).missing_approvals == {"government"}
    facts += [Fact(3, "approved", day(2), approval="government"), Fact(4, "refused", day(3), approval="parliament")]
    assert state(told(*facts, offered=offered), day(2)).state == "approved"
    assert state(told(*facts, offered=offered), day(3)).missing_approvals == {"parliament"}


def test_available_once_committed_and_its_time_has_come() -> None:
    facts = (ANNOUNCED, Fact(2, "committed", day(1)))
    offered = terms(available_to=date(2025, 10, 31))
    days = (date(2025, 8, 31), FROM, date(2025, 10, 31), date(2025, 11, 1))
    states = [state(told(*facts, offered=offered), on).state for on in days]
    assert states == ["committed", "available", "available", "committed"]


def test_condition_makes_it_wait_and_notice_counts_from_its_day() -> None:
    facts, offered = (ANNOUNCED, Fact(2, "committed", day(1))), terms(conditions=frozenset({"c"}), readiness=30)
    waiting = state(told(*facts, offered=offered), FROM)
    assert waiting.state == "committed"
    assert waiting.waiting_for == {"c"}
    holds = {"c": date(2025, 9, 10)}
    assert state(told(*facts, offered=offered), date(2025, 10, 9), holds).state == "committed"
    assert state(told(*facts, offered=offered), date(2025, 10, 10), holds).state == "available"


def test_stages_run_ahead_and_say_so() -> None:
    offered = terms(approvals=frozenset({"parliament"}))
    standing = state(told(ANNOUNCED, Fact(2, "delivered", DAY, quantity=Decimal(1)), offered=offered))
    assert standing.state == "delivered"
    assert standing.ahead == (("delivered", "committed"),)
    committed = state(told(ANNOUNCED, Fact(2, "committed", DAY), offered=offered))
    assert committed.ahead == (("committed", "approved"),)


def test_undisclosed_delivery_counts_as_no_figure() -> None:
    deliveries = (Fact(2, "delivered", DAY, quantity=None), Fact(3, "delivered", DAY, quantity=Decimal("1.5")))
    standing = state(told(ANNOUNCED, *deliveries))
    assert (standing.delivered, standing.undisclosed_deliveries) == (Decimal("1.5"), 1)
    assert not standing.is_delivered_in_full


def test_delivered_in_full_only_against_a_known_quantity() -> None:
    delivery = Fact(2, "delivered", DAY, quantity=Decimal(2))
    assert state(told(ANNOUNCED, delivery)).is_delivered_in_full
    unknown = terms(amount=Amount(None, None))
    assert not state(told(ANNOUNCED, delivery, offered=unknown)).is_delivered_in_full


def test_joint_pledge_is_proposed_until_all_have_joined() -> None:
    assert state(told(ANNOUNCED, parties=("DE", "IT"))).state == "proposed"
    assert state(told(ANNOUNCED, parties=("DE", "IT"))).missing_parties == {"IT"}
    joined = (ANNOUNCED, Fact(2, "joined", day(3), member="IT"))
    assert state(told(*joined, parties=("DE", "IT")), day(2)).state == "proposed"
    assert state(told(*joined, parties=("DE", "IT")), day(3)).state == "approved"


def test_pledge_expires_unless_renewed() -> None:
    offered = terms(expires_on=day(10))
    assert state(told(ANNOUNCED, offered=offered), day(10)).state == "approved"
    assert state(told(ANNOUNCED, offered=offered), day(11)).state == "expired"
    renewed = (ANNOUNCED, Fact(2, "renewed", day(9), until=day(20)))
    assert state(told(*renewed, offered=offered), day(20)).state == "approved"
    assert state(told(*renewed, offered=offered), day(21)).state == "expired"
    late = (ANNOUNCED, Fact(2, "renewed", day(12), until=day(20)))
    assert state(told(*late, offered=offered), day(11)).state == "expired"


def test_withdrawn_until_that_is_taken_back() -> None:
    withdrawn = Fact(2, "withdrawn", day(1))
    assert state(told(ANNOUNCED, withdrawn), day(1)).state == "withdrawn"
    void = Fact(3, "void", day(2), corrects=2)
    assert state(told(ANNOUNCED, withdrawn, void), day(1)).state == "approved"


def test_terms_are_those_begun_last() -> None:
    first, second = terms(), terms(number=2, valid_from=day(5))
    what = Told(frozenset({"DE"}), [first, second], [ANNOUNCED])
    assert [terms_at(what, day(n)).number for n in (-1, 0, 4, 5)] == [1, 1, 1, 2]
    same_day = terms(number=3, valid_from=day(5))
    assert terms_at(Told(frozenset({"DE"}), [same_day, second], []), day(5)).number == 3


KINDS = ["joined", "approved", "refused", "committed", "delivered", "renewed", "withdrawn", "void"]


@st.composite
def histories(draw: st.DrawFn) -> list[Fact]:
    facts = [ANNOUNCED]
    for number in range(2, draw(st.integers(2, 7))):
        kind = draw(st.sampled_from(KINDS))
        open_ones = sorted({fact.number for fact in facts[1:]} - {fact.corrects for fact in facts})
        corrects = draw(st.sampled_from(open_ones)) if kind == "void" and open_ones else None
        if kind == "void" and corrects is None:
            continue
        facts.append(
            Fact(
                number,
                kind,
                day(draw(st.integers(0, 6))),
                member=draw(st.sampled_from(["DE", "IT"])),
                approval=draw(st.sampled_from(["parliament", "government"])),
                quantity=draw(st.sampled_from([None, Decimal(1), Decimal("0.5")])),
                until=day(draw(st.integers(3, 9))) if kind == "renewed" else None,
                corrects=corrects,
            )
        )
    return facts


OFFERED = terms(approvals=frozenset({"parliament"}), expires_on=day(4), available_from=day(2))


class Walk:
    """A reading that knows nothing of sorting: day by day, entry by entry."""

    def __init__(self) -> None:
        self.joined: set[str | None] = set()
        self.said: set[str] = set()
        self.approved = False
        self.until = day(4)
        self.deliveries: list[Decimal | None] = []

    def meet(self, fact: Fact) -> None:
        self.said.add(fact.kind)
        if fact.kind in {"announced", "joined"}:
            self.joined.add(fact.member)
        elif fact.kind in {"approved", "refused"} and fact.approval == "parliament":
            self.approved = fact.kind == "approved"
        elif fact.kind == "renewed":
            self.until = max(self.until, fact.until or self.until)
        elif fact.kind == "delivered":
            self.deliveries.append(fact.quantity)

    def state(self, on: date) -> str:
        if "withdrawn" in self.said:
            return "withdrawn"
        if self.joined != {"DE", "IT"}:
            return "proposed"
        if self.deliveries:
            return "delivered"
        if on > self.until:
            return "expired"
        if "committed" in self.said:
            return "available" if self.approved and on >= day(2) else "committed"
        return "approved" if self.approved else "announced"


@given(histories(), st.integers(0, 8))
def test_standing_equals_a_walk_through_the_days(facts: list[Fact], on: int) -> None:
    taken_back, walk = {fact.corrects for fact in facts}, Walk()
    for number in range(on + 1):
        for fact in facts:
            if fact.day == day(number) and fact.number not in taken_back:
                walk.meet(fact)
    standing = state(told(*facts, offered=OFFERED, parties=("DE", "IT")), day(on))
    assert standing.state == walk.state(day(on))
    assert standing.delivered == sum(quantity for quantity in walk.deliveries if quantity is not None)
    assert standing.undisclosed_deliveries == walk.deliveries.count(None)


@given(histories(), st.integers(0, 8))
def test_standing_does_not_depend_on_the_order_of_rows(facts: list[Fact], on: int) -> None:
    found = {str(state(told(*order, offered=OFFERED), day(on))) for order in list(permutations(facts))[:24]}
    assert len(found) == 1
