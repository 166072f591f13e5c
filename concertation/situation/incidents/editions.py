"""What a newer edition of a collection changes: pure. Rows are compared by their identifier in the source."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

C = TypeVar("C", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Held(Generic[C]):
    """What the last edition that told of a row said, and whether a later one withdrew it."""

    content: C
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """The identifiers of rows by what happens to them, in the order of the file; withdrawn ones in their own."""

    added: list[str]
    changed: list[str]
    withdrawn: list[str]
    restored: list[str]
    unchanged: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing happens."""
        return not (self.added or self.changed or self.withdrawn or self.restored)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows of each."""
        return {
            "added": len(self.added),
            "changed": len(self.changed),
            "withdrawn": len(self.withdrawn),
            "restored": len(self.restored),
            "unchanged": self.unchanged,
        }


def difference(held: Mapping[str, Held[C]], told: Mapping[str, C]) -> Difference:
    """Return what makes of what is `held` what an edition tells; what it does not tell any more is withdrawn."""
    found = Difference([], [], [], [], sum(key in held and _same(held[key], told[key]) for key in told))
    for key, content in told.items():
        before = held.get(key)
        if before is None:
            found.added.append(key)
        elif before.is_withdrawn:
            found.restored.append(key)
        elif before.content != content:
            found.changed.append(key)
    found.withdrawn.extend(key for key, before in held.items() if key not in told and not before.is_withdrawn)
    return found


def _same(before: Held[C], content: C) -> bool:
    return not before.is_withdrawn and before.content == content
