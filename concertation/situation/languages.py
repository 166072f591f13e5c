"""In which language something was said."""

from functools import cache

from babel import Locale
from django.utils.translation import get_language


@cache
def known_languages() -> frozenset[str]:
    """Return the two-letter codes of ISO 639-1 that CLDR has a name for."""
    return frozenset(code for code in map(str, Locale("en").languages) if len(code) == 2)


@cache
def _names(reader: str) -> list[tuple[str, str]]:
    names = Locale.parse(reader, sep="-").languages
    return sorted(((code, str(names.get(code, code))) for code in known_languages()), key=lambda pair: pair[1])


def language_choices() -> list[tuple[str, str]]:
    """Return every language with its name in the reader's language, in the order of the names."""
    return _names(get_language() or "en")


def language_name(code: str) -> str:
    """Return the name of language `code` in the reader's language."""
    return dict(language_choices()).get(code, code)
