"""Measures, statements, packages and steps for tests: made by the domain functions themselves."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from concertation.coalition.enums import Audience
from concertation.coalition.models import Delegate
from concertation.pressure.cataloguing import Programme, read
from concertation.pressure.domain.measures import MeasurePlan, define_measure
from concertation.pressure.domain.packages import make_package as make_package_of
from concertation.pressure.domain.statements import Word, code_application, correct_statement, state_application
from concertation.pressure.domain.steps import StepPlan, plan_step
from concertation.pressure.enums import Stance, Trigger, Verdict
from concertation.pressure.models import Measure, Package, Statement, Step
from concertation.situation.models import Condition

NAMES = {"en": "Oil price cap", "fr": "Plafond du prix du pétrole"}
DAY = date(2025, 7, 1)
PROGRAMMES: list[dict[str, Any]] = [  # of our own writing, in the form of a public catalogue
    {
        "id": 1,
        "key": "GB-TEST",
        "title": "Test programme of the United Kingdom",
        "url": "https://gb.example/test",
        "summary": "Freezes what it finds.",
        "issuer": "gb_office",
        "dataset": "gb_test",
        "aliases": ["Test"],
        "target_territories": ["ru", "ua-cri"],
        "measures": ["Travel ban", "Asset freeze"],
    },
    {
        "key": "EU-TEST",
        "title": "Test programme of the European Union",
        "url": "https://eu.example/test",
        "summary": None,
        "issuer": "eu_council",
        "measures": ["Export control"],
    },
    {
        "key": "FR-OLD",
        "title": "Ended in France",
        "url": "https://fr.example",
        "issuer": "fr_office",
        "status": "ended",
    },
]


def programmes(*changes: dict[str, Any], without: Sequence[str] = ()) -> list[Programme]:
    """Return an edition of the catalogue above: with `changes` to the programmes by key, `without` some."""
    rows = {row["key"]: dict(row) for row in PROGRAMMES if row["key"] not in without}
    for change in changes:
        rows[change["key"]] = {**rows.get(change["key"], {}), **change}
    return read(json.dumps(list(rows.values())).encode())


def make_plan(**changes: Any) -> MeasurePlan:
    """Return the plan of a measure."""
    facts: dict[str, Any] = {
        "names": NAMES,
        "kinds": ["import_restrictions"],
        "territories": ["RU"],
        "basis": "Regulation 1",
        "issuer": "Council",
        "link": "https://council.example/1",
    }
    return MeasurePlan(**{**facts, **changes})


def make_measure(name: str = "", **changes: Any) -> Measure:
    """Return a new measure, entered by the loader."""
    return define_measure(by=None, plan=make_plan(**({"names": {"en": name}} if name else {}), **changes))


def word(stance: Stance = Stance.APPLIES, day: date = DAY, reference: str = "Decree 1", link: str = "") -> Word:
    """Return something to say."""
    return Word(stance, day, reference, link)


def make_statement(
    measure: Measure,
    by: Delegate | None,
    stance: Stance = Stance.APPLIES,
    day: date = DAY,
    *,
    audience: Audience = Audience.COALITION,
    named: Sequence[str] = (),
    reference: str = "Decree 1",
    member: str | None = None,
) -> Statement:
    """Return a new statement for the member of `by`; for `member`, by the loader, without one."""
    said = word(stance, day, reference)
    return state_application(by=by, measure_id=measure.pk, word=said, audience=audience, named=named, member=member)


def make_coding(measure: Measure, member: str, stance: Stance = Stance.APPLIES, day: date = DAY) -> Statement:
    """Return what is coded for `member` from a public source, by the loader."""
    said = word(stance, day, "As published.", "https://source.example/1")
    return code_application(by=None, measure_id=measure.pk, word=said, member=member)


def make_correction(
    statement: Statement, by: Delegate | None, stance: Stance = Stance.NOT, day: date = DAY
) -> Statement:
    """Return a correction for the same audience."""
    return correct_statement(by=by, statement_id=statement.pk, word=word(stance, day))


def make_package(*measures: Measure, name: str = "Package B") -> Package:
    """Return a new package of `measures`, of a new one without any."""
    chosen = [measure.pk for measure in measures] or [make_measure().pk]
    return make_package_of(by=None, names={"en": name}, summary={}, measures=chosen)


def step_plan(package: Package, watched: Condition | None = None, **changes: Any) -> StepPlan:
    """Return the plan of a step: unless `watched` is verified by 1 July 2025; without one, on that day."""
    facts: dict[str, Any] = {
        "names": {"en": "Package B", "fr": "Paquet B"},
        "drafts": {"en": "The coalition adopts package B."},
        "package": package.pk,
        "trigger": Trigger.UNLESS if watched else Trigger.ON,
        "condition": watched.pk if watched else None,
        "verdict": Verdict.VERIFIED if watched else None,
        "day": DAY,
    }
    return StepPlan(**{**facts, **changes})


def make_step(package: Package | None = None, watched: Condition | None = None, **changes: Any) -> Step:
    """Return a new step, planned by the loader."""
    return plan_step(by=None, plan=step_plan(package or make_package(), watched, **changes))
