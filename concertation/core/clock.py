"""The only place that knows what time it is; tests set it with `frozen`."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

_set_to: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """Return the present as an aware datetime in UTC."""
    return _set_to.get() or datetime.now(UTC)


@contextmanager
def frozen(at: datetime) -> Iterator[None]:
    """Make `now()` answer `at` (aware) within the block, for tests."""
    if at.tzinfo is None:
        raise ValueError("the clock takes aware times only")
    token = _set_to.set(at.astimezone(UTC))
    try:
        yield
    finally:
        _set_to.reset(token)


def seconds_since(moment: datetime) -> float:
    """Return the seconds from `moment` to now, negative when it lies ahead."""
    return (now() - moment) / timedelta(seconds=1)
