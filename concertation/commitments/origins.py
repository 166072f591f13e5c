"""Where a contribution was announced: apps above tell what they know of it, its page shows all of it.

An app registers its provider in `AppConfig.ready()`:

    origins.register(origins_of)

and `origins_of(reader, contribution_id)` returns what `reader` may know of where the contribution comes from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from concertation.coalition.models import Delegate


@dataclass(frozen=True, slots=True)
class Origin:
    """One line: the place (`title`), what happened there (`detail`), both translated, and where to read more."""

    title: str
    detail: str
    url: str


Provider = Callable[["Delegate", UUID], Iterable[Origin]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Have the page of a contribution ask `provider` too; registering it again changes nothing."""
    if provider not in _providers:
        _providers.append(provider)


def origins_for(reader: Delegate, contribution_id: UUID) -> list[Origin]:
    """Return where a contribution was announced, as far as `reader` may know."""
    return [origin for provider in _providers for origin in provider(reader, contribution_id)]
