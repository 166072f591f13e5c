"""The lock, the entry and the signals that every act on measures, packages and steps shares."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db.models import F

from concertation.coalition.models import Delegate
from concertation.core import live
from concertation.core.errors import NotAllowed
from concertation.pressure.errors import NoSuchMeasure, NoSuchPackage, NoSuchStep, Retired, StepSettled
from concertation.pressure.events import Act
from concertation.pressure.models import Measure, Package, Step
from concertation.pressure.rules import may_edit
from concertation.record.canonical import Json
from concertation.record.domain.entries import append_entry
from concertation.record.events import Actor, Subject


def check_edits(by: Delegate | None) -> None:
    """Let the chair and the loader (None) through; raises NotAllowed."""
    if by is not None and not may_edit(by):
        raise NotAllowed


def taken_measure(by: Delegate | None, measure_id: UUID) -> Measure:
    """Return an open measure that nobody else changes until the transaction ends, its counter raised by one.

    Raises NoSuchMeasure, Retired.
    """
    visible = Measure.objects.visible_to(by) if by else Measure.objects.all()
    if not visible.filter(pk=measure_id).exists():
        raise NoSuchMeasure
    if not Measure.objects.filter(pk=measure_id, retired_at=None).update(entries=F("entries") + 1):
        raise Retired
    return Measure.objects.get(pk=measure_id)


def taken_package(by: Delegate | None, package_id: UUID) -> Package:
    """Return an open package that nobody else changes until the transaction ends; raises NoSuchPackage, Retired."""
    visible = Package.objects.visible_to(by) if by else Package.objects.all()
    if not visible.filter(pk=package_id).exists():
        raise NoSuchPackage
    if not Package.objects.filter(pk=package_id, retired_at=None).update(revision=F("revision") + 1):
        raise Retired
    return Package.objects.get(pk=package_id)


def taken_step(by: Delegate | None, step_id: UUID) -> Step:
    """Return a step that is not settled and that nobody else changes until the end; raises NoSuchStep, StepSettled."""
    visible = Step.objects.visible_to(by) if by else Step.objects.all()
    if not visible.filter(pk=step_id).exists():
        raise NoSuchStep
    if not Step.objects.filter(pk=step_id, settled_at=None).update(revision=F("revision") + 1):
        raise StepSettled
    return Step.objects.get(pk=step_id)


def note(
    by: Delegate | None,
    act: Act,
    thing: Measure | Package | Step,
    facts: Mapping[str, Json],
    *,
    readers: Collection[str] = (),
) -> None:
    """Append the entry of `act`, sealed when it is for `readers` only, and tell the pages that show the thing."""
    append(by, act, thing, facts, readers=readers)
    topics = [f"measure:{thing.pk}"] if isinstance(thing, Measure) else []
    live.announce("measures", *topics)


def append(
    by: Delegate | None,
    act: Act,
    thing: Measure | Package | Step,
    facts: Mapping[str, Json],
    *,
    readers: Collection[str] = (),
) -> None:
    """Append the entry of `act`, and tell nobody yet: for an act of many entries, which tells once."""
    actor = by.actor if by else Actor.system()
    subject = Subject(type(thing).__name__.lower(), str(thing.pk))
    whole: dict[str, Json] = {"names": thing.names, **facts}
    if readers:
        append_entry(actor=actor, action=act, subject=subject, data={}, restricted=whole, audience=readers)
    else:
        append_entry(actor=actor, action=act, subject=subject, data=whole)
