"""Languages as people name them, by CLDR."""

from datetime import date
from functools import cache

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date

OFFERED = ("en", "fr", "uk", "de", "it")
MOST_LANGUAGES = 10  # of one text
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


@cache
def own_name(code: str) -> str:
    """Return what speakers of language `code` call it, the code itself when that is not known."""
    try:
        return (Locale(code).get_display_name() or code).capitalize()
    except (UnknownLocaleError, ValueError):
        return code


def long_date(day: date, code: str) -> str:
    """Return a day in full as the language writes it, in British English where CLDR does not know it."""
    try:
        return format_date(day, "long", locale="en_GB" if code == "en" else code)
    except (UnknownLocaleError, ValueError):
        return format_date(day, "long", locale="en_GB")


def direction(code: str) -> str:
    """Return how the language is written, for the `dir` of HTML."""
    return "rtl" if code in RIGHT_TO_LEFT else "ltr"
