"""Languages, by the names that CLDR gives them."""

from functools import cache

from babel import Locale
from django.utils.translation import get_language


@cache
def known_languages() -> frozenset[str]:
    """Return the two-letter codes of ISO 639-1 that CLDR has a name for."""
    return frozenset(code for code in map(str, Locale("en").languages) if len(code) == 2)


def language_name(code: str) -> str:
    """Return the name of language `code` in the reader's language, as in a sentence; the code where it has none."""
    return str(_names(get_language() or "en").get(code, code))


def language_choices() -> list[tuple[str, str]]:
    """Return every language with its name in the reader's language, in the order of the names."""
    return sorted(((code, language_name(code)) for code in known_languages()), key=lambda pair: pair[1])


@cache
def _names(reader: str) -> dict[str, str]:
    return dict(Locale.parse(reader, sep="-").languages)
