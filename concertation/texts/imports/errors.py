"""Why a file cannot be imported. No Django here: `views/imports.py` has the words for each."""

from enum import StrEnum


class Fault(StrEnum):
    """What is wrong with a file."""

    NOT_A_PACKAGE = "not a package"
    OLD_FORMAT = "old format"
    NOT_A_DOCUMENT = "not a document"
    MACROS = "macros"
    TOO_LARGE = "too large"
    BROKEN = "broken"
    FOREIGN_ENTITIES = "foreign entities"
    EMPTY = "empty"


class BadFile(ValueError):
    """The file cannot be read; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(str(fault))
