"""What a file says, once its cells are read: one requirement or contribution a row, and what is wrong where."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from concertation.commitments.domain.contributions import Offer
from concertation.commitments.domain.requirements import Need


@dataclass(frozen=True, slots=True)
class NeedRow:
    """A requirement: `given` names the fields of `need` that the file speaks of, the others keep what they were."""

    number: int  # of the row in the file
    key: str
    need: Need
    given: frozenset[str]


@dataclass(frozen=True, slots=True)
class OfferRow:
    """A contribution, with what the file says happened to it; `delivered` is all that was delivered so far.

    What is `published` was coded from a public source: it may be a correction below 0, and say what its member
    committed.
    """

    number: int
    key: str
    members: tuple[str, ...]
    offer: Offer
    given: frozenset[str]
    announced: date
    evidence: str = ""
    committed: date | None = None
    delivered: Decimal | None = None
    delivered_on: date | None = None
    published: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong: the row of the file, which of our columns (empty: the whole row), and why."""

    row: int
    column: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Upload:
    """The file that rows come from, as the record names it."""

    name: str
    sha256: str
    link: str = ""  # to a public source
