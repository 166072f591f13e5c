"""Sources are kept in full with each fact; in a file they stand once, under keys."""

import re
from collections.abc import Iterable
from itertools import count

from django.utils.text import slugify


class SourceKeys:
    """Gives each source a key, made from the name of its publisher, on its first citation."""

    def __init__(self) -> None:
        self._keys: dict[str, str] = {}

    def cite(self, sources: Iterable[str]) -> list[str]:
        """Return the keys of `sources`."""
        return [self._key_of(source) for source in sources]

    def table(self) -> dict[str, str]:
        """Return the source behind each key, in the order of their first citations."""
        return {key: source for source, key in self._keys.items()}

    def _key_of(self, source: str) -> str:
        """Return the key of a source; a new one gets one that no other has."""
        if source not in self._keys:
            stem = slugify(re.split(r"[,;:(]", source)[0])[:50].strip("-_") or "source"
            taken = set(self._keys.values())
            candidates = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
            self._keys[source] = next(key for key in candidates if key not in taken)
        return self._keys[source]
