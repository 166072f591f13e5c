"""The time zones that can be named: those of a place in the IANA database, and UTC. No Django here."""

from functools import cache
from zoneinfo import available_timezones


@cache  # the database is a tree of some 600 files
def zones() -> frozenset[str]:
    """Return the names of the zones."""
    return frozenset(name for name in available_timezones() if "/" in name or name == "UTC")


def zone_choices() -> list[tuple[str, str]]:
    """Return the zones by name, each with what a person reads."""
    return [(zone, zone.replace("_", " ")) for zone in sorted(zones())]
