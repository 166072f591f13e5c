"""Where the coalition agreed the same or nearly the same before, among the adopted texts that a delegate may read."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from babel.dates import format_date
from django.db.models import Count, QuerySet

from concertation.coalition.models import Delegate, Member
from concertation.texts.folding import pair_shingles, word_shingles
from concertation.texts.matching import Closeness, Kind, Piece, Selection, closeness, excerpt
from concertation.texts.models import AdoptedParagraph, AdoptedShingle, AgreedReference, Text
from concertation.texts.rules import reads_at_most

MOST_RESULTS = 10
# What a search may cost: rows of the index that are fetched, paragraphs that are compared, words that are looked up.
MOST_ROWS, MOST_COMPARED, MOST_LOOKED_UP = 4000, 80, 400
COMMON = 1e6  # a shingle in so many paragraphs would say nothing


@dataclass(frozen=True, slots=True)
class Agreed:
    """An adopted paragraph that was found: how near, what corresponds to the selection, and how to cite it.

    `may_enter` says whether its words may enter the draft that was asked for.
    """

    kind: Kind
    score: int
    paragraph: AdoptedParagraph
    text: Text
    adopted_at: datetime
    members: list[Member]
    passage: str
    pieces: list[Piece]
    reference: str
    may_enter: bool


_Candidate = tuple[Closeness, Kind, AdoptedParagraph]


def find_agreed(
    delegate: Delegate, language: str, words: str, *, limit: int = MOST_RESULTS, into: Text | None = None
) -> list[Agreed]:
    """Return the adopted paragraphs nearest to `words`, the nearest first: exact passages, near ones, the same words.

    Only texts that `delegate` may read are looked at. `into` is the draft that the words would enter.
    """
    selection = Selection(words)
    visible = AdoptedParagraph.objects.filter(adopted__in=Text.objects.visible_to(delegate).values("pk"))
    near: list[_Candidate] = [
        (found[1], found[0], paragraph)
        for paragraph in _candidates(visible, language, selection)
        if (found := closeness(selection, paragraph.folded))
    ]
    near.sort(key=lambda one: (one[0], one[2].adopted.adopted_at, -one[2].position), reverse=True)
    members = Member.objects.in_bulk({code for one in near[:limit] for code in one[2].adopted.members})
    return [_agreed(selection, one, members, into) for one in near[:limit]]


def _candidates(visible: QuerySet[AdoptedParagraph], language: str, selection: Selection) -> Iterable[AdoptedParagraph]:
    """Return the paragraphs that share most with the selection: pairs of words, single words where these are few."""
    tokens = selection.tokens[:MOST_LOOKED_UP]
    weights = _weights(visible, pair_shingles(language, tokens))
    if len(weights) < MOST_RESULTS:
        for paragraph, weight in _weights(visible, word_shingles(language, tokens)).items():
            weights[paragraph] += weight
    best = sorted(weights, key=lambda key: (-weights[key], -key))[:MOST_COMPARED]
    return visible.filter(pk__in=best).select_related("adopted__text").prefetch_related("adopted__text__members")


def _weights(visible: QuerySet[AdoptedParagraph], shingles: Iterable[int]) -> defaultdict[int, float]:
    """Return the visible paragraphs that hold some of `shingles`; what few paragraphs hold weighs more.

    The rarest shingles are looked up first, as many as cost `MOST_ROWS`; the rarest one always.
    """
    counted = AdoptedShingle.objects.filter(shingle__in=shingles).values_list("shingle").annotate(held=Count("*"))
    held = dict(counted.order_by())
    chosen = _rarest(held)
    rows = AdoptedShingle.objects.filter(shingle__in=chosen, paragraph__in=visible.values("pk"))
    weights: defaultdict[int, float] = defaultdict(float)
    for shingle, paragraph in rows.values_list("shingle", "paragraph_id"):
        weights[paragraph] += math.log(COMMON / held[shingle])
    return weights


def _rarest(held: dict[int, int]) -> list[int]:
    """Return the shingles that few paragraphs hold."""
    chosen: list[int] = []
    cost = 0
    for shingle in sorted(held, key=lambda one: (held[one], one)):
        cost += held[shingle]
        if chosen and cost > MOST_ROWS:
            break
        chosen.append(shingle)
    return chosen


def _agreed(selection: Selection, candidate: _Candidate, members: dict[str, Member], into: Text | None) -> Agreed:
    """Return what is shown of a paragraph that was found."""
    near, kind, paragraph = candidate
    adopted = paragraph.adopted
    found = excerpt(selection, kind, paragraph.words)
    return Agreed(
        kind=kind,
        score=near.score,
        paragraph=paragraph,
        text=adopted.text,
        adopted_at=adopted.adopted_at,
        members=[members[code] for code in adopted.members if code in members],
        passage=found.passage,
        pieces=found.pieces,
        reference=citation(adopted.text, adopted.adopted_at, paragraph.language, paragraph.number),
        may_enter=into is None or reads_at_most(into, adopted.text),
    )


def citation(text: Text, adopted_at: datetime, language: str, number: int | None) -> str:
    """Return how to cite a paragraph in `language`: “Joint statement, 6 January 2026, §4”; the date is that in UTC."""
    parts = [text.title_in(language), format_date(adopted_at.date(), "long", locale=language)]
    return ", ".join([*parts, f"§{number}"] if number else parts)


def references_in(text: Text, delegate: Delegate) -> list[tuple[AgreedReference, str]]:
    """Return the agreed language that was put into `text`, the newest first, with how to cite it.

    References to texts that `delegate` may not read are left out.
    """
    visible = Text.objects.visible_to(delegate).values("pk")
    rows = text.references.filter(source__in=visible).select_related("source__text", "by__person", "by__member")
    return [(row, _cited(row)) for row in rows]


def _cited(reference: AgreedReference) -> str:
    source = reference.source
    return citation(source.text, source.adopted_at, reference.language, reference.number)


def languages_of_agreed(delegate: Delegate) -> Sequence[str]:
    """Return the languages in which there is adopted language for `delegate`, those of most paragraphs first."""
    visible = AdoptedParagraph.objects.filter(adopted__in=Text.objects.visible_to(delegate).values("pk"))
    counted = visible.order_by().values_list("language").annotate(count=Count("*")).order_by("-count", "language")
    return [language for language, _count in counted]
