"""Loud readers of environment variables: a wrong value stops the start with one sentence that names it."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


def text(name: str, default: str = "") -> str:
    """Return variable `name`, else the content of the file that `name`_FILE points to, else `default`."""
    if name in os.environ:
        return os.environ[name]
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE: {path} cannot be read ({error.strerror}).") from error
    return default


def flag(name: str, *, default: bool) -> bool:
    """Return variable `name` as a truth value; anything but yes/no words is refused."""
    value = text(name, "yes" if default else "no").lower()
    if value not in TRUE | FALSE:
        raise ImproperlyConfigured(f"{name} must be one of yes, no, true, false, 1, 0; it is “{value}”.")
    return value in TRUE


def number(name: str, default: int, *, low: int, high: int) -> int:
    """Return variable `name` as a whole number between `low` and `high`."""
    value = text(name, str(default))
    if not value.isdecimal() or not low <= int(value) <= high:
        raise ImproperlyConfigured(f"{name} must be a whole number from {low} to {high}; it is “{value}”.")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """Return variable `name` as the list of its comma-separated parts."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]
