"""Words as they are compared: folded, so that case, accents, punctuation and apostrophes count for nothing.

A shingle is a word, or two words with at most one between them, of one language: what near-duplicates share. Shingles
keep the first six letters of a word, so that “agreement” and “agreements”, “припинення” and “припинень” meet.
No Django here.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

STEM = 6
# Letters with the accents that follow them; letters of scripts without spaces stand alone.
_ALONE = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(f"[{_ALONE}]|(?:(?![_ʼ{_ALONE}])\\w[\u0300-\u036f]*)+")
_GROUPED = re.compile(r"(?<!\d)\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+(?![\d])")
_IN_CYRILLIC = re.compile("(?<=[\u0400-\u04ff])['’ʼ`](?=[\u0400-\u04ff])")
_ALIKE = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})  # letters that do not decompose
_GAPS = (1, 2)


@dataclass(frozen=True, slots=True)
class Token:
    """One word: its place [start, end) in code points of what it was read from, and its folded form."""

    start: int
    end: int
    folded: str


def tokens_of(words: str) -> list[Token]:
    """Return the words of a text; 10 000, 10,000 and 10.000 are one, об’єкт is one, l’accord is two."""
    found: list[Token] = []
    at = 0
    for joined in _joined(words):
        found += _plain(words, at, joined.start)
        found.append(joined)
        at = joined.end
    return found + _plain(words, at, len(words))


def _joined(words: str) -> list[Token]:
    """Return the numbers with groups of digits."""
    return [
        Token(match.start(), match.end(), "".join(filter(str.isdigit, match[0]))) for match in _GROUPED.finditer(words)
    ]


def _plain(words: str, start: int, end: int) -> list[Token]:
    """Return the words in [start, end), Cyrillic ones over their apostrophes."""
    found: list[Token] = []
    for match in _WORD.finditer(words, start, end):
        token = Token(match.start(), match.end(), fold(match[0]))
        if found and token.start == found[-1].end + 1 and _IN_CYRILLIC.match(words, found[-1].end):
            before = found.pop()
            token = Token(before.start, token.end, before.folded + token.folded)
        if token.folded:
            found.append(token)
    return found


def fold(word: str) -> str:
    """Return a word without case and accents: “État” is “etat”, “œuvre” is “oeuvre”, “ї” is “і”."""
    plain = unicodedata.normalize("NFKD", word).casefold()
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).translate(_ALIKE)


def folded(words: str) -> str:
    """Return the words of a text in folded form, one space between two."""
    return " ".join(token.folded for token in tokens_of(words))


def stem(word: str) -> str:
    """Return what of a folded word counts in a shingle."""
    return word[:STEM]


def word_shingles(language: str, words: Sequence[str]) -> set[int]:
    """Return a shingle for each of the folded `words`."""
    return {_number(language, word) for word in map(stem, words)}


def pair_shingles(language: str, words: Sequence[str]) -> set[int]:
    """Return a shingle for each two of the folded `words` that stand together, or with one word between them."""
    return {_number(language, pair) for pair in _pairs([stem(word) for word in words])}


def _pairs(stems: Sequence[str]) -> Iterator[str]:
    for gap in _GAPS:
        for first, second in zip(stems, stems[gap:], strict=False):
            yield f"{first} {second}"


def _number(language: str, shingle: str) -> int:
    """Return a shingle as a signed 64-bit number, which every database indexes alike."""
    digest = hashlib.blake2b(f"{language} {shingle}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)
