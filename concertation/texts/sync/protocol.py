"""The messages of the y-websocket protocol, as bytes and as values; the protocol is the truth, no Django here.

Messages from a client: sync (step 1 asks for what is missing, step 2 and update bring changes), awareness, query
awareness. Messages to a client: the same, auth (permission denied), and `stored`, our own, which plain Yjs clients
ignore: type 100, the state vector that is in the database, and how many of this connection's change messages it
includes (a state vector does not show deletions, the number does).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from concertation.texts.sync.reader import Malformed, Reader, block, uint

MAX_MESSAGE = 1024 * 1024
MAX_STATE = 4096


class Kind(IntEnum):
    """The first number of a message."""

    SYNC = 0
    AWARENESS = 1
    AUTH = 2
    QUERY_AWARENESS = 3
    STORED = 100


class Sync(IntEnum):
    """The second number of a sync message."""

    STEP_1 = 0
    STEP_2 = 1
    UPDATE = 2


@dataclass(frozen=True, slots=True)
class Ask:
    """Sync step 1: send me what this state vector lacks."""

    state: bytes


@dataclass(frozen=True, slots=True)
class Change:
    """Sync step 2 (the answer to our step 1, `answer` true) or update: changes of the document."""

    update: bytes
    answer: bool


@dataclass(frozen=True, slots=True)
class Presence:
    """One client's awareness state: its JSON text, or "null" when it is gone."""

    client: int
    clock: int
    state: str


@dataclass(frozen=True, slots=True)
class Presences:
    """An awareness message."""

    entries: tuple[Presence, ...]


@dataclass(frozen=True, slots=True)
class WhoIsThere:
    """Query awareness: send me every state."""


Message = Ask | Change | Presences | WhoIsThere


def decode(data: bytes) -> Message:
    """Return the message that a client sent; raises `Malformed` on anything else than one message of the protocol."""
    reader = Reader(data)
    kind = reader.uint()
    if kind == Kind.SYNC:
        message = _sync(reader)
    elif kind == Kind.AWARENESS:
        message = Presences(decode_presences(reader.block()))
    elif kind == Kind.QUERY_AWARENESS:
        message = WhoIsThere()
    else:
        raise Malformed("unknown kind of message")
    reader.end()
    return message


def _sync(reader: Reader) -> Message:
    """Return the sync message at `reader`."""
    step = reader.uint()
    if step == Sync.STEP_1:
        return Ask(reader.block())
    if step in (Sync.STEP_2, Sync.UPDATE):
        return Change(reader.block(), answer=step == Sync.STEP_2)
    raise Malformed("unknown sync message")


def decode_presences(data: bytes) -> tuple[Presence, ...]:
    """Return the states in the body of an awareness message."""
    reader = Reader(data)
    entries = tuple(_presence(reader) for _ in range(reader.count()))
    reader.end()
    return entries


def _presence(reader: Reader) -> Presence:
    """Return the awareness state at `reader`."""
    client, clock, state = reader.uint(), reader.uint(), reader.text()
    if len(state) > MAX_STATE:
        raise Malformed("awareness state too large")
    return Presence(client, clock, state)


def encode_presences(entries: Sequence[Presence]) -> bytes:
    """Return the body of an awareness message."""
    out = [uint(len(entries))]
    for entry in entries:
        out += (uint(entry.client), uint(entry.clock), block(entry.state.encode()))
    return b"".join(out)


def decode_state(vector: bytes) -> dict[int, int]:
    """Return a state vector as client → clock; raises `Malformed`."""
    reader = Reader(vector)
    clocks = {reader.uint(): reader.uint() for _ in range(reader.count())}
    reader.end()
    return clocks


def ask(state: bytes) -> bytes:
    """Return sync step 1."""
    return bytes((Kind.SYNC, Sync.STEP_1)) + block(state)


def answer(update: bytes) -> bytes:
    """Return sync step 2."""
    return bytes((Kind.SYNC, Sync.STEP_2)) + block(update)


def change(update: bytes) -> bytes:
    """Return an update message."""
    return bytes((Kind.SYNC, Sync.UPDATE)) + block(update)


def presences(body: bytes) -> bytes:
    """Return the awareness message with `body`, made by `encode_presences`."""
    return bytes((Kind.AWARENESS,)) + block(body)


def denied(reason: str) -> bytes:
    """Return the auth message that refuses a permission."""
    return bytes((Kind.AUTH, 0)) + block(reason.encode())


def stored(state: bytes, changes: int) -> bytes:
    """Return our message that `state` is in the database, with this connection's first `changes` change messages."""
    return bytes((Kind.STORED,)) + block(state) + uint(changes)


def frame(messages: Iterable[bytes]) -> bytes:
    """Return WebSocket frames, one binary frame for each message, as a server writes them (RFC 6455, unmasked)."""
    return b"".join(_header(len(message)) + message for message in messages)


def _header(size: int) -> bytes:
    """Return the header of a final binary frame of `size` bytes."""
    if size < 126:
        return bytes((0x82, size))
    if size < 65536:
        return b"\x82\x7e" + size.to_bytes(2)
    return b"\x82\x7f" + size.to_bytes(8)
