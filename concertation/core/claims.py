"""Taking work that only one process may do at a time, by a conditional update."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from concertation.core import clock
from concertation.core.models import Claim


@contextmanager
def claimed(name: str, *, longest: timedelta) -> Iterator[bool]:
    """Give whether the work `name` is this process's within the block; it is free again afterwards.

    Should the process die, it is free after `longest`.
    """
    until = clock.now() + longest
    is_mine = _take(name, until)
    try:
        yield is_mine
    finally:
        if is_mine:
            Claim.objects.filter(name=name, until=until).update(until=clock.now())


def _take(name: str, until: datetime) -> bool:
    """Take the work, and say whether it was free."""
    if Claim.objects.filter(name=name, until__lte=clock.now()).update(until=until):
        return True
    try:
        with transaction.atomic():
            Claim.objects.create(name=name, until=until)
    except IntegrityError:
        return False
    return True
