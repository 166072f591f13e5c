"""Announcing and revising: what is kept, who may, what is refused, and what a reader must not learn."""

from datetime import date
from decimal import Decimal
from functools import partial
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from concertation.coalition.enums import Audience, Capacity, Status
from concertation.coalition.errors import UnknownReaders
from concertation.coalition.models import Delegate
from concertation.commitments.deriving import Amount
from concertation.commitments.domain.contributions import (
    Announcement,
    announce_contribution,
    exactly,
    revise_terms,
)
from concertation.commitments.domain.facts import withdraw_contribution
from concertation.commitments.enums import Approval, FactKind
from concertation.commitments.errors import (
    BadCurrency,
    BadNotice,
    BadQuantity,
    BadSpan,
    BrokenUnit,
    Ended,
    InfeasibleEarmark,
    NoSuchCapability,
    NoSuchContribution,
    NoSuchRequirement,
    NotAParty,
    ReversedDates,
    ReversedRange,
    SourceMissing,
    TitleMissing,
    UnknownCondition,
    UnknownMember,
)
from concertation.commitments.events import Act
from concertation.commitments.models import Contribution, Fact, Party, Terms
from concertation.commitments.tests.factories import (
    DAY,
    HAPPENED,
    make_catalogue,
    make_contribution,
    make_requirement,
    offer,
    said_last,
)
from concertation.core.errors import BadDay, BadLink, NotAllowed, NothingChanged, TooLong
from concertation.record.models import Entry, Restricted
from concertation.situation.domain.conditions import retire_condition
from concertation.situation.tests.factories import make_condition
from tests.helpers.people import make_coalition, make_delegate, make_member, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _scene() -> None:
    make_coalition()
    make_catalogue()


@pytest.fixture
def germany() -> Delegate:
    return make_delegate("DE")


def announcement(*members: str, **other: object) -> Announcement:
    return Announcement(DAY, members or ("DE",), **other)  # type: ignore[arg-type]


def test_announcing_keeps_terms_party_and_fact(germany: Delegate) -> None:
    condition = make_condition()
    terms = offer(
        quantity=2,
        conditions=[condition.pk],
        approvals=[Approval.PARLIAMENT, Approval.GOVERNMENT],
        available_to=date(2026, 8, 31),
        readiness=30,
    )
    made = announce_contribution(by=germany, offer=terms, announcement=announcement())
    kept = made.current
    assert (kept.low, kept.high, kept.approvals) == (Decimal(2), Decimal(2), ["government", "parliament"])
    assert list(kept.conditions.all()) == [condition]
    assert made.codes == ["DE"]
    fact = made.facts.get()
    assert (fact.kind, fact.day, fact.member_id, fact.by) == (FactKind.ANNOUNCED, DAY, "DE", germany)
    assert list(Entry.objects.values_list("action", flat=True))[-1] == Act.ANNOUNCED
    assert made.changed == 0 < Contribution.objects.get().changed == Entry.objects.latest("pk").pk


def test_announcing_tells_the_pages_on_commit(germany: Delegate) -> None:
    contribution = make_contribution(germany)
    with assert_write(Act.TERMS_REVISED, "commitments", f"contribution:{contribution.pk}"):
        revise_terms(by=germany, contribution_id=contribution.pk, offer=offer(quantity=3))


def test_delegate_announces_and_observers_do_not(germany: Delegate) -> None:
    announce_contribution(by=make_delegate("IT", Capacity.DELEGATE), offer=offer(), announcement=announcement("IT"))
    make_member("PL", status=Status.OBSERVER)
    for capacity in (Capacity.OBSERVER, Capacity.INTERPRETER):
        who = make_delegate("DE", capacity)
        assert_refused(NotAllowed, partial(announce_contribution, by=who, offer=offer(), announcement=announcement()))
    polish = make_delegate("PL")
    assert_refused(NotAllowed, lambda: announce_contribution(by=polish, offer=offer(), announcement=announcement("PL")))


def test_member_announces_only_for_itself(germany: Delegate) -> None:
    assert_refused(NotAParty, lambda: announce_contribution(by=germany, offer=offer(), announcement=announcement("IT")))


