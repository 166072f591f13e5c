"""Measures with statements, packages and steps, known by their keys; statements belong to those who made them."""

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from concertation.coalition.enums import Audience
from concertation.core.errors import NothingChanged
from concertation.core.words import prose
from concertation.exchange.contents import CoalitionFile
from concertation.exchange.domain.keys import remember_key
from concertation.exchange.models import Kind
from concertation.exchange.queries import subjects_of
from concertation.exchange.report import Report, Subject
from concertation.exchange.schema import MeasurePart, PackagePart, StatementPart, StepPart
from concertation.exchange.steps.meetings import as_id
from concertation.pressure.domain.measures import (
    MeasurePlan,
    cleaned,
    define_measure,
    edit_measure,
    reopen_measure,
    retire_measure,
)
from concertation.pressure.domain.packages import edit_package, make_package, reopen_package, retire_package
from concertation.pressure.domain.statements import Word, code_application, state_application
from concertation.pressure.domain.steps import StepPlan, edit_step, note_step_taken, plan_step
from concertation.pressure.enums import Origin, Outcome
from concertation.pressure.models import Measure, Package, Statement, Step

NOBODY = UUID(int=0)
Said = tuple[object, ...]  # who says it, from where, from which day, to whom


def load_measures(file: CoalitionFile, report: Report) -> None:
    """Enter the measures that are not there, change the others, add what nobody had said yet."""
    known = subjects_of(Kind.MEASURE)
    for index, part in enumerate(file.measures):
        with file.at("measures", index):
            measure = Measure.objects.filter(pk=_id(part.key, known)).first()
            if measure is None:
                measure = _define(file, part)
                report.added[Subject.MEASURE] += 1
            else:
                report.changed[Subject.MEASURE] += _change(measure, part)
        _state(file, index, measure, report)
        with file.at("measures", index):
            if part.retired and Measure.objects.filter(pk=measure.pk, retired_at=None).exists():
                retire_measure(by=None, measure_id=measure.pk)


def _id(key: str, known: Mapping[str, UUID]) -> UUID:
    """Return the id of what a key stands for, or the id that the key itself is; one of nothing for a new key."""
    return known.get(key) or as_id(key) or NOBODY


def _plan(part: MeasurePart) -> MeasurePlan:
    return MeasurePlan(
        names=part.names,
        summary=part.summary,
        kinds=[kind.value for kind in part.kinds],
        territories=part.territories,
        group=part.group,
        basis=part.basis,
        issuer=part.issuer,
        link=part.link,
        force=part.force,
    )


def _define(file: CoalitionFile, part: MeasurePart) -> Measure:
    """Enter a measure and remember its key."""
    sources = file.cited(part.sources)
    measure = define_measure(by=None, plan=_plan(part), sources=sources, catalogue_key=part.catalogue)
    remember_key(kind=Kind.MEASURE, key=part.key, subject=measure.pk)
    return measure


def _change(measure: Measure, part: MeasurePart) -> bool:
    """Make a measure what the file says, open or retired, and say whether anything differed."""
    is_retired = measure.retired_at is not None
    differs = any(getattr(measure, name) != value for name, value in cleaned(_plan(part)).items())
    if is_retired and (differs or not part.retired):
        reopen_measure(by=None, measure_id=measure.pk)
    if differs:
        edit_measure(by=None, measure_id=measure.pk, plan=_plan(part))
    return differs or is_retired != part.retired


def _state(file: CoalitionFile, place: int, measure: Measure, report: Report) -> None:
    """Add what the file says and nobody has said; tell what was said otherwise since, which stays."""
    part = file.measures[place]
    rows = list(Statement.objects.filter(measure=measure).select_related("correction"))
    said = {_said(row) for row in rows}
    standing = {(_said(row), row.stance, row.reference, row.link) for row in rows if not hasattr(row, "correction")}
    differs = False
    for index, one in enumerate(part.statements):
        if _said_in(one) not in said:
            with file.at("measures", place, "statements", index):
                _enter(measure, one)
            report.added[Subject.STATEMENT] += 1
        else:
            differs |= (_said_in(one), one.stance, prose(one.reference), one.link) not in standing
    if differs:
        sentence = _("What is said of “%(key)s” is not what the file says; only those who said it correct it.")
        report.left.append(sentence % {"key": part.key})


