"""The picture of who is where: four columns from support to opposition, a chip for each actor; pure, a template draws.

Places are percent from the left for columns, and pixels within one, so that chips keep their size on a phone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from concertation.situation.holding import STEPS
from concertation.situation.timeline import percent

CHIP_WIDTH, CHIP_HEIGHT, GAP, PER_ROW, TOP = 36, 24, 4, 2, 4


@dataclass(frozen=True, slots=True)
class Chip:
    """An actor in its column, by a few letters."""

    key: str
    letters: str
    name: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Column:
    """The actors that say one thing."""

    stance: str
    left: str
    chips: list[Chip]


@dataclass(frozen=True, slots=True)
class Spectrum:
    """The whole picture, `height` pixels high."""

    columns: list[Column]
    height: int


def spectrum(actors: Iterable[tuple[str, str, str]], stances: Mapping[str, str]) -> Spectrum:
    """Return the picture of `actors`, each key, letters and name, that take one of `stances` by key, in their order."""
    rows = list(actors)
    columns = [
        Column(
            stance,
            percent(100 * place / len(STEPS)),
            _chips([actor for actor in rows if stances.get(actor[0]) == stance]),
        )
        for place, stance in enumerate(STEPS)
    ]
    tallest = max(len(column.chips) for column in columns)
    return Spectrum(columns, TOP + max(-(-tallest // PER_ROW), 1) * (CHIP_HEIGHT + GAP))


def _chips(actors: list[tuple[str, str, str]]) -> list[Chip]:
    return [
        Chip(
            key,
            letters,
            name,
            GAP + number % PER_ROW * (CHIP_WIDTH + GAP),
            TOP + number // PER_ROW * (CHIP_HEIGHT + GAP),
        )
        for number, (key, letters, name) in enumerate(actors)
    ]