def test_joint_pledge_binds_only_who_speaks(germany: Delegate) -> None:
    joint = announce_contribution(by=germany, offer=offer(), announcement=announcement("IT", "DE"))
    assert joint.codes == ["IT", "DE"]
    assert [fact.member_id for fact in joint.facts.all()] == ["DE"]
    loaded = make_contribution(None, members=["IT", "DE"])
    assert [(fact.kind, fact.member_id) for fact in loaded.facts.all()] == [("announced", "IT"), ("joined", "DE")]


def test_secretariat_announces_for_a_member_with_evidence_only() -> None:
    clerk = make_secretary()
    assert_refused(SourceMissing, lambda: announce_contribution(by=clerk, offer=offer(), announcement=announcement()))
    said = announcement(evidence="Speech of 1 July.")
    made = announce_contribution(by=clerk, offer=offer(), announcement=said)
    assert (made.facts.get().member_id, made.facts.get().by) == ("DE", clerk)
    assert said_last()["own_word"] is False


@pytest.mark.parametrize("members", [(), ("DE", "DE"), ("DE", "XX"), ("DE", "PL")])
def test_members_must_be_of_the_coalition(germany: Delegate, members: tuple[str, ...]) -> None:
    make_member("PL", status=Status.OBSERVER)
    said = Announcement(DAY, members)
    assert_refused(UnknownMember, lambda: announce_contribution(by=germany, offer=offer(), announcement=said))


BAD: list[tuple[dict[str, object], type[Exception]]] = [
    ({"title": " "}, TitleMissing),
    ({"title": "x" * 161}, TooLong),
    ({"details": "x" * 4_001}, TooLong),
    ({"amount": exactly(0)}, BadQuantity),
    ({"amount": exactly(-1)}, BadQuantity),
    ({"amount": exactly(Decimal("NaN"))}, BadQuantity),
    ({"amount": exactly(Decimal(10) ** 13)}, BadQuantity),
    ({"amount": exactly(Decimal("1.5"))}, BrokenUnit),
    ({"amount": Amount(Decimal(3), Decimal(2))}, ReversedRange),
    ({"currency": "EUR"}, BadCurrency),
    ({"available_to": date(2025, 8, 31)}, ReversedDates),
    ({"available_from": date(1999, 12, 31)}, BadSpan),
    ({"available_to": date(2101, 1, 1)}, BadSpan),
    ({"due_on": date(1999, 1, 1)}, BadSpan),
    ({"readiness": -1}, BadNotice),
    ({"readiness": 3_651}, BadNotice),
    ({"tour": 601}, BadNotice),
    ({"conditions": [uuid4()]}, UnknownCondition),
    ({"earmark": uuid4()}, NoSuchRequirement),
    ({"link": "javascript:alert(1)"}, BadLink),
]


@pytest.mark.parametrize(("fault", "error"), BAD)
def test_bad_terms_are_refused_whole(germany: Delegate, fault: dict[str, object], error: type[Exception]) -> None:
    bad = offer(**fault)  # type: ignore[arg-type]
    assert_refused(error, lambda: announce_contribution(by=germany, offer=bad, announcement=announcement()))
    assert not Contribution.objects.exists()
    assert not Party.objects.exists()


@pytest.mark.parametrize("currency", ["", "EURO", "XXZ", "eur"])
def test_money_has_a_known_currency(germany: Delegate, currency: str) -> None:
    bad = offer("financial-aid", "10.50", currency=currency)
    assert_refused(BadCurrency, lambda: announce_contribution(by=germany, offer=bad, announcement=announcement()))


def test_unknown_capability_and_retired_condition(germany: Delegate) -> None:
    condition = make_condition()
    retire_condition(by=None, condition_id=condition.pk)
    for bad, error in (
        (offer("submarines"), NoSuchCapability),
        (offer(conditions=[condition.pk]), UnknownCondition),
    ):
        assert_refused(error, partial(announce_contribution, by=germany, offer=bad, announcement=announcement()))


