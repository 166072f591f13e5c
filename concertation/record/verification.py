"""Proves an export of the record, or one text, from bytes alone: no server, no database, no settings; pure.

An export is lines of canonical JSON, each ended by one line feed: a header, one line an entry in their order,
the signed checkpoint of them all, and a seal, which is a signed note of the SHA-256 of every byte before it.
Run it as `concertation record verify FILE` or `python -m concertation.record.verification FILE`.
"""

import argparse
import sys
from base64 import b64encode
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from concertation.record import canonical, proof
from concertation.record.checkpoint import BadNote, Checkpoint, Verifier, open_checkpoint
from concertation.record.lines import NotProved, check_key, check_restricted, object_in, open_kept, verifier_in
from concertation.record.merkle import EMPTY_ROOT, Frontier, leaf_hash

FORMAT = "concertation-record-1"
TAIL = 2  # the lines after the last entry: checkpoint and seal


@dataclass(frozen=True, slots=True)
class Proved:
    """What an export proves: all entries up to `checkpoint`, of which `opened` show restricted content."""

    verifier: Verifier
    checkpoint: Checkpoint
    opened: int


def seal_text(origin: str, digest: str) -> str:
    """Return what is signed to seal an export of record `origin` whose bytes so far have SHA-256 `digest`."""
    return f"concertation export of {origin}\n{digest}\n"


def verify(lines: Iterable[bytes], *, key: str | None = None, kept: str | None = None) -> Proved:
    """Return what the export in `lines`, each with its line feed, proves.

    With `key`, a verifier key, the file must be signed by it; with `kept`, the note of an older checkpoint,
    the entries must continue those that it signed. Raises NotProved at the first fault.
    """
    tail: deque[bytes] = deque()
    body = _all_but_tail(lines, tail)
    header = next(body, b"")
    verifier = _open_header(header, key)
    older = None if kept is None else open_kept(kept, verifier)
    digest, tree, opened, root_then = sha256(header), Frontier(), 0, EMPTY_ROOT
    for line in body:
        digest.update(line)
        tree, is_open = _follow(line, tree, verifier)
        opened += is_open
        if older and tree.size == older.size:
            root_then = tree.root
    end, seal = tail
    checkpoint = _open_end(end, tree, verifier)
    digest.update(end)
    _check_seal(seal, verifier, digest.hexdigest())
    if older:
        _check_continues(older, tree.size, root_then)
    return Proved(verifier, checkpoint, opened)


def _all_but_tail(lines: Iterable[bytes], tail: deque[bytes]) -> Iterator[bytes]:
    """Yield `lines` without the last two, which stay in `tail`."""
    for line in lines:
        tail.append(line)
        if len(tail) > TAIL:
            yield tail.popleft()


def _open_header(line: bytes, key: str | None) -> Verifier:
    """Return the key that the export says it is signed by, which must be `key` if that is given."""
    try:
        header = object_in(line, {"format": str, "key": str, "member": (str, type(None)), "time": str})
        verifier = verifier_in(header, FORMAT)
    except NotProved as error:
        raise NotProved(f"The file does not begin as an export of the record: {error}") from error
    check_key(verifier, key)
    return verifier


def _follow(line: bytes, tree: Frontier, verifier: Verifier) -> tuple[Frontier, bool]:
    """Return `tree` with the entry in `line` added, and whether it shows restricted content; check it all."""
    number = tree.size + 1
    try:
        fields = {"leaf": dict, "leaf_hash": str, "root": str, "signature": str}
        entry = object_in(line, fields, optional={"restricted": dict})
        leaf = entry["leaf"]
        if leaf.get("sequence") != number:
            raise NotProved(f"entry {leaf.get('sequence')} stands in its place")
        hash_ = leaf_hash(canonical.encode(leaf))
        if entry["leaf_hash"] != hash_.hex():
            raise NotProved("its content does not have the hash that was recorded")
        tree, _ = tree.append(hash_)
        if entry["root"] != tree.root.hex():
            raise NotProved("with it, the record does not have the root that was recorded")
        verifier.check(Checkpoint(verifier.name, number, tree.root).text, entry["signature"])
        if "restricted" in entry:
            check_restricted(entry["restricted"], leaf.get("restricted"))
    except (NotProved, BadNote) as error:
        raise NotProved(str(error), number) from error
    return tree, "restricted" in entry


