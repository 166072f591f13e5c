"""Persons whom the coalition knows, by the names that they are registered under.

A person is *said* when the name stands there in full, and there is a *trace* of one where any part of the name stands,
or a word like the surname: languages spell it in their own way. Nothing is said of versions in different scripts.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection
from functools import lru_cache

from rapidfuzz.distance import Indel

WORD = re.compile(r"[^\W\d_][\w’'-]*")
SHORTEST = 3  # letters of a word that says who is meant
ALIKE = 0.6  # “Zelenskyy” and “Selenskyj”, “Zaluzhnyi” and “Saluschnyj”


def persons_only(here: str, there: str, names: Collection[str]) -> tuple[str, ...]:
    """Return those of `names` that stand in full in the words `here`, and of which the words `there` have no trace."""
    said = _said(here, tuple(names))
    if not said or script_of(here) != script_of(there):
        return ()
    others = _said(there, tuple(names))
    rest = there
    for name in others:
        rest = re.sub(re.escape(name), " ", rest, flags=re.IGNORECASE)
    return tuple(name for name in said if name not in others and not _has_trace(name, rest))


def is_name(name: str) -> bool:
    """Say whether a person is registered under a name that can be looked for: two words or more, with capitals."""
    words = name.split()
    first, last = words[:1], words[-1:]
    is_plain = all(WORD.fullmatch(word) for word in words)
    return len(words) > 1 and is_plain and all(word[0].isupper() and len(word) >= SHORTEST for word in first + last)


def script_of(words: str) -> str:
    """Return in what script most letters of `words` are, as Unicode names it."""
    scripts = Counter(unicodedata.name(sign, "").split(" ")[0] for sign in words if sign.isalpha())
    return max(scripts, key=lambda script: scripts[script], default="")


def _said(words: str, names: tuple[str, ...]) -> list[str]:
    """Return the names that stand in full in `words`, in the order of `names`."""
    pattern = _pattern(names)
    found = {match[0].casefold() for match in pattern.finditer(words)} if pattern else set()
    return [name for name in names if name.casefold() in found]


@lru_cache(maxsize=8)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return what finds the names, as registered or in capitals."""
    forms = sorted({form for name in names if is_name(name) for form in (name, name.upper())}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, forms))})(?!\w)") if forms else None


def _has_trace(name: str, words: str) -> bool:
    """Say whether anything in `words` may stand for the person."""
    parts = {_plain(part) for part in name.split() if part[0].isupper() and len(part) >= SHORTEST}
    surname = _plain(name.split()[-1])
    written = {_plain(word) for word in WORD.findall(words) if word[0].isupper()}
    return any(word in parts or Indel.normalized_similarity(word, surname) >= ALIKE for word in written)


def _plain(word: str) -> str:
    """Return a word in small letters, without accents."""
    return "".join(sign for sign in unicodedata.normalize("NFD", word.casefold()) if not unicodedata.combining(sign))
