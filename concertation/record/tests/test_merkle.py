"""The tree against the recursive definitions of RFC 9162, written here a second time and naively."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concertation.record import merkle
from concertation.record.merkle import Frontier, Node, Range

LEAVES = [b"", b"\x00", b"\x10"]


def naive_root(leaves: list[bytes]) -> bytes:
    """MTH of RFC 9162 section 2.1.1."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    split = naive_split(len(leaves))
    return sha256(b"\x01" + naive_root(leaves[:split]) + naive_root(leaves[split:])).digest()


def naive_split(count: int) -> int:
    split = 1
    while split * 2 < count:
        split *= 2
    return split


def naive_path(index: int, leaves: list[bytes]) -> list[bytes]:
    """PATH of RFC 9162 section 2.1.3.1."""
    if len(leaves) == 1:
        return []
    split = naive_split(len(leaves))
    if index < split:
        return [*naive_path(index, leaves[:split]), naive_root(leaves[split:])]
    return [*naive_path(index - split, leaves[split:]), naive_root(leaves[:split])]


def naive_subproof(old: int, leaves: list[bytes], whole: bool) -> list[bytes]:
    """SUBPROOF of RFC 9162 section 2.1.4.1."""
    if old == len(leaves):
        return [] if whole else [naive_root(leaves)]
    split = naive_split(len(leaves))
    if old <= split:
        return [*naive_subproof(old, leaves[:split], whole), naive_root(leaves[split:])]
    return [*naive_subproof(old - split, leaves[split:], False), naive_root(leaves[:split])]


def path_of(leaves: list[bytes], ranges: list[Range]) -> list[bytes]:
    """The hashes of the ranges, made as the record makes them: from complete subtrees."""
    return [
        merkle.fold(
            [
                naive_root(leaves[node.place << node.level : node.completed_by])
                for node in merkle.complete_subtrees(part)
            ]
        )
        for part in ranges
    ]


trees = st.lists(st.binary(max_size=4), min_size=1, max_size=40)


def test_leaf_hash_matches_published_hashes() -> None:
    assert merkle.leaf_hash(b"").hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert merkle.EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_root_of_two_and_three_leaves_matches_hashes_made_by_hand() -> None:
    one, two, three = (sha256(b"\x00" + leaf).digest() for leaf in LEAVES[:3])
    pair = sha256(b"\x01" + one + two).digest()
    assert merkle.root_of([one, two]) == pair
    assert merkle.root_of([one, two, three]) == sha256(b"\x01" + pair + three).digest()


@given(st.lists(st.binary(max_size=4), max_size=40))
def test_root_of_equals_the_recursive_definition(leaves: list[bytes]) -> None:
    assert merkle.root_of(map(merkle.leaf_hash, leaves)) == naive_root(leaves)


@given(trees)
def test_append_gives_every_subtree_that_it_completes(leaves: list[bytes]) -> None:
    tree = Frontier()
    for number, leaf in enumerate(leaves, 1):
        tree, completed = tree.append(merkle.leaf_hash(leaf))
        assert completed[0] == merkle.leaf_hash(leaf)
        for level, hash_ in enumerate(completed):
            assert hash_ == naive_root(leaves[number - (1 << level) : number])
        assert number % (1 << (len(completed) - 1)) == 0
        assert number % (1 << len(completed)) != 0


@given(trees)
def test_frontier_survives_being_stored(leaves: list[bytes]) -> None:
    tree = Frontier()
    for leaf in leaves:
        tree, _ = Frontier.from_hex(tree.size, tree.to_hex()).append(merkle.leaf_hash(leaf))
    assert tree.root == naive_root(leaves)
    assert len(tree.peaks) == tree.size.bit_count()


@given(trees, st.data())
def test_inclusion_proof_equals_the_definition_and_proves(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    path = path_of(leaves, merkle.inclusion_ranges(index, len(leaves)))
    assert path == naive_path(index, leaves)
    leaf, root = merkle.leaf_hash(leaves[index]), naive_root(leaves)
    assert merkle.proves_inclusion(leaf, index, len(leaves), path, root)


@given(trees, st.data())
def test_inclusion_proof_with_any_part_changed_proves_nothing(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    size, root = len(leaves), naive_root(leaves)
    leaf, path = merkle.leaf_hash(leaves[index]), naive_path(index, leaves)
    other = sha256(b"something else").digest()
    assert not merkle.proves_inclusion(other, index, size, path, root)
    assert not merkle.proves_inclusion(leaf, index, size, path, other)
    assert not merkle.proves_inclusion(leaf, index, size, [*path, other], root)
    assert not merkle.proves_inclusion(leaf, size, size, path, root)
    assert not merkle.proves_inclusion(leaf, -1, size, path, root)
    for at in range(len(path)):
        assert not merkle.proves_inclusion(leaf, index, size, path[:at] + path[at + 1 :], root)
        assert not merkle.proves_inclusion(leaf, index, size, [*path[:at], other, *path[at + 1 :]], root)


@given(trees, st.data())
def test_consistency_proof_equals_the_definition_and_proves(leaves: list[bytes], data: st.DataObject) -> None:
    old = data.draw(st.integers(1, len(leaves)))
    path = path_of(leaves, merkle.consistency_ranges(old, len(leaves)))
    assert path == naive_subproof(old, leaves, True)
    old_root, root = naive_root(leaves[:old]), naive_root(leaves)
    assert merkle.proves_consistency(old, len(leaves), path, old_root, root)


@given(trees, st.data())
def test_consistency_proof_with_any_part_changed_proves_nothing(leaves: list[bytes], data: st.DataObject) -> None:
    old = data.draw(st.integers(1, len(leaves)))
    size, old_root, root = len(leaves), naive_root(leaves[:old]), naive_root(leaves)
    path = naive_subproof(old, leaves, True)
    other = sha256(b"something else").digest()
    assert not merkle.proves_consistency(old, size, path, other, root)
    assert not merkle.proves_consistency(old, size, path, old_root, other)
    assert not merkle.proves_consistency(old, size, [*path, other], old_root, root)
    assert not merkle.proves_consistency(size + 1, size, path, old_root, root)
    assert not merkle.proves_consistency(-1, size, path, old_root, root)
    for at in range(len(path)):
        assert not merkle.proves_consistency(old, size, path[:at] + path[at + 1 :], old_root, root)
        changed = [*path[:at], other, *path[at + 1 :]]
        assert not merkle.proves_consistency(old, size, changed, old_root, root)


def test_every_tree_begins_with_the_empty_one() -> None:
    root = naive_root([b"a"])
    assert merkle.proves_consistency(0, 1, [], merkle.EMPTY_ROOT, root)
    assert not merkle.proves_consistency(0, 1, [], root, root)
    assert not merkle.proves_consistency(0, 1, [root], merkle.EMPTY_ROOT, root)


def test_complete_subtrees_fall_in_size() -> None:
    assert merkle.complete_subtrees(Range(8, 15)) == [Node(2, 2), Node(1, 6), Node(0, 14)]


@pytest.mark.parametrize(("index", "size"), [(0, 0), (3, 3), (-1, 3)])
def test_inclusion_ranges_refuses_a_leaf_outside_the_tree(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="has no leaf"):
        merkle.inclusion_ranges(index, size)


@pytest.mark.parametrize(("old", "size"), [(0, 3), (4, 3), (-1, 3)])
def test_consistency_ranges_refuses_a_tree_that_is_not_older(old: int, size: int) -> None:
    with pytest.raises(ValueError, match="does not begin"):
        merkle.consistency_ranges(old, size)
