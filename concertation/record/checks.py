"""Says before the server starts that it could not sign the record."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured

from concertation.record.checkpoint import BadNote, Verifier
from concertation.record.merkle import HASH_BYTES
from concertation.record.signing import read_key


@register
def can_sign(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Return an error when the origin cannot name a key or the key file, once made, cannot be used."""
    faults: list[CheckMessage] = []
    try:
        Verifier(settings.RECORD_ORIGIN, bytes(HASH_BYTES))
    except BadNote as error:
        faults.append(Error(f"RECORD_ORIGIN: {error}", id="record.E001"))
    path = Path(settings.RECORD_KEY_FILE)
    try:
        if path.exists():
            read_key(path)
    except ImproperlyConfigured as error:
        faults.append(Error(str(error), id="record.E002"))
    return faults
