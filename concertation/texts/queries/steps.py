"""How the language versions of a text stand to one another: out of step, without a counterpart, at another place."""

import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from concertation.texts.blocks import Block
from concertation.texts.models import ParagraphVersion, StepConfirmation, Text
from concertation.texts.paragraphs import ID, digest, linear
from concertation.texts.queries.ledger import Authorship, Ledger, authorships, ledger_now
from concertation.texts.steps import Confirmation, Lag, Moment, lags_of


@dataclass(frozen=True, slots=True)
class Place:
    """One version of a paragraph as it stands: `label` is “§4”, or its first words; `number` None if it has none."""

    language: str
    paragraph: str
    label: str
    number: int | None
    sha256: str
    block: Block | None

    @property
    def words(self) -> str:
        return linear(self.block) if self.block else ""


@dataclass(frozen=True, slots=True)
class OutOfStep:
    """A version of a paragraph that has not followed what changed in another: `cause`, at `at`, by `authors`.

    `before` is what stood there before the first change that it missed, None when nothing did.
    """

    place: Place
    cause: Place
    at: datetime
    authors: Authorship
    before: Block | None
    is_authentic: bool
    seen: str


@dataclass(frozen=True, slots=True)
class Lonely:
    """A paragraph that has no counterpart in the languages `without`."""

    place: Place
    without: tuple[str, ...]


@dataclass(slots=True)
class Steps:
    """How the versions of a text stand to one another; `languages` in their order, `authentic` among them.

    `seen` names, by paragraph, exactly what all its versions are. `moved` are the paragraphs that stand at another
    place than in the first language. `nameless` counts those that cannot be aligned yet.
    """

    languages: list[str]
    authentic: list[str]
    out: list[OutOfStep] = field(default_factory=list)
    lonely: list[Lonely] = field(default_factory=list)
    moved: list[Place] = field(default_factory=list)
    nameless: int = 0
    places: dict[str, dict[str, Place]] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)

    def out_in(self, language: str) -> list[OutOfStep]:
        """Return what is out of step in one language."""
        return [one for one in self.out if one.place.language == language]

    def seen_in(self, language: str) -> str:
        """Return a short name for exactly what is out of step in one language."""
        return seen_of({one.place.paragraph: one.seen for one in self.out_in(language)})

    def hashes(self, paragraph: str) -> dict[str, str]:
        """Return the hash of every version of a paragraph that there is, by language."""
        return {language: place.sha256 for language, place in self.places.get(paragraph, {}).items()}


def steps_of(text: Text, ledger: Ledger | None = None) -> Steps:
    """Return how the versions of `text` stand to one another, in a fixed number of queries.

    Whoever has the ledger of the text already passes it.
    """
    versions = list(text.versions.all())
    steps = Steps([one.language for one in versions], [one.language for one in versions if one.is_authentic])
    ledger = ledger or ledger_now(text)
    ordered = {language: _places(ledger, language) for language in steps.languages}
    for language, places in ordered.items():
        steps.nameless += sum(not ID.fullmatch(place.paragraph) for place in places)
        for place in places:
            if ID.fullmatch(place.paragraph):
                steps.places.setdefault(place.paragraph, {})[language] = place
    steps.seen = {paragraph: seen_of(steps.hashes(paragraph)) for paragraph in steps.places}
    if len(versions) > 1:
        _find_out(text, ledger, steps)
        _find_lonely(steps)
        steps.moved = _moved(ordered)
    return steps


def seen_of(hashes: Mapping[str, str]) -> str:
    """Return a short name for exactly these versions of a paragraph, which an act on them sends back."""
    return hashlib.sha256(repr(sorted(hashes.items())).encode()).hexdigest()[:16]


def _places(ledger: Ledger, language: str) -> list[Place]:
    """Return the paragraphs of one language in their order, empty ones at the end left out."""
    order = ledger.orders.get(language)
    found: list[Place] = []
    count = 0
    for name in order.paragraphs if order else []:
        row = ledger.versions.get((language, name))
        block: Block | None = row.block if row else None
        is_numbered = block is not None and block["type"] == "paragraph" and block.get("numbered", False)
        count += is_numbered
        label = f"§{count}" if is_numbered else _short(linear(block) if block else "")
        found.append(Place(language, name, label, count if is_numbered else None, row.sha256 if row else "", block))
    while found and not ID.fullmatch(found[-1].paragraph) and found[-1].sha256 in empty_hashes(language):
        found.pop()
    return found


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= 40 else f"{line[:40].rsplit(' ', 1)[0]}…"


