"""What apps above have to do when a member comes, changes its status or leaves.

An app registers in `AppConfig.ready()`: `before` settles what the clock decided among the members of until now,
`after` ends what has lost its last member. Both run in the transaction of the change.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

Hook = Callable[[], object]
_before: list[Hook] = []
_after: list[Hook] = []


def register(*, before: Hook, after: Hook) -> None:
    """Have both called around each change; registering them again changes nothing."""
    if before not in _before:
        _before.append(before)
        _after.append(after)


@contextmanager
def changing() -> Iterator[None]:
    """Settle what must be settled, before and after the change within the block."""
    for hook in _before:
        hook()
    yield
    for hook in _after:
        hook()
