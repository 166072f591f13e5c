"""The chair keeps the catalogue of measures; what is retired is kept with all that was said of it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction

from concertation.coalition.models import Delegate
from concertation.core import clock
from concertation.core.errors import NothingChanged
from concertation.core.words import clean_link, one_line, prose, within
from concertation.pressure.domain.entries import check_edits, note, taken_measure
from concertation.pressure.domain.words import (
    BASIS_LENGTH,
    ISSUER_LENGTH,
    NAME_LENGTH,
    REASON_LENGTH,
    clean_kinds,
    clean_names,
    clean_optional,
    clean_territories,
)
from concertation.pressure.enums import Force
from concertation.pressure.errors import NoSuchMeasure, NotRetired
from concertation.pressure.events import Act
from concertation.pressure.models import Measure
from concertation.record.canonical import Json


@dataclass(frozen=True, kw_only=True)
class MeasurePlan:
    """What a measure is; names, summary and group by language, kinds by value, territories by code."""

    names: Mapping[str, str]
    summary: Mapping[str, str] = field(default_factory=dict)
    kinds: Sequence[str] = ()
    territories: Sequence[str] = ()
    group: Mapping[str, str] = field(default_factory=dict)
    basis: str = ""
    issuer: str = ""
    link: str = ""
    force: Force = Force.IN_FORCE


@transaction.atomic
def define_measure(
    *, by: Delegate | None, plan: MeasurePlan, sources: Sequence[str] = (), catalogue_key: str = ""
) -> Measure:
    """Enter a measure and return it; `by` is None for the loader, which knows the `catalogue_key` of a programme.

    Raises NotAllowed and the errors of a measure: NameMissing, TooLong, TooMany, UnknownKind, UnknownTerritory,
    BadLink.
    """
    check_edits(by)
    facts = cleaned(plan)
    if catalogue_key and by is None:
        facts |= {"catalogue_key": catalogue_key, "edition": edition_of(facts)}
    measure = Measure.objects.create(created_at=clock.now(), created_by=by, sources=list(sources), **facts)
    note(by, Act.DEFINED, measure, {**recorded(facts), "sources": list(sources)})
    return measure


@transaction.atomic
def edit_measure(*, by: Delegate | None, measure_id: UUID, plan: MeasurePlan) -> None:
    """Change what a measure is; raises NotAllowed, NoSuchMeasure, Retired, NothingChanged, the errors of a measure."""
    check_edits(by)
    facts = cleaned(plan)
    measure = taken_measure(by, measure_id)
    changed = {name: value for name, value in facts.items() if getattr(measure, name) != value}
    if not changed:
        raise NothingChanged
    Measure.objects.filter(pk=measure.pk).update(**changed)
    note(by, Act.EDITED, Measure.objects.get(pk=measure.pk), recorded(changed))


@transaction.atomic
def retire_measure(*, by: Delegate | None, measure_id: UUID, reason: str = "") -> None:
    """Close a measure: it is kept, counts no more, and nothing is said of it any more.

    Raises NotAllowed, NoSuchMeasure, Retired, TooLong.
    """
    check_edits(by)
    reason = within(prose(reason), REASON_LENGTH)
    measure = taken_measure(by, measure_id)
    Measure.objects.filter(pk=measure.pk).update(retired_at=clock.now(), retired_by=by, reason=reason)
    note(by, Act.RETIRED, measure, {"reason": reason})


@transaction.atomic
def reopen_measure(*, by: Delegate | None, measure_id: UUID) -> None:
    """Take up a retired measure again; raises NotAllowed, NoSuchMeasure, NotRetired."""
    check_edits(by)
    visible = Measure.objects.visible_to(by) if by else Measure.objects.all()
    measure = visible.filter(pk=measure_id).first()
    if measure is None:
        raise NoSuchMeasure
    row = Measure.objects.filter(pk=measure.pk, retired_at__isnull=False)
    if not row.update(retired_at=None, retired_by=None, reason=""):
        raise NotRetired
    note(by, Act.REOPENED, measure, {})


def cleaned(plan: MeasurePlan) -> dict[str, Any]:
    """Return the facts of `plan` in normal form, by field; raises the errors of a measure."""
    return {
        **asdict(plan),
        "names": clean_names(plan.names),
        "summary": clean_optional(plan.summary),
        "kinds": clean_kinds(plan.kinds),
        "territories": clean_territories(plan.territories),
        "group": clean_optional({code: one_line(words) for code, words in plan.group.items()}, NAME_LENGTH),
        "basis": within(one_line(plan.basis), BASIS_LENGTH),
        "issuer": within(one_line(plan.issuer), ISSUER_LENGTH),
        "link": clean_link(plan.link),
        "force": Force(plan.force),
    }


def edition_of(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an edition of a catalogue says of a programme that became a measure with these facts."""
    words = {"title": facts["names"].get("en", ""), "summary": facts["summary"].get("en", "")}
    same = {name: facts[name] for name in ("link", "issuer", "kinds", "force")}
    return {**words, **same, "territories": sorted(facts["territories"])}


def recorded(facts: Mapping[str, Any]) -> dict[str, Json]:
    """Return facts of a measure under the names that the record gives them, without the name of the measure."""
    others = {name: value for name, value in facts.items() if name not in {"names", "edition"}}
    if "kinds" in others:
        others["kinds_of_measure"] = others.pop("kinds")
    return others
