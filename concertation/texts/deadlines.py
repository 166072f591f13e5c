"""From a local time in a named zone to the one instant at which a silence ends. No Django here.

The instant is computed once, with the time-zone data of then, and kept: data that changes later moves the local
time shown, never the instant (docs/decisions/0008-silence-procedure.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from concertation.core.zones import zones

NEAREST, FARTHEST = timedelta(minutes=1), timedelta(days=90)
CHOICES: Mapping[str, tuple[int, int | None]] = MappingProxyType({"day": (1, None), "three": (3, 18), "week": (7, 18)})


class UnknownZone(ValueError):
    """The IANA database has no such zone of a place, and it is not UTC."""


class NoSuchTime(ValueError):
    """The clocks of the zone are put forward over this local time."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """An instant in UTC, and the zone in which it was set.

    `is_second` says that the local time comes twice, because the clocks are put back: it is the later of the two.
    """

    moment: datetime
    zone: str
    is_second: bool = False


def deadline_at(local: datetime, zone: str) -> Deadline:
    """Return the deadline at the naive time `local` on the clocks of `zone`, the later one when it comes twice.

    Raises UnknownZone, NoSuchTime (also for times before the year 2 and after 9998).
    """
    if zone not in zones():
        raise UnknownZone(zone)
    if not 1 < local.year < 9999:
        raise NoSuchTime(local.isoformat())
    there = ZoneInfo(zone)
    second = local.replace(tzinfo=there, fold=1)
    moment = second.astimezone(UTC)
    if moment.astimezone(there).replace(tzinfo=None, fold=0) != local.replace(tzinfo=None, fold=0):
        raise NoSuchTime(local.isoformat())
    return Deadline(moment, zone, is_second=second.utcoffset() != second.replace(fold=0).utcoffset())


def proposed_local(choice: str, zone: str, *, now: datetime) -> datetime:
    """Return the local time of one of `CHOICES` in `zone`: days from `now`, at an hour or at that of now."""
    days, hour = CHOICES[choice]
    local = (now.astimezone(ZoneInfo(zone)) + timedelta(days=days)).replace(
        tzinfo=None, fold=0, second=0, microsecond=0
    )
    return local if hour is None else local.replace(hour=hour, minute=0)
