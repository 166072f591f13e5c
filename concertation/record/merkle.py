"""The hash tree of RFC 9162 section 2.1, which is what every proof about the record rests on; pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from hashlib import sha256
from typing import NamedTuple, Self

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()


class Node(NamedTuple):
    """A complete subtree: the 2^`level` leaves from leaf `place` · 2^`level` on."""

    level: int
    place: int

    @property
    def completed_by(self) -> int:
        """The size of the tree at which this subtree became complete."""
        return (self.place + 1) << self.level


class Range(NamedTuple):
    """The leaves from `start` up to, not including, `end`, counted from 0."""

    start: int
    end: int


def leaf_hash(leaf: bytes) -> bytes:
    """Return the hash of a leaf (RFC 9162 section 2.1.1)."""
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of the node above two subtrees (RFC 9162 section 2.1.1)."""
    return sha256(b"\x01" + left + right).digest()


def fold(hashes: Sequence[bytes]) -> bytes:
    """Return the root above complete subtrees of falling size, left to right; above none, the empty root."""
    if not hashes:
        return EMPTY_ROOT
    return reduce(lambda right, left: node_hash(left, right), reversed(hashes))


@dataclass(frozen=True, slots=True)
class Frontier:
    """All that an append needs of a tree: its size, and one complete subtree's hash for each bit of it."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    @property
    def root(self) -> bytes:
        """The root hash of the tree."""
        return fold(self.peaks)

    def append(self, leaf: bytes) -> tuple[Self, list[bytes]]:
        """Return the frontier with leaf hash `leaf` added, and the subtrees it completed: level 0, 1, …"""
        completed = [leaf]
        peaks = list(self.peaks)
        while len(completed) <= _trailing_ones(self.size):
            completed.append(node_hash(peaks.pop(), completed[-1]))
        return type(self)(self.size + 1, (*peaks, completed[-1])), completed

    def to_hex(self) -> str:
        """Return the peaks as one hexadecimal text."""
        return b"".join(self.peaks).hex()

    @classmethod
    def from_hex(cls, size: int, peaks: str) -> Self:
        """Return the frontier of a tree of `size` leaves from what `to_hex` gave."""
        raw = bytes.fromhex(peaks)
        return cls(size, tuple(raw[at : at + HASH_BYTES] for at in range(0, len(raw), HASH_BYTES)))


def root_of(leaf_hashes: Iterable[bytes]) -> bytes:
    """Return the root hash of the tree over `leaf_hashes`."""
    tree = Frontier()
    for leaf in leaf_hashes:
        tree, _ = tree.append(leaf)
    return tree.root


def complete_subtrees(leaves: Range) -> list[Node]:
    """Return the complete subtrees that make up the subtree over `leaves`, from left to right."""
    nodes, start = [], leaves.start
    while start < leaves.end:
        level = (leaves.end - start).bit_length() - 1
        nodes.append(Node(level, start >> level))
        start += 1 << level
    return nodes


def inclusion_ranges(index: int, size: int) -> list[Range]:
    """Return the subtrees whose hashes prove leaf `index` in a tree of `size` leaves, from the leaf up.

    RFC 9162 section 2.1.3.1; raises ValueError when the tree has no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} leaves has no leaf {index}")
    path, start, end = [], 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(Range(middle, end))
            end = middle
        else:
            path.append(Range(start, middle))
            start = middle
    return path[::-1]


def consistency_ranges(old: int, size: int) -> list[Range]:
    """Return the subtrees whose hashes prove that a tree of `size` leaves begins with one of `old` leaves.

    RFC 9162 section 2.1.4.1; raises ValueError unless 0 < old ≤ size.
    """
    if not 0 < old <= size:
        raise ValueError(f"a tree of {size} leaves does not begin with one of {old}")
    path, start, end = [], 0, size
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(Range(middle, end))
            end = middle
        else:
            path.append(Range(start, middle))
            start = middle
    if start > 0:
        path.append(Range(start, end))
    return path[::-1]


def proves_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Say whether `proof` leads from leaf hash `leaf` at `index` to `root` (RFC 9162 section 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for hash_ in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(hash_, found)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, hash_)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def proves_consistency(old: int, size: int, proof: Sequence[bytes], old_root: bytes, root: bytes) -> bool:
    """Say whether `proof` shows that the tree `root` of `size` leaves begins with `old_root` of `old` leaves.

    RFC 9162 section 2.1.4.2; every tree begins with the empty one, by an empty proof.
    """
    if old == size or old == 0:
        return not proof and old_root == (root if old == size else EMPTY_ROOT)
    if not 0 < old < size or not proof:
        return False
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    place, last = old - 1, size - 1
    skip = _trailing_ones(place)
    place, last = place >> skip, last >> skip
    first = second = path[0]
    for hash_ in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            first, second = node_hash(hash_, first), node_hash(hash_, second)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            second = node_hash(second, hash_)
        place, last = place >> 1, last >> 1
    return last == 0 and first == old_root and second == root


def _split(count: int) -> int:
    """Return the largest power of two below `count`, for two leaves or more."""
    return 1 << ((count - 1).bit_length() - 1)


def _trailing_ones(number: int) -> int:
    """Return how many of the lowest bits of `number` are set before the first that is not."""
    return (number ^ (number + 1)).bit_length() - 1
