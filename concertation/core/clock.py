"""The only place that knows what time it is; tests set it with `frozen`, and for a running server with `follow`."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from pathlib import Path

_set_to: ContextVar[datetime | None] = ContextVar("clock", default=None)
_followed: list[Path] = []


def now() -> datetime:
    """Return the present as an aware datetime in UTC."""
    return _set_to.get() or datetime.now(UTC) + _offset()


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


def follow(file: Path) -> None:
    """Add the seconds that stand in `file`, none while it is absent, to every `now()` of this process.

    For the tests of a running server: settings call it for the variable TEST_CLOCK, and refuse to on a server that
    anybody else could reach. A test moves the clock by replacing the file.
    """
    _followed[:] = [file]


def _offset() -> timedelta:
    """Return by how much the clock has been moved: not at all, unless a test follows a file."""
    if not _followed:
        return timedelta()
    with suppress(FileNotFoundError):
        return timedelta(seconds=float(_followed[0].read_text(encoding="ascii") or 0))
    return timedelta()


def seconds_since(moment: datetime) -> float:
    """Return the seconds from `moment` to now, negative when it lies ahead."""
    return (now() - moment) / timedelta(seconds=1)