def test_earmark_must_be_able_to_serve(germany: Delegate) -> None:
    fitting, other = make_requirement(), make_requirement("artillery", 1)
    for bad in (
        offer(earmark=other.pk),
        offer(earmark=fitting.pk, available_from=date(2026, 3, 1)),
        offer(earmark=fitting.pk, available_from=date(2025, 7, 1), available_to=date(2025, 8, 31)),
    ):
        assert_refused(
            InfeasibleEarmark,
            partial(announce_contribution, by=germany, offer=bad, announcement=announcement()),
        )
    assert (
        announce_contribution(by=germany, offer=offer(earmark=fitting.pk), announcement=announcement()).current.earmark
        == fitting
    )


def test_future_announcement_is_refused(germany: Delegate) -> None:
    ahead = Announcement(date(2099, 1, 1), ["DE"])
    assert_refused(BadDay, lambda: announce_contribution(by=germany, offer=offer(), announcement=ahead))


def test_undisclosed_is_no_figure(germany: Delegate) -> None:
    terms = make_contribution(germany, quantity=None).current
    assert (terms.low, terms.high) == (None, None)


def test_restricted_contribution_is_sealed_and_unseen(germany: Delegate) -> None:
    secret = "Two batteries, in confidence"
    contribution = make_contribution(germany, title=secret, audience=Audience.MEMBERS, named=["IT"])
    assert contribution.reader_codes == ["DE", "IT"]
    readers = {code: make_delegate(code, Capacity.DELEGATE) for code in ("DE", "IT", "FR", "UA")}
    seen = {code for code, who in readers.items() if Contribution.objects.visible_to(who).exists()}
    assert seen == {"DE", "IT"}
    assert Contribution.objects.visible_to(make_secretary()).exists()
    entry = Entry.objects.latest("pk")
    assert secret not in entry.leaf
    assert secret in Restricted.objects.get(entry=entry).content
    other = Delegate.objects.get(pk=readers["FR"].pk)
    assert_refused(
        NoSuchContribution,
        lambda: revise_terms(by=other, contribution_id=contribution.pk, offer=offer(quantity=3)),
    )


def test_unknown_readers_are_refused(germany: Delegate) -> None:
    for named in ((), ("XX",)):
        said = Announcement(DAY, ["DE"], Audience.MEMBERS, named)
        assert_refused(UnknownReaders, partial(announce_contribution, by=germany, offer=offer(), announcement=said))


def test_revised_terms_stand_beside_the_old(germany: Delegate) -> None:
    contribution = make_contribution(germany)
    revise_terms(by=germany, contribution_id=contribution.pk, offer=offer(quantity=3), valid_from=date(2025, 8, 1))
    rows = [(terms.number, terms.low) for terms in contribution.terms.all()]
    assert rows == [(1, Decimal(2)), (2, Decimal(3))]
    assert_refused(
        NothingChanged, lambda: revise_terms(by=germany, contribution_id=contribution.pk, offer=offer(quantity=3))
    )


def test_revising_is_for_those_who_offer(germany: Delegate) -> None:
    contribution = make_contribution(germany)
    italy, observer = make_delegate("IT"), make_delegate("DE", Capacity.OBSERVER)
    new = offer(quantity=3)
    assert_refused(NotAParty, lambda: revise_terms(by=italy, contribution_id=contribution.pk, offer=new))
    assert_refused(NotAllowed, lambda: revise_terms(by=observer, contribution_id=contribution.pk, offer=new))
    withdraw_contribution(by=germany, contribution_id=contribution.pk, happening=HAPPENED)
    assert_refused(Ended, lambda: revise_terms(by=germany, contribution_id=contribution.pk, offer=new))


def test_rows_refuse_to_be_changed(germany: Delegate) -> None:
    contribution = make_contribution(germany)
    changes = (
        lambda: Terms.objects.update(low=Decimal(9)),
        lambda: Fact.objects.update(day=date(2025, 1, 1)),
        lambda: Party.objects.all().delete(),
        lambda: Contribution.objects.filter(pk=contribution.pk).update(readers=",FR,"),
    )
    for change in changes:
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
