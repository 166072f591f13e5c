"""The normal form of what people type about measures."""

import re
from collections.abc import Mapping, Sequence

from concertation.core.words import one_line, prose, within
from concertation.pressure.enums import Kind
from concertation.pressure.errors import NameMissing, TooMany, UnknownKind, UnknownTerritory

NAME_LENGTH = 200
SUMMARY_LENGTH = 2_000
DRAFT_LENGTH = 4_000
BASIS_LENGTH = 300
ISSUER_LENGTH = 200
REASON_LENGTH = 500
MOST_TERRITORIES = 60
TERRITORY = re.compile(r"[a-z]{2}(-[a-z0-9]{1,5}|[a-z]{2})?")
Words = Mapping[str, str]


def clean_names(names: Words) -> dict[str, str]:
    """Return the names that are not blank; raises NameMissing, TooLong."""
    said = clean_optional({language: one_line(name) for language, name in names.items()}, NAME_LENGTH)
    if not said:
        raise NameMissing
    return said


def clean_optional(words: Words, longest: int = SUMMARY_LENGTH) -> dict[str, str]:
    """Return the words that are not blank, if any; raises TooLong."""
    said = {language: prose(text) for language, text in words.items()}
    return {language: within(text, longest) for language, text in said.items() if text}


def clean_kinds(kinds: Sequence[str]) -> list[str]:
    """Return the types in their order, each once; raises UnknownKind."""
    if not set(kinds) <= set(Kind.values):
        raise UnknownKind
    return [kind for kind in Kind.values if kind in kinds]


def clean_territories(codes: Sequence[str]) -> list[str]:
    """Return the codes in small letters, each once; raises UnknownTerritory, TooMany."""
    codes = list(dict.fromkeys(code.strip().lower() for code in codes if code.strip()))
    if len(codes) > MOST_TERRITORIES:
        raise TooMany
    if not all(TERRITORY.fullmatch(code) for code in codes):
        raise UnknownTerritory
    return codes
