"""Which reports are one incident: pure. Each report points to one other at most; the one at the end leads the group."""

from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


def pointers(joins: Iterable[tuple[int, K, K | None]]) -> dict[K, K]:
    """Return where each report points, from (number, report, into; None for parted), of which the last counts."""
    last = {report: into for _number, report, into in sorted(joins, key=lambda join: join[0])}
    return {report: into for report, into in last.items() if into is not None}


def lead_of(report: K, into: Mapping[K, K]) -> K:
    """Return the report that leads the group of `report`, by default itself; raises ValueError for a ring."""
    seen = {report}
    while report in into:
        report = into[report]
        if report in seen:
            raise ValueError("reports are joined in a ring")
        seen.add(report)
    return report
