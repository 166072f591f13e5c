"""Dates and times of day as they are written in each language, by the month names of CLDR.

A date is (year, month, day) with 0 for what is not said; a time is minutes after midnight. Numeric dates are read day
first, as in every language here, unless only the other order is possible.
"""

import calendar
import re
from functools import cache

from babel import Locale
from babel.core import UnknownLocaleError

from concertation.texts.counterparts.found import Found, alternatives, take

Date = tuple[int, int, int]

YEAR = r"(?P<year>(?:1[0-9]|20|21)\d\d)(?!\d)"
DAY = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|er|[.ºª°]|-?го|-?е)?"
HAS_DIGIT = re.compile(r"\d")
ISO = re.compile(r"(?<![\d-])(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])")
NUMERIC = re.compile(rf"(?<![\d./])(?P<day>\d{{1,2}})(?P<sep>[./])(?P<month>\d{{1,2}})(?P=sep){YEAR}(?![./]\d)")
# CLDR has the genitive and the nominative; in “у січні” the month stands in the locative.
LOCATIVE = {
    "uk": "січні|лютому|березні|квітні|травні|червні|липні|серпні|вересні|жовтні|листопаді|грудні",
}
CLOCKS = {
    "en": r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?\s?(?P<half>[ap])\.?\s?m\b\.?",
    "fr": r"(?P<hour>\d{1,2})\s?(?:h|heures?)(?![a-zà-ÿ])(?:\s?(?P<minute>\d\d)(?!\d))?",
    "de": r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?\s?Uhr\b",
    "it": r"\bore\s(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?(?!\d)",
}
COLON = re.compile(r"(?<![\d:])(?P<hour>\d{1,2}):(?P<minute>\d\d)(?![\d:])")


def read_dates(words: str, language: str) -> tuple[list[Found], str]:
    """Return the dates in `words`, and `words` without them."""
    found: list[Found] = []
    if not HAS_DIGIT.search(words):
        return found, words
    for pattern in (ISO, NUMERIC, *_named(language)):
        more, words = take(words, pattern, lambda match: _date(match, language))
        found += more
    return found, words


def read_times(words: str, language: str) -> tuple[list[Found], str]:
    """Return the times of day in `words`, and `words` without them."""
    found: list[Found] = []
    if not HAS_DIGIT.search(words):
        return found, words
    own = CLOCKS.get(language)
    for pattern in (re.compile(rf"(?<!\d){own}", re.IGNORECASE), COLON) if own else (COLON,):
        more, words = take(words, pattern, _time)
        found += more
    return found, words


def _date(match: re.Match[str], language: str) -> Date | None:
    """Return the date that `match` writes, None for one that no calendar has."""
    parts = match.groupdict()
    year, day = int(parts.get("year") or 0), int(parts.get("day") or 0)
    name = parts["month"]
    month = int(name) if name.isdigit() else _months(language)[name.casefold()]
    if month > 12 >= day and "sep" in parts:
        day, month = month, day
    if not 1 <= month <= 12 or day > calendar.monthrange(year or 2000, month)[1] or (day == 0 and parts.get("day")):
        return None
    return year, month, day


def _time(match: re.Match[str]) -> tuple[str, int] | None:
    """Return the time of day, None for one that no clock shows."""
    parts = match.groupdict()
    hour, minute = int(parts["hour"]), int(parts.get("minute") or 0)
    if half := parts.get("half"):
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    return ("time", hour % 24 * 60 + minute) if hour <= 24 and minute < 60 else None


@cache
def _months(language: str) -> dict[str, int]:
    """Return the number of each month by its names in `language`; none where CLDR knows no names."""
    try:
        months = Locale(language).months
    except (UnknownLocaleError, ValueError):
        return {}
    named = {name.casefold(): at for form in ("stand-alone", "format") for at, name in months[form]["wide"].items()}
    named.update({name: at for at, name in enumerate(LOCATIVE.get(language, "").split("|"), 1) if name})
    return {name: at for name, at in named.items() if not name.isdigit()}


@cache
def _named(language: str) -> tuple[re.Pattern[str], ...]:
    """Return the patterns of dates with a month in letters; a month alone is no date: “May” is a verb too."""
    if not _months(language):
        return ()
    month = rf"(?P<month>{alternatives(list(_months(language)))})(?!\w)"
    of = r"\s+(?:de\s+|del\s+)?"
    ending = rf"(?:,?{of}{YEAR})?"
    return tuple(
        re.compile(pattern, re.IGNORECASE)
        for pattern in (
            rf"{DAY}\s+(?:de\s+)?{month}{ending}",
            rf"(?<!\w){month}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,\s*{YEAR})?",
            rf"(?<!\w){month},?{of}{YEAR}",
        )
    )
