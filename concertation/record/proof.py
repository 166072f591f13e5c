"""Proves one document from a small file alone: that the record has an entry with its SHA-256; pure.

A proof is two lines of canonical JSON, each ended by one line feed. The first says the format and the key. The second
holds the document itself (`content`), the `leaf` of the entry that names its SHA-256, the hashes (`path`) that lead
from the leaf to the root of the signed `checkpoint`, for an entry with restricted content what opens it (`restricted`),
and, when it was asked for, that the checkpoint continues an older one (`since`).
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from concertation.record import canonical, merkle
from concertation.record.checkpoint import BadNote, Checkpoint, Verifier, open_checkpoint
from concertation.record.lines import (
    NotProved,
    check_key,
    check_restricted,
    is_hash,
    object_in,
    open_kept,
    verifier_in,
)

FORMAT = "concertation-proof-1"
BEGINNING = b'{"format":"' + FORMAT.encode() + b'"'
ADOPTIONS = frozenset({"text.adopted", "text.adopted_by_silence"})
LARGEST = 50_000_000
LONGEST_PATH = 64
FIELDS = {"checkpoint": str, "content": str, "leaf": dict, "path": list}
OPTIONAL = {"restricted": dict, "since": dict}


@dataclass(frozen=True, slots=True)
class ProvedDocument:
    """What a proof proves: the document with `sha256` stands in entry `number`, whose `data` is opened."""

    verifier: Verifier
    checkpoint: Checkpoint
    number: int
    time: str
    action: str
    data: dict[str, Any]
    sha256: str
    since: Checkpoint | None


def proof_lines(
    *,
    verifier: Verifier,
    checkpoint: str,
    leaf: str,
    path: Iterable[bytes],
    content: bytes,
    restricted: tuple[str, str] | None = None,
    since: tuple[str, Iterable[bytes]] | None = None,
) -> bytes:
    """Return the file; `leaf` is as stored, `restricted` salt and content, `since` an older checkpoint and its path."""
    body: dict[str, canonical.Json] = {
        "checkpoint": checkpoint,
        "content": content.decode(),
        "leaf": json.loads(leaf),
        "path": [hash_.hex() for hash_ in path],
    }
    if restricted is not None:
        body["restricted"] = {"salt": restricted[0], "content": json.loads(restricted[1])}
    if since is not None:
        body["since"] = {"checkpoint": since[0], "path": [hash_.hex() for hash_ in since[1]]}
    header: dict[str, canonical.Json] = {"format": FORMAT, "key": str(verifier)}
    return canonical.encode(header) + b"\n" + canonical.encode(body) + b"\n"


def verify_proof(data: bytes, *, key: str | None = None, kept: str | None = None) -> ProvedDocument:
    """Return what the file proves; raises NotProved at the first fault.

    With `key`, a verifier key, it must be signed by it; with `kept`, the note of an older checkpoint, it must show
    that the record still begins as it did then.
    """
    if len(data) > LARGEST:
        raise NotProved("The file is larger than any proof.")
    head, _, rest = data.partition(b"\n")
    verifier = _header(head + b"\n", key)
    body = _body(rest)
    checkpoint = _checkpoint(body["checkpoint"], verifier)
    number = _check_place(body, checkpoint)
    facts = _opened(body, number)
    digest = sha256(body["content"].encode()).hexdigest()
    if facts.get("sha256") != digest:
        raise NotProved(f"the text in the file has SHA-256 {digest}, not the one that was recorded", number)
    since = _since(body.get("since"), verifier, checkpoint)
    if kept is not None:
        _check_kept(open_kept(kept, verifier), checkpoint, since)
    leaf = body["leaf"]
    return ProvedDocument(verifier, checkpoint, number, leaf["time"], leaf["action"], facts, digest, since)


def sentence_of(proved: ProvedDocument) -> str:
    """Return what was proved, in plain words."""
    data, moment = proved.data, proved.time
    if isinstance(data.get("deadline"), str):  # a silence adopts at its deadline, whenever that was entered
        moment = data["deadline"]
    day = moment.replace("T", " ").partition(".")[0]
    members = data.get("members")
    by = f" by {', '.join(map(str, members))}" if isinstance(members, list) and members else ""
    title = f" “{data['title']}”" if isinstance(data.get("title"), str) else ""
    act = "adopted" if proved.action in ADOPTIONS else f"entered as {proved.action}"
    return (
        f"Proved: this text{title}, SHA-256 {proved.sha256}, {act} on {day} UTC{by}, "
        f"is entry {proved.number} of the record of {proved.verifier.name}, "
        f"which then or later had {proved.checkpoint.size} entries; signed by {proved.verifier}.\n"
    )


def _header(line: bytes, key: str | None) -> Verifier:
    try:
        verifier = verifier_in(object_in(line, {"format": str, "key": str}), FORMAT)
    except NotProved as error:
        raise NotProved(f"The file does not begin as a proof: {error}") from error
    check_key(verifier, key)
    return verifier


def _body(line: bytes) -> dict[str, Any]:
    try:
        body = object_in(line, FIELDS, OPTIONAL)
    except NotProved as error:
        raise NotProved(f"The file is not a whole proof: {error}") from error
    leaf = {"sequence": int, "time": str, "action": str, "data": dict}
    if any(not isinstance(body["leaf"].get(name), kind) for name, kind in leaf.items()):
        raise NotProved("The entry in the file is malformed.")
    return body


def _checkpoint(note: str, verifier: Verifier) -> Checkpoint:
    try:
        return open_checkpoint(note, verifier)
    except BadNote as error:
        raise NotProved(f"The checkpoint in the file is not valid: {error}") from error


def _check_place(body: dict[str, Any], checkpoint: Checkpoint) -> int:
    """Return the number of the entry, after checking that it stands there in the record."""
    number = int(body["leaf"]["sequence"])
    leaf = merkle.leaf_hash(canonical.encode(body["leaf"]))
    path = _hashes(body["path"])
    if not merkle.proves_inclusion(leaf, number - 1, checkpoint.size, path, checkpoint.root):
        raise NotProved("it does not stand in the record that the checkpoint signs", number)
    return number


def _opened(body: dict[str, Any], number: int) -> dict[str, Any]:
    """Return the data of the entry, of its restricted part when it has one."""
    if "restricted" not in body:
        return dict(body["leaf"]["data"])
    try:
        check_restricted(body["restricted"], body["leaf"].get("restricted"))
    except NotProved as error:
        raise NotProved(str(error), number) from error
    content = body["restricted"]["content"]
    if not isinstance(content, dict):
        raise NotProved("its restricted part is malformed", number)
    return content


def _since(given: dict[str, Any] | None, verifier: Verifier, checkpoint: Checkpoint) -> Checkpoint | None:
    """Return the older checkpoint that the file continues, after checking that it does."""
    if given is None:
        return None
    if given.keys() != {"checkpoint", "path"} or not isinstance(given["checkpoint"], str):
        raise NotProved("What the file says of an older checkpoint is malformed.")
    older = _checkpoint(given["checkpoint"], verifier)
    path = _hashes(given["path"])
    if not merkle.proves_consistency(older.size, checkpoint.size, path, older.root, checkpoint.root):
        raise NotProved(f"The checkpoint in the file does not continue that of {older.size} entries.")
    return older


def _check_kept(kept: Checkpoint, checkpoint: Checkpoint, since: Checkpoint | None) -> None:
    """Raise NotProved unless the checkpoint kept is the file's own, or the older one that it continues."""
    known = {one.size: one.root for one in (checkpoint, since) if one}
    if kept.size not in known:
        raise NotProved(
            f"The file says nothing of the checkpoint you kept, of {kept.size} entries: "
            f"ask for a proof with ?since={kept.size}, or verify an export of the whole record."
        )
    if known[kept.size] != kept.root:
        raise NotProved(
            f"The first {kept.size} entries are not those of the checkpoint you kept: history was rewritten."
        )


def _hashes(path: object) -> list[bytes]:
    """Return the hashes of a path; raises NotProved for anything else."""
    if not isinstance(path, list) or len(path) > LONGEST_PATH or not all(map(is_hash, path)):
        raise NotProved("A path of hashes in the file is malformed.")
    return [bytes.fromhex(hash_) for hash_ in path]