def _enter(measure: Measure, one: StatementPart) -> None:
    """Enter a statement of a member, or what was coded for it."""
    word = Word(one.stance, one.since, one.reference, one.link)
    if one.origin == Origin.OWN:
        state_application(
            by=None, measure_id=measure.pk, word=word, audience=one.audience, named=one.members, member=one.member
        )
        return
    catalogued = one.origin == Origin.CATALOGUE
    code_application(by=None, measure_id=measure.pk, word=word, member=one.member, catalogued=catalogued)


def _said(row: Statement) -> Said:
    """Return by what a statement is known; who presided when the chair was told belongs to the server."""
    readers = frozenset(row.reader_codes) if row.audience == Audience.MEMBERS else frozenset()
    return row.member_id, row.origin, row.valid_from, row.audience, readers


def _said_in(one: StatementPart) -> Said:
    """Return by what a statement of the file is known."""
    readers = frozenset((one.member, *one.members)) if one.audience == Audience.MEMBERS else frozenset()
    return one.member, one.origin, one.since, one.audience, readers


def load_packages(file: CoalitionFile, report: Report) -> None:
    """Make the packages that are not there, and change the others."""
    known, measures = subjects_of(Kind.PACKAGE), subjects_of(Kind.MEASURE)
    for index, part in enumerate(file.packages):
        with file.at("packages", index):
            package = Package.objects.filter(pk=_id(part.key, known)).first()
            chosen = [_id(name, measures) for name in part.measures]
            if package is None:
                package = make_package(by=None, names=part.names, summary=part.summary, measures=chosen)
                remember_key(kind=Kind.PACKAGE, key=part.key, subject=package.pk)
                report.added[Subject.PACKAGE] += 1
            else:
                report.changed[Subject.PACKAGE] += _change_package(package, part, chosen)


def retire_packages(file: CoalitionFile) -> None:
    """Retire the packages that the file says are retired, once the steps that propose them are planned."""
    known = subjects_of(Kind.PACKAGE)
    for index, part in enumerate(file.packages):
        with file.at("packages", index):
            row = Package.objects.filter(pk=_id(part.key, known), retired_at=None).first()
            if part.retired and row:
                retire_package(by=None, package_id=row.pk)


def _change_package(package: Package, part: PackagePart, measures: list[UUID]) -> bool:
    """Make a package what the file says, and say whether anything differed."""
    is_retired = package.retired_at is not None
    if is_retired and not part.retired:
        reopen_package(by=None, package_id=package.pk)
    elif is_retired:
        return False
    try:
        edit_package(by=None, package_id=package.pk, names=part.names, summary=part.summary, measures=measures)
    except NothingChanged:
        return is_retired != part.retired
    return True


def load_steps(file: CoalitionFile, report: Report) -> None:
    """Plan the steps that are not there, each after the one that it waits for, and change the others."""
    left = list(enumerate(file.steps))
    while left:
        waiting = {part.key for _index, part in left}
        ready = [(index, part) for index, part in left if part.after not in waiting]
        for index, part in ready or left:
            with file.at("steps", index):
                _step(part, report)
        left = [one for one in left if one not in (ready or left)]
    retire_packages(file)


def _step(part: StepPart, report: Report) -> None:
    """Plan or change one step, and settle it when the file says so."""
    step = Step.objects.filter(pk=_id(part.key, subjects_of(Kind.STEP))).first()
    if step is None:
        step = plan_step(by=None, plan=_step_plan(part))
        remember_key(kind=Kind.STEP, key=part.key, subject=step.pk)
        report.added[Subject.STEP] += 1
        _settle(step, part)
    elif step.settled_at is None:
        report.changed[Subject.STEP] += _change_step(step, part) | _settle(step, part)


def _change_step(step: Step, part: StepPart) -> bool:
    try:
        edit_step(by=None, step_id=step.pk, plan=_step_plan(part))
    except NothingChanged:
        return False
    return True


def _settle(step: Step, part: StepPart) -> bool:
    if part.outcome is None:
        return False
    note_step_taken(by=None, step_id=step.pk, outcome=Outcome(part.outcome), reason=part.reason)
    return True


def _step_plan(part: StepPart) -> StepPlan:
    return StepPlan(
        names=part.names,
        drafts=part.draft,
        package=_id(part.package, subjects_of(Kind.PACKAGE)),
        trigger=part.trigger,
        condition=_id(part.condition, subjects_of(Kind.CONDITION)) if part.condition else None,
        verdict=part.finding,
        day=part.day,
        after=_id(part.after, subjects_of(Kind.STEP)) if part.after else None,
    )
