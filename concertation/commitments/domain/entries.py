"""The lock, the entry and the signals that every act on a requirement or contribution shares."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import F

from concertation.coalition.models import Delegate
from concertation.commitments.errors import NoSuchContribution, NoSuchRequirement
from concertation.commitments.events import Act
from concertation.commitments.models import Contribution, Requirement
from concertation.core import live
from concertation.record.canonical import Json
from concertation.record.domain.entries import append_entry
from concertation.record.events import Actor, Subject


def actor_of(by: Delegate | None) -> Actor:
    """Return whom the record names; the server itself for the loader."""
    return by.actor if by else Actor.system()


def as_json(value: object) -> Json:
    """Return a fact as the record keeps it: decimals and days as text."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset):
        return [as_json(item) for item in value]
    return value  # type: ignore[return-value]


def taken_requirement(by: Delegate | None, requirement_id: UUID) -> Requirement:
    """Return a requirement that nobody else changes until the transaction ends; raises NoSuchRequirement."""
    visible = Requirement.objects.visible_to(by) if by else Requirement.objects.all()
    if not visible.filter(pk=requirement_id).exists():
        raise NoSuchRequirement
    Requirement.objects.filter(pk=requirement_id).update(entries=F("entries") + 1)
    return Requirement.objects.get(pk=requirement_id)


def taken_contribution(by: Delegate | None, contribution_id: UUID) -> Contribution:
    """Return a contribution that nobody else changes until the transaction ends; raises NoSuchContribution."""
    visible = Contribution.objects.visible_to(by) if by else Contribution.objects.all()
    if not visible.filter(pk=contribution_id).exists():
        raise NoSuchContribution
    Contribution.objects.filter(pk=contribution_id).update(entries=F("entries") + 1)
    return Contribution.objects.get(pk=contribution_id)


def note_requirement(by: Delegate | None, act: Act, requirement: Requirement, facts: Mapping[str, Json]) -> None:
    """Append the entry of `act` on a requirement and tell the pages that show it."""
    subject = Subject("requirement", str(requirement.pk))
    append_entry(actor=actor_of(by), action=act, subject=subject, data=facts)
    live.announce("commitments", f"requirement:{requirement.pk}")


def note_contribution(
    by: Delegate | None,
    act: Act,
    contribution: Contribution,
    facts: Mapping[str, Json],
    *,
    sealed: Mapping[str, Json] | None = None,
    readers: frozenset[str] = frozenset(),
) -> None:
    """Append the entry of `act` on a contribution, and tell the pages that show it.

    All of it is sealed where the contribution is for some members only; else `sealed`, if any, for `readers`. What
    happens to contributions is counted by the entries of the record, whose order is that of the commits.
    """
    subject = Subject("contribution", str(contribution.pk))
    whole: dict[str, Json] = {"title": contribution.title, "parties": contribution.codes, **facts}
    own = frozenset(contribution.reader_codes)
    if own:
        whole.update(sealed or {})
        entry = append_entry(
            actor=actor_of(by), action=act, subject=subject, data={}, restricted=whole, audience=own & readers or own
        )
    elif sealed is not None:
        entry = append_entry(
            actor=actor_of(by), action=act, subject=subject, data=whole, restricted=sealed, audience=readers
        )
    else:
        entry = append_entry(actor=actor_of(by), action=act, subject=subject, data=whole)
    Contribution.objects.filter(pk=contribution.pk).update(changed=entry.pk)
    live.announce("commitments", f"contribution:{contribution.pk}")
