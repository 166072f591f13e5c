"""Writes the proof of one document as a small file; `proof` says what its lines are and verifies them."""

from concertation.core.errors import InvalidInput
from concertation.record import proof
from concertation.record.models import Entry, Restricted
from concertation.record.queries import checkpoint_at, prove_consistency, prove_inclusion, record_verifier


def proof_file(entry: Entry, content: bytes, *, since: int | None = None) -> bytes:
    """Return the proof that `entry` names the SHA-256 of `content`, to readers who may see all that the entry holds.

    With `since`, it also shows that the record continues its first `since` entries; raises InvalidInput when it never
    had so many.
    """
    proved = prove_inclusion(entry)
    if since is not None and not 0 < since <= proved.size:
        raise InvalidInput
    opened = Restricted.objects.filter(pk=entry.pk).first()
    return proof.proof_lines(
        verifier=record_verifier(),
        checkpoint=checkpoint_at(proved.size),
        leaf=entry.leaf,
        path=proved.path,
        content=content,
        restricted=(opened.salt, opened.content) if opened else None,
        since=(checkpoint_at(since), prove_consistency(since, proved.size)) if since else None,
    )
