"""The chair ties measures together into packages."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction

from concertation.coalition.models import Delegate
from concertation.core import clock
from concertation.core.errors import NothingChanged
from concertation.core.words import prose, within
from concertation.pressure.domain.entries import check_edits, note, taken_package
from concertation.pressure.domain.words import REASON_LENGTH, Words, clean_names, clean_optional
from concertation.pressure.errors import NoSuchMeasure, NoSuchPackage, NotRetired, PackageEmpty, TooMany
from concertation.pressure.events import Act
from concertation.pressure.models import Measure, Package, PackageItem
from concertation.record.canonical import Json

MOST_MEASURES = 300


@transaction.atomic
def make_package(*, by: Delegate | None, names: Words, summary: Words, measures: Sequence[UUID]) -> Package:
    """Make a package of `measures` in their order and return it; `by` is None for the loader.

    Raises NotAllowed, NameMissing, TooLong, TooMany, PackageEmpty, NoSuchMeasure.
    """
    check_edits(by)
    names, summary = clean_names(names), clean_optional(summary)
    chosen = _chosen(by, measures)
    package = Package.objects.create(created_at=clock.now(), created_by=by, names=names, summary=summary)
    _fill(package, chosen)
    note(by, Act.MADE, package, _facts(summary, chosen))
    return package


@transaction.atomic
def edit_package(
    *, by: Delegate | None, package_id: UUID, names: Words, summary: Words, measures: Sequence[UUID]
) -> None:
    """Change a package as a whole; raises NoSuchPackage, Retired, NothingChanged, else as `make_package`."""
    check_edits(by)
    names, summary = clean_names(names), clean_optional(summary)
    chosen = _chosen(by, measures)
    package = taken_package(by, package_id)
    before = [item.measure_id for item in package.items.all()]
    if (package.names, package.summary, before) == (names, summary, [measure.pk for measure in chosen]):
        raise NothingChanged
    Package.objects.filter(pk=package.pk).update(names=names, summary=summary)
    _fill(package, chosen)
    note(by, Act.PACKAGE_EDITED, Package.objects.get(pk=package.pk), _facts(summary, chosen))


@transaction.atomic
def retire_package(*, by: Delegate | None, package_id: UUID, reason: str = "") -> None:
    """Close a package: it is kept, and no new step is tied to it.

    Raises NotAllowed, NoSuchPackage, Retired, TooLong.
    """
    check_edits(by)
    reason = within(prose(reason), REASON_LENGTH)
    package = taken_package(by, package_id)
    Package.objects.filter(pk=package.pk).update(retired_at=clock.now(), retired_by=by, reason=reason)
    note(by, Act.PACKAGE_RETIRED, package, {"reason": reason})


@transaction.atomic
def reopen_package(*, by: Delegate | None, package_id: UUID) -> None:
    """Take up a retired package again; raises NotAllowed, NoSuchPackage, NotRetired."""
    check_edits(by)
    visible = Package.objects.visible_to(by) if by else Package.objects.all()
    package = visible.filter(pk=package_id).first()
    if package is None:
        raise NoSuchPackage
    row = Package.objects.filter(pk=package.pk, retired_at__isnull=False)
    if not row.update(retired_at=None, retired_by=None, reason=""):
        raise NotRetired
    note(by, Act.PACKAGE_REOPENED, package, {})


def _chosen(by: Delegate | None, measures: Sequence[UUID]) -> list[Measure]:
    """Return the measures in the order given; raises PackageEmpty, TooMany, NoSuchMeasure."""
    if not measures or len(set(measures)) != len(measures):
        raise PackageEmpty
    if len(measures) > MOST_MEASURES:
        raise TooMany
    found = (Measure.objects.visible_to(by) if by else Measure.objects.all()).in_bulk(list(measures))
    if len(found) != len(measures):
        raise NoSuchMeasure
    return [found[key] for key in measures]


def _fill(package: Package, measures: Sequence[Measure]) -> None:
    """Put `measures` into the package in the place of what was in it."""
    PackageItem.objects.filter(package=package).delete()
    PackageItem.objects.bulk_create(
        PackageItem(package=package, measure=measure, position=place) for place, measure in enumerate(measures, 1)
    )


def _facts(summary: Mapping[str, str], measures: Sequence[Measure]) -> dict[str, Json]:
    """Return what the record keeps of a package."""
    return {"summary": dict(summary), "measures": [measure.names for measure in measures]}
