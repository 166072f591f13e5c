"""Why a spreadsheet cannot be read, as a whole or in a cell. No Django here: `sentences.py` has the words."""

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """What is wrong with a file as a whole."""

    NOT_A_TABLE = "not a table"
    OLD_FORMAT = "old format"
    TOO_LARGE = "too large"
    TOO_MANY_ROWS = "too many rows"
    TOO_MANY_COLUMNS = "too many columns"
    BROKEN = "broken"
    MACROS = "macros"
    LINKS = "links"
    FORMULAS = "formulas"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Place:
    """A cell as spreadsheets name it: `row` from 1, `column` by its letters."""

    row: int
    column: str

    def __str__(self) -> str:
        return f"{self.column}{self.row}"


class BadFile(ValueError):
    """The file cannot be imported; `fault` says why, `places` where, as far as that is one."""

    def __init__(self, fault: Fault, places: tuple[Place, ...] = ()) -> None:
        self.fault, self.places = fault, places
        super().__init__(str(fault))


def letters_of(index: int) -> str:
    """Return the name of a column, counted from 0, as spreadsheets have it: A, B, …, Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
