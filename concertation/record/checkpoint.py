"""Signed checkpoints: who says, under which name, that the record had this size and this root; pure.

Notes, keys and key identifiers follow C2SP signed-note with Ed25519, checkpoints follow C2SP tlog-checkpoint,
so that other programs can check them too.
"""

import binascii
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from concertation.record.merkle import HASH_BYTES

ED25519 = b"\x01"
ID_BYTES, SIGNATURE_BYTES = 4, 64


class BadNote(ValueError):
    """A note, key or checkpoint is malformed or not signed as it must be; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """The public half of a signing key, under the name of the record it signs for."""

    name: str
    public: bytes

    def __post_init__(self) -> None:
        if not self.name or "+" in self.name or any(char.isspace() for char in self.name):
            raise BadNote(f"“{self.name}” cannot name a key: it must be free of spaces and plus signs.")

    @property
    def identifier(self) -> bytes:
        """The four bytes by which a signature names this key."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:ID_BYTES]

    def __str__(self) -> str:
        return f"{self.name}+{self.identifier.hex()}+{b64encode(ED25519 + self.public).decode()}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the verifier written as `text` (name+identifier+key); raises BadNote for anything else."""
        name, _, rest = text.partition("+")
        key = _from_base64(rest.partition("+")[2])
        if key[:1] != ED25519 or len(key) != 1 + HASH_BYTES:
            raise BadNote("The verifier key is not an Ed25519 key.")
        verifier = cls(name, key[1:])
        if str(verifier) != text:
            raise BadNote("The verifier key and its identifier do not belong together.")
        return verifier

    def check(self, text: str, signature: str) -> None:
        """Raise BadNote unless `signature`, in base64, is this key's over `text`."""
        raw = _from_base64(signature)
        if raw[:ID_BYTES] != self.identifier:
            raise BadNote(f"The signature is not by the key {self}.")
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(raw[ID_BYTES:], text.encode())
        except (InvalidSignature, ValueError) as error:
            raise BadNote(f"The signature by {self.name} is not valid.") from error

    def open(self, note: str) -> str:
        """Return the text of `note`, which must carry one signature, of this key; else raise BadNote."""
        text, separator, last = note.rpartition("\n\n")
        text += "\n"
        prefix = f"— {self.name} "
        if not separator or not last.startswith(prefix) or not last.endswith("\n") or last.count("\n") != 1:
            raise BadNote(f"This is not a note signed by {self.name}.")
        self.check(text, last[len(prefix) : -1])
        return text


@dataclass(frozen=True, slots=True)
class Signer:
    """A signing key under the name of its record; its private half never shows in a repr."""

    verifier: Verifier
    private: Ed25519PrivateKey = field(repr=False)

    @classmethod
    def of(cls, name: str, private: Ed25519PrivateKey) -> Self:
        """Return the signer with key `private` for the record `name`."""
        return cls(Verifier(name, private.public_key().public_bytes_raw()), private)

    def signature(self, text: str) -> str:
        """Return the signature over `text`, in base64 with the key's identifier before it."""
        return b64encode(self.verifier.identifier + self.private.sign(text.encode())).decode()

    def sign(self, text: str) -> str:
        """Return `text` (whole lines) as a signed note."""
        return note(text, self.verifier.name, self.signature(text))


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The statement that the record `origin` had `size` entries with root hash `root`."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The body that is signed."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the checkpoint whose body is `text`; raises BadNote unless it is written exactly so."""
        lines = text.split("\n")
        if len(lines) != 4 or not (lines[1].isascii() and lines[1].isdecimal()) or len(lines[1]) > 18:
            raise BadNote("This is not a checkpoint: it needs an origin, a size and a root.")
        checkpoint = cls(lines[0], int(lines[1]), _from_base64(lines[2]))
        if len(checkpoint.root) != HASH_BYTES or checkpoint.text != text:
            raise BadNote("This is not a checkpoint: its size or root is malformed.")
        return checkpoint


def note(text: str, name: str, signature: str) -> str:
    """Return the signed note of `text` with one signature line."""
    return f"{text}\n— {name} {signature}\n"


def open_checkpoint(signed: str, verifier: Verifier) -> Checkpoint:
    """Return the checkpoint in the note `signed` by `verifier`; raises BadNote for any other note."""
    checkpoint = Checkpoint.parse(verifier.open(signed))
    if checkpoint.origin != verifier.name:
        raise BadNote(f"The checkpoint is of “{checkpoint.origin}”, not of {verifier.name}.")
    return checkpoint


def _from_base64(text: str) -> bytes:
    """Return the bytes of `text`, in the one base64 spelling that encodes them."""
    try:
        raw = b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadNote("The base64 is malformed.") from error
    if b64encode(raw).decode() != text:
        raise BadNote("The base64 is malformed.")
    return raw
