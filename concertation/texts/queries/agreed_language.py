"""Where the coalition agreed the same or nearly the same before, among the adopted texts that a delegate may read."""

import heapq
import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count, QuerySet

from concertation.coalition.models import Delegate, Member
from concertation.texts.folding import pair_shingles, word_shingles
from concertation.texts.languages import long_date
from concertation.texts.matching import Closeness, Kind, Piece, Selection, closeness, excerpt, shared
from concertation.texts.models import AdoptedParagraph, AdoptedShingle, AgreedReference, Text, TextOrigin
from concertation.texts.rules import reads_at_most

MOST_RESULTS = 10
# What a search may cost: rows of the index that are fetched, paragraphs that are compared, words that are looked up.
MOST_ROWS, MOST_COMPARED, MOST_LOOKED_UP = 1200, 60, 400
MANY, COMMON = 700, 1e6  # paragraphs: in how many a shingle is counted at most, and in how many it says nothing
ALWAYS = 2  # shingles, or a phrase of common words would not be found
HELD = """
    WITH wanted(shingle) AS (VALUES {})
    SELECT shingle, (
        SELECT COUNT(*) FROM (
            SELECT 1 FROM texts_adoptedshingle AS held WHERE held.shingle = wanted.shingle LIMIT %s
        ) AS counted
    ) FROM wanted
"""


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


Visible = QuerySet[Text, Any]  # the ids of the texts that a delegate may read


class _Candidate(NamedTuple):
    """As much of a paragraph as comparing takes."""

    key: int
    folded: str
    position: int
    adopted_at: datetime


class _Near(NamedTuple):
    """A paragraph by its place among the results: the greater, the earlier."""

    closeness: Closeness
    adopted_at: datetime
    from_end: int
    key: int
    kind: Kind


def find_agreed(
    delegate: Delegate, language: str, words: str, *, limit: int = MOST_RESULTS, into: Text | None = None
) -> list[Agreed]:
    """Return the adopted paragraphs nearest to `words`, the nearest first: exact passages, near ones, the same words.

    Only texts that `delegate` may read are looked at; of results equally near the newest come first. `into` is the
    draft that the words would enter.
    """
    selection = Selection(words)
    visible = Text.objects.visible_to(delegate).values("pk")
    candidates = _candidates(visible, language, selection)
    closer = heapq.nlargest(selection.worth, candidates, key=lambda one: shared(selection, one.folded))
    near = heapq.nlargest(limit, filter(None, (_near(selection, one) for one in closer)))
    held = AdoptedParagraph.objects.select_related("adopted__text").defer("adopted__content")
    rows = held.prefetch_related("adopted__text__members").in_bulk([one.key for one in near])
    members = Member.objects.in_bulk({code for row in rows.values() for code in row.adopted.members})
    return [_agreed(selection, one, rows[one.key], members, into) for one in near]


def _candidates(visible: Visible, language: str, selection: Selection) -> list[_Candidate]:
    """Return the paragraphs that share most with the selection: pairs of words, single words where these are few."""
    tokens = selection.tokens[:MOST_LOOKED_UP]
    weights = _weights(visible, pair_shingles(language, tokens))
    if len(weights) < MOST_RESULTS:
        for key, weight in _weights(visible, word_shingles(language, tokens)).items():
            weights[key] += weight
    best = heapq.nlargest(MOST_COMPARED, weights, key=lambda key: (weights[key], key))
    facts = AdoptedParagraph.objects.filter(pk__in=best).order_by("-pk")
    return [_Candidate(*row) for row in facts.values_list("pk", "folded", "position", "adopted__adopted_at")]


def _near(selection: Selection, candidate: _Candidate) -> _Near | None:
    """Return how near a paragraph is, None when it is not."""
    found = closeness(selection, candidate.folded)
    return found and _Near(found[1], candidate.adopted_at, -candidate.position, candidate.key, found[0])


def _weights(visible: Visible, shingles: Collection[int]) -> defaultdict[int, float]:
    """Return the visible paragraphs that hold some of `shingles`; what few paragraphs hold weighs more."""
    weight = {shingle: math.log(COMMON / held) for shingle, held in _rarest(_held(shingles)).items()}
    rows = AdoptedShingle.objects.filter(shingle__in=list(weight), paragraph__adopted__in=visible)
    weights: defaultdict[int, float] = defaultdict(float)
    for shingle, paragraph in rows.values_list("shingle", "paragraph_id"):
        weights[paragraph] += weight[shingle]
    return weights


def _held(shingles: Collection[int]) -> dict[int, int]:
    """Return in how many paragraphs each shingle stands, counted up to `MANY`; those in none are left out."""
    if not shingles:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(HELD.format(", ".join(["(%s)"] * len(shingles))), [*shingles, MANY])
        return {shingle: held for shingle, held in cursor.fetchall() if held}


def _rarest(held: Mapping[int, int]) -> dict[int, int]:
    """Return the shingles that few paragraphs hold, as many as cost `MOST_ROWS`; the two rarest, common ones too."""
    chosen: dict[int, int] = {}
    cost = 0
    for shingle in sorted(held, key=lambda one: (held[one], one)):
        cost += held[shingle]
        if len(chosen) >= ALWAYS and (cost > MOST_ROWS or held[shingle] == MANY):
            break
        chosen[shingle] = held[shingle]
    return chosen


def _agreed(
    selection: Selection, near: _Near, paragraph: AdoptedParagraph, members: Mapping[str, Member], into: Text | None
) -> Agreed:
    """Return what is shown of a paragraph that was found."""
    adopted = paragraph.adopted
    found = excerpt(selection, near.kind, paragraph.words)
    return Agreed(
        kind=near.kind,
        score=near.closeness.score,
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
    parts = [text.title_in(language), long_date(adopted_at.date(), language)]
    return ", ".join([*parts, f"§{number}"] if number else parts)


@dataclass(frozen=True, slots=True)
class Reused:
    """Agreed words that were put into a draft, and how to cite them."""

    reference: AgreedReference
    citation: str


@dataclass(frozen=True, slots=True)
class Reuse:
    """What a text took from others, as far as the reader may read these: where it started, and agreed language."""

    origin: TextOrigin | None
    references: list[Reused]

    def __bool__(self) -> bool:
        return bool(self.origin or self.references)


def reuse_in(text: Text, delegate: Delegate) -> Reuse:
    """Return what `text` took from texts that `delegate` may read, the newest reference first, in two queries."""
    visible = Text.objects.visible_to(delegate).values("pk")
    rows = text.references.filter(source__in=visible).select_related("source__text", "by__person", "by__member")
    origins = TextOrigin.objects.filter(text=text, source__in=visible).select_related("source")
    return Reuse(
        origin=origins.first(),
        references=[
            Reused(row, _cited(row)) for row in rows.select_related("source__text", "by__person", "by__member")
        ],
    )


def _cited(reference: AgreedReference) -> str:
    source = reference.source
    return citation(source.text, source.adopted_at, reference.language, reference.number)


def languages_of_agreed(delegate: Delegate) -> Sequence[str]:
    """Return the languages in which there is adopted language for `delegate`, those of most paragraphs first."""
    visible = AdoptedParagraph.objects.filter(adopted__in=Text.objects.visible_to(delegate).values("pk"))
    counted = visible.order_by().values_list("language").annotate(count=Count("*")).order_by("-count", "language")
    return [language for language, _count in counted]
