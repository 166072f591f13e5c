"""The chair lists whom the coalition deals with outside; a name can be corrected, nobody is ever removed."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction

from concertation.coalition.countries import country_codes
from concertation.coalition.models import Delegate
from concertation.core import clock
from concertation.core.errors import NotAllowed, NothingChanged
from concertation.record.events import Subject
from concertation.situation.domain.conditions import clean_names
from concertation.situation.domain.notes import enter
from concertation.situation.enums import CounterpartKind
from concertation.situation.errors import NameTaken, NoSuchActor, UnknownCountry
from concertation.situation.events import PositionAct
from concertation.situation.models import Counterpart
from concertation.situation.rules import may_define

TOPICS = ("positions", "contacts")


@transaction.atomic
def list_counterpart(
    *,
    by: Delegate | None,
    names: Mapping[str, str],
    kind: CounterpartKind,
    country: str = "",
    sources: Sequence[str] = (),
) -> Counterpart:
    """List somebody outside and return the row; `country` is an ISO code, for the flag. `by` is None for the loader.

    Raises NotAllowed, WordsMissing, TooLong, UnknownCountry, NameTaken.
    """
    _check(by)
    names = _free_names(clean_names(names))
    made = Counterpart.objects.create(
        names=names,
        kind=CounterpartKind(kind),
        country=_known_country(country),
        created_at=clock.now(),
        sources=list(sources),
    )
    _note(by, PositionAct.ACTOR_LISTED, made)
    return made


@transaction.atomic
def change_counterpart(
    *, by: Delegate | None, counterpart_id: UUID, names: Mapping[str, str], kind: CounterpartKind, country: str = ""
) -> None:
    """Correct name, kind or country of somebody outside; raises NoSuchActor, NothingChanged, else as listing."""
    _check(by)
    row = Counterpart.objects.filter(pk=counterpart_id).first()
    if row is None:
        raise NoSuchActor
    names, country = _free_names(clean_names(names), but=row), _known_country(country)
    if (names, kind, country) == (row.names, row.kind, row.country):
        raise NothingChanged
    row.names, row.kind, row.country = dict(names), CounterpartKind(kind), country
    row.save(update_fields=["names", "kind", "country"])
    _note(by, PositionAct.ACTOR_CHANGED, row)


def _note(by: Delegate | None, act: PositionAct, row: Counterpart) -> None:
    facts = {"names": row.names, "counterpart_kind": row.kind, "country": row.country, "sources": row.sources}
    enter(by, act, Subject("counterpart", str(row.pk)), facts, topics=TOPICS)


def _check(by: Delegate | None) -> None:
    """Let the chair and the loader through; raises NotAllowed."""
    if by is not None and not may_define(by):
        raise NotAllowed


def _known_country(country: str) -> str:
    if country and country not in country_codes():
        raise UnknownCountry
    return country


def _free_names(names: Mapping[str, str], *, but: Counterpart | None = None) -> Mapping[str, str]:
    """Return names that nobody else bears in the same language; raises NameTaken."""
    others = Counterpart.objects.exclude(pk=but.pk) if but else Counterpart.objects.all()
    taken = {(code, name.casefold()) for row in others for code, name in row.names.items()}
    if any((code, name.casefold()) in taken for code, name in names.items()):
        raise NameTaken
    return names