def _open_end(line: bytes, tree: Frontier, verifier: Verifier) -> Checkpoint:
    """Return the checkpoint in `line`, which must be of exactly the entries before it."""
    try:
        checkpoint = open_checkpoint(object_in(line, {"checkpoint": str})["checkpoint"], verifier)
    except (NotProved, BadNote) as error:
        raise NotProved(f"After entry {tree.size} there is no valid checkpoint: {error}") from error
    if checkpoint.size > tree.size:
        raise NotProved(f"it is missing; the checkpoint counts {checkpoint.size}", tree.size + 1)
    if checkpoint.size < tree.size:
        raise NotProved(f"the checkpoint counts {checkpoint.size} entries only", checkpoint.size + 1)
    if checkpoint.root != tree.root:
        raise NotProved("The checkpoint is of other entries than those in the file.")
    return checkpoint


def _check_seal(line: bytes, verifier: Verifier, digest: str) -> None:
    try:
        text = verifier.open(object_in(line, {"seal": str})["seal"])
    except (NotProved, BadNote) as error:
        raise NotProved(f"The file does not end with a valid seal: {error}") from error
    if text != seal_text(verifier.name, digest):
        raise NotProved(
            "The entries are proved, but the file is not the one that was exported: its header was changed, "
            "or restricted content was taken out."
        )


def _check_continues(older: Checkpoint, size: int, root_then: bytes) -> None:
    """Raise NotProved unless the entries, with root `root_then` at that size, begin with those of `older`."""
    if older.size > size:
        raise NotProved(f"it is missing; the checkpoint you kept counts {older.size}", size + 1)
    if older.root != root_then:
        raise NotProved(
            f"The first {older.size} entries are not those of the checkpoint you kept: history was rewritten."
        )


def main(argv: Sequence[str] | None = None) -> int:
    """Verify the file named on the command line, say the result, and return 0 when it is proved, else 1."""
    parser = argparse.ArgumentParser(
        prog="concertation record verify",
        description="Prove an export of the record, or one adopted text, without a server.",
    )
    parser.add_argument("file", type=Path, help="the export, or the proof of a text")
    parser.add_argument("--checkpoint", type=Path, metavar="NOTE", help="a checkpoint kept from earlier")
    parser.add_argument("--key", help="the verifier key that must have signed it")
    options = parser.parse_args(argv)
    try:
        kept = options.checkpoint.read_bytes().decode() if options.checkpoint else None
        said = _verified(options.file, key=options.key, kept=kept)
    except OSError as error:
        return _fail(f"{error.filename} cannot be read: {error.strerror}.")
    except UnicodeDecodeError:
        return _fail(f"{options.checkpoint} is not a checkpoint.")
    except NotProved as error:
        return _fail(f"{options.file}: {error}")
    sys.stdout.write(said)
    if options.key is None:
        sys.stdout.write("The key stands in the file: compare it with the one you were given, or use --key.\n")
    return 0


def _verified(path: Path, *, key: str | None, kept: str | None) -> str:
    """Return what the file proves, in words: it is an export of the record, or the proof of one text."""
    with path.open("rb") as lines:
        if lines.read(len(proof.BEGINNING)) == proof.BEGINNING:
            lines.seek(0)
            return proof.sentence_of(proof.verify_proof(lines.read(proof.LARGEST + 1), key=key, kept=kept))
        lines.seek(0)
        return _sentence(verify(lines, key=key, kept=kept), kept=kept)


def _fail(sentence: str) -> int:
    sys.stderr.write(f"NOT PROVED. {sentence}\n")
    return 1


def _sentence(proved: Proved, *, kept: str | None) -> str:
    """Return what was proved, in words."""
    checkpoint = proved.checkpoint
    root = b64encode(checkpoint.root).decode()
    size = "1 entry" if checkpoint.size == 1 else f"{checkpoint.size} entries"
    sentence = f"Proved: {size}, complete, unchanged and in order, up to the checkpoint with root {root}"
    if kept is not None:
        sentence += ", continuing the checkpoint you kept"
    return f"{sentence}; signed by {proved.verifier}.\n"


if __name__ == "__main__":
    sys.exit(main())
