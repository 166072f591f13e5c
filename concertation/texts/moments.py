"""A moment in the life of a text: up to which update its words are read, which rows were open. No Django here."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Moment:
    """A text as it was `at` a time: its updates up to `sequence`, and what was open then.

    `name` is how addresses say it (“now”, “opening”, “rev2”, “u1234”), `symbol` what people call a circulated one,
    else empty.
    """

    name: str
    sequence: int
    at: datetime
    symbol: str = ""
