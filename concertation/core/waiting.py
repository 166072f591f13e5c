"""What waits for a delegate: each app tells its own part, home shows all of it by urgency.

An app registers its provider in `AppConfig.ready()`:

    waiting.register(awaiting_texts)

and `awaiting_texts(delegate)` returns what that delegate can act on now, at most a handful of rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concertation.coalition.models import Delegate


class Urgency(IntEnum):
    """How soon a thing wants its delegate; the smallest comes first."""

    NOW = 0
    TODAY = 1
    SOON = 2


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One line of home: what it is (`title` and `detail`, translated), and the one thing to do (`action`)."""

    icon: str  # name of a Tabler icon, written as icon="…" so that the build finds it
    title: str
    detail: str
    url: str
    action: str
    live_topic: str  # home looks again when this topic changes
    urgency: Urgency


Provider = Callable[["Delegate"], Iterable[Waiting]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Have home ask `provider` too; registering it again changes nothing."""
    if provider not in _providers:
        _providers.append(provider)


def awaiting(delegate: Delegate) -> list[Waiting]:
    """Return everything that waits for `delegate`, the most urgent first."""
    found = [thing for provider in _providers for thing in provider(delegate)]
    return sorted(found, key=lambda thing: thing.urgency)
