"""The only writer of the record."""

import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict

from django.db import connection
from django.db.models import F

from concertation.core import clock, live
from concertation.record import canonical, merkle
from concertation.record.canonical import Json, restricted_hash
from concertation.record.checkpoint import Checkpoint, Verifier
from concertation.record.events import Actor, Subject
from concertation.record.models import Entry, Head, Restricted
from concertation.record.signing import new_signer, signer_of

SALT_BYTES = 32


class OutsideTransaction(RuntimeError):
    """An entry was to be appended without the transaction of the act that it records."""


def append_entry(
    *,
    actor: Actor,
    action: str,
    subject: Subject,
    data: Mapping[str, Json],
    restricted: Mapping[str, Json] | None = None,
    audience: Collection[str] = (),
) -> Entry:
    """Append what was just decided to the record, in the caller's transaction, and announce it on commit.

    `restricted` is what only the members with a code in `audience`, and the secretariat, may see; everybody
    gets its salted hash. Appends wait for one another until the transaction ends, so append last. Raises
    OutsideTransaction without one, NotCanonical for data that is no JSON of the record (no floats),
    ValueError for an audience that is no list of codes.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction(f"{action}: append the entry inside the transaction that it records")
    sealed = None if restricted is None else _seal(restricted, audience)
    head = _lock_head()
    time = clock.now()
    leaf: dict[str, Json] = {
        "sequence": head.size + 1,
        "time": canonical.time_text(time),
        "actor": asdict(actor),
        "action": str(action),
        "subject": asdict(subject),
        "data": data,
    }
    if sealed is not None:
        leaf["restricted"] = restricted_hash(bytes.fromhex(sealed.salt), sealed.content.encode())
    text = canonical.encode(leaf)
    entry = Entry(leaf=text.decode(), time=time, action=action)
    entry.actor_name, entry.actor_member = actor.name, actor.member or ""
    entry.subject_kind, entry.subject_id = subject.kind, subject.id
    entry.words = " ".join([actor.name, *_texts(data)]).casefold()
    _complete_tree(head, entry)
    entry.save(force_insert=True)
    if sealed is not None:
        sealed.entry = entry
        sealed.save(force_insert=True)
    live.announce("record")
    return entry


def _texts(value: Json) -> Iterator[str]:
    """Yield the texts within `value`, so that a search finds what was said and not how it is stored."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, Sequence):
        for item in value:
            yield from _texts(item)


def _seal(content: Mapping[str, Json], audience: Collection[str]) -> Restricted:
    """Return `content` with a fresh salt, still without its entry."""
    if isinstance(audience, str) or any(not code or "," in code for code in audience):
        raise ValueError("an audience is a list of member codes")
    return Restricted(
        salt=secrets.token_bytes(SALT_BYTES).hex(),
        content=canonical.encode(content).decode(),
        audience="".join(f",{code}" for code in sorted(audience)) + ",",
    )


def _lock_head() -> Head:
    """Return the head, which nobody else can change until this transaction ends."""
    row = Head.objects.filter(pk=1)
    if not row.update(size=F("size")):  # a write, because select_for_update does nothing on SQLite
        Head.objects.get_or_create(pk=1, defaults={"verifier": str(new_signer().verifier)})
        row.update(size=F("size"))
    return row.get()


def _complete_tree(head: Head, entry: Entry) -> None:
    """Give `entry` its place and the signed root of the tree that it completes; move the head there."""
    signer = signer_of(Verifier.parse(head.verifier))
    frontier, completed = head.frontier.append(merkle.leaf_hash(entry.leaf.encode()))
    entry.sequence = frontier.size
    entry.hashes = b"".join(completed).hex()
    entry.root = frontier.root.hex()
    entry.signature = signer.signature(Checkpoint(signer.verifier.name, frontier.size, frontier.root).text)
    Head.objects.filter(pk=head.pk).update(size=frontier.size, peaks=frontier.to_hex())
