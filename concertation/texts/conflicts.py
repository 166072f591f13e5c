"""Which proposals cannot both be accepted as they are.

Two are in conflict when they replace the same words, or want different things of the same paragraph. Two that want
the same paragraph gone agree, and so do two that put a new paragraph after the same one: both can come.
"""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

from concertation.texts.enums import Wish

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a proposal touches: a paragraph, or [start, end) of it; `after` is where it is to go."""

    kind: str
    paragraph: str
    start: int | None = None
    end: int | None = None
    after: str = ""


def conflicts_among(claims: Sequence[tuple[Key, Claim]]) -> dict[Key, set[Key]]:
    """Return, for each proposal in conflict, those that it is in conflict with; a proposal may have several claims."""
    found: dict[Key, set[Key]] = defaultdict(set)
    groups: dict[str, list[tuple[Key, Claim]]] = defaultdict(list)
    for key, claim in claims:
        for paragraph in _touched(claim):
            groups[paragraph].append((key, claim))
    for group in groups.values():
        for (one, this), (other, that) in combinations(group, 2):
            if one != other and in_conflict(this, that):
                found[one].add(other)
                found[other].add(one)
    return dict(found)


def in_conflict(one: Claim, other: Claim) -> bool:
    """Say whether accepting `one` leaves `other` without what it was about."""
    kinds = {one.kind, other.kind}
    if one.paragraph != other.paragraph:
        return _loses_place(one, other) or _loses_place(other, one)
    if kinds == {Wish.CHANGE}:
        return _overlap(one, other)
    if kinds == {Wish.MOVE}:
        return one.after != other.after
    return kinds in ({Wish.CHANGE, Wish.DELETE}, {Wish.DELETE, Wish.MOVE})


def _touched(claim: Claim) -> set[str]:
    return {claim.paragraph, claim.after} - {""} if claim.kind in {Wish.INSERT, Wish.MOVE} else {claim.paragraph}


def _loses_place(gone: Claim, placed: Claim) -> bool:
    """Say whether `gone` deletes the paragraph that `placed` is to follow."""
    return gone.kind == Wish.DELETE and placed.kind in {Wish.INSERT, Wish.MOVE} and placed.after == gone.paragraph


def _overlap(one: Claim, other: Claim) -> bool:
    """Say whether two changes of one paragraph replace the same words; one of the whole overlaps with every other."""
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return True
    return one.start < other.end and other.start < one.end
