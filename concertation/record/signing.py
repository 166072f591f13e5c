"""The signing key of the record: one file, made at its first use, that only its owner may read."""

import os
import secrets
import stat
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from concertation.record.checkpoint import BadNote, Signer, Verifier
from concertation.record.models import Head


def new_signer() -> Signer:
    """Return the signer of a record that begins, named by RECORD_ORIGIN; make the key file if there is none.

    Raises ImproperlyConfigured when the origin cannot name a key or the file cannot be used.
    """
    path = Path(settings.RECORD_KEY_FILE)
    if not path.exists():
        _make_key(path)
    try:
        return Signer.of(settings.RECORD_ORIGIN, read_key(path))
    except BadNote as error:
        raise ImproperlyConfigured(f"RECORD_ORIGIN: {error}") from error


def current_signer() -> Signer:
    """Return the signer of the record, or of the one that is to begin; raises as the other two do."""
    known = Head.objects.values_list("verifier", flat=True).first()
    return signer_of(Verifier.parse(known)) if known else new_signer()


def signer_of(verifier: Verifier) -> Signer:
    """Return the signer whose public half is `verifier`.

    Raises ImproperlyConfigured when the key file is missing or holds another key: a record that went on under
    another key would look forged to everyone who kept a checkpoint.
    """
    path = Path(settings.RECORD_KEY_FILE)
    if not path.exists():
        raise ImproperlyConfigured(f"The signing key of the record is missing: restore {path} from its backup.")
    signer = Signer.of(verifier.name, read_key(path))
    if signer.verifier != verifier:
        raise ImproperlyConfigured(f"{path} is not the key of this record, which is {verifier}.")
    return signer


@cache
def read_key(path: Path) -> Ed25519PrivateKey:
    """Return the key in `path`; raises ImproperlyConfigured when it is no such key or others may read it."""
    try:
        with path.open("rb") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            pem = file.read()
    except OSError as error:
        raise ImproperlyConfigured(f"The signing key {path} cannot be read ({error.strerror}).") from error
    if mode & 0o077:
        raise ImproperlyConfigured(f"Others may read the signing key {path}: run chmod 600 on it.")
    try:
        key = load_pem_private_key(pem, password=None)
    except ValueError as error:
        raise ImproperlyConfigured(f"{path} does not hold a private key in PEM form.") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise ImproperlyConfigured(f"{path} does not hold an Ed25519 key.")
    return key


def _make_key(path: Path) -> None:
    """Write a new key to `path` whole or not at all; of two processes that do so at once, the first wins."""
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    except OSError as error:
        raise ImproperlyConfigured(f"The signing key {path} cannot be written ({error.strerror}).") from error
    finally:
        draft.unlink(missing_ok=True)
