"""What waits for a delegate about contacts."""

from collections.abc import Iterator

from concertation.coalition.models import Delegate
from concertation.core.waiting import Waiting


def awaiting_contacts(delegate: Delegate) -> Iterator[Waiting]:
    """Give what `delegate` can do about contacts now."""
    yield from ()
