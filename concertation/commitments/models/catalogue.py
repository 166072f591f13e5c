"""What can be required and contributed, and at what rate one currency is counted in another."""

from decimal import Decimal
from functools import lru_cache
from typing import Self

from babel import Locale
from babel.plural import PluralRule
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language

from concertation.coalition.enums import Status
from concertation.coalition.models import Delegate
from concertation.commitments.enums import Domain, Form
from concertation.core.words import in_language

BASE = "EUR"  # totals of several currencies are counted in it


@lru_cache(maxsize=100)
def _plural_form(language: str) -> PluralRule:
    """Return what gives the Unicode plural category of a number."""
    return Locale.parse(language, sep="-").plural_form


class CapabilityQuerySet(models.QuerySet["Capability"]):
    """Capabilities by whether they are still offered for choice."""

    def current(self) -> Self:
        """Keep those that nobody retired."""
        return self.filter(retired_at=None)


class Capability(models.Model):
    """A kind of thing, counted in one way; the chair keeps the catalogue."""

    code = models.SlugField(primary_key=True, max_length=40)
    names = models.JSONField()  # language code -> name
    units = models.JSONField(default=dict)  # language code -> what is counted, “battery|batteries”; none for money
    domain = models.CharField(max_length=16, choices=Domain.choices)
    form = models.CharField(max_length=8, choices=Form.choices)
    retired_at = models.DateTimeField(null=True)

    objects = CapabilityQuerySet.as_manager()

    class Meta:
        ordering = ["domain", "code"]
        verbose_name_plural = "capabilities"

    def __str__(self) -> str:
        return self.code

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return in_language(self.names)

    @property
    def unit(self) -> str:
        """What is counted, in the reader's language and the form of many; empty for money."""
        return self.counted(100)

    def counted(self, number: Decimal | int) -> str:
        """Return what is counted in the form that goes with `number` in the reader's language.

        Forms stand in the order of the Unicode plural categories: one|other, or one|few|many.
        """
        forms = in_language(self.units).split("|")
        category = _plural_form(get_language() or "en")(number) if len(forms) > 1 else "one"
        return forms[{"one": 0, "few": 1}.get(category, -1)]

    @property
    def is_money(self) -> bool:
        """Whether its quantities have a currency."""
        return self.form == Form.MONEY


class Rate(models.Model):
    """How much of a currency one euro is worth on a day; append-only by trigger, the last entry of a day counts."""

    currency = models.CharField(max_length=3)
    day = models.DateField()
    per_euro = models.DecimalField(max_digits=18, decimal_places=8)
    source = models.CharField(max_length=600)
    by = models.ForeignKey(Delegate, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["currency", "day", "id"]
        indexes = [models.Index(fields=["currency", "day"], name="rate_of_a_day")]
        constraints = [models.CheckConstraint(condition=Q(per_euro__gt=0), name="rates_are_positive")]

    def __str__(self) -> str:
        return f"{self.currency} {self.day}: {self.per_euro}"


def may_read(delegate: Delegate) -> bool:
    """Say whether `delegate` reads what the whole coalition reads: not if its member is only invited, or has left."""
    return delegate.member is None or delegate.member.status not in {Status.INVITED, Status.LEFT}
