"""People who type, in one process without any library: it must cost less than the server that it measures."""

import base64
import os
import random
import select
import socket
import time
from dataclasses import dataclass, field

from concertation.texts.sync.reader import Reader, block

from .typing import EMPTY_UPDATE, FIRST_CLIENT, STEP_1, STEP_2, SYNC, SYNC_REPLY, UPDATE, characters, keystroke

KEYS_PER_SECOND = 5
WARM_UP = 1.0
PATIENCE = 3.0
CHUNK = 1 << 18
MAX_CACHED = 50_000
BINARY = 0x82


@dataclass(slots=True)
class Edit:
    """One keystroke: who meant it when, how many of the others have yet to see it, and when the last of them did."""

    author: int
    meant: float
    missing: int
    seen: float = 0.0


@dataclass(slots=True)
class Outcome:
    """What a run gave: seconds from keystroke to last reader, and how many keystrokes never reached them all."""

    delays: list[float]
    lost: int
    keys: int


@dataclass(slots=True)
class Person:
    """One connection: its socket, the bytes of an unfinished frame, and how much it has typed."""

    number: int
    socket: socket.socket
    rest: bytes = b""
    clock: int = 0
    unsent: bytes = b""
    is_ready: bool = False


@dataclass(slots=True)
class Crowd:
    """`people` connections to one document of a server that speaks y-websocket, or Hocuspocus' variant of it."""

    host: str
    port: int
    path: str
    people: int
    prefix: bytes = b""  # Hocuspocus puts the document's name before every message
    cookie: str = ""
    persons: dict[int, Person] = field(default_factory=dict)
    edits: dict[tuple[int, int], Edit] = field(default_factory=dict)
    cache: dict[bytes, tuple[Edit, ...]] = field(default_factory=dict)
    poll: select.epoll = field(default_factory=select.epoll)

    def connect(self) -> None:
        """Connect everybody and wait until each has the document."""
        for number in range(self.people):
            person = Person(number, _open(self.host, self.port, self.path, self.cookie))
            self.persons[person.socket.fileno()] = person
            self.poll.register(person.socket, select.EPOLLIN)
            self._greet(person)
        deadline = time.perf_counter() + 30
        while not all(person.is_ready for person in self.persons.values()):
            if time.perf_counter() > deadline:
                raise TimeoutError(f"{self.path}: not everybody was let in")
            self._receive(0.1)

    def type_for(self, seconds: float, seed: int) -> Outcome:
        """Type for `seconds` after a warm-up, wait for the last arrivals, and return what was measured."""
        begin = time.perf_counter() + 0.2
        plan = self._plan(begin, WARM_UP + seconds, seed)
        for meant, person in plan:
            while (wait := meant - time.perf_counter()) > 0:
                self._receive(wait)
            self._type(person, meant)
        deadline = time.perf_counter() + PATIENCE
        while any(edit.missing for edit in self.edits.values()) and time.perf_counter() < deadline:
            self._receive(0.05)
        counted = [edit for edit in self.edits.values() if edit.meant >= begin + WARM_UP]
        delays = sorted(edit.seen - edit.meant for edit in counted if not edit.missing)
        return Outcome(delays, len(counted) - len(delays), len(self.edits))

    def close(self) -> None:
        """Disconnect everybody."""
        for person in self.persons.values():
            person.socket.close()
        self.poll.close()

    def _plan(self, begin: float, seconds: float, seed: int) -> list[tuple[float, Person]]:
        """Return who types when: everybody at the same pace, each from a moment of its own, not like a clock."""
        chance = random.Random(seed)
        pause = 1 / KEYS_PER_SECOND
        plan = []
        for person in self.persons.values():
            moment = begin + chance.random() * pause
            while moment < begin + seconds:
                plan.append((moment, person))
                moment += pause * chance.uniform(0.8, 1.2)
        return sorted(plan, key=lambda item: item[0])

    def _type(self, person: Person, meant: float) -> None:
        """Send one keystroke."""
        client = FIRST_CLIENT + person.number
        self.edits[client, person.clock] = Edit(person.number, meant, self.people - 1)
        update = keystroke(client, person.clock)
        person.clock += 1
        self._send(person, bytes((SYNC, UPDATE)) + block(update))

    def _greet(self, person: Person) -> None:
        """Say who we are, where that is asked, and ask for the document."""
        if self.prefix:
            self._send(person, b"\x02\x00" + block(b""))
        self._send(person, bytes((SYNC, STEP_1)) + block(b"\x00"))

    def _send(self, person: Person, message: bytes) -> None:
        """Send `message` in a frame whose mask is zero, which leaves the bytes as they are."""
        person.socket.setblocking(True)
        person.socket.sendall(_frame(self.prefix + message))
        person.socket.setblocking(False)

    def _receive(self, wait: float) -> None:
        """Take what arrives within `wait` seconds, and return after the first arrivals."""
        for descriptor, _event in self.poll.poll(wait):
            person = self.persons[descriptor]
            data = person.socket.recv(CHUNK)
            now = time.perf_counter()
            if not data:
                raise ConnectionError(f"{self.path}: the server closed a connection")
            if person.rest:
                data = person.rest + data
                person.rest = b""
            seen = self.cache.get(data)
            if seen is None:
                seen = self._read(person, data)
            for edit in seen:
                if edit.author != person.number:
                    edit.missing -= 1
                    if not edit.missing:
                        edit.seen = now

    def _read(self, person: Person, data: bytes) -> tuple[Edit, ...]:
        """Return the edits in the frames of `data`, and keep them for the others who get the same bytes."""
        found: list[Edit] = []
        at = 0
        while (end := _frame_end(data, at)) is not None:
            start, stop = end
            if data[at] == BINARY:
                found += self._message(person, data[start:stop])
            at = stop
        person.rest = data[at:]
        seen = tuple(found)
        if not person.rest and found:
            if len(self.cache) > MAX_CACHED:
                self.cache.clear()
            self.cache[data] = seen
        return seen

    def _message(self, person: Person, message: bytes) -> list[Edit]:
        """Answer a question of the server, or return the edits in its message."""
        reader = Reader(message[len(self.prefix) :])
        if reader.uint() not in (SYNC, SYNC_REPLY):
            return []
        step = reader.uint()
        if step == STEP_1:
            self._send(person, bytes((SYNC, STEP_2)) + block(EMPTY_UPDATE))
            return []
        if step == STEP_2:
            person.is_ready = True
        return [self.edits[key] for key in characters(reader.block()) if key in self.edits]


