"""What the files that prove themselves have in common: canonical lines, keys, restricted content; pure."""

import json
from typing import Any

from concertation.record import canonical
from concertation.record.checkpoint import BadNote, Checkpoint, Verifier, open_checkpoint
from concertation.record.merkle import HASH_BYTES


class NotProved(Exception):
    """The file is not proved: why, and the first `entry` that fails, unless the fault is in no entry."""

    def __init__(self, reason: str, entry: int | None = None) -> None:
        self.reason, self.entry = reason, entry
        super().__init__(reason if entry is None else f"Entry {entry} fails: {reason}")


def object_in(line: bytes, fields: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
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


def verifier_in(header: dict[str, Any], format_: str) -> Verifier:
    """Return the key that a header of the format names; raises NotProved."""
    if header["format"] != format_:
        raise NotProved(f"its format is not {format_}")
    try:
        return Verifier.parse(header["key"])
    except BadNote as error:
        raise NotProved(str(error)) from error


def check_key(verifier: Verifier, key: str | None) -> None:
    """Raise NotProved unless the file names the `key` that was given, if one was."""
    if key is not None and key != str(verifier):
        raise NotProved(f"The file is signed by {verifier}, not by the key you gave.")


def open_kept(kept: str, verifier: Verifier) -> Checkpoint:
    """Return the checkpoint that somebody kept from earlier; raises NotProved."""
    try:
        return open_checkpoint(kept, verifier)
    except BadNote as error:
        raise NotProved(f"The checkpoint you kept is not one of this record: {error}") from error


def check_restricted(opened: dict[str, Any], recorded: object) -> None:
    """Raise NotProved unless the restricted content in the file is the one whose salted hash was recorded."""
    salt, content = opened.get("salt"), opened.get("content")
    if opened.keys() != {"salt", "content"} or not isinstance(salt, str) or not is_hash(salt):
        raise NotProved("its restricted part is malformed")
    if canonical.restricted_hash(bytes.fromhex(salt), canonical.encode(content)) != recorded:
        raise NotProved("its restricted content does not have the hash that was recorded")


def is_hash(text: object) -> bool:
    """Say whether `text` is a hash as our files write it."""
    return isinstance(text, str) and len(text) == 2 * HASH_BYTES and set(text) <= set("0123456789abcdef")