@cache
def empty_hashes(language: str) -> frozenset[str]:
    """Return the hashes of the paragraphs of `language` that have no words."""
    blocks: list[Block] = [{"type": "paragraph", "numbered": numbered, "runs": []} for numbered in (True, False)]
    blocks += [{"type": "heading", "level": level, "runs": []} for level in (1, 2, 3)]
    item: list[Block] = [{"type": "paragraph", "runs": []}]
    blocks += [{"type": "bulletList", "items": [item]}, {"type": "orderedList", "items": [item]}]
    return frozenset(digest({language: block}) for block in blocks)


def _find_out(text: Text, ledger: Ledger, steps: Steps) -> None:
    """Find the versions that are out of step, in the order of the first language that has the paragraph."""
    lags = {paragraph: lags for paragraph, lags in _lags(text, ledger, steps) if lags}
    named = [lag for of_paragraph in lags.values() for lag in of_paragraph.values()]
    names = authorships(lag.cause.authors for lag in named)
    before = ParagraphVersion.objects.in_bulk([lag.before.key for lag in named if lag.before and lag.before.key])
    for paragraph in (one for one in steps.places if one in lags):
        for language, lag in sorted(lags[paragraph].items(), key=lambda item: steps.languages.index(item[0])):
            place, cause = steps.places[paragraph][language], steps.places[paragraph].get(lag.cause.language)
            row = before.get(lag.before.key) if lag.before else None
            steps.out.append(
                OutOfStep(
                    place=place,
                    cause=cause or Place(lag.cause.language, paragraph, place.label, place.number, "", None),
                    at=lag.cause.at,
                    authors=names[tuple(lag.cause.authors)],
                    before=row.block if row else None,
                    is_authentic=language in steps.authentic,
                    seen=steps.seen[paragraph],
                )
            )


def _lags(text: Text, ledger: Ledger, steps: Steps) -> Iterable[tuple[str, dict[str, Lag]]]:
    """Yield, of each paragraph that several languages have, what is out of step."""
    confirmed: dict[str, list[Confirmation]] = {}
    for row in StepConfirmation.objects.filter(text=text):
        confirmed.setdefault(row.paragraph, []).append(Confirmation(row.language, row.at, row.hashes))
    for paragraph, moments in _moments(text, ledger, steps).items():
        yield paragraph, lags_of(moments, confirmed.get(paragraph, []))


def _moments(text: Text, ledger: Ledger, steps: Steps) -> dict[str, list[Moment]]:
    """Return what the versions of each shared paragraph were: stored rows, and those that the ledger has in memory."""
    columns = ("pk", "language", "paragraph", "sequence", "at", "sha256", "authors", "previous_id")
    stored = {row.pk: row for row in ParagraphVersion.objects.filter(text=text).only(*columns)}
    found: dict[str, list[Moment]] = {}
    for (language, paragraph), current in ledger.versions.items():
        if len(steps.places.get(paragraph, {})) < 2:
            continue
        row: ParagraphVersion | None = current
        while row is not None:
            found.setdefault(paragraph, []).append(_moment(row, language))
            row = stored.get(row.previous_id) if row.previous_id else row.previous
    return found


def _moment(row: ParagraphVersion, language: str) -> Moment:
    is_empty = row.sha256 in empty_hashes(language)
    return Moment(language, row.sequence, row.at, row.sha256, tuple(row.authors), is_empty, row.pk or 0)


def _find_lonely(steps: Steps) -> None:
    """Find the paragraphs without a counterpart somewhere; empty ones need none."""
    for places in steps.places.values():
        without = tuple(language for language in steps.languages if language not in places)
        written = next((one for one in places.values() if one.sha256 not in empty_hashes(one.language)), None)
        if without and written is not None:
            steps.lonely.append(Lonely(written, without))


def _moved(ordered: Mapping[str, Sequence[Place]]) -> list[Place]:
    """Return the fewest paragraphs that, moved, would give every language the order of the first."""
    first, *others = ordered.values()
    ranks = {place.paragraph: at for at, place in enumerate(first)}
    found = []
    for places in others:
        shared = [place for place in places if place.paragraph in ranks and ID.fullmatch(place.paragraph)]
        kept = _longest_rise([ranks[place.paragraph] for place in shared])
        found += [place for place in shared if ranks[place.paragraph] not in kept]
    return found


def _longest_rise(numbers: Sequence[int]) -> set[int]:
    """Return the numbers of a longest rising subsequence of different numbers."""
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        at = bisect_left(ends, number)
        before[number] = ends[at - 1] if at else None
        ends[at : at + 1] = [number]
    kept: set[int] = set()
    number_now: int | None = ends[-1] if ends else None
    while number_now is not None:
        kept.add(number_now)
        number_now = before[number_now]
    return kept
