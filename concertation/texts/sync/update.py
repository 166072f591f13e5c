"""The bytes of a Yjs update (version 1), walked before the Rust library may see them.

The library trusts them too much: a value nested some thousand times deep overflows its stack and ends the process,
an update whose predecessors are missing is kept aside silently, some kinds of content come out of it as bytes that it
cannot read again, and where a surrogate pair is cut in half it sees other words than Yjs. So only what texts are
made of is let through, whole. The format is the one that Yjs writes in `encodeStateAsUpdate`.
"""

import re
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field

from concertation.texts.sync.reader import Malformed, Reader

EMPTY = b"\x00\x00"  # the update that changes nothing

MAX_DEPTH = 32
MAX_CLOCK = 2**31

ORIGIN, RIGHT_ORIGIN, PARENT_KEY = 0x80, 0x40, 0x20
GC, TYPE, SKIP = 0, 7, 10
ROOT_NAME = 1
STRING = 4
XML_ELEMENT, XML_TEXT = 3, 6

LOOKS = {"bold", "italic"}
LOOK_VALUE = re.compile(r"null|true|\{\}")
ANCHOR = re.compile(r"anchor--[a-zA-Z0-9+/=]{8}")
ANCHOR_VALUE = re.compile(r'null|\{"id":"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"\}')

ASTRAL = re.compile("[\U00010000-\U0010ffff]")
ASTRAL_BYTES = re.compile(b"[\xf0-\xf4][\x80-\xbf]{3}")


class ForeignLanguage(Malformed):
    """The update writes in a language version that the text does not have."""


class Unmet(ValueError):
    """The update builds on changes that are not here."""


@dataclass(slots=True)
class Shape:
    """What an update touches: the new end of each client's clock, the ids it builds on, the ranges it deletes.

    An id is a client and a clock. `cuts` are those in front of which it divides something, `halves` those of the
    second halves of surrogate pairs in its words.
    `types` counts the elements and texts that it brings and that are not known yet, `roots` names what holds them at
    the top: the language versions that it writes in from outside of anything that stands there.
    """

    ends: dict[int, int] = field(default_factory=dict)
    types: int = 0
    roots: set[str] = field(default_factory=set)
    gap: bool = False
    needs: list[tuple[int, int]] = field(default_factory=list)
    deletes: list[tuple[int, int, int]] = field(default_factory=list)
    cuts: list[tuple[int, int]] = field(default_factory=list)
    halves: set[tuple[int, int]] = field(default_factory=set)

    def check_whole(self, halves: Set[tuple[int, int]]) -> None:
        """Raise `Malformed` when this cuts a surrogate pair of its own or one whose second half is in `halves`."""
        if (halves or self.halves) and any(cut in halves or cut in self.halves for cut in self.cuts):
            raise Malformed("half a character")

    def check_roots(self, languages: Set[str]) -> None:
        """Raise `ForeignLanguage` when this writes in a version that is none of `languages`."""
        if foreign := self.roots - languages:
            raise ForeignLanguage(f"the text has no version “{min(foreign)[:16]}”")

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
    shape = walk(update, known)
    shape.check(known)
    return shape


def walk(update: bytes, known: Mapping[int, int]) -> Shape:
    """Return the shape of `update`, whatever it builds on; raises `Malformed`."""
    reader = Reader(update)
    shape = Shape()
    for _ in range(reader.count()):
        _client_structs(reader, known, shape)
    for _ in range(reader.count()):
        client = reader.uint()
        for _ in range(reader.count()):
            start = reader.uint()
            end = start + reader.uint()
            if end == start:
                raise Malformed("empty deletion")
            shape.deletes.append((client, start, end))
            shape.cuts += ((client, start), (client, end))
    reader.end()
    return shape


def halves_in(update: bytes) -> set[tuple[int, int]]:
    """Return the ids of the second halves of surrogate pairs in a trusted update; one without any is not walked."""
    return walk(update, {}).halves if ASTRAL_BYTES.search(update) else set()


def _client_structs(reader: Reader, known: Mapping[int, int], shape: Shape) -> None:
    """Walk the structs of one client into `shape`."""
    structs = reader.count()
    client = reader.uint()
    clock = reader.uint()
    reached = known.get(client, 0)
    shape.cuts += ((client, clock), (client, reached))  # what is known already is cut off
    for _ in range(structs):
        info = reader.byte()
        kind = info & 31
        if kind == SKIP:
            clock += reader.uint()
            continue
        if clock > reached:
            shape.gap = True
        length = reader.uint() if kind == GC else _item(reader, info, client, clock, shape, is_new=clock >= reached)
        if length == 0:
            raise Malformed("empty item")
        clock += length
        if clock > MAX_CLOCK:
            raise Malformed("clock too large")
        shape.types += kind == TYPE and clock > known.get(client, 0)
        reached = max(reached, clock)
        shape.ends[client] = max(shape.ends.get(client, 0), clock)


def _item(reader: Reader, info: int, client: int, clock: int, shape: Shape, *, is_new: bool) -> int:
    """Walk one item and return its length in the client's clock; the root that holds it is noted if it `is_new`."""
    if info & ORIGIN:
        other, at = _reference(reader, client, clock, shape)
        shape.cuts.append((other, at + 1))
    if info & RIGHT_ORIGIN:
        shape.cuts.append(_reference(reader, client, clock, shape))
    if not info & (ORIGIN | RIGHT_ORIGIN):
        if reader.uint() == ROOT_NAME:
            name = reader.text()
            if is_new:
                shape.roots.add(name)
        else:
            _reference(reader, client, clock, shape)
        if info & PARENT_KEY:
            reader.text()
    if info & 31 == STRING:
        return _words(reader.text(), client, clock, shape)
    content = CONTENTS.get(info & 31)
    if content is None:
        raise Malformed("a kind of content that texts do not have")
    return content(reader)


def _reference(reader: Reader, client: int, clock: int, shape: Shape) -> tuple[int, int]:
    """Walk and return the id of another item, which has to come before the item at (`client`, `clock`)."""
    other, at = reader.uint(), reader.uint()
    if other != client:
        shape.needs.append((other, at))
    elif at >= clock:
        raise Malformed("an item that refers to a later one")
    return other, at


def _words(words: str, client: int, clock: int, shape: Shape) -> int:
    """Note the surrogate pairs in `words`, and return their length in UTF-16 units, which is how Yjs counts."""
    if words.isascii():
        return len(words)
    pairs = 0
    for pairs, astral in enumerate(ASTRAL.finditer(words), 1):
        shape.halves.add((client, clock + astral.start() + pairs))
    return len(words) + pairs


def _format(reader: Reader) -> int:
    """Walk a mark: its name and its JSON value. Browsers delete words whose marks their schema does not know."""
    name, value = reader.text(), reader.text()
    form = LOOK_VALUE if name in LOOKS else ANCHOR_VALUE if ANCHOR.fullmatch(name) else None
    if form is None or not form.fullmatch(value):
        raise Malformed("a mark that texts do not have")
    return 1


def _type(reader: Reader) -> int:
    """Walk an element and its name, or the text in one."""
    kind = reader.uint()
    if kind == XML_ELEMENT:
        reader.text()
    elif kind != XML_TEXT:
        raise Malformed("a kind of content that texts do not have")
    return 1


def _values(reader: Reader) -> int:
    """Walk a list of values."""
    count = reader.count()
    for _ in range(count):
        _any(reader, 0)
    return count


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

CONTENTS: dict[int, Callable[[Reader], int]] = {1: Reader.uint, 6: _format, TYPE: _type, 8: _values}
