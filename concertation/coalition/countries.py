"""Country codes and names, from the Unicode locale data that Babel carries."""

from functools import cache

from babel import Locale

# Codes in the locale data that ISO 3166-1 does not assign to a country.
NOT_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"}


@cache
def country_codes() -> frozenset[str]:
    """Return the alpha-2 codes of ISO 3166-1."""
    codes = (str(code) for code in Locale("en").territories)
    return frozenset(code for code in codes if len(code) == 2 and code.isalpha()) - NOT_COUNTRIES


@cache
def country_name(code: str, language: str) -> str:
    """Return the name of country `code` in `language`, the code itself when it is unknown."""
    name: str = Locale.parse(language, sep="-").territories.get(code, code)
    return name


@cache
def capital_name(capital: str, zone: str, language: str) -> str:
    """Return the name of `capital` in `language` where the time zone `zone` is named after it, else as given."""
    city = zone.rpartition("/")[2].replace("_", " ")
    if city != capital:
        return capital
    name: str = Locale.parse(language, sep="-").time_zones.get(zone, {}).get("city", capital)
    return name
