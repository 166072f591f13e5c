"""One statement in five languages, as diplomats write: what the comparison must leave in peace. Exercise data."""

from pathlib import Path


def _paragraph(lines: str) -> dict[str, str]:
    return dict(line.split(": ", maxsplit=1) for line in lines.splitlines())


WORDS = (Path(__file__).parent / "statement.txt").read_text(encoding="utf-8")
STATEMENT = [_paragraph(lines) for lines in WORDS.split("\n\n")]
