"""What a reader of numbers, dates or names found in a paragraph, and the words without it."""

import re
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """A thing by its `value`, which is the same in every language, as it is `written` in this one."""

    value: Hashable
    written: str


def take(
    words: str, pattern: re.Pattern[str], read: Callable[[re.Match[str]], Hashable | None]
) -> tuple[list[Found], str]:
    """Return what `read` makes of the matches of `pattern`, and `words` with spaces in their place.

    What `read` answers None to stays in the words.
    """
    found: list[Found] = []

    def blank(match: re.Match[str]) -> str:
        value = read(match)
        if value is None:
            return match[0]
        found.append(Found(value, match[0].strip()))
        return " " * len(match[0])

    return found, pattern.sub(blank, words)


def alternatives(names: Iterator[str] | list[str]) -> str:
    """Return a pattern that matches each of `names`, the longest first."""
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
