"""What one euro was worth in other currencies on a day, by the last rate entered up to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from concertation.commitments.models import Rate
from concertation.commitments.models.catalogue import BASE


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates of a day; each has the day that it is from."""

    known: Mapping[str, Rate]

    def per_euro(self, currency: str) -> Decimal | None:
        """Return how much of `currency` is one euro, None if nobody entered it."""
        if currency == BASE:
            return Decimal(1)
        rate = self.known.get(currency)
        return rate.per_euro if rate else None

    @property
    def oldest(self) -> date | None:
        """The day of the oldest rate that is used."""
        return min((rate.day for rate in self.known.values()), default=None)

    @property
    def newest(self) -> date | None:
        """The day of the newest rate that is used."""
        return max((rate.day for rate in self.known.values()), default=None)


def rates_at(day: date) -> Rates:
    """Return the rates to count with on `day`, in one query."""
    rows = Rate.objects.filter(day__lte=day).order_by("currency", "day", "pk")
    return Rates({rate.currency: rate for rate in rows})
