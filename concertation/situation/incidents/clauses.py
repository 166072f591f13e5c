"""The clauses of a wording: its lines, numbered from 1, where every language has equally many; pure."""

from collections.abc import Mapping


def lines_of(text: str) -> list[str]:
    """Return the lines of a wording that say something."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def count_of(words: Mapping[str, str]) -> int:
    """Return how many clauses a wording has; 0 when it is of one piece, or its languages do not match."""
    counts = {len(lines_of(text)) for text in words.values()}
    count = counts.pop() if len(counts) == 1 else 0
    return count if count > 1 else 0
