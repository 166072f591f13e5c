"""RFC 8785 canonical JSON: one value has exactly one text, so its hash means the value; pure."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import rfc8785

Json = bool | int | str | None | Sequence["Json"] | Mapping[str, "Json"]


class NotCanonical(ValueError):
    """The value has no place in the record; the message says what and where."""


def encode(value: Json) -> bytes:
    """Return the canonical UTF-8 text of `value`.

    Raises NotCanonical for floating-point numbers (a figure of the record is a whole number or a text:
    0.1 has no exact double), for whole numbers beyond 2^53 - 1, for keys that are no text, and for lone
    surrogates.
    """
    try:
        return rfc8785.dumps(_plain(value, "value"))
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as error:
        raise NotCanonical(str(error)) from error


def time_text(moment: datetime) -> str:
    """Return the aware `moment` as the record writes it: ISO 8601 in UTC, to the microsecond."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def restricted_hash(salt: bytes, content: bytes) -> str:
    """Return what a leaf shows of restricted `content`: SHA-256(salt ‖ content) in hexadecimal."""
    return sha256(salt + content).hexdigest()


def _plain(value: object, place: str) -> Any:
    """Return `value` as plain dicts and lists, refusing what the record does not hold; `place` names it."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Mapping):
        return {_key(key, place): _plain(item, f"{place}.{key}") for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item, f"{place}[{at}]") for at, item in enumerate(value)]
    raise NotCanonical(f"{place} is of type {type(value).__name__}, which the record does not hold")


def _key(key: object, place: str) -> str:
    if not isinstance(key, str):
        raise NotCanonical(f"{place} has a key that is not text: {key!r}")
    return key
