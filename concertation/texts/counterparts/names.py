"""States, capitals and organisations by their names in each language: from CLDR, with what CLDR does not know.

A name is *said* when it stands there as such, and there is a *trace* of it also where an adjective or a case ending
stands for it: “Russian forces” beside « les forces de la Russie » differs in nothing.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from babel import Locale
from babel.core import UnknownLocaleError

from concertation.texts.counterparts.found import Found
from concertation.texts.counterparts.gazetteer import CAPITALS, ORGANISATIONS, OTHER_NAMES, STATES, TRACES

ACRONYM = re.compile(r"(?<![\w.-])(?:[A-ZА-ЯІЇЄҐ]{2,}\d*|[A-Z]\d{1,2})(?![\w])")
CAPITAL = "[A-ZÀ-ÖØ-ÞА-ЯЄІЇҐŞÇÖÜ]"
ROMAN = re.compile("[IVXLC]+")
INFLECTED = {"uk", "ru", "pl", "cs", "sk", "bg"}
SHORTEST_STEM = 4


def read_names(words: str, language: str) -> list[Found]:
    """Return the states, capitals and organisations that `words` name."""
    said = {str(match.lastgroup): match[0] for match in _pattern(language).finditer(words)}
    covered = {acronym for known in said for acronym in _all_acronyms(known)}
    acronyms = set() if words.isupper() else {match[0] for match in ACRONYM.finditer(words)}
    acronyms = {acronym for acronym in acronyms if not ROMAN.fullmatch(acronym)}
    others = {acronym: acronym for acronym in sorted(acronyms - covered - _known_acronyms(language))}
    return [Found(name, written) for name, written in {**said, **others}.items()]


def has_trace(name: str, words: str, language: str) -> bool:
    """Say whether anything in `words` may stand for `name`: itself, an adjective of it, another form."""
    forms = [*_names(language).get(name, ()), *TRACES.get(name, {}).get(language, ())]
    stems = {_plain(_stem(form)) for form in forms} or {_plain(name)}
    plain = _plain(words)
    return any(re.search(rf"(?<!\w){re.escape(stem)}", plain) for stem in stems)


def _stem(form: str) -> str:
    """Return the beginning of a name that its cases and adjectives share."""
    if " " in form or form.isupper():
        return form[: max(SHORTEST_STEM, len(form) - 3)] if not form.isupper() else form
    return form[: max(SHORTEST_STEM, len(form) - 2)]


def _plain(words: str) -> str:
    """Return `words` in small letters, without accents, apostrophes alike."""
    parted = unicodedata.normalize("NFD", words.casefold().replace("’", "'"))
    return "".join(sign for sign in parted if not unicodedata.combining(sign))


@cache
def _names(language: str) -> Mapping[str, tuple[str, ...]]:
    """Return the names in `language` of all that is known, by a key that is the same in every language."""
    names: dict[str, tuple[str, ...]] = {}
    try:
        locale: Locale | None = Locale(language)
    except (UnknownLocaleError, ValueError):
        locale = None
    for code in STATES:
        own = locale.territories.get(code) if locale else None
        names[code] = (*((str(own),) if own else ()), *OTHER_NAMES.get(code, {}).get(language, ()))
    for zone in CAPITALS:
        city = zone.rpartition("/")[2]
        own = locale.time_zones.get(zone, {}).get("city") if locale else None
        names[city] = (str(own or city), *OTHER_NAMES.get(city, {}).get(language, ()))
    for key, by_language in ORGANISATIONS.items():
        names[key] = by_language.get(language, by_language["en"][:1])
    return names


@cache
def _pattern(language: str) -> re.Pattern[str]:
    """Return what finds names in a text, each as a group; capitals count, so that “réunion” is no island."""
    forms = [(form, name) for name, known in _names(language).items() for form in known]
    groups: dict[str, list[str]] = {}
    for form, name in sorted(forms, key=lambda pair: len(pair[0]), reverse=True):
        groups.setdefault(name, []).append(_form(form, language))
    either = "|".join(f"(?P<{name}>{'|'.join(patterns)})" for name, patterns in groups.items())
    return re.compile(rf"(?<!\w)(?={CAPITAL})(?:{either})(?!\w)")


def _form(form: str, language: str) -> str:
    """Return the pattern of one name, with the endings that it takes."""
    if form.isupper():
        return re.escape(form)
    return r"\s".join(_word(word, language, alone=" " not in form) for word in form.split())


def _word(word: str, language: str, *, alone: bool) -> str:
    """Return the pattern of one word of a name."""
    apart = re.escape(word).replace("’", "['’]")
    if len(word) < SHORTEST_STEM + 1:
        return apart
    if language in INFLECTED:
        return re.escape(word[:-2] if len(word) > SHORTEST_STEM + 1 else word[:-1]).replace("’", "['’]") + r"\w{0,4}"
    if language == "de":
        return apart + "s?" if alone else re.escape(word[:-1]) + r"\w{0,3}"
    return apart


@cache
def _known_acronyms(language: str) -> frozenset[str]:
    """Return the acronyms that stand for something known in `language`."""
    return frozenset(form for forms in _names(language).values() for form in forms if form.isupper())


@cache
def _all_acronyms(name: str) -> frozenset[str]:
    """Return the acronyms of an organisation in every language."""
    return frozenset(form for forms in ORGANISATIONS.get(name, {}).values() for form in forms if form.isupper())
