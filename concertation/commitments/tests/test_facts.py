"""What happens to a contribution: who may enter it, once or again, corrected, and what it makes of its standing."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from concertation.coalition.enums import Audience, Capacity
from concertation.coalition.models import Delegate
from concertation.commitments.deriving import Standing, standing_at
from concertation.commitments.domain.facts import (
    Happening,
    commit_contribution,
    correct_fact,
    join_contribution,
    lift_caveat,
    record_approval,
    record_delivery,
    renew_contribution,
    report_available,
    state_caveat,
    withdraw_contribution,
)
from concertation.commitments.enums import Approval, CaveatKind, FactKind
from concertation.commitments.errors import (
    AlreadyCorrected,
    AlreadySaid,
    BadCaveat,
    BadExpiry,
    BrokenUnit,
    Ended,
    NoSuchCaveat,
    NoSuchContribution,
    NoSuchFact,
    NotAParty,
    NotNeeded,
    SourceMissing,
)
from concertation.commitments.events import Act
from concertation.commitments.models import Caveat, Contribution, Fact
from concertation.commitments.tests.factories import DAY, HAPPENED, make_contribution, said_last
from concertation.core.errors import BadDay, BadLink, NotAllowed
from concertation.record.models import Entry, Restricted
from tests.helpers.people import make_coalition, make_delegate, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db
Do = Callable[[Delegate], object]


@pytest.fixture(autouse=True)
def _scene() -> None:
    make_coalition()


@pytest.fixture
def germany() -> Delegate:
    return make_delegate("DE")


@pytest.fixture
def contribution(germany: Delegate) -> Contribution:
    return make_contribution(germany, approvals=[Approval.PARLIAMENT], expires_on=date(2026, 1, 31))


def standing(contribution: Contribution, day: date = DAY) -> Standing:
    return standing_at(contribution.told(), day, {})


def acts(contribution: Contribution) -> dict[str, tuple[Act, Do]]:
    """Return every act on a contribution of one member, with the kind of fact it leaves."""
    key: dict[str, Any] = {"contribution_id": contribution.pk, "happening": HAPPENED}
    approval = Approval.PARLIAMENT
    return {
        "approved": (Act.APPROVED, lambda by: record_approval(by=by, approval=approval, **key)),
        "refused": (Act.REFUSED, lambda by: record_approval(by=by, approval=approval, granted=False, **key)),
        "committed": (Act.COMMITTED, lambda by: commit_contribution(by=by, **key)),
        "available": (Act.AVAILABLE, lambda by: report_available(by=by, **key)),
        "delivered": (Act.DELIVERED, lambda by: record_delivery(by=by, quantity=Decimal(1), **key)),
        "renewed": (Act.RENEWED, lambda by: renew_contribution(by=by, until=date(2026, 7, 31), **key)),
        "withdrawn": (Act.WITHDRAWN, lambda by: withdraw_contribution(by=by, **key)),
    }


KINDS = ["approved", "refused", "committed", "available", "delivered", "renewed", "withdrawn"]
BINDING = {"committed", "renewed", "withdrawn"}


@pytest.mark.parametrize("kind", KINDS)
def test_act_leaves_a_fact_and_an_entry(contribution: Contribution, germany: Delegate, kind: str) -> None:
    act, do = acts(contribution)[kind]
    with assert_write(act, "commitments", f"contribution:{contribution.pk}"):
        do(germany)
    fact = contribution.facts.last()
    assert fact is not None
    assert (fact.kind, fact.number, fact.day, fact.by, fact.member_id) == (kind, 2, DAY, germany, "DE")
    assert said_last()["own_word"] is True


@pytest.mark.parametrize("kind", KINDS)
def test_only_a_head_of_the_member_binds_it(contribution: Contribution, kind: str) -> None:
    do = acts(contribution)[kind][1]
    assert_refused(NotAParty, lambda: do(make_delegate("IT")))
    assert_refused(NotAllowed, lambda: do(make_delegate("DE", Capacity.INTERPRETER)))
    delegate, clerk = make_delegate("DE", Capacity.DELEGATE), make_secretary()
    if kind in BINDING:
        assert_refused(NotAllowed, lambda: do(delegate))
        assert_refused(NotAllowed, lambda: do(clerk))
    else:
        do(delegate)
        assert contribution.facts.count() == 2


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_happens_to_what_was_withdrawn(contribution: Contribution, germany: Delegate, kind: str) -> None:
    withdraw_contribution(by=germany, contribution_id=contribution.pk, happening=HAPPENED)
    assert_refused(Ended, lambda: acts(contribution)[kind][1](germany))


@pytest.mark.parametrize("kind", ["committed", "available"])
def test_what_happens_once_is_entered_once(contribution: Contribution, germany: Delegate, kind: str) -> None:
    do = acts(contribution)[kind][1]
    do(germany)
    assert_refused(AlreadySaid, lambda: do(germany))


def test_secretariat_reports_for_a_member_with_evidence(contribution: Contribution) -> None:
    clerk, bare = make_secretary(), Happening(DAY)
    assert_refused(
        SourceMissing,
        lambda: record_delivery(by=clerk, contribution_id=contribution.pk, quantity=None, happening=bare),
    )
    fact = record_delivery(by=clerk, contribution_id=contribution.pk, quantity=None, happening=HAPPENED)
    assert (fact.member_id, fact.by) == (None, clerk)


def test_bad_happenings_are_refused(contribution: Contribution, germany: Delegate) -> None:
    for bad, error in (
        (Happening(date(2099, 1, 1)), BadDay),
        (Happening(date(1999, 1, 1)), BadDay),
        (Happening(DAY, link="javascript:alert(1)"), BadLink),
    ):
        assert_refused(
            error,
            partial(commit_contribution, by=germany, contribution_id=contribution.pk, happening=bad),
        )


def test_only_approvals_that_are_needed(contribution: Contribution, germany: Delegate) -> None:
    assert_refused(
        NotNeeded,
        lambda: record_approval(
            by=germany, contribution_id=contribution.pk, approval=Approval.MANDATE, happening=HAPPENED
        ),
    )


def test_units_are_delivered_whole(contribution: Contribution, germany: Delegate) -> None:
    half = Decimal("0.5")
    assert_refused(
        BrokenUnit,
        lambda: record_delivery(by=germany, contribution_id=contribution.pk, quantity=half, happening=HAPPENED),
    )


def test_renewal_reaches_further(contribution: Contribution, germany: Delegate) -> None:
    for until in (date(2026, 1, 31), date(2025, 12, 1)):
        assert_refused(
            BadExpiry,
            partial(renew_contribution, by=germany, contribution_id=contribution.pk, until=until, happening=HAPPENED),
        )
    renew_contribution(by=germany, contribution_id=contribution.pk, until=date(2026, 6, 30), happening=HAPPENED)
    assert standing(contribution, date(2026, 6, 30)).state == "announced"
    assert standing(contribution, date(2026, 7, 1)).state == "expired"


def test_joining_is_for_those_who_were_named(germany: Delegate) -> None:
    joint = make_contribution(germany, members=["DE", "IT"])
    italy = make_delegate("IT")
    assert standing(joint).state == "proposed"
    assert_refused(AlreadySaid, lambda: join_contribution(by=germany, contribution_id=joint.pk, happening=HAPPENED))
    france = make_delegate("FR")
    assert_refused(NotAParty, lambda: join_contribution(by=france, contribution_id=joint.pk, happening=HAPPENED))
    with assert_write(Act.JOINED, "commitments", f"contribution:{joint.pk}"):
        join_contribution(by=italy, contribution_id=joint.pk, happening=HAPPENED)
    assert standing(joint).state == "approved"


def test_correction_takes_the_place_and_the_old_stays(contribution: Contribution, germany: Delegate) -> None:
    wrong = record_delivery(by=germany, contribution_id=contribution.pk, quantity=Decimal(2), happening=HAPPENED)
    with assert_write(Act.CORRECTED, "commitments", f"contribution:{contribution.pk}"):
        correct_fact(by=germany, fact_id=wrong.pk, happening=HAPPENED, quantity=Decimal(1))
    assert Fact.objects.filter(pk=wrong.pk).exists()
    assert standing(contribution).delivered == Decimal(1)
    assert_refused(AlreadyCorrected, lambda: correct_fact(by=germany, fact_id=wrong.pk, happening=HAPPENED))
    right = Fact.objects.get(corrects=wrong)
    correct_fact(by=germany, fact_id=right.pk, happening=HAPPENED, void=True)
    assert standing(contribution).delivered == 0
    assert_refused(NoSuchFact, lambda: correct_fact(by=germany, fact_id=uuid4(), happening=HAPPENED))


def test_delegate_corrects_no_word_of_its_head(contribution: Contribution, germany: Delegate) -> None:
    fact = commit_contribution(by=germany, contribution_id=contribution.pk, happening=HAPPENED)
    delegate = make_delegate("DE", Capacity.DELEGATE)
    assert_refused(NotAllowed, lambda: correct_fact(by=delegate, fact_id=fact.pk, happening=HAPPENED, void=True))
    assert_refused(
        NotAParty, lambda: correct_fact(by=make_delegate("IT"), fact_id=fact.pk, happening=HAPPENED, void=True)
    )


def test_caveat_tells_its_class_and_keeps_its_wording(contribution: Contribution, germany: Delegate) -> None:
    secret = "Not east of the river."
    with assert_write(Act.CAVEAT_STATED, "commitments", f"contribution:{contribution.pk}"):
        caveat = state_caveat(
            by=germany,
            contribution_id=contribution.pk,
            kind=CaveatKind.GEOGRAPHIC,
            areas=["Odesa", " Odesa ", "Kherson", ""],
            wording=secret,
            audience=Audience.CHAIR,
        )
    assert caveat.areas == ["Kherson", "Odesa"]
    entry = Entry.objects.latest("pk")
    assert said_last()["areas"] == ["Kherson", "Odesa"]
    assert secret not in entry.leaf
    assert secret in Restricted.objects.get(entry=entry).content
    readers = {code: make_delegate(code, Capacity.DELEGATE) for code in ("DE", "FR", "IT", "UA")}
    assert {code for code, who in readers.items() if Caveat.objects.visible_to(who).exists()} == {"DE", "FR"}


def test_caveat_excludes_or_says_something(contribution: Contribution, germany: Delegate) -> None:
    key, kind = contribution.pk, CaveatKind.TASK
    assert_refused(BadCaveat, lambda: state_caveat(by=germany, contribution_id=key, kind=kind, tasks=[" "]))
    italy = make_delegate("IT")
    assert_refused(NotAParty, lambda: state_caveat(by=italy, contribution_id=key, kind=kind, tasks=["patrol"]))


def test_caveat_is_lifted_once_by_the_head(contribution: Contribution, germany: Delegate) -> None:
    key = contribution.pk
    state_caveat(by=germany, contribution_id=key, kind=CaveatKind.TASK, tasks=["patrol"])
    delegate = make_delegate("DE", Capacity.DELEGATE)
    assert_refused(NotAllowed, lambda: lift_caveat(by=delegate, contribution_id=key, number=1, happening=HAPPENED))
    assert_refused(NoSuchCaveat, lambda: lift_caveat(by=germany, contribution_id=key, number=2, happening=HAPPENED))
    fact = lift_caveat(by=germany, contribution_id=key, number=1, happening=HAPPENED)
    assert fact.kind == FactKind.LIFTED
    assert standing(contribution).lifted == {fact.caveat_id}
    assert_refused(AlreadySaid, lambda: lift_caveat(by=germany, contribution_id=key, number=1, happening=HAPPENED))


def test_acts_on_what_one_may_not_read_find_nothing(germany: Delegate) -> None:
    secret = make_contribution(germany, audience=Audience.CHAIR)
    ukraine = make_delegate("UA")
    for key in (secret.pk, uuid4()):
        assert_refused(
            NoSuchContribution,
            partial(commit_contribution, by=ukraine, contribution_id=key, happening=HAPPENED),
        )
    fact = secret.facts.get()
    assert_refused(NoSuchContribution, lambda: correct_fact(by=ukraine, fact_id=fact.pk, happening=HAPPENED))
