"""The comparison of a paragraph with its counterpart in another language."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from concertation.texts.counterparts.dates import read_dates, read_times
from concertation.texts.counterparts.found import Found
from concertation.texts.counterparts.names import has_trace, read_names
from concertation.texts.counterparts.numbers import read_number_words, read_numbers
from concertation.texts.counterparts.persons import persons_only

Holders = Set[str]


class Kind(StrEnum):
    """What differs."""

    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    NAME = "name"
    BRACKET = "bracket"
    TYPED = "typed bracket"


@dataclass(frozen=True, slots=True)
class Difference:
    """What stands only `here`, and what only `there`, as it is written."""

    kind: Kind
    here: tuple[str, ...]
    there: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    """What was found in one version of a paragraph."""

    language: str
    words: str
    dates: list[Found]
    times: list[Found]
    numbers: list[Found]
    number_words: list[Found]
    names: list[Found]


def differences(
    here: str,
    there: str,
    *,
    language: str,
    other: str,
    brackets_here: Sequence[Holders] = (),
    brackets_there: Sequence[Holders] = (),
    persons: Collection[str] = (),
) -> list[Difference]:
    """Return what differs between the words `here`, in `language`, and `there`, in the language `other`.

    At most one of each kind. Brackets are compared by who holds them, and those that were only typed by their number;
    `persons` are the names by which people are looked for. What is said twice counts once. An empty version differs in
    nothing: it is missing, and that is said elsewhere.
    """
    if not here.strip() or not there.strip():
        return []
    one, two = _read(here, language), _read(there, other)
    found = [
        _only(Kind.DATE, one.dates, two.dates),
        _only(Kind.TIME, one.times, two.times),
        _numbers(one, two),
        _names(one, two, persons),
        _brackets(brackets_here, brackets_there),
        _typed_brackets(here, there),
    ]
    return [difference for difference in found if difference.here or difference.there]


@lru_cache(8192)
def _read(words: str, language: str) -> _Read:
    """Read a version; what is part of a date is no number. Kept, because most paragraphs are as they were."""
    dates, rest = read_dates(words, language)
    times, rest = read_times(rest, language)
    numbers, rest = read_numbers(rest, language)
    return _Read(language, words, dates, times, numbers, read_number_words(rest, language), read_names(words, language))


def _only(kind: Kind, here: Sequence[Found], there: Sequence[Found]) -> Difference:
    """Return what of both stands on one side only."""
    known_here, known_there = ({found.value for found in side} for side in (here, there))
    return Difference(kind, _written(here, known_there), _written(there, known_here))


def _written(found: Iterable[Found], known: Set[object]) -> tuple[str, ...]:
    """Return, each once, how that is written which is not among `known`."""
    return tuple(dict.fromkeys(one.written for one in found if one.value not in known))


def _numbers(one: _Read, two: _Read) -> Difference:
    """Return the numbers that differ.

    A number in digits may be a word in the other language. Words by themselves differ only when each side has one that
    the other has not: “both” for « les deux », “once” for « une fois » are no difference.
    """
    here = _written(one.numbers, _values(two))
    there = _written(two.numbers, _values(one))
    words_here = _written(one.number_words, _values(two))
    words_there = _written(two.number_words, _values(one))
    if (here or words_here) and (there or words_there):
        here, there = here + words_here, there + words_there
    return Difference(Kind.NUMBER, here, there)


def _values(read: _Read) -> set[object]:
    return {found.value for found in (*read.numbers, *read.number_words)}


def _names(one: _Read, two: _Read, persons: Collection[str]) -> Difference:
    """Return the names of one side of which the other has no trace."""
    here = _untraced(one, two) + persons_only(one.words, two.words, persons)
    there = _untraced(two, one) + persons_only(two.words, one.words, persons)
    return Difference(Kind.NAME, here, there)


def _untraced(read: _Read, other: _Read) -> tuple[str, ...]:
    named = {found.value for found in other.names}
    return tuple(
        found.written
        for found in read.names
        if found.value not in named and not has_trace(str(found.value), other.words, other.language)
    )


def _brackets(here: Sequence[Holders], there: Sequence[Holders]) -> Difference:
    """Return who holds brackets on one side only."""
    ours, theirs = (Counter(", ".join(sorted(holders)) for holders in side) for side in (here, there))
    return Difference(Kind.BRACKET, tuple((ours - theirs).elements()), tuple((theirs - ours).elements()))


def _typed_brackets(here: str, there: str) -> Difference:
    """Return the passages in typed square brackets when there are not as many on both sides."""
    ours, theirs = (tuple(re.findall(r"\[[^\[\]]*\]", words)) for words in (here, there))
    return Difference(Kind.TYPED, *((), ()) if len(ours) == len(theirs) else (ours, theirs))
