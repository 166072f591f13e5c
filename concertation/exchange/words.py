"""What a code may be: languages and zones, as CLDR and the IANA database know them."""

from functools import cache
from zoneinfo import available_timezones

from babel import Locale


@cache
def languages() -> frozenset[str]:
    """Return the two-letter language codes of ISO 639-1 that CLDR has a name for."""
    return frozenset(code for code in map(str, Locale("en").languages) if len(code) == 2)


@cache
def zones() -> frozenset[str]:
    """Return the names of the IANA time zones that belong to a place, and UTC."""
    return frozenset(name for name in available_timezones() if "/" in name or name == "UTC")
