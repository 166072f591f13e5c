"""What the checks between the tables of a file share."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from concertation.exchange.contents import Finding
from concertation.exchange.faults import unknown
from concertation.exchange.lines import Path


def values_of(raw: dict[str, Any], table: str, key: str) -> set[str]:
    """Return every text that stands under `key` in a list of tables, whatever else is wrong there."""
    rows = raw.get(table)
    found = (row.get(key) for row in rows if isinstance(row, dict)) if isinstance(rows, list) else ()
    return {value for value in found if isinstance(value, str)}


def twice(keys: Iterable[tuple[tuple[Path, str | int], str]]) -> Iterator[Finding]:
    """Yield the keys that stand for two things."""
    seen: set[str] = set()
    for (at, key), value in keys:
        if value in seen:
            yield (*at, key), _("“%(value)s” stands here for the second time.") % {"value": value}
        seen.add(value)


def member_of(at: Path, code: str, codes: Collection[str]) -> Iterator[Finding]:
    """Yield a code that no table of members has."""
    if code not in codes:
        yield at, unknown(_("“%(value)s” is no member in this file."), code, codes)
