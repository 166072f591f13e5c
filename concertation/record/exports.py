"""Writes the record as a file that proves itself; `verification` says what its lines are."""

import json
from collections.abc import Iterator
from hashlib import sha256

from concertation.core import clock
from concertation.record import canonical
from concertation.record.canonical import Json
from concertation.record.events import OVERSEERS, Actor
from concertation.record.models import Entry, Restricted
from concertation.record.queries import checkpoint_at, record_size, restricted_seen_by
from concertation.record.signing import current_signer
from concertation.record.verification import FORMAT, seal_text

CHUNK = 500


def export_lines(*, reader: Actor, size: int | None = None) -> Iterator[bytes]:
    """Yield the export of the first `size` entries, else of all, with what is open to `reader`."""
    size = record_size() if size is None else size
    signer = current_signer()
    digest = sha256()
    for line in _signed_lines(reader, size, str(signer.verifier)):
        digest.update(line)
        yield line
    yield _line({"seal": signer.sign(seal_text(signer.verifier.name, digest.hexdigest()))})


def _signed_lines(reader: Actor, size: int, key: str) -> Iterator[bytes]:
    """Yield all lines before the seal."""
    member = None if reader.capacity in OVERSEERS else reader.member
    yield _line({"format": FORMAT, "key": key, "member": member, "time": canonical.time_text(clock.now())})
    for start in range(0, size, CHUNK):
        entries = Entry.objects.filter(sequence__gt=start, sequence__lte=min(start + CHUNK, size))
        chunk = list(entries.order_by("sequence"))
        seen = restricted_seen_by(reader, chunk)
        for entry in chunk:
            yield _entry_line(entry, seen.get(entry.sequence))
    yield _line({"checkpoint": checkpoint_at(size)})


def _entry_line(entry: Entry, opened: Restricted | None) -> bytes:
    """Return the line of `entry`; its leaf goes out as it is stored, so that a changed one is found out."""
    rest: dict[str, Json] = {
        "leaf_hash": entry.leaf_hash.hex(),
        "root": entry.root,
        "signature": entry.signature,
    }
    if opened is not None:
        rest["restricted"] = {"salt": opened.salt, "content": json.loads(opened.content)}
    return b'{"leaf":%b,%b\n' % (entry.leaf.encode(), canonical.encode(rest)[1:])


def _line(value: dict[str, Json]) -> bytes:
    return canonical.encode(value) + b"\n"
