"""People who type and read, without any library: they must cost less than the server that they measure.

One process reads what all of them receive; its child types for all of them, so that no key waits for the reading.
"""

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
CHUNK = 1 << 14
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
    cache: dict[bytes, tuple[Edit, ...]] = field(default_factory=dict)  # by frames and by messages
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
        begin = time.perf_counter() + 0.3
        end = begin + WARM_UP + seconds
        typist = self._start_typing(self._plan(begin, end, seed))
        while (now := time.perf_counter()) < end + PATIENCE:
            self._receive(0.05)
            if now > end and not any(edit.missing for edit in self.edits.values()):
                break
        os.waitpid(typist, 0)
        counted = [edit for edit in self.edits.values() if edit.meant >= begin + WARM_UP]
        delays = sorted(edit.seen - edit.meant for edit in counted if not edit.missing)
        return Outcome(delays, len(counted) - len(delays), len(self.edits))

    def close(self) -> None:
        """Disconnect everybody."""
        for person in self.persons.values():
            person.socket.close()
        self.poll.close()

    def _plan(self, begin: float, end: float, seed: int) -> list[tuple[float, socket.socket, bytes]]:
        """Return what is sent where and when: everybody at the same pace, but not in step and not like a clock."""
        chance = random.Random(seed)
        pause = 1 / KEYS_PER_SECOND
        plan = []
        for person in self.persons.values():
            client, clock = FIRST_CLIENT + person.number, 0
            moment = begin + chance.random() * pause
            while moment < end:
                self.edits[client, clock] = Edit(person.number, moment, self.people - 1)
                message = bytes((SYNC, UPDATE)) + block(keystroke(client, clock))
                plan.append((moment, person.socket, _frame(self.prefix + message)))
                clock += 1
                moment += pause * chance.uniform(0.8, 1.2)
        return sorted(plan, key=lambda item: item[0])

    def _start_typing(self, plan: list[tuple[float, socket.socket, bytes]]) -> int:
        """Return the id of a process that sends what is planned."""
        if child := os.fork():
            return child
        for moment, connection, frame in plan:
            while (wait := moment - time.perf_counter()) > 0:
                time.sleep(wait)
            connection.sendall(frame)
        os._exit(0)

    def _greet(self, person: Person) -> None:
        """Say who we are, where that is asked, and ask for the document."""
        if self.prefix:
            self._send(person, b"\x02\x00" + block(b""))
        self._send(person, bytes((SYNC, STEP_1)) + block(b"\x00"))

    def _send(self, person: Person, message: bytes) -> None:
        """Send `message` in a frame whose mask is zero, which leaves the bytes as they are."""
        person.socket.sendall(_frame(self.prefix + message))

    def _receive(self, wait: float) -> None:
        """Take what arrives within `wait` seconds, and return after the first arrivals."""
        ready = self.poll.poll(wait)
        now = time.perf_counter()  # all of it is here; reading one must not make the next one late
        for descriptor, _event in ready:
            person = self.persons[descriptor]
            data = person.socket.recv(CHUNK)
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
        found: tuple[Edit, ...] = ()
        at = 0
        while (end := _frame_end(data, at)) is not None:
            start, stop = end
            if data[at] == BINARY:
                message = data[start:stop]
                found += self.cache.get(message) or self._message(person, message)
            at = stop
        person.rest = data[at:]
        if not person.rest and found:
            self._keep(data, found)
        return found

    def _message(self, person: Person, message: bytes) -> tuple[Edit, ...]:
        """Answer a question of the server, or return the edits in its message."""
        reader = Reader(message[len(self.prefix) :])
        if reader.uint() not in (SYNC, SYNC_REPLY):
            return ()
        step = reader.uint()
        if step == STEP_1:
            self._send(person, bytes((SYNC, STEP_2)) + block(EMPTY_UPDATE))
            return ()
        if step == STEP_2:
            person.is_ready = True
            return ()
        found = tuple(self.edits[key] for key in characters(reader.block()))
        self._keep(message, found)
        return found

    def _keep(self, received: bytes, found: tuple[Edit, ...]) -> None:
        """Remember the edits in some bytes, for the others who receive the same."""
        if len(self.cache) > MAX_CACHED:
            self.cache.clear()
        self.cache[received] = found


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
