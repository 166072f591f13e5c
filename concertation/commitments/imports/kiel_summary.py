"""The published sums of the Kiel Institute's tracker beside those of its rows, donor by donor. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from concertation.commitments.imports.cells import exact_number_of
from concertation.commitments.imports.reading import Line

COLUMN = "Total bilateral commitments"
BILLION = Decimal(1_000_000_000)
MILLION = Decimal(1_000_000)
NO_DONOR = Decimal(0)


class NoSummary(ValueError):
    """The file does not have the columns of the published summary."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One donor: what was published, in euro, and what the rows come to."""

    donor: str
    published: Decimal
    rows: Decimal

    @property
    def difference(self) -> Decimal:
        """By how much the rows are more than what was published."""
        return self.rows - self.published

    @property
    def is_equal(self) -> bool:
        """Whether both are the same within one million euro."""
        return abs(self.difference) < MILLION


def published_sums(lines: Iterable[Line]) -> dict[str, Decimal]:
    """Return the published commitments of each donor in euro; raises NoSummary."""
    head, *rows = lines
    places = {header: place for place, header in enumerate(head.cells)}
    if not {"Country", COLUMN} <= places.keys():
        raise NoSummary
    country, total = places["Country"], places[COLUMN]
    return {row.cells[country]: exact_number_of(row.cells[total]) * BILLION for row in rows}


def compare(published: Mapping[str, Decimal], rows: Mapping[str, Decimal]) -> list[Compared]:
    """Return every published donor beside the sum of its rows, those that differ first."""
    found = [Compared(donor, amount, rows.get(donor, NO_DONOR)) for donor, amount in published.items()]
    return sorted(found, key=lambda one: (one.is_equal, -abs(one.difference), one.donor))
