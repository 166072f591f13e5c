"""The row-level file of the Kiel Institute's Ukraine Support Tracker: each row a contribution in euro.

How its columns are understood (docs/decisions/0020 says why):

- `Countries` is the member; donors that are no members are left out and named.
- `eur_value` is the amount, rounded to the cent. `.` and 0 are amounts that the tracker does not value by themselves:
  they are undisclosed, never 0. Below 0 it is a correction.
- every row counts as announced and committed on its `date`: the published commitments are the sum of all rows, whether
  `donation_type` says Commitment or Allocation. The words, the item and the number of units are kept in the details.
- a row without a date has the last day of the file, and says so.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from concertation.commitments.deriving import Amount
from concertation.commitments.domain.contributions import TITLE_LENGTH, Offer
from concertation.commitments.enums import Line
from concertation.commitments.imports.cells import BadCell, Wrong, day_of, exact_number_of
from concertation.commitments.imports.columns import Kind
from concertation.commitments.imports.reading import Line as FileLine
from concertation.commitments.imports.result import OfferRow, Problem
from concertation.commitments.imports.rows import Keys
from concertation.commitments.imports.sentences import WRONG
from concertation.core.words import one_line

CENT = Decimal("0.01")
LINK = "https://www.ifw-kiel.de/topics/war-against-ukraine/ukraine-support-tracker/"
HEADERS = frozenset({"countries", "date", "generaltype", "donationtype", "eurvalue"})  # by which the file is known
NEEDED = ("Countries", "date", "general_type", "donation_type", "eur_value")
CAPABILITIES = {"military": "military-aid", "financial": "financial-aid", "humanitarian": "humanitarian-aid"}
NOT_VALUED = frozenset({"", ".", "0", "nan"})
DONORS = {
    "Australia": "AU", "Austria": "AT", "Belgium": "BE", "Bulgaria": "BG", "Canada": "CA", "China": "CN",
    "Croatia": "HR", "Cyprus": "CY", "Czech Republic": "CZ", "Czechia": "CZ", "Denmark": "DK", "Estonia": "EE",
    "EU (Commission and Council)": "EU", "European Investment Bank": "EIB", "European Peace Facility": "EPF",
    "Finland": "FI", "France": "FR", "Germany": "DE", "Greece": "GR", "Hungary": "HU", "Iceland": "IS", "India": "IN",
    "Ireland": "IE", "Italy": "IT", "Japan": "JP", "Latvia": "LV", "Lithuania": "LT", "Luxembourg": "LU", "Malta": "MT",
    "Netherlands": "NL", "New Zealand": "NZ", "Norway": "NO", "Poland": "PL", "Portugal": "PT", "Romania": "RO",
    "Slovakia": "SK", "Slovenia": "SI", "South Korea": "KR", "Spain": "ES", "Sweden": "SE", "Switzerland": "CH",
    "Taiwan": "TW", "Turkey": "TR", "Türkiye": "TR", "United Kingdom": "GB", "United States": "US",
}  # fmt: skip
# What identifies a row from one edition to the next; its value may be revised.
IDENTITY = ("Countries", "date", "general_type", "specific_type", "donation_type", "Type of Item", "Sub-type of item")


@dataclass
class Read:
    """What the file says: the rows of members, what is wrong, and the sums of each donor, members or not."""

    rows: list[OfferRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    totals: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))  # by donor, all of them
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    not_valued: int = 0  # rows without an amount of their own, of members
    undated: int = 0

    left_out: set[str] = field(default_factory=set)


def is_kiel(headers: Sequence[str]) -> bool:
    """Say whether the headers are those of the tracker's row-level file."""
    return {"".join(sign for sign in header.casefold() if sign.isalnum()) for header in headers} >= HEADERS


def read_kiel(head: FileLine, lines: Sequence[FileLine], members: frozenset[str]) -> Read:
    """Return the rows of donors that are among `members`, and the sums of all."""
    places = {header.strip(): place for place, header in enumerate(head.cells)}
    read, keys = Read(), Keys(Kind.CONTRIBUTIONS)
    said = [(line, {name: _said(line.cells[place]) for name, place in places.items()}) for line in lines]
    last = max(filter(None, (_day(texts["date"]) for _line, texts in said)), default=None)
    for line, texts in said:
        key = keys.made("kiel", [texts.get(name, "") for name in IDENTITY])
        try:
            amount, day = _amount(texts), last if last and not texts["date"] else day_of(texts["date"])
        except BadCell as error:
            column = "announced" if error.wrong == Wrong.DAY else "quantity"
            text = texts["date" if error.wrong == Wrong.DAY else "eur_value"]
            read.problems.append(Problem(line.number, column, str(WRONG[error.wrong]) % {"text": text[:60]}))
            continue
        donor = texts["Countries"]
        read.totals[donor] += amount or Decimal(0)
        read.counts[donor] += 1
        if DONORS.get(donor) not in members:
            read.left_out.add(donor)
            continue
        read.not_valued += amount is None
        read.undated += not texts["date"]
        read.rows.append(_row(line.number, key, texts, amount, day))
    return read


def _day(text: str) -> date | None:
    """Return a day, None for what is none; that is told with its row."""
    with suppress(BadCell):
        return day_of(text)
    return None


def _said(cell: str) -> str:
    """Return what a cell says; the workbook of the release writes NULL or #N/A where the CSV file has nothing."""
    return "" if cell in {"NULL", "#N/A"} else cell.strip()


def _amount(texts: Mapping[str, str]) -> Decimal | None:
    """Return the amount of a row in euro, None where the tracker gives it none of its own; raises BadCell."""
    text = texts["eur_value"]
    if text.casefold() in NOT_VALUED:
        return None
    amount = exact_number_of(text).quantize(CENT)
    return amount or None


def _row(number: int, key: str, texts: Mapping[str, str], amount: Decimal | None, day: date) -> OfferRow:
    offer = Offer(
        title=_title(texts),
        line=Line.SUPPORT,
        capability=CAPABILITIES.get(texts["general_type"].casefold(), "financial-aid"),
        amount=Amount(amount, amount),
        available_from=day,
        details=_details(texts),
        currency="EUR",
        link=LINK,
    )
    return OfferRow(
        number=number,
        key=key,
        members=(DONORS[texts["Countries"]],),
        offer=offer,
        given=frozenset({"title", "line", "capability", "amount", "available_from", "details", "currency", "link"}),
        announced=day,
        evidence="Kiel Institute for the World Economy, Ukraine Support Tracker.",
        committed=day,
        published=True,
    )


def _title(texts: Mapping[str, str]) -> str:
    """Return what is given: the item with its number, else the kind of aid."""
    item, units = texts.get("Sub-type of item", ""), texts.get("No of Units", "")
    words = texts.get("specific_type", "") or texts["general_type"]
    if item:
        words = f"{units} × {item}" if units.replace(".", "").isdigit() else item
    return one_line(f"{words} ({texts['general_type'].casefold()})")[:TITLE_LENGTH]


def _details(texts: Mapping[str, str]) -> str:
    """Return what else the row says, a line for each column, and what it does not say."""
    names = ("donation_type", "specific_type", "Type of Item", "No of Units", "Unit Price in USD", "Original Currency")
    lines = [f"{name}: {texts[name]}" for name in names if texts.get(name)]
    if texts["eur_value"] == "0":
        lines.append("The tracker gives this item no value of its own.")
    if not texts["date"]:
        lines.append("The tracker gives no date; the last day of the file stands for it.")
    return "\n".join(lines)
