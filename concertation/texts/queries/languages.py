"""The card about the languages of a text: where each stands, and what is to be done about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from concertation.coalition.models import Delegate
from concertation.texts.models import Text
from concertation.texts.paragraphs import linear
from concertation.texts.queries.differences import Pointed, differences_of
from concertation.texts.queries.steps import Lonely, OutOfStep, Place, steps_of
from concertation.texts.rules import abilities
from concertation.texts.worddiff import Piece, diff

MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class LanguageLine:
    """One language version: how many of its paragraphs are out of step; `seen` names exactly those."""

    language: str
    is_authentic: bool
    title: str
    out: int
    missing: int
    seen: str


@dataclass(frozen=True, slots=True)
class Change:
    """A paragraph out of step, with what changed in the other language as a difference."""

    out: OutOfStep
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class LanguagesCard:
    """What the card shows; of each list only the first, `hidden` counts the rest of all of them."""

    lines: list[LanguageLine]
    changes: list[Change]
    lonely: list[Lonely]
    pointed: list[Pointed]
    moved: list[Place]
    nameless: int
    count: int
    hidden: int

    @property
    def is_settled(self) -> bool:
        return not (self.count or self.moved or self.nameless)


def languages_card(text: Text, delegate: Delegate) -> dict[str, object]:
    """Return what the card about the languages of a text from `visible_to(delegate)` shows."""
    steps = steps_of(text)
    pointed = differences_of(text, steps)
    lists: list[Sequence[object]] = [steps.out, steps.lonely, pointed]
    lines = [
        LanguageLine(
            language=language,
            is_authentic=language in steps.authentic,
            title=text.titles.get(language, ""),
            out=len(steps.out_in(language)),
            missing=sum(language in one.without for one in steps.lonely),
            seen=steps.seen_in(language),
        )
        for language in steps.languages
    ]
    card = LanguagesCard(
        lines=lines,
        changes=[_change(one) for one in steps.out[:MOST_SHOWN]],
        lonely=steps.lonely[:MOST_SHOWN],
        pointed=pointed[:MOST_SHOWN],
        moved=steps.moved[:MOST_SHOWN],
        nameless=steps.nameless,
        count=sum(map(len, lists)),
        hidden=sum(max(0, len(one) - MOST_SHOWN) for one in lists),
    )
    return {"text": text, "can": abilities(delegate, text), "card": "languages", "languages": card}


def _change(out: OutOfStep) -> Change:
    before = linear(out.before) if out.before else ""
    return Change(out, diff(before, out.cause.words))
