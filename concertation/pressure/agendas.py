"""Where a step was put on an agenda: the app of meetings, above, tells which of them a reader may see.

It registers its provider in `AppConfig.ready()`:

    agendas.register(pages_of)

and `pages_of(reader, meetings)` returns the pages of those of the `meetings` that `reader` may see.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from concertation.coalition.models import Delegate

Provider = Callable[["Delegate", Collection[UUID]], Mapping[UUID, str]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Have the page of a step ask `provider` too; registering it again changes nothing."""
    if provider not in _providers:
        _providers.append(provider)


def pages_for(reader: Delegate, meetings: Collection[UUID]) -> dict[UUID, str]:
    """Return the pages of those of the `meetings` that `reader` may see."""
    return {key: page for provider in _providers for key, page in provider(reader, meetings).items()}
