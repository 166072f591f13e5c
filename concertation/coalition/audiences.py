"""What is told to the coalition, to named members or to the co-chairs alone: how it is kept and who reads it.

The readers are fixed when a thing is told: no later change of the chair opens what was told to the chair before, and
the record, which seals restricted content for the same members, never says more than the pages.
"""

from collections.abc import Collection
from typing import Self, TypeVar

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import StrIndex

from concertation.coalition.enums import Audience, Status
from concertation.coalition.errors import UnknownReaders
from concertation.coalition.models import Delegate, Member

M = TypeVar("M", bound=models.Model, covariant=True)


class ConfinedQuerySet(models.QuerySet[M]):
    """Things by who may read them; `visible_to` is the only door to them."""

    def visible_to(self, delegate: Delegate) -> Self:
        """Keep what `delegate` may read: all of it for the secretariat, nothing for who only is invited or has left."""
        if delegate.is_secretariat:
            return self
        member = delegate.member
        if member is None or member.status in {Status.INVITED, Status.LEFT}:
            return self.none()
        named = self.alias(reader_at=StrIndex("readers", Value(f",{member.pk},")))
        return named.filter(Q(audience=Audience.COALITION) | Q(reader_at__gt=0))


class Confined(models.Model):
    """Something that a member tells to an audience."""

    audience = models.CharField(max_length=16, choices=Audience.choices, default=Audience.COALITION)
    readers = models.TextField(blank=True)  # ",DE,FR,": codes of those who may read it; empty for the coalition

    class Meta:
        abstract = True

    @property
    def reader_codes(self) -> list[str]:
        """The codes of the members that may read it, none when all may."""
        return [code for code in self.readers.split(",") if code]


def packed(codes: Collection[str]) -> str:
    """Return codes of members as `Confined.readers` keeps them."""
    return "".join(f",{code}" for code in sorted(codes)) + "," if codes else ""


def readers_of(audience: Audience, *, own: str, named: Collection[str] = ()) -> set[str]:
    """Return the codes of the members for whom `audience` is now, `own` among them; none for the whole coalition.

    `named` counts for the audience of named members only. Raises UnknownReaders.
    """
    if audience == Audience.COALITION:
        return set()
    if audience == Audience.CHAIR:
        return {own, *Member.objects.present().filter(is_co_chair=True).values_list("pk", flat=True)}
    known = set(Member.objects.present().filter(pk__in=named).values_list("pk", flat=True))
    if not known or known != set(named):
        raise UnknownReaders
    return {own, *known}
