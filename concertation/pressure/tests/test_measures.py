"""Entering, changing, retiring measures and packages."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from concertation.coalition.enums import Capacity, Status
from concertation.coalition.models import Member
from concertation.core.errors import BadLink, NotAllowed, NothingChanged, TooLong
from concertation.pressure.domain.measures import define_measure, edit_measure, reopen_measure, retire_measure
from concertation.pressure.domain.packages import edit_package, make_package, reopen_package, retire_package
from concertation.pressure.errors import (
    NameMissing,
    NoSuchMeasure,
    NoSuchPackage,
    NotRetired,
    PackageEmpty,
    Retired,
    TooMany,
    UnknownKind,
    UnknownTerritory,
)
from concertation.pressure.models import Measure, Package, PackageItem
from concertation.pressure.tests import factories
from concertation.pressure.tests.factories import NAMES, make_measure, make_plan
from concertation.record.models import Entry
from tests.helpers.people import make_coalition, make_delegate, make_member, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def coalition() -> None:
    """Five members, Poland observing."""
    make_coalition()
    make_member("PL", status=Status.OBSERVER)


def test_define_measure_enters_one_entry() -> None:
    chair = make_delegate("FR", Capacity.DELEGATE)
    plan = make_plan(names={"en": " Oil  cap ", "fr": ""}, territories=["ru", " UA-CRI", "RU"], kinds=["travel_ban"])
    measure = define_measure(by=chair, plan=plan)
    assert (measure.names, measure.territories, measure.kinds) == ({"en": "Oil cap"}, ["ru", "ua-cri"], ["travel_ban"])
    assert measure.created_by == chair
    entry = Entry.objects.latest("sequence")
    assert (entry.action, entry.sentence) == ("measure.defined", "entered the measure “Oil cap”")
    assert entry.content["data"]["kinds_of_measure"] == ["travel_ban"]
    with assert_write("measure.edited", "measures", f"measure:{measure.pk}"):
        edit_measure(by=chair, measure_id=measure.pk, plan=make_plan())
    measure.refresh_from_db()
    assert (measure.names, measure.territories) == (NAMES, ["ru"])
    assert_refused(NothingChanged, lambda: edit_measure(by=chair, measure_id=measure.pk, plan=make_plan()))


def test_the_record_keeps_only_what_changed() -> None:
    measure = make_measure()
    edit_measure(by=None, measure_id=measure.pk, plan=make_plan(basis="Regulation 2"))
    assert Entry.objects.latest("sequence").content["data"] == {"names": NAMES, "basis": "Regulation 2"}


@pytest.mark.parametrize(
    ("code", "capacity"), [("DE", Capacity.HEAD), ("FR", Capacity.INTERPRETER), ("PL", Capacity.OBSERVER)]
)
def test_only_the_chair_keeps_the_catalogue(code: str, capacity: Capacity) -> None:
    measure, package, by = make_measure(), factories.make_package(), make_delegate(code, capacity)
    acts: list[Any] = [
        lambda: define_measure(by=by, plan=make_plan()),
        lambda: edit_measure(by=by, measure_id=measure.pk, plan=make_plan(basis="x")),
        lambda: retire_measure(by=by, measure_id=measure.pk),
        lambda: reopen_measure(by=by, measure_id=measure.pk),
        lambda: make_package(by=by, names=NAMES, summary={}, measures=[measure.pk]),
        lambda: edit_package(by=by, package_id=package.pk, names=NAMES, summary={}, measures=[measure.pk]),
        lambda: retire_package(by=by, package_id=package.pk),
        lambda: reopen_package(by=by, package_id=package.pk),
    ]
    for act in acts:
        assert_refused(NotAllowed, act)


@pytest.mark.parametrize(
    ("error", "changes"),
    [
        (NameMissing, {"names": {"en": " \n"}}),
        (TooLong, {"names": {"en": "x" * 201}}),
        (TooLong, {"summary": {"en": "x" * 2_001}}),
        (TooLong, {"basis": "x" * 301}),
        (TooLong, {"link": "https://x.example/" + "x" * 600}),
        (UnknownKind, {"kinds": ["nuisance"]}),
        (UnknownTerritory, {"territories": ["Russia"]}),
        (TooMany, {"territories": [f"ua-{number}" for number in range(61)]}),
        (BadLink, {"link": "javascript:alert(1)"}),
        (BadLink, {"link": "//nowhere"}),
    ],
)
def test_bad_measures_are_refused(error: type[Exception], changes: dict[str, Any]) -> None:
    assert_refused(error, lambda: define_measure(by=None, plan=make_plan(**changes)))
    assert not Measure.objects.exists()


def test_a_measure_is_retired_and_taken_up_again() -> None:
    clerk, measure = make_secretary(), make_measure()
    assert_refused(NotRetired, lambda: reopen_measure(by=clerk, measure_id=measure.pk))
    with assert_write("measure.retired", "measures", f"measure:{measure.pk}"):
        retire_measure(by=clerk, measure_id=measure.pk, reason=" Replaced. ")
    measure.refresh_from_db()
    assert (measure.reason, measure.retired_by, measure.is_counted) == ("Replaced.", clerk, False)
    assert_refused(Retired, lambda: retire_measure(by=clerk, measure_id=measure.pk))
    assert_refused(Retired, lambda: edit_measure(by=clerk, measure_id=measure.pk, plan=make_plan(basis="x")))
    with assert_write("measure.reopened", "measures", f"measure:{measure.pk}"):
        reopen_measure(by=clerk, measure_id=measure.pk)
    assert not Measure.objects.get().reason


def test_what_does_not_exist_is_not_changed() -> None:
    clerk = make_secretary()
    assert_refused(NoSuchMeasure, lambda: retire_measure(by=clerk, measure_id=uuid4()))
    assert_refused(NoSuchPackage, lambda: retire_package(by=clerk, package_id=uuid4()))


def test_a_member_that_left_reads_no_measure() -> None:
    make_measure()
    factories.make_package()
    Member.objects.filter(pk="IT").update(status=Status.LEFT)
    italy = make_delegate("IT")
    assert not Measure.objects.visible_to(italy).exists()
    assert not Package.objects.visible_to(italy).exists()
    assert Measure.objects.visible_to(make_delegate("PL", Capacity.OBSERVER)).count() == 2


def test_the_database_keeps_what_a_measure_began_as() -> None:
    measure = make_measure()
    with pytest.raises(IntegrityError), transaction.atomic():
        Measure.objects.filter(pk=measure.pk).update(sources=["other"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Measure.objects.filter(pk=measure.pk).delete()


def test_a_package_keeps_the_order_of_its_measures() -> None:
    clerk = make_secretary()
    first, second, third = (make_measure(name) for name in ("A", "B", "C"))
    with assert_write("package.made", "measures"):
        package = make_package(by=clerk, names=NAMES, summary={"en": "For later."}, measures=[third.pk, first.pk])
    assert [item.measure.name for item in package.items.all()] == ["C", "A"]
    assert Entry.objects.latest("sequence").content["data"]["measures"] == [{"en": "C"}, {"en": "A"}]
    order = [second.pk, third.pk, first.pk]
    facts: dict[str, Any] = {"by": clerk, "package_id": package.pk, "names": NAMES, "summary": {"en": "For later."}}
    with assert_write("package.edited", "measures"):
        edit_package(measures=order, **facts)
    assert list(PackageItem.objects.values_list("measure", "position")) == [
        (key, place) for place, key in enumerate(order, 1)
    ]
    assert_refused(NothingChanged, lambda: edit_package(measures=order, **facts))
    assert_refused(PackageEmpty, lambda: edit_package(measures=[], **facts))
    assert_refused(PackageEmpty, lambda: edit_package(measures=[first.pk, first.pk], **facts))
    assert_refused(NoSuchMeasure, lambda: edit_package(measures=[uuid4()], **facts))
    with assert_write("package.retired", "measures"):
        retire_package(by=clerk, package_id=package.pk, reason="Done.")
    assert_refused(Retired, lambda: edit_package(measures=[first.pk], **facts))
    with assert_write("package.reopened", "measures"):
        reopen_package(by=clerk, package_id=package.pk)
    assert_refused(NotRetired, lambda: reopen_package(by=clerk, package_id=package.pk))
