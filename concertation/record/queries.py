"""Reads of the record: entries to look through, the checkpoint of now, and the proof of one entry."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from concertation.record import merkle
from concertation.record.checkpoint import Checkpoint, Verifier
from concertation.record.events import Actor
from concertation.record.merkle import EMPTY_ROOT
from concertation.record.models import Entry, Head, Restricted
from concertation.record.signing import current_signer

PAGE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries a reader looks for; an empty field asks for nothing."""

    action: str = ""
    member: str = ""
    subject_kind: str = ""
    subject_id: str = ""
    since: datetime | None = None
    before: datetime | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Some entries, newest first, and the sequence below which older ones are found, if there are any."""

    entries: list[Entry]
    older: int | None


@dataclass(frozen=True, slots=True)
class Proof:
    """That an entry stands in the record of now: the hashes that lead from its leaf to the present root."""

    entry: Entry
    path: list[bytes]
    size: int
    root: bytes

    @property
    def holds(self) -> bool:
        """Whether the stored leaf, by these hashes, gives the present root."""
        leaf = merkle.leaf_hash(self.entry.leaf.encode())
        return merkle.proves_inclusion(leaf, self.entry.sequence - 1, self.size, self.path, self.root)


def find_entries(wanted: Wanted, *, below: int | None = None) -> Page:
    """Return a page of the entries that are `wanted`, newest first, from the one before `below` on."""
    exact = {
        "action": wanted.action,
        "actor_member": wanted.member,
        "subject_kind": wanted.subject_kind,
        "subject_id": wanted.subject_id,
        "time__gte": wanted.since,
        "time__lt": wanted.before,
        "words__contains": wanted.text.casefold(),
        "sequence__lt": below,
    }
    asked = {field: value for field, value in exact.items() if value not in ("", None)}
    found = list(Entry.objects.filter(**asked).order_by("-sequence")[: PAGE + 1])
    return Page(found[:PAGE], found[PAGE - 1].sequence if len(found) > PAGE else None)


def actions_taken() -> list[str]:
    """Return the actions that the record holds."""
    return list(Entry.objects.order_by("action").values_list("action", flat=True).distinct())


def members_acting() -> list[str]:
    """Return the codes of the members for which somebody acted."""
    acting = Entry.objects.exclude(actor_member="").order_by("actor_member")
    return list(acting.values_list("actor_member", flat=True).distinct())


def open_entries(reader: Actor, entries: Iterable[Entry]) -> None:
    """Put into `entries` the restricted content that `reader` may see."""
    entries = list(entries)
    seen = restricted_seen_by(reader, entries)
    for entry in entries:
        if entry.sequence in seen:
            entry.opened = json.loads(seen[entry.sequence].content)


def restricted_seen_by(reader: Actor, entries: Iterable[Entry]) -> dict[int, Restricted]:
    """Return the restricted contents of `entries` that `reader` may see, by sequence."""
    return Restricted.objects.visible_to(reader).in_bulk([entry.sequence for entry in entries])


def record_size() -> int:
    """Return how many entries the record has."""
    return Head.objects.values_list("size", flat=True).first() or 0


def record_verifier() -> Verifier:
    """Return the key that signs the record; for a record still empty, the one that will."""
    known = Head.objects.values_list("verifier", flat=True).first()
    return Verifier.parse(known) if known else current_signer().verifier


def checkpoint_at(size: int) -> str:
    """Return the signed checkpoint of the first `size` entries; raises Entry.DoesNotExist beyond the last."""
    if size == 0:
        signer = current_signer()
        return signer.sign(Checkpoint(signer.verifier.name, 0, EMPTY_ROOT).text)
    return Entry.objects.get(pk=size).checkpoint_note(record_verifier())


def prove_inclusion(entry: Entry) -> Proof:
    """Return the proof that `entry` stands in the record as it is now."""
    size = record_size()
    path = _hashes(merkle.inclusion_ranges(entry.sequence - 1, size))
    return Proof(entry, path, size, bytes.fromhex(Entry.objects.get(pk=size).root))


def prove_consistency(old: int, size: int) -> list[bytes]:
    """Return the hashes that prove that the record of `size` entries begins with its first `old`, at least one."""
    return _hashes(merkle.consistency_ranges(old, size))


def _hashes(ranges: list[merkle.Range]) -> list[bytes]:
    """Return the hash of the subtree over each of `ranges`, in one query."""
    nodes = [merkle.complete_subtrees(leaves) for leaves in ranges]
    known = Entry.objects.in_bulk({node.completed_by for parts in nodes for node in parts})
    return [merkle.fold([known[node.completed_by].subtree(node.level) for node in parts]) for parts in nodes]
