"""Proves an export of the record from its bytes alone: no server, no database, no settings; pure.

An export is lines of canonical JSON, each ended by one line feed: a header, one line an entry in their order,
the signed checkpoint of them all, and a seal, which is a signed note of the SHA-256 of every byte before it.
Run it as `concertation record verify FILE` or `python -m concertation.record.verification FILE`.
"""

import argparse
import json
import sys
from base64 import b64encode
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from concertation.record import canonical
from concertation.record.checkpoint import BadNote, Checkpoint, Verifier, open_checkpoint
from concertation.record.merkle import EMPTY_ROOT, HASH_BYTES, Frontier, leaf_hash

FORMAT = "concertation-record-1"
TAIL = 2  # the lines after the last entry: checkpoint and seal


class NotProved(Exception):
    """The export is not proved: why, and the first `entry` that fails, unless the fault is in no entry."""

    def __init__(self, reason: str, entry: int | None = None) -> None:
        self.reason, self.entry = reason, entry
        super().__init__(reason if entry is None else f"Entry {entry} fails: {reason}")


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
    older = None if kept is None else _open_kept(kept, verifier)
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
        header = _object(line, {"format": str, "key": str, "member": (str, type(None)), "time": str})
        if header["format"] != FORMAT:
            raise NotProved(f"its format is not {FORMAT}")
        verifier = Verifier.parse(header["key"])
    except (NotProved, BadNote) as error:
        raise NotProved(f"The file does not begin as an export of the record: {error}") from error
    if key is not None and key != header["key"]:
        raise NotProved(f"The file is signed by {verifier}, not by the key you gave.")
    return verifier


def _open_kept(kept: str, verifier: Verifier) -> Checkpoint:
    try:
        return open_checkpoint(kept, verifier)
    except BadNote as error:
        raise NotProved(f"The checkpoint you kept is not one of this record: {error}") from error


def _follow(line: bytes, tree: Frontier, verifier: Verifier) -> tuple[Frontier, bool]:
    """Return `tree` with the entry in `line` added, and whether it shows restricted content; check it all."""
    number = tree.size + 1
    try:
        fields = {"leaf": dict, "leaf_hash": str, "root": str, "signature": str}
        entry = _object(line, fields, optional={"restricted": dict})
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
            _check_restricted(entry["restricted"], leaf.get("restricted"))
    except (NotProved, BadNote) as error:
        raise NotProved(str(error), number) from error
    return tree, "restricted" in entry


def _check_restricted(opened: dict[str, Any], recorded: object) -> None:
    """Raise NotProved unless the restricted content in the file is the one whose salted hash was recorded."""
    salt, content = opened.get("salt"), opened.get("content")
    if opened.keys() != {"salt", "content"} or not isinstance(salt, str) or not _is_hash(salt):
        raise NotProved("its restricted part is malformed")
    if canonical.restricted_hash(bytes.fromhex(salt), canonical.encode(content)) != recorded:
        raise NotProved("its restricted content does not have the hash that was recorded")


def _is_hash(text: str) -> bool:
    return len(text) == 2 * HASH_BYTES and set(text) <= set("0123456789abcdef")


def _open_end(line: bytes, tree: Frontier, verifier: Verifier) -> Checkpoint:
    """Return the checkpoint in `line`, which must be of exactly the entries before it."""
    try:
        checkpoint = open_checkpoint(_object(line, {"checkpoint": str})["checkpoint"], verifier)
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
        text = verifier.open(_object(line, {"seal": str})["seal"])
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


def _object(line: bytes, fields: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return the JSON object in `line`, which must be canonical and have these fields, of these types."""
    try:
        value = json.loads(line.decode())
        exact = canonical.encode(value) + b"\n" == line
    except (ValueError, RecursionError) as error:
        raise NotProved("its line is not the JSON that was exported") from error
    if not exact or not isinstance(value, dict):
        raise NotProved("its line is not the JSON that was exported")
    known = fields | (optional or {})
    if not fields.keys() <= value.keys() <= known.keys():
        raise NotProved("its line does not have the fields of an export")
    if not all(isinstance(item, known[name]) for name, item in value.items()):
        raise NotProved("its line has a field of the wrong type")
    return value


def main(argv: Sequence[str] | None = None) -> int:
    """Verify the file named on the command line, say the result, and return 0 when it is proved, else 1."""
    parser = argparse.ArgumentParser(
        prog="concertation record verify", description="Prove an export of the record, without a server."
    )
    parser.add_argument("file", type=Path, help="the export")
    parser.add_argument("--checkpoint", type=Path, metavar="NOTE", help="a checkpoint kept from earlier")
    parser.add_argument("--key", help="the verifier key that must have signed it")
    options = parser.parse_args(argv)
    try:
        kept = options.checkpoint.read_bytes().decode() if options.checkpoint else None
        with options.file.open("rb") as lines:
            proved = verify(lines, key=options.key, kept=kept)
    except OSError as error:
        return _fail(f"{error.filename} cannot be read: {error.strerror}.")
    except UnicodeDecodeError:
        return _fail(f"{options.checkpoint} is not a checkpoint.")
    except NotProved as error:
        return _fail(f"{options.file}: {error}")
    sys.stdout.write(_sentence(proved, key=options.key, kept=kept))
    return 0


def _fail(sentence: str) -> int:
    sys.stderr.write(f"NOT PROVED. {sentence}\n")
    return 1


def _sentence(proved: Proved, *, key: str | None, kept: str | None) -> str:
    """Return what was proved, in words."""
    checkpoint = proved.checkpoint
    root = b64encode(checkpoint.root).decode()
    size = "1 entry" if checkpoint.size == 1 else f"{checkpoint.size} entries"
    sentence = f"Proved: {size}, complete, unchanged and in order, up to the checkpoint with root {root}"
    if kept is not None:
        sentence += ", continuing the checkpoint you kept"
    sentence += f"; signed by {proved.verifier}.\n"
    if key is None:
        sentence += "The key stands in the file: compare it with the one you were given, or use --key.\n"
    return sentence


if __name__ == "__main__":
    sys.exit(main())
