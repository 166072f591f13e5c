"""Stating, revising and dropping requirements; the catalogue and the rates."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from concertation.coalition.enums import Capacity, Status
from concertation.coalition.models import Delegate
from concertation.commitments.domain.catalogue import (
    Quote,
    change_capability,
    define_capability,
    enter_rates,
    retire_capability,
    take_usual_catalogue,
)
from concertation.commitments.domain.requirements import (
    Need,
    drop_requirement,
    revise_requirement,
    state_requirement,
)
from concertation.commitments.enums import Domain, Form
from concertation.commitments.errors import (
    BadCode,
    BadCurrency,
    BadQuantity,
    BadRate,
    BadSpan,
    BrokenUnit,
    CodeTaken,
    Dropped,
    NoSuchCapability,
    NoSuchRequirement,
    OtherCurrency,
    ReversedDates,
    WordsMissing,
)
from concertation.commitments.events import Act
from concertation.commitments.models import Capability, Rate, Requirement, Revision
from concertation.commitments.queries.rates import rates_at
from concertation.commitments.tests.factories import DAY, make_catalogue, make_requirement, need, said_last
from concertation.core.errors import BadDay, NotAllowed, NothingChanged, TooLong
from tests.helpers.people import make_coalition, make_delegate, make_member, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db


@pytest.fixture
def chair() -> Delegate:
    make_coalition()
    make_catalogue()
    return make_delegate("FR")


def test_stating_and_revising_keep_both(chair: Delegate) -> None:
    requirement = state_requirement(by=chair, need=need(quantity=4), valid_from=date(2025, 7, 1))
    with assert_write(Act.REVISED, "commitments", f"requirement:{requirement.pk}"):
        revise_requirement(
            by=chair, requirement_id=requirement.pk, need=need(quantity=6), valid_from=date(2025, 8, 1), reason="More."
        )
    found = [requirement.as_of(day) for day in (date(2025, 6, 30), date(2025, 7, 31), date(2025, 8, 1))]
    assert [revision and revision.quantity for revision in found] == [None, Decimal(4), Decimal(6)]
    assert said_last()["quantity"] == "6"
    assert Need.of(requirement.revision) == need(quantity=6)


@pytest.mark.parametrize("code", ["DE", "UA"])
def test_only_the_chair_requires(chair: Delegate, code: str) -> None:
    head, key = make_delegate(code), make_requirement().pk
    assert_refused(NotAllowed, lambda: state_requirement(by=head, need=need()))
    assert_refused(NotAllowed, lambda: revise_requirement(by=head, requirement_id=key, need=need(quantity=1)))
    assert_refused(NotAllowed, lambda: drop_requirement(by=head, requirement_id=key, reason=""))
    assert_refused(NotAllowed, lambda: take_usual_catalogue(by=head))
    assert_refused(NotAllowed, lambda: retire_capability(by=head, code="artillery"))
    state_requirement(by=make_secretary(), need=need())


BAD: list[tuple[dict[str, Any], type[Exception]]] = [
    ({"names": {"en": " "}}, WordsMissing),
    ({"names": {"en": "x" * 121}}, TooLong),
    ({"capability": "submarines"}, NoSuchCapability),
    ({"quantity": Decimal(0)}, BadQuantity),
    ({"quantity": Decimal("-4")}, BadQuantity),
    ({"quantity": Decimal("0.001")}, BadQuantity),
    ({"quantity": Decimal("2.5")}, BrokenUnit),
    ({"currency": "EUR"}, BadCurrency),
    ({"capability": "financial-aid", "currency": ""}, BadCurrency),
    ({"capability": "financial-aid", "currency": "USD"}, OtherCurrency),
    ({"needed_to": date(2025, 8, 31)}, ReversedDates),
    ({"needed_to": date(2101, 1, 1)}, BadSpan),
    ({"area": "x" * 81}, TooLong),
]


@pytest.mark.parametrize(("fault", "error"), BAD)
def test_bad_needs_are_refused_whole(chair: Delegate, fault: dict[str, Any], error: type[Exception]) -> None:
    assert_refused(error, lambda: state_requirement(by=chair, need=replace(need(), **fault)))
    assert not Requirement.objects.exists()


def test_no_need_from_a_day_ahead(chair: Delegate) -> None:
    assert_refused(BadDay, lambda: state_requirement(by=chair, need=need(), valid_from=date(2099, 1, 1)))


def test_dropped_requirement_is_kept_and_asked_no_more(chair: Delegate) -> None:
    requirement = make_requirement()
    drop_requirement(by=chair, requirement_id=requirement.pk, reason="The gap is accepted.")
    assert (requirement.revision.is_dropped, requirement.revision.reason) == (True, "The gap is accepted.")
    assert_refused(Dropped, lambda: drop_requirement(by=chair, requirement_id=requirement.pk, reason=""))
    assert_refused(Dropped, lambda: revise_requirement(by=chair, requirement_id=requirement.pk, need=need()))
    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.update(quantity=1)


def test_revision_must_differ_and_exist(chair: Delegate) -> None:
    key = make_requirement().pk
    assert_refused(NothingChanged, lambda: revise_requirement(by=chair, requirement_id=key, need=need()))
    assert_refused(NoSuchRequirement, lambda: revise_requirement(by=chair, requirement_id=uuid4(), need=need()))


def test_who_is_only_invited_sees_no_requirement(chair: Delegate) -> None:
    make_requirement()
    make_member("PL", status=Status.INVITED)
    assert not Requirement.objects.visible_to(make_delegate("PL", Capacity.HEAD)).exists()
    assert Requirement.objects.visible_to(make_delegate("IT", Capacity.OBSERVER)).exists()


def test_catalogue_is_kept_by_the_chair(chair: Delegate) -> None:
    names, units = {"en": "Bridging", "fr": "Franchissement"}, {"en": "bridge|bridges"}
    with assert_write(Act.CAPABILITY_DEFINED, "commitments"):
        define_capability(by=chair, code="bridging", names=names, units=units, domain=Domain.LAND, form=Form.STOCK)
    bridging = Capability.objects.get(pk="bridging")
    assert [bridging.counted(number) for number in (1, 2)] == ["bridge", "bridges"]
    change_capability(by=chair, code="bridging", names=names, units=units, domain=Domain.LOGISTICS)
    assert Capability.objects.get(pk="bridging").domain == Domain.LOGISTICS
    same = {"names": names, "units": units, "domain": Domain.LOGISTICS}
    assert_refused(NothingChanged, lambda: change_capability(by=chair, code="bridging", **same))  # type: ignore[arg-type]
    retire_capability(by=chair, code="bridging")
    assert_refused(NoSuchCapability, lambda: retire_capability(by=chair, code="bridging"))
    assert_refused(NoSuchCapability, lambda: state_requirement(by=chair, need=need("bridging", 1)))


def test_bad_capabilities_are_refused(chair: Delegate) -> None:
    facts: dict[str, Any] = {"names": {"en": "X"}, "units": {"en": "x"}, "domain": Domain.LAND, "form": Form.UNIT}
    for change, error in (
        ({"code": "Bad Code"}, BadCode),
        ({"code": "artillery"}, CodeTaken),
        ({"code": "x", "units": {}}, WordsMissing),
        ({"code": "x", "names": {}}, WordsMissing),
    ):
        assert_refused(error, partial(define_capability, by=chair, **{**facts, **change}))


def test_usual_catalogue_fills_what_is_missing(chair: Delegate) -> None:
    assert_refused(NothingChanged, lambda: take_usual_catalogue(by=chair))
    Capability.objects.filter(pk="drones").delete()
    assert take_usual_catalogue(by=chair) == 1


def test_rates_of_a_day_are_the_last_up_to_it(chair: Delegate) -> None:
    for day, rate in ((date(2025, 6, 1), "1.14"), (DAY, "1.17"), (DAY, "1.18")):
        enter_rates(by=chair, quotes=[Quote("USD", day, Decimal(rate))], source="European Central Bank")
    found = [rates_at(day).per_euro("USD") for day in (date(2025, 5, 31), date(2025, 6, 30), DAY)]
    assert found == [None, Decimal("1.14"), Decimal("1.18")]
    assert rates_at(DAY).per_euro("EUR") == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Rate.objects.update(per_euro=2)


def test_bad_rates_are_refused(chair: Delegate) -> None:
    good = Quote("USD", DAY, Decimal("1.17"))
    for quotes, source, error in (
        ([good], " ", BadRate),
        ([], "ECB", BadRate),
        ([good._replace(per_euro=Decimal(0))], "ECB", BadRate),
        ([good._replace(per_euro=Decimal("inf"))], "ECB", BadRate),
        ([good._replace(currency="EUR")], "ECB", BadCurrency),
        ([good._replace(currency="ZZZ")], "ECB", BadCurrency),
        ([good, good._replace(day=date(2099, 1, 1))], "ECB", BadDay),
    ):
        assert_refused(error, partial(enter_rates, by=chair, quotes=quotes, source=source))
    assert not Rate.objects.exists()
