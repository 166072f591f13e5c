"""The record: entries are the truth about what was decided; the columns beside `leaf` only help find them.

Entries and restricted contents refuse UPDATE and DELETE by database trigger. `Head` is a means: it can be
computed from the entries, and makes appends wait for one another.
"""

import json
from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Value
from django.db.models.functions import StrIndex
from django.utils.functional import cached_property

from concertation.record.checkpoint import Checkpoint, Verifier, note
from concertation.record.events import OVERSEERS, Actor, Subject, sentence_of
from concertation.record.merkle import HASH_BYTES, Frontier


class Entry(models.Model):
    """One act: leaf number `sequence` - 1 of the tree, with the signed root of the tree that ends with it."""

    sequence = models.PositiveBigIntegerField(primary_key=True)  # from 1 without gaps: also the size of the tree
    leaf = models.TextField()  # canonical JSON, the bytes that are hashed
    hashes = models.TextField()  # of the leaf and of each complete subtree that ends with it, in hexadecimal
    root = models.CharField(max_length=2 * HASH_BYTES)
    signature = models.CharField(max_length=100)  # of the checkpoint of this size
    time = models.DateTimeField(db_index=True)
    action = models.CharField(max_length=100)
    actor_name = models.CharField(max_length=200)
    actor_member = models.CharField(max_length=8, blank=True)
    subject_kind = models.CharField(max_length=50)
    subject_id = models.CharField(max_length=100)
    words = models.TextField()  # what a search by text looks at, folded to one case

    opened: dict[str, Any] | None = None  # restricted content, put here for a reader who may see it

    class Meta:
        indexes = [
            models.Index(fields=["action", "sequence"]),
            models.Index(fields=["actor_member", "sequence"]),
            models.Index(fields=["subject_kind", "subject_id", "sequence"]),
        ]

    def __str__(self) -> str:
        return f"entry {self.sequence}: {self.action}"

    @cached_property
    def content(self) -> dict[str, Any]:
        """What the leaf says."""
        content: dict[str, Any] = json.loads(self.leaf)
        return content

    @property
    def sentence(self) -> str:
        """What the act means, in the reader's language; it continues the actor's name."""
        said = self.content
        return sentence_of(said["action"], {**said["data"], **(self.opened or {})}, Subject(**said["subject"]))

    @property
    def moment(self) -> datetime:
        """When the leaf says that it was done."""
        return datetime.fromisoformat(self.content["time"])

    @property
    def leaf_hash(self) -> bytes:
        """The stored hash of the leaf."""
        return self.subtree(0)

    def subtree(self, level: int) -> bytes:
        """Return the stored hash of the complete subtree of 2^`level` leaves that ends with this entry."""
        return bytes.fromhex(self.hashes)[level * HASH_BYTES : (level + 1) * HASH_BYTES]

    def checkpoint_note(self, verifier: Verifier) -> str:
        """Return the signed checkpoint of the tree that ends with this entry."""
        checkpoint = Checkpoint(verifier.name, self.sequence, bytes.fromhex(self.root))
        return note(checkpoint.text, verifier.name, self.signature)


class RestrictedQuerySet(models.QuerySet["Restricted"]):
    """Restricted contents, by who may read them."""

    def visible_to(self, reader: Actor) -> Self:
        """Keep what `reader` may see: its member is in the audience, or it is the secretariat."""
        if reader.capacity in OVERSEERS:
            return self
        if not reader.member or "," in reader.member:
            return self.none()
        return self.alias(place=StrIndex("audience", Value(f",{reader.member},"))).filter(place__gt=0)


class Restricted(models.Model):
    """Content of an entry that only some may see; the leaf holds SHA-256(salt ‖ content) in its place."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="+")
    salt = models.CharField(max_length=2 * HASH_BYTES)  # random, in hexadecimal
    content = models.TextField()  # canonical JSON
    audience = models.TextField()  # ",FR,GB,": codes of the members that may see it; "," for the secretariat alone

    objects = RestrictedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"restricted content of entry {self.entry_id}"


class Head(models.Model):
    """The one row that every append changes, so that no two appends see the same tree."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    size = models.PositiveBigIntegerField(default=0)
    peaks = models.TextField(blank=True)  # of the frontier, in hexadecimal
    verifier = models.CharField(max_length=400)  # name and key that signed from the first entry on

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_head_of_the_record")]

    def __str__(self) -> str:
        return f"record of {self.size} entries"

    @property
    def frontier(self) -> Frontier:
        """The tree as far as an append needs it."""
        return Frontier.from_hex(self.size, self.peaks)
