"""Who acted, and on what: the two halves that every entry of the record names."""

from dataclasses import dataclass
from typing import Self

SYSTEM = "system"  # the capacity in which the server itself acts


@dataclass(frozen=True, slots=True)
class Actor:
    """A delegate as the record names it; the server itself acts for commands."""

    delegate: str | None
    name: str
    capacity: str
    member: str | None

    @classmethod
    def system(cls) -> Self:
        """Return the actor of the command line and of the loader."""
        return cls(delegate=None, name="", capacity=SYSTEM, member=None)


@dataclass(frozen=True, slots=True)
class Subject:
    """The object of an act: its kind and its identifier."""

    kind: str
    id: str
