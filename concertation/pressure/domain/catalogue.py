"""A catalogue is imported: programmes become measures, what their issuers apply is coded, nothing is deleted.

What the chair changed of a measure stays, unless the new edition itself changes the same fact.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from concertation.coalition.countries import country_codes
from concertation.coalition.enums import MemberKind
from concertation.coalition.models import Delegate, Member
from concertation.core import clock, live
from concertation.core.errors import NotAllowed
from concertation.pressure.cataloguing import Change, Changes, Known, Programme, compare, digest, fingerprint
from concertation.pressure.domain.entries import append
from concertation.pressure.domain.measures import recorded
from concertation.pressure.domain.statements import SPEAKING, Word, enter_catalogued
from concertation.pressure.enums import Force, Origin, Stance
from concertation.pressure.errors import CatalogueMoved
from concertation.pressure.events import Act
from concertation.pressure.models import Measure, Statement
from concertation.pressure.rules import may_code
from concertation.record.canonical import Json
from concertation.record.domain.entries import append_entry
from concertation.record.events import Actor, Subject


def changes_by(programmes: Sequence[Programme]) -> Changes:
    """Return what an edition would change now; writes nothing."""
    rows = Measure.objects.exclude(catalogue_key="").only("catalogue_key", "edition", "gone_at")
    return compare({row.catalogue_key: Known(row.edition, row.gone_at is not None) for row in rows}, programmes)


def import_catalogue(
    *, by: Delegate | None, programmes: Sequence[Programme], previewed: str | None = None
) -> tuple[Changes, int]:
    """Make the catalogue what `programmes`, a whole edition, says; return what changed, and how much was coded.

    `by` is None for the command. `previewed` is the fingerprint of what a person confirmed. An edition that changes
    nothing writes nothing. Raises NotAllowed, CatalogueMoved.
    """
    if by is not None and not may_code(by):
        raise NotAllowed
    try:
        with transaction.atomic():
            return _import(by, programmes, previewed)
    except IntegrityError:  # another import of the same programmes was quicker
        raise CatalogueMoved from None


def _import(by: Delegate | None, programmes: Sequence[Programme], previewed: str | None) -> tuple[Changes, int]:
    changes = changes_by(programmes)
    if previewed is not None and previewed != fingerprint(changes):
        raise CatalogueMoved
    for programme in changes.added:
        _add(by, programme)
    for change in changes.changed:
        _change(by, change)
    _mark(by, changes.gone, gone=True)
    _mark(by, [programme.key for programme in changes.back], gone=False)
    coded = _code(by, programmes, changes)
    if not changes.is_empty or coded:
        _record(by, programmes, changes)
        live.announce("measures")
    return changes, coded


def _add(by: Delegate | None, programme: Programme) -> None:
    """Enter a programme as a measure."""
    facts = {**_fields(programme.facts, {}), "catalogue_key": programme.key, "edition": programme.facts}
    measure = Measure.objects.create(created_at=clock.now(), created_by=by, **facts)
    append(by, Act.DEFINED, measure, recorded(facts))


def _change(by: Delegate | None, change: Change) -> None:
    """Change of a measure what the edition changed, and nothing else."""
    row = Measure.objects.filter(catalogue_key=change.programme.key)
    fields = _fields(change.after, vars(row.get()))
    row.update(**fields, edition=change.programme.facts, entries=F("entries") + 1)
    append(by, Act.EDITED, row.get(), recorded(fields))


def _fields(facts: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """Return facts of an edition as fields of a measure; words in other languages than the edition's stay."""
    fields = {name: value for name, value in facts.items() if name not in {"title", "summary"}}
    if "title" in facts:
        fields["names"] = {**before.get("names", {}), "en": facts["title"]}
    if "summary" in facts:
        others = {code: text for code, text in before.get("summary", {}).items() if code != "en"}
        fields["summary"] = {**others, **({"en": facts["summary"]} if facts["summary"] else {})}
    return fields


def _mark(by: Delegate | None, keys: Sequence[str], *, gone: bool) -> None:
    """Mark the measures that the catalogue does not list any more, or lists again."""
    at = clock.now() if gone else None
    for measure in Measure.objects.filter(catalogue_key__in=keys):
        Measure.objects.filter(pk=measure.pk).update(gone_at=at, entries=F("entries") + 1)
        append(by, Act.EDITED, measure, {"gone": gone})


def _code(by: Delegate | None, programmes: Sequence[Programme], changes: Changes) -> int:
    """Code that the issuers of programmes apply them, where the issuer's country is a member; return how often."""
    members = set(Member.objects.filter(kind=MemberKind.STATE, status__in=SPEAKING).values_list("pk", flat=True))
    members &= country_codes()
    moved = {change.programme.key for change in changes.changed if {"issuer", "force"} & change.after.keys()}
    catalogued = Statement.objects.filter(origin=Origin.CATALOGUE).select_related("correction", "measure")
    said: dict[str, list[Statement]] = {}
    for row in catalogued.order_by("number"):
        said.setdefault(row.measure.catalogue_key, []).append(row)
    open_ones = {row.catalogue_key: row for row in Measure.objects.exclude(catalogue_key="").filter(retired_at=None)}
    coded = 0
    for programme in programmes:
        measure, rows = open_ones.get(programme.key), said.get(programme.key, [])
        if measure is None or (rows and programme.key not in moved):
            continue
        coded += _code_one(by, measure, programme, rows, programme.country if programme.country in members else "")
    return coded


def _code_one(
    by: Delegate | None, measure: Measure, programme: Programme, rows: Sequence[Statement], member: str
) -> int:
    """Code one programme anew, and return how many statements that took."""
    standing = [row for row in rows if not hasattr(row, "correction") and row.stance != Stance.WITHDRAWN]
    held = next((row for row in reversed(standing) if row.member_id == member), None)
    coded = 0
    for row in standing:
        if row.member_id != member or programme.force == Force.LEGACY:
            coded += _say(by, measure, programme, row.member_id, Stance.WITHDRAWN, row)
    wanted = {Force.IN_FORCE: Stance.APPLIES, Force.ENDED: Stance.NOT}.get(Force(programme.force))
    if not member or wanted is None or (held is None and wanted == Stance.NOT) or (held and held.stance == wanted):
        return coded
    same_day = held if held and held.valid_from == clock.now().date() else None
    return coded + _say(by, measure, programme, member, wanted, same_day)


def _say(
    by: Delegate | None, measure: Measure, programme: Programme, member: str, stance: Stance, old: Statement | None
) -> int:
    """Enter a statement from today, since a catalogue has no dates."""
    Measure.objects.filter(pk=measure.pk).update(entries=F("entries") + 1)
    measure.refresh_from_db(fields=["entries"])
    reference = _("Programme %(key)s of the imported catalogue, issued by %(issuer)s.")
    words = reference % {"key": programme.key, "issuer": programme.issuer}
    enter_catalogued(by, measure, Word(stance, clock.now().date(), words, programme.link), member, old)
    return 1


def _record(by: Delegate | None, programmes: Sequence[Programme], changes: Changes) -> None:
    """Append that the catalogue was imported, and what that changed."""
    data: dict[str, Json] = {
        "edition_sha256": digest(programmes),
        "added": [programme.key for programme in changes.added],
        "changed": [change.programme.key for change in changes.changed],
        "gone_keys": list(changes.gone),
        "back": [programme.key for programme in changes.back],
    }
    actor = by.actor if by else Actor.system()
    append_entry(actor=actor, action=Act.IMPORTED, subject=Subject("catalogue", "measures"), data=data)
