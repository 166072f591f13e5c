"""How large the economies and populations of states are: the table that ships with the package; pure."""

import csv
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "facts" / "economies.csv"


@dataclass(frozen=True, slots=True)
class Economy:
    """A state: gross domestic product in current US dollars at the official exchange rate, and how many people."""

    code: str
    number: str  # of three digits, by ISO 3166-1, which maps use
    gdp: Decimal | None
    gdp_year: int | None
    people: int
    people_year: int
    source: str


@cache
def economies() -> dict[str, Economy]:
    """Return every state of the table by its code."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["code"]: _economy(row) for row in csv.DictReader(file)}


def _economy(row: dict[str, str]) -> Economy:
    return Economy(
        code=row["code"],
        number=row["number"],
        gdp=Decimal(row["gdp_usd"]) if row["gdp_usd"] else None,
        gdp_year=int(row["gdp_year"]) if row["gdp_year"] else None,
        people=int(row["population"]),
        people_year=int(row["population_year"]),
        source=row["source"],
    )
