"""What a cell says: a day, a number, yes or no, or that something is not known. No Django here."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

UNKNOWN = frozenset(
    {"", ".", "-", "–", "?", "n/a", "na", "nan", "null", "none", "unknown", "undisclosed", "not disclosed"}
    | {"classified", "secret", "inconnu", "inconnue", "non communiqué", "non communiquée", "nc", "non divulgué"}
)
YES = frozenset({"yes", "y", "true", "1", "x", "oui", "o", "vrai"})
NO = frozenset({"", "no", "n", "false", "0", "non", "faux"})
SPACES = re.compile(r"[\s\u00a0\u202f'’]")
DAY_FIRST = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")


class Wrong(StrEnum):
    """Why a cell cannot be read."""

    DAY = "day"
    NUMBER = "number"
    AMBIGUOUS = "ambiguous"
    YES_OR_NO = "yes or no"


class BadCell(ValueError):
    """The cell does not say what its column should."""

    def __init__(self, wrong: Wrong) -> None:
        self.wrong = wrong
        super().__init__(str(wrong))


def is_unknown(text: str) -> bool:
    """Say whether a cell says that its figure is not known; empty is not known either, and neither is 0."""
    return text.strip().casefold() in UNKNOWN


def day_of(text: str) -> date:
    """Return the day that a cell says: 2026-03-31, 31.03.2026 or 31/03/2026, day first; raises BadCell."""
    if found := ISO.fullmatch(text.strip()):
        year, month, day = found.groups()
    elif found := DAY_FIRST.fullmatch(text.strip()):
        day, month, year = found.groups()
    else:
        raise BadCell(Wrong.DAY)
    try:
        return date(int(year), int(month), int(day))
    except ValueError as error:
        raise BadCell(Wrong.DAY) from error


def number_of(text: str) -> Decimal:
    """Return the number that a cell says, with a point or a comma before the decimals; raises BadCell.

    A comma before three digits parts thousands, since no quantity has three decimals; a point there could be either
    and is refused.
    """
    plain = SPACES.sub("", text)
    if re.fullmatch(r"[+-]?\d{1,3}\.\d{3}", plain):
        raise BadCell(Wrong.AMBIGUOUS)
    if re.fullmatch(r"[+-]?\d{1,3}(\.\d{3}){2,}(,\d+)?", plain) or re.fullmatch(r"[+-]?\d{1,3}\.\d{3},\d+", plain):
        plain = plain.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", plain):
        plain = plain.replace(",", "")
    else:
        plain = plain.replace(",", ".")
    return exact_number_of(plain)


def exact_number_of(plain: str) -> Decimal:
    """Return the number that digits with a point say, whatever its decimals; raises BadCell."""
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,2})?", plain):
        raise BadCell(Wrong.NUMBER)
    try:
        return Decimal(plain)
    except InvalidOperation as error:
        raise BadCell(Wrong.NUMBER) from error


def is_yes(text: str) -> bool:
    """Say whether a cell says yes; raises BadCell for what is neither yes nor no."""
    said = text.strip().casefold()
    if said not in YES | NO:
        raise BadCell(Wrong.YES_OR_NO)
    return said in YES


def parts_of(text: str) -> list[str]:
    """Return what a cell lists, parted by semicolons, commas, bars or breaks."""
    return [part.strip() for part in re.split(r"[;,|\n]", text) if part.strip()]
