"""What the tables of measures, packages and steps cannot tell each by itself."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from concertation.coalition.enums import Audience as Readers
from concertation.exchange import schema
from concertation.exchange.contents import Finding, Found, Placed
from concertation.exchange.faults import unknown
from concertation.exchange.lines import Path
from concertation.pressure.enums import Origin, Trigger
from concertation.pressure.falling_due import waits_for_itself


def pressure_findings(raw: dict[str, Any], found: Found, codes: set[str]) -> Iterator[Finding]:
    """Yield references that lead nowhere, audiences that do not fit, steps that never could fall due."""
    for measure in found.measures:
        for index, said in enumerate(measure.part.statements):
            yield from _statement((*measure.at, "statements", index), said, codes)
        yield from _said_twice(measure)
    measures = _keys(raw, "measures")
    for package in found.packages:
        for index, key in enumerate(package.part.measures):
            at = (*package.at, "measures", index)
            yield from _lead(at, key, measures, _("“%(value)s” is no measure in this file."))
            if key in package.part.measures[:index]:
                yield at, _("“%(value)s” stands here for the second time.") % {"value": key}
    known = (_keys(raw, "packages"), _keys(raw, "conditions"), _keys(raw, "steps"))
    for step in found.steps:
        yield from _step(step.at, step.part, *known)
    yield from _rings(found.steps)


def _keys(raw: dict[str, Any], table: str) -> set[str]:
    rows = raw.get(table)
    found = (row.get("key") for row in rows if isinstance(row, dict)) if isinstance(rows, list) else ()
    return {value for value in found if isinstance(value, str)}


def _lead(at: Path, key: str, known: set[str], sentence: str) -> Iterator[Finding]:
    """Yield a key that leads nowhere."""
    if key not in known:
        yield at, unknown(sentence, key, known)


def _statement(at: Path, said: schema.StatementPart, codes: set[str]) -> Iterator[Finding]:
    """Yield voices and readers that are no member, and audiences that do not fit."""
    sentence = _("“%(value)s” is no member in this file.")
    yield from _lead((*at, "member"), said.member, codes, sentence)
    for number, code in enumerate(said.members):
        yield from _lead((*at, "members", number), code, codes, sentence)
    if (said.audience == Readers.MEMBERS) != bool(said.members):
        yield at, _("“members” names who may read a statement with the audience “members”, and only there.")
    if said.origin != Origin.OWN and said.audience != Readers.COALITION:
        yield (*at, "audience"), _("What is coded from a public source is for the whole coalition.")
    if said.origin == Origin.CODED and not said.link:
        yield at, _("What is coded from a public source needs its “link”.")


def _said_twice(measure: Placed[schema.MeasurePart]) -> Iterator[Finding]:
    """Yield what one voice says twice from one day to one audience."""
    seen: set[tuple[object, ...]] = set()
    for index, said in enumerate(measure.part.statements):
        word = (said.member, said.origin, said.since, said.audience, frozenset(said.members))
        if word in seen:
            sentence = _("“%(value)s” stands here for the second time.")
            yield (*measure.at, "statements", index, "since"), sentence % {"value": said.since}
        seen.add(word)


def _step(
    at: Path, step: schema.StepPart, packages: set[str], conditions: set[str], steps: set[str]
) -> Iterator[Finding]:
    """Yield what a step refers to that is not there, and what it lacks to fall due."""
    yield from _lead((*at, "package"), step.package, packages, _("“%(value)s” is no package in this file."))
    if step.condition is not None:
        yield from _lead((*at, "condition"), step.condition, conditions, _("“%(value)s” is no condition in this file."))
    if step.after is not None:
        yield from _lead((*at, "after"), step.after, steps, _("“%(value)s” is no step in this file."))
    on_day = step.trigger == Trigger.ON
    lacks_day = step.day is None and step.trigger != Trigger.WHEN
    if lacks_day or on_day == (step.condition is not None) or on_day == (step.finding is not None):
        yield at, _("“unless” needs “condition”, “finding” and “day”; “when” the first two; “on” only “day”.")
    if step.outcome == "dismissed" and not step.reason:
        yield at, _("A step that is dismissed has a “reason”.")


def _rings(steps: Iterable[Placed[schema.StepPart]]) -> Iterator[Finding]:
    """Yield the steps that wait for themselves."""
    steps = list(steps)
    after = {placed.part.key: placed.part.after for placed in steps}
    for placed in steps:
        if waits_for_itself(placed.part.key, placed.part.after, after):
            yield (*placed.at, "after"), _("A step cannot wait for itself, directly or through other steps.")
