"""The manifest of the front-end build is the truth about which file answers to which source."""

import json
from functools import cache
from typing import Any

from django.conf import settings
from django.templatetags.static import static

SPRITE = "frontend/src/icons.svg"


class NotBuilt(Exception):
    """A source is not in the front-end build: `make setup` builds it."""


@cache
def _manifest() -> dict[str, dict[str, Any]]:
    entries: dict[str, dict[str, Any]] = json.loads(
        (settings.FRONTEND_DIST / ".vite" / "manifest.json").read_text(encoding="utf-8")
    )
    return entries


def is_built() -> bool:
    """Say whether there is a front-end build at all; pages work without, unstyled."""
    return (settings.FRONTEND_DIST / ".vite" / "manifest.json").is_file()


def url_of(source: str) -> str:
    """Return the address of the built file of `source`, empty without a build; raises NotBuilt."""
    return static(_entry(source)["file"]) if is_built() else ""


def scripts_and_styles(source: str) -> tuple[list[str], list[str]]:
    """Return the addresses of modules (the entry first) and style sheets of `source`; raises NotBuilt."""
    if not is_built():
        return [], []
    modules: list[str] = []
    styles: list[str] = []
    for entry in _with_imports(source, set()):
        modules.append(static(entry["file"]))
        styles += [static(style) for style in entry.get("css", [])]
    return modules, styles


def _with_imports(source: str, seen: set[str]) -> list[dict[str, Any]]:
    """Return the entry of `source` and of what it imports at once, each one time."""
    if source in seen:
        return []
    seen.add(source)
    entry = _entry(source)
    return [entry, *(more for name in entry.get("imports", []) for more in _with_imports(name, seen))]


def _entry(source: str) -> dict[str, Any]:
    try:
        return _manifest()[source]
    except KeyError as error:
        raise NotBuilt(f"{source} is not in the front-end build; run: make setup") from error


@cache
def has_flag(code: str) -> bool:
    """Say whether the build has a flag for the member `code`."""
    return (settings.FRONTEND_DIST / "flags" / f"{code.lower()}.svg").is_file()


def forget() -> None:
    """Read the build again when next asked, for tests that bring their own."""
    _manifest.cache_clear()
    has_flag.cache_clear()