def _open(host: str, port: int, path: str, cookie: str) -> socket.socket:
    """Return a socket on which the WebSocket handshake is done."""
    connection = socket.create_connection((host, port))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    key = base64.b64encode(os.urandom(16)).decode()
    lines = [
        f"GET {path} HTTP/1.1",
        f"Host: {host}:{port}",
        f"Origin: http://{host}:{port}",
        f"Cookie: {cookie}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {key}",
        "Sec-WebSocket-Version: 13",
    ]
    connection.sendall("\r\n".join([*lines, "", ""]).encode())
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        byte = connection.recv(1)  # one at a time: what follows the head is a frame
        if not byte:
            raise ConnectionError(f"{path}: no handshake")
        head += byte
    if b" 101 " not in head.splitlines()[0]:
        raise ConnectionError(head.splitlines()[0].decode())
    return connection


def _frame(message: bytes) -> bytes:
    """Return a client's binary frame, masked with zeros."""
    size = len(message)
    if size < 126:
        return bytes((BINARY, 0x80 | size, 0, 0, 0, 0)) + message
    return b"\x82\xfe" + size.to_bytes(2) + bytes(4) + message


def _frame_end(data: bytes, at: int) -> tuple[int, int] | None:
    """Return where the payload of the frame at `at` begins and ends, or None when it is not all there."""
    if len(data) < at + 2:
        return None
    size, start = data[at + 1], at + 2
    if size >= 126:
        width = 2 if size == 126 else 8
        if len(data) < start + width:
            return None
        size, start = int.from_bytes(data[start : start + width]), start + width
    return None if len(data) < start + size else (start, start + size)
