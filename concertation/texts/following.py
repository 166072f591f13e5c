"""Follows a document update by update, and says after each group of them which paragraphs changed. No Django here.

A group is what the same people wrote without a long pause. It depends on the updates alone, so that whoever follows,
and however often, finds the same groups.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from pycrdt import Doc, XmlFragment

from concertation.texts.blocks import Block
from concertation.texts.canonical import Node, block_of, named

PAUSE = timedelta(seconds=10)  # that ends a group
LONGEST = timedelta(seconds=60)  # that a group lasts


@dataclass(frozen=True, slots=True)
class Update:
    """One stored update."""

    sequence: int
    update: bytes
    authors: tuple[str, ...]
    at: datetime


@dataclass(slots=True)
class Group:
    """Updates by the same people: when they began, when the last one came."""

    since: datetime
    at: datetime
    authors: tuple[str, ...]

    def takes(self, update: Update) -> bool:
        """Say whether `update` belongs to this group, too."""
        return update.authors == self.authors and update.at - self.at <= PAUSE and update.at - self.since <= LONGEST


@dataclass(slots=True)
class Step:
    """What a group, or what was added to it, did: `blocks` by language and id (None: gone, or unreadable); `orders`.

    `grows` says that it continues the last group of those who followed before.
    """

    group: Group
    grows: bool
    sequence: int
    blocks: dict[tuple[str, str], Block | None] = field(default_factory=dict)
    orders: dict[str, list[str]] = field(default_factory=dict)


def steps(doc: Doc[Any], languages: Iterable[str], updates: Sequence[Update], last: Group | None) -> Iterator[Step]:
    """Apply `updates` to `doc` and yield what each group changed; `last` is the group that came before them."""
    watches = [Watch(doc, language) for language in languages]
    group, grows, at = last, True, 0
    while at < len(updates):
        first = updates[at]
        if group is None or not group.takes(first):
            group, grows = Group(first.at, first.at, first.authors), False
        while at < len(updates) and group.takes(updates[at]):
            doc.apply_update(updates[at].update)
            group.at = updates[at].at
            at += 1
        step = Step(Group(group.since, group.at, group.authors), grows, updates[at - 1].sequence)
        for watch in watches:
            watch.tell(step)
        yield step
        grows = False


class Watch:
    """One language of a document: which of its blocks were touched since it was last asked.

    Reading a block, or only its id, costs far more than hearing of its change, so only those touched are read.
    """

    def __init__(self, doc: Doc[Any], language: str) -> None:
        self._language = language
        self._fragment = doc.get(language, type=XmlFragment)
        self._names = [named(node) for node in self._nodes()]
        self._known: list[str | None] = [*self._names]  # the id that each block claims, None for one that was touched
        self._changed = False
        self._subscription = self._fragment.observe_deep(self._hear)

    def tell(self, step: Step) -> None:
        """Write into `step` what changed, and begin anew."""
        if not self._changed:
            return
        nodes = self._nodes()
        if not len(self._known) == len(nodes) == len(self._fragment.children):  # what is no paragraph stands there
            self._known = [None] * len(nodes)
        names = [named(node) if known is None else known for node, known in zip(nodes, self._known, strict=True)]
        doubtful = _doubtful(self._names) | _doubtful(names)
        own = _own(names)
        for node, name, known in zip(nodes, own, self._known, strict=True):
            if known is None or name in doubtful or name.startswith("~"):
                step.blocks[self._language, name] = block_of(node)
        before, there = _own(self._names), set(own)
        step.blocks.update({(self._language, name): None for name in before if name not in there})
        if own != before:
            step.orders[self._language] = own
        self._names, self._known, self._changed = names, [*names], False

    def _nodes(self) -> list[Node]:
        return list(self._fragment.children)

    def _hear(self, events: Sequence[Any]) -> None:
        """Mark the blocks at the top that an update touched: places come first, then what is within them."""
        self._changed = True
        for event in sorted(events, key=lambda event: len(event.path)):
            if event.path:
                self._touch(event.path[0])
            else:
                self._shift(event.delta)

    def _touch(self, place: int) -> None:
        if place < len(self._known):
            self._known[place] = None

    def _shift(self, delta: Sequence[dict[str, Any]]) -> None:
        """Move the marks along with the blocks; a new block counts as touched."""
        at = 0
        for change in delta:
            if "retain" in change:
                at += change["retain"]
            elif "delete" in change:
                del self._known[at : at + change["delete"]]
            else:
                inserted = len(change["insert"])
                self._known[at:at] = [None] * inserted
                at += inserted


def _doubtful(names: Sequence[str]) -> set[str]:
    """Return the ids that several blocks claim: which of them is the first may change without a touch."""
    return {name for name, claims in Counter(names).items() if name and claims > 1}


def _own(names: Sequence[str]) -> list[str]:
    """Return the id of each block, `~1`, `~2`… for one without an id or whose id an earlier one has."""
    found: list[str] = []
    seen: set[str] = set()
    nameless = 0
    for name in names:
        if name and name not in seen:
            seen.add(name)
            found.append(name)
        else:
            nameless += 1
            found.append(f"~{nameless}")
    return found
