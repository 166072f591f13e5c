"""Where a key stands in a TOML file; the parser forgets lines, so the text is the truth."""

import re
from collections.abc import Iterator
from functools import lru_cache

Path = tuple[str | int, ...]

# Strings and comments are recognised first: what looks like a header or a key inside of them is none.
_OPAQUE = re.compile(
    r'"""(?:\\.|(?!""").)*"{3,5}' r"|'''.*?'{3,5}" r'|"(?:\\.|[^"\\\n])*"' r"|'[^'\n]*'" r"|\#[^\n]*",
    re.DOTALL,
)
_HEADER = re.compile(r"\s*(\[\[?)([^\[\]]+)\]")
_KEY = re.compile(r"""\s*([A-Za-z0-9_."' -]+?)\s*=""")


def line_of(path: Path, text: str) -> int:
    """Return the line (from 1) of the key `path` in the valid TOML `text`, or of the nearest table around it.

    Lists in a path count from 0, as they are parsed.
    """
    places = _index(text)
    while path and path not in places:
        path = path[:-1]
    return places.get(path, 1)


@lru_cache(maxsize=1)
def _index(text: str) -> dict[Path, int]:
    """Return the line of each header and key; of a list, that of its first entry."""
    return dict(reversed(list(_places(text))))


def _places(text: str) -> Iterator[tuple[Path, int]]:
    """Yield every header and every key at the beginning of a line, with its line."""
    counts: dict[Path, int] = {}
    table: Path = ()
    for number, line in enumerate(_OPAQUE.sub(_keep_short, text).split("\n"), 1):
        if header := _HEADER.match(line):
            table = _table(_split(header[2]), counts, is_list=header[1] == "[[")
            yield from ((table, number), (table[:-1], number)) if header[1] == "[[" else ((table, number),)
        elif key := _KEY.match(line):
            yield (*table, *_split(key[1])), number


def _keep_short(found: re.Match[str]) -> str:
    """Blank comments and strings of several lines; keep line breaks and short strings (quoted keys)."""
    if found[0].startswith("#") or "\n" in found[0]:
        return "\n" * found[0].count("\n")
    return found[0]


def _split(dotted: str) -> Path:
    """Split a dotted key."""
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def _table(names: Path, counts: dict[Path, int], *, is_list: bool) -> Path:
    """Return the path of a table header, with the current index of each list on its way."""
    path: Path = ()
    for position, name in enumerate(names):
        path = (*path, name)
        is_last = position == len(names) - 1
        if is_last and is_list:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path
