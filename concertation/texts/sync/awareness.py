"""Who is in a room and where their caret stands: the states of Yjs clients, stamped by the server.

A Yjs client id belongs to the delegate whose connection used it first, as long as the room is open here; nobody
else changes its state. Standard clients send back what they hear about others, so a foreign id is passed over silently.
Who loses the connection and comes back says so with the clock of before, which the others pass over when they were
told that it is gone; so they are told only after `GRACE` seconds.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from concertation.texts.sync.protocol import MAX_STATE, Presence
from concertation.texts.sync.reader import Malformed

GONE = "null"
MAX_CLIENTS = 8
OUTDATED_AFTER = 45.0
GRACE = 5.0


@dataclass(slots=True)
class Client:
    """A Yjs client: its last state, and the delegate it belongs to.

    It speaks `through` a connection of this process, or lost it at the time `away_since`, or is in another process.
    """

    clock: int
    state: str
    delegate: str
    through: object | None
    seen: float
    away_since: float | None = None


class Who(Protocol):
    """A person: the id of the delegate, and what the others are shown."""

    @property
    def delegate(self) -> str:
        """The id."""

    @property
    def user(self) -> Mapping[str, object]:
        """What is stamped on each state, `delegate` among it."""


class Awareness:
    """The states of one room, and which of them changed since the last flush."""

    def __init__(self) -> None:
        self._clients: dict[int, Client] = {}
        self._changed_elsewhere: set[int] = set()
        self._changed_here: set[int] = set()

    def hear(self, entries: tuple[Presence, ...], through: object, who: Who, now: float) -> None:
        """Take what the connection `through` of `who` says of its clients; raises `Malformed`."""
        for entry in entries:
            state = _stamped(entry.state, who.user)
            known = self._clients.get(entry.client)
            if known is None:
                if state == GONE:
                    continue
                self._check_number(through)
            elif not _may_follow(known, entry, who.delegate):
                _welcome_back(known, entry, who.delegate, through)
                continue
            self._clients[entry.client] = Client(entry.clock, state, who.delegate, through, now)
            self._changed_here.add(entry.client)

    def hear_relayed(self, entries: tuple[Presence, ...], now: float) -> None:
        """Take the stamped states of clients that are connected to another process."""
        for entry in entries:
            known = self._clients.get(entry.client)
            if known is not None and (known.through is not None or known.clock > entry.clock):
                continue
            delegate = known.delegate if known else ""
            if entry.state != GONE:
                delegate = json.loads(entry.state)["user"]["delegate"]
            self._clients[entry.client] = Client(entry.clock, entry.state, delegate, None, now)
            self._changed_elsewhere.add(entry.client)

    def leave(self, through: object, now: float) -> None:
        """Note that the connection `through` is gone, and with it perhaps its clients."""
        for client in self._clients.values():
            if client.through is through:
                client.through = None
                client.away_since = now

    def drop_away(self, now: float) -> None:
        """Count those as gone who have been away for `GRACE` seconds."""
        for number, client in self._clients.items():
            if client.away_since is not None and now - client.away_since >= GRACE:
                client.away_since = None
                client.state = GONE
                self._changed_here.add(number)

    @property
    def waits_for_somebody(self) -> bool:
        """Whether somebody who is away may still come back."""
        return any(client.away_since is not None for client in self._clients.values())

    def repeat(self) -> None:
        """Count every client of this process as changed, for a process that just opened the room."""
        self._changed_here.update(n for n, client in self._clients.items() if client.through is not None)

    def take_changed(self) -> tuple[list[Presence], list[Presence]]:
        """Return what changed since this was asked last: through connections here, and elsewhere."""
        here = self._presences(self._changed_here)
        elsewhere = self._presences(self._changed_elsewhere - self._changed_here)
        self._changed_here.clear()
        self._changed_elsewhere.clear()
        return here, elsewhere

    def present(self, now: float) -> list[Presence]:
        """Return every client that is here, without those that fell silent in another process."""
        return [
            Presence(number, client.clock, client.state)
            for number, client in self._clients.items()
            if client.state != GONE and (client.through is not None or now - client.seen < OUTDATED_AFTER)
        ]

    @property
    def has_changed(self) -> bool:
        """Whether there is something to tell."""
        return bool(self._changed_elsewhere or self._changed_here)

    def _presences(self, numbers: set[int]) -> list[Presence]:
        """Return the states of the clients `numbers`."""
        return [Presence(n, self._clients[n].clock, self._clients[n].state) for n in numbers]

    def _check_number(self, through: object) -> None:
        """Raise `Malformed` when the connection uses more client ids than a browser has documents."""
        if sum(client.through is through for client in self._clients.values()) >= MAX_CLIENTS:
            raise Malformed("too many clients on one connection")


def _may_follow(known: Client, entry: Presence, delegate: str) -> bool:
    """Return whether `delegate` may put `entry` in the place of `known`, and whether it is newer."""
    if known.delegate != delegate:
        return False
    if entry.clock == known.clock:
        return (entry.state == GONE) != (known.state == GONE)
    return entry.clock > known.clock


def _welcome_back(known: Client, entry: Presence, delegate: str, through: object) -> None:
    """Let a client that was away go on through a new connection, when it says what is known of it."""
    if known.away_since is not None and known.delegate == delegate and known.clock == entry.clock:
        known.through = through
        known.away_since = None


def _stamped(state: str, user: Mapping[str, object]) -> str:
    """Return the JSON `state` with `user` as its user; raises `Malformed`."""
    if state == GONE:
        return GONE
    try:
        value = json.loads(state)
        value["user"] = dict(user)
        stamped = json.dumps(value, allow_nan=False, separators=(",", ":"))  # Python alone reads and writes NaN
    except (ValueError, TypeError, RecursionError):
        raise Malformed("awareness state is no JSON object") from None
    if len(stamped) > MAX_STATE:
        raise Malformed("awareness state too large")
    return stamped
