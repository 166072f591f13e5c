"""The bytes of a Yjs update (version 1), walked before the Rust library may see them.

The library trusts them too much: a value nested some thousand times deep overflows its stack and ends the process,
and an update whose predecessors are missing is kept aside silently. The format is the one that Yjs writes in
`encodeStateAsUpdate`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from concertation.texts.sync.reader import Malformed, Reader

EMPTY = b"\x00\x00"  # the update that changes nothing

MAX_DEPTH = 32
MAX_CLOCK = 2**31

ORIGIN, RIGHT_ORIGIN, PARENT_KEY = 0x80, 0x40, 0x20
GC, SKIP = 0, 10
ROOT_NAME = 1
NAMED_TYPES = {3, 5}
MAX_TYPE = 6


class Unmet(ValueError):
    """The update builds on changes that are not here."""


@dataclass(slots=True)
class Shape:
    """What an update touches: the new end of each client's clock, the ids it builds on, the ranges it deletes."""

    ends: dict[int, int] = field(default_factory=dict)
    gap: bool = False
    needs: list[tuple[int, int]] = field(default_factory=list)
    deletes: list[tuple[int, int, int]] = field(default_factory=list)

    def check(self, known: Mapping[int, int]) -> None:
        """Raise `Unmet` when something this builds on is neither in it nor below the clocks of `known`."""
        ends = self.ends
        if self.gap:
            raise Unmet("earlier changes of the same client are missing")
        for client, clock in self.needs:
            if clock >= known.get(client, 0) and clock >= ends.get(client, 0):
                raise Unmet("it refers to changes that are missing")
        for client, _start, end in self.deletes:
            if end > known.get(client, 0) and end > ends.get(client, 0):
                raise Unmet("it deletes what is missing")


def examine(update: bytes, known: Mapping[int, int]) -> Shape:
    """Return the shape of `update`, to be applied where the clocks `known` have been reached.

    Raises `Malformed` when the bytes are not one well-formed update, `Unmet` when it builds on what is missing.
    """
    reader = Reader(update)
    shape = Shape()
    for _ in range(reader.count()):
        _client_structs(reader, known, shape)
    for _ in range(reader.count()):
        client = reader.uint()
        for _ in range(reader.count()):
            start = reader.uint()
            shape.deletes.append((client, start, start + reader.uint()))
    reader.end()
    shape.check(known)
    return shape


def _client_structs(reader: Reader, known: Mapping[int, int], shape: Shape) -> None:
    """Walk the structs of one client into `shape`."""
    structs = reader.count()
    client = reader.uint()
    clock = reader.uint()
    reached = known.get(client, 0)
    for _ in range(structs):
        info = reader.byte()
        kind = info & 31
        if kind == SKIP:
            clock += reader.uint()
            continue
        if clock > reached:
            shape.gap = True
        length = reader.uint() if kind == GC else _item(reader, info, client, clock, shape)
        if length == 0:
            raise Malformed("empty item")
        clock += length
        if clock > MAX_CLOCK:
            raise Malformed("clock too large")
        reached = max(reached, clock)
        shape.ends[client] = max(shape.ends.get(client, 0), clock)


def _item(reader: Reader, info: int, client: int, clock: int, shape: Shape) -> int:
    """Walk one item and return its length in the client's clock."""
    if info & ORIGIN:
        _reference(reader, client, clock, shape)
    if info & RIGHT_ORIGIN:
        _reference(reader, client, clock, shape)
    if not info & (ORIGIN | RIGHT_ORIGIN):
        if reader.uint() == ROOT_NAME:
            reader.text()
        else:
            _reference(reader, client, clock, shape)
        if info & PARENT_KEY:
            reader.text()
    content = CONTENTS.get(info & 31)
    if content is None:
        raise Malformed("unknown kind of content")
    return content(reader)


def _reference(reader: Reader, client: int, clock: int, shape: Shape) -> None:
    """Walk the id of another item, which has to come before the item at (`client`, `clock`)."""
    other, at = reader.uint(), reader.uint()
    if other != client:
        shape.needs.append((other, at))
    elif at >= clock:
        raise Malformed("an item that refers to a later one")


def _string(reader: Reader) -> int:
    """Walk a string and return its length in UTF-16 units, which is how Yjs counts."""
    text = reader.text()
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _texts(reader: Reader) -> int:
    """Walk a list of JSON texts."""
    count = reader.count()
    for _ in range(count):
        reader.text()
    return count


def _one_text(reader: Reader) -> int:
    """Walk one JSON text."""
    reader.text()
    return 1


def _format(reader: Reader) -> int:
    """Walk a mark: its name and its JSON value."""
    reader.text()
    reader.text()
    return 1


def _binary(reader: Reader) -> int:
    """Walk bytes."""
    reader.block()
    return 1


def _type(reader: Reader) -> int:
    """Walk the kind of a shared type, and its name where it has one."""
    kind = reader.uint()
    if kind > MAX_TYPE:
        raise Malformed("unknown type")
    if kind in NAMED_TYPES:
        reader.text()
    return 1


def _values(reader: Reader) -> int:
    """Walk a list of values."""
    count = reader.count()
    for _ in range(count):
        _any(reader, 0)
    return count


def _document(reader: Reader) -> int:
    """Walk a document inside the document."""
    reader.text()
    _any(reader, 0)
    return 1


def _any(reader: Reader, depth: int) -> None:
    """Walk one value of lib0's own encoding, no deeper than `MAX_DEPTH`."""
    if depth > MAX_DEPTH:
        raise Malformed("value nested too deep")
    kind = reader.byte()
    if kind in FIXED_SIZES:
        reader.skip(FIXED_SIZES[kind])
    elif kind == 125:
        _signed(reader)
    elif kind in {116, 119}:
        reader.block()
    elif kind in {117, 118}:
        for _ in range(reader.count()):
            if kind == 118:
                reader.text()
            _any(reader, depth + 1)
    else:
        raise Malformed("unknown kind of value")


def _signed(reader: Reader) -> None:
    """Walk a signed number of at most 64 bits."""
    for _ in range(10):
        if reader.byte() < 128:
            return
    raise Malformed("number too large")


FIXED_SIZES = {127: 0, 126: 0, 124: 4, 123: 8, 122: 8, 121: 0, 120: 0}

CONTENTS: dict[int, Callable[[Reader], int]] = {
    1: Reader.uint,
    2: _texts,
    3: _binary,
    4: _string,
    5: _one_text,
    6: _format,
    7: _type,
    8: _values,
    9: _document,
}
