"""The catalogue of kinds of incidents: defaults that every server begins with, and what the chair makes of them."""

import re
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max

from concertation.coalition.models import Delegate
from concertation.core import live
from concertation.core.errors import NotAllowed, NothingChanged
from concertation.record.canonical import Json
from concertation.record.events import Subject
from concertation.situation.domain.incident_entries import note
from concertation.situation.domain.observation import clean_area_names
from concertation.situation.incidents.enums import Family
from concertation.situation.incidents.errors import KindMissing, KindTaken
from concertation.situation.incidents.events import IncidentAct
from concertation.situation.incidents.rules import may_keep_catalogue
from concertation.situation.models import Kind

CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
DEFAULTS: list[tuple[str, Family, str, str]] = [
    ("shelling", Family.FIRE, "Shelling", "Bombardement d’artillerie"),
    ("small-arms", Family.FIRE, "Small-arms fire", "Tirs d’armes légères"),
    ("drone-strike", Family.AIR, "Drone strike", "Frappe de drone"),
    ("air-strike", Family.AIR, "Air strike", "Frappe aérienne"),
    ("missile-strike", Family.AIR, "Missile strike", "Frappe de missile"),
    ("ground-attack", Family.GROUND, "Ground attack", "Attaque terrestre"),
    ("mines", Family.GROUND, "Mine or explosive device", "Mine ou engin explosif"),
    ("heavy-weapons", Family.FORCES, "Movement of heavy weapons", "Mouvement d’armes lourdes"),
    ("troop-movement", Family.FORCES, "Movement of troops", "Mouvement de troupes"),
    ("civilian-harm", Family.CIVILIANS, "Harm to civilians", "Atteinte à des civils"),
    ("movement-restricted", Family.MOVEMENT, "Restriction of movement", "Restriction de mouvement"),
    ("violence", Family.OTHER, "Violence, not specified", "Violence, sans précision"),
    ("other", Family.OTHER, "Other", "Autre"),
]


def seed_kinds() -> None:
    """Give a new database the default kinds; that is what it begins with, not an act, so it is not in the record."""
    if Kind.objects.exists():
        return
    Kind.objects.bulk_create(
        Kind(code=code, names={"en": english, "fr": french}, family=family, order=order)
        for order, (code, family, english, french) in enumerate(DEFAULTS)
    )


@transaction.atomic
def add_kind(*, by: Delegate | None, code: str, names: Mapping[str, str], family: Family) -> Kind:
    """Add a kind and return it; raises NotAllowed, KindTaken, NamesMissing, IncidentTooLong."""
    _check(by)
    names = clean_area_names(names)
    if not CODE.fullmatch(code) or len(code) > 40 or Kind.objects.filter(pk=code).exists():
        raise KindTaken
    order = (Kind.objects.aggregate(last=Max("order"))["last"] or 0) + 1
    kind = Kind.objects.create(code=code, names=names, family=family, order=order)
    _note(by, IncidentAct.KIND_ADDED, kind, {"family": str(family)})
    return kind


@transaction.atomic
def rename_kind(*, by: Delegate | None, code: str, names: Mapping[str, str], family: Family) -> None:
    """Give a kind other names or another family; raises NotAllowed, KindMissing, NothingChanged, NamesMissing."""
    _check(by)
    names = clean_area_names(names)
    kind = Kind.objects.filter(pk=code).first()
    if kind is None:
        raise KindMissing
    if (kind.names, kind.family) == (names, family):
        raise NothingChanged
    kind.names, kind.family = names, family
    kind.save(update_fields=["names", "family"])
    _note(by, IncidentAct.KIND_RENAMED, kind, {"family": str(family)})


@transaction.atomic
def retire_kind(*, by: Delegate, code: str) -> None:
    """Report nothing more of a kind, which incidents keep; raises NotAllowed, KindMissing."""
    _set_retired(by, code, is_retired=True)


@transaction.atomic
def reopen_kind(*, by: Delegate, code: str) -> None:
    """Take a retired kind up again; raises NotAllowed, KindMissing."""
    _set_retired(by, code, is_retired=False)


def _set_retired(by: Delegate, code: str, *, is_retired: bool) -> None:
    _check(by)
    if not Kind.objects.filter(pk=code, is_retired=not is_retired).update(is_retired=is_retired):
        raise KindMissing
    _note(by, IncidentAct.KIND_RETIRED if is_retired else IncidentAct.KIND_REOPENED, Kind.objects.get(pk=code), {})


def _check(by: Delegate | None) -> None:
    """Let the chair and the loader through; raises NotAllowed."""
    if by is not None and not may_keep_catalogue(by):
        raise NotAllowed


def _note(by: Delegate | None, act: IncidentAct, kind: Kind, facts: Mapping[str, Json]) -> None:
    note(by, act, Subject("incident_kind", kind.code), {"kind_names": kind.names, **facts}, None)
    live.announce("incidents")
