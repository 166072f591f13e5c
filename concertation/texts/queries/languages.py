"""The card about the languages of a text: where each stands, and what is to be done about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from concertation.coalition.models import Delegate
from concertation.texts.languages import MOST_LANGUAGES, OFFERED
from concertation.texts.models import Text
from concertation.texts.paragraphs import linear
from concertation.texts.queries.differences import Pointed, differences_of
from concertation.texts.queries.steps import Lonely, OutOfStep, Place, Steps, steps_of
from concertation.texts.rules import abilities
from concertation.texts.worddiff import Piece, diff

MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class LanguageLine:
    """One language version: how many of its paragraphs are out of step; `seen` names exactly those.

    One that `is_empty` may begin from a file.
    """

    language: str
    is_authentic: bool
    title: str
    out: int
    missing: int
    seen: str
    is_empty: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """A language in which a paragraph has no counterpart, and the paragraphs there that could be it."""

    language: str
    candidates: list[Place]


@dataclass(frozen=True, slots=True)
class Alone:
    """A paragraph that has no counterpart somewhere."""

    place: Place
    gaps: list[Gap]


@dataclass(frozen=True, slots=True)
class Change:
    """A paragraph out of step, with what changed in the other language as a difference."""

    out: OutOfStep
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class LanguagesCard:
    """What the card shows; of each list only the first, `hidden` counts the rest of all of them.

    In the languages `importable` the text has no version yet, and the reader may begin one from a file.
    """

    lines: list[LanguageLine]
    changes: list[Change]
    lonely: list[Alone]
    pointed: list[Pointed]
    moved: list[Place]
    nameless: int
    count: int
    hidden: int
    importable: list[str]

    @property
    def is_settled(self) -> bool:
        return not (self.count or self.moved or self.nameless)


def languages_card(text: Text, delegate: Delegate) -> dict[str, object]:
    """Return what the card about the languages of a text from `visible_to(delegate)` shows."""
    steps = steps_of(text)
    pointed = differences_of(text, steps)
    can = abilities(delegate, text)
    lists: list[Sequence[object]] = [steps.out, steps.lonely, pointed]
    lines = [
        LanguageLine(
            language=language,
            is_authentic=language in steps.authentic,
            title=text.titles.get(language, ""),
            out=len(steps.out_in(language)),
            missing=sum(language in one.without for one in steps.lonely),
            seen=steps.seen_in(language),
            is_empty=not any(places[language].words for places in steps.places.values() if language in places),
        )
        for language in steps.languages
    ]
    card = LanguagesCard(
        lines=lines,
        changes=[_change(one) for one in steps.out[:MOST_SHOWN]],
        lonely=_alone(steps),
        pointed=pointed[:MOST_SHOWN],
        moved=steps.moved[:MOST_SHOWN],
        nameless=steps.nameless,
        count=sum(map(len, lists)),
        hidden=sum(max(0, len(one) - MOST_SHOWN) for one in lists),
        importable=_importable(steps) if can["edit"] and can["decide"] else [],
    )
    return {"text": text, "can": can, "card": "languages", "languages": card}


def _alone(steps: Steps) -> list[Alone]:
    """Return the paragraphs without a counterpart, each with those that stand alone in the languages that lack it."""
    single = [one.place for one in steps.lonely if len(one.without) == len(steps.languages) - 1]
    candidates = {language: [place for place in single if place.language == language] for language in steps.languages}
    return [_gaps(one, candidates) for one in steps.lonely[:MOST_SHOWN]]


def _gaps(one: Lonely, candidates: Mapping[str, list[Place]]) -> Alone:
    return Alone(one.place, [Gap(language, candidates[language]) for language in one.without])


def _importable(steps: Steps) -> list[str]:
    """Return the languages in which a translation may be begun."""
    if len(steps.languages) >= MOST_LANGUAGES:
        return []
    return [language for language in OFFERED if language not in steps.languages]


def _change(out: OutOfStep) -> Change:
    before = linear(out.before) if out.before else ""
    return Change(out, diff(before, out.cause.words))
