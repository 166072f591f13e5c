"""What could not be observed is entered like an incident: the areas that are watched, and the limits."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from concertation.coalition.audiences import packed, readers_of
from concertation.coalition.enums import Audience
from concertation.coalition.models import Delegate
from concertation.core import clock, live
from concertation.core.days import FIRST_DAY, latest_day
from concertation.core.errors import NotAllowed
from concertation.core.words import one_line, prose
from concertation.record.canonical import Json
from concertation.record.events import Subject
from concertation.situation.domain.incident_entries import degrees_text, note
from concertation.situation.incidents.enums import LimitKind
from concertation.situation.incidents.errors import (
    BadBox,
    BadSpan,
    GroundsMissing,
    IncidentTooLong,
    LimitCorrected,
    NamesMissing,
    NoSuchArea,
    NoSuchLimit,
)
from concertation.situation.incidents.events import IncidentAct
from concertation.situation.incidents.rules import may_correct_limit, may_keep_catalogue, may_report
from concertation.situation.models import Area, Limit

NAME_LENGTH, WHY_LENGTH = 120, 2_000


@dataclass(frozen=True, slots=True)
class Box:
    """The edges of an area, in degrees."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class Restriction:
    """An area was closed or restricted: from which day until which (None: until now), why, and by whom."""

    kind: LimitKind
    since: date
    until: date | None
    why: str
    limited_by: str = ""


@transaction.atomic
def add_area(*, by: Delegate | None, names: Mapping[str, str], box: Box, since: date) -> Area:
    """Add an area that is watched from a day on, and return it; raises NotAllowed, NamesMissing, BadBox, BadSpan."""
    if by is not None and not may_keep_catalogue(by):
        raise NotAllowed
    names = clean_area_names(names)
    if not (-180 <= box.west < box.east <= 180 and -90 <= box.south < box.north <= 90):
        raise BadBox
    if not FIRST_DAY <= since <= latest_day():
        raise BadSpan
    edges = {"west": box.west, "south": box.south, "east": box.east, "north": box.north}
    area = Area.objects.create(names=names, since=since, by=by, at=clock.now(), **edges)
    facts: dict[str, Json] = {"box": [degrees_text(edge) for edge in edges.values()], "since": since.isoformat()}
    _note(by, IncidentAct.AREA_ADDED, area, facts)
    return area


@transaction.atomic
def end_area(*, by: Delegate, area_id: UUID, until: date) -> None:
    """Watch an area no more after the day `until`; raises NotAllowed, NoSuchArea, BadSpan."""
    if not may_keep_catalogue(by):
        raise NotAllowed
    area = Area.objects.filter(pk=area_id, until=None).first()
    if area is None:
        raise NoSuchArea
    if not area.since <= until <= latest_day():
        raise BadSpan
    if not Area.objects.filter(pk=area_id, until=None).update(until=until):
        raise NoSuchArea
    _note(by, IncidentAct.AREA_ENDED, area, {"until": until.isoformat()})


@transaction.atomic
def enter_limit(
    *,
    by: Delegate | None,
    area_id: UUID,
    restriction: Restriction,
    audience: Audience = Audience.COALITION,
    named: Collection[str] = (),
    member: str | None = None,
) -> Limit:
    """Enter that an area could not be observed, or only in part, and return the entry.

    `by` is None for the loader, which says for which `member`. Raises NotAllowed, NoSuchArea, BadSpan, GroundsMissing,
    IncidentTooLong, UnknownReaders.
    """
    if by is not None and not may_report(by):
        raise NotAllowed
    area = Area.objects.filter(pk=area_id).first()
    if area is None:
        raise NoSuchArea
    own = by.member_id if by else member
    readers = readers_of(audience, own=own or "", named=named) - {""}
    limit = _made(by, area, own, _checked(restriction), audience, packed(readers))
    _note(by, IncidentAct.LIMIT_ENTERED, area, _facts(limit), limit)
    return limit


@transaction.atomic
def correct_limit(
    *, by: Delegate | None, limit_id: UUID, restriction: Restriction, is_withdrawn: bool = False
) -> Limit:
    """Put another entry in the place of one, for the same readers, or only take it back; return the new one.

    Raises NoSuchLimit, NotAllowed, LimitCorrected; else as `enter_limit`.
    """
    visible = Limit.objects.visible_to(by) if by else Limit.objects.all()
    old = visible.select_related("area").filter(pk=limit_id).first()
    if old is None:
        raise NoSuchLimit
    if by is not None and not may_correct_limit(by, old):
        raise NotAllowed
    if Limit.objects.filter(corrects=old).exists():  # the unique constraint stands behind it
        raise LimitCorrected
    restriction = _checked(restriction)
    limit = _made(by, old.area, old.member_id, restriction, Audience(old.audience), old.readers, old, is_withdrawn)
    _note(by, IncidentAct.LIMIT_CORRECTED, old.area, {**_facts(limit), "corrects": str(old.pk)}, limit)
    return limit


def clean_area_names(names: Mapping[str, str]) -> dict[str, str]:
    """Return the names that are not blank; raises NamesMissing, IncidentTooLong."""
    said = {language: line for language, name in names.items() if (line := one_line(name))}
    if not said:
        raise NamesMissing
    if max(map(len, said.values())) > NAME_LENGTH:
        raise IncidentTooLong
    return said


def _checked(restriction: Restriction) -> Restriction:
    """Return a restriction in normal form; raises its errors."""
    why, limited_by = prose(restriction.why), one_line(restriction.limited_by)
    if not why:
        raise GroundsMissing
    if len(why) > WHY_LENGTH or len(limited_by) > NAME_LENGTH:
        raise IncidentTooLong
    until = restriction.until
    if not FIRST_DAY <= restriction.since <= latest_day() or (until is not None and until < restriction.since):
        raise BadSpan
    return Restriction(LimitKind(restriction.kind), restriction.since, until, why, limited_by)


def _made(
    by: Delegate | None,
    area: Area,
    member: str | None,
    restriction: Restriction,
    audience: Audience,
    readers: str,
    corrects: Limit | None = None,
    is_withdrawn: bool = False,
) -> Limit:
    """Add the row."""
    return Limit.objects.create(
        area=area,
        kind=restriction.kind,
        since=restriction.since,
        until=restriction.until,
        why=restriction.why,
        limited_by=restriction.limited_by,
        member_id=member,
        by=by,
        at=clock.now(),
        audience=audience,
        readers=readers,
        corrects=corrects,
        is_withdrawn=is_withdrawn,
    )


def _facts(limit: Limit) -> dict[str, Json]:
    """Return what the record keeps of a limit."""
    return {
        "limit": str(limit.pk),
        "limit_kind": limit.kind if not limit.is_withdrawn else "withdrawn",
        "since": limit.since.isoformat(),
        "until": limit.until.isoformat() if limit.until else None,
        "why": limit.why,
        "limited_by": limit.limited_by,
        "reported_for": limit.member_id,
        "shared_with": limit.audience,
        "readers": limit.reader_codes,
    }


def _note(
    by: Delegate | None, act: IncidentAct, area: Area, facts: Mapping[str, Json], limit: Limit | None = None
) -> None:
    """Append the entry, and tell the pages that show incidents."""
    readers = None if limit is None or limit.audience == Audience.COALITION else limit.reader_codes
    note(by, act, Subject("observation", str(area.pk)), {"area_names": area.names, **facts}, readers)
    live.announce("incidents")
