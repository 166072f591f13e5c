"""Reads about square brackets: the rows say who holds what, the document says where."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Q
from pycrdt import Doc

from concertation.coalition.models import Delegate, Member
from concertation.texts.anchors import Span, place_of, places_in
from concertation.texts.canonical import UnknownContent, document_of, read_version
from concertation.texts.enums import Ending
from concertation.texts.models import Alternative, Bracket, Holding, Support, Text
from concertation.texts.paragraphs import paragraphs_of
from concertation.texts.queries.changers import Watched, changers
from concertation.texts.queries.stored import stored_updates
from concertation.texts.reading import Alternative as OtherWords
from concertation.texts.reading import BracketSpan
from concertation.texts.rules import bracket_abilities

IN_TEXT = "text"  # names the words in the document among the alternatives


@dataclass(frozen=True, slots=True)
class Choice:
    """One alternative and the members that support it, in protocol order; `row` is None for the words in the text."""

    row: Alternative | None
    words: str
    supporters: tuple[Member, ...]

    @property
    def key(self) -> str:
        """What names the alternative in a form."""
        return str(self.row.pk) if self.row else IN_TEXT


@dataclass(frozen=True, slots=True)
class BracketNow:
    """A bracket at one moment: `span` is None where its words were deleted; `choices` begin with those in the text."""

    row: Bracket
    span: Span | None
    holdings: tuple[Holding, ...]
    choices: tuple[Choice, ...]

    @property
    def held(self) -> str:
        """The words that the holders bracketed, where others stand there now; else empty."""
        return "" if self.span and self.span.words == self.row.words else self.row.words

    @property
    def holders(self) -> tuple[Member, ...]:
        """The members that hold it, in the order in which they took it."""
        return tuple(holding.member for holding in self.holdings)


@dataclass(frozen=True, slots=True)
class BracketCard:
    """A bracket as one delegate sees it: number of its paragraph, who changed its words, what the delegate may do."""

    now: BracketNow
    number: int | None
    changed_by: Sequence[Delegate]
    can: Mapping[str, Any]
    support: str
    own: frozenset[str]


def brackets_at(text: Text, moment: datetime, document: Doc[Any]) -> list[BracketNow]:
    """Return the brackets that were open at `moment`, with `document` as it was then, in a fixed number of queries."""
    rows = text.brackets.filter(_lasted("placed_at", "ended_at", moment))
    return _now(rows, document, moment)


def open_brackets(text: Text, document: Doc[Any] | None = None) -> list[BracketNow]:
    """Return the open brackets of a text, in a fixed number of queries; `document` is what is stored unless given."""
    rows = list(_with_people(text.brackets.filter(ending=Ending.OPEN), None))
    if rows and document is None:
        document = document_of(stored_updates(text.pk))
    return _now(rows, document, None) if document is not None else []


def bracket_cards(text: Text, delegate: Delegate) -> list[BracketCard]:
    """Return the open brackets of a text from `visible_to(delegate)`, in the order of the text, deleted ones last."""
    document = document_of(stored_updates(text.pk))
    found = open_brackets(text, document)
    changed = changers(text.pk, [_watched(one.row) for one in found if one.held])
    numbers = {language: _numbers(document, language) for language in {one.row.language for one in found}}
    cards = [_card(one, text, delegate, numbers[one.row.language], changed) for one in found]
    order = {version.language: version.order for version in text.versions.all()}
    return sorted(cards, key=lambda card: _place_in_text(card, order, numbers))


def spans_by_paragraph(brackets: Iterable[BracketNow], language: str) -> dict[str, list[BracketSpan]]:
    """Return those of `brackets` that stand in a version, by paragraph, as readers see them."""
    found: dict[str, list[BracketSpan]] = {}
    for one in brackets:
        if one.span is None or one.row.language != language:
            continue
        first, *others = one.choices
        span = BracketSpan(
            id=str(one.row.pk),
            start=one.span.start,
            end=one.span.end,
            holders=_codes(one.holders),
            alternatives=tuple(OtherWords(other.words, _codes(other.supporters)) for other in others),
            held=one.held,
            supporters=_codes(first.supporters),
        )
        found.setdefault(one.span.paragraph, []).append(span)
    return found


def bracket_layer(text: Text, delegate: Delegate) -> list[dict[str, Any]]:
    """Return the open brackets as the editor draws them."""
    return [
        {
            "id": str(card.now.row.pk),
            "language": card.now.row.language,
            "paragraph": card.now.row.paragraph,
            "words": card.now.row.words,
            "isPlaced": card.now.span is not None,
            "holders": _named(card.now.holders),
            "changedBy": [changer.person.name for changer in card.changed_by],
            "alternatives": [
                {
                    "key": choice.key,
                    "words": choice.words,
                    "supporters": _named(choice.supporters),
                    "isOwn": choice.key in card.own,
                }
                for choice in card.now.choices
            ],
            "support": card.support,
            "can": card.can,
        }
        for card in bracket_cards(text, delegate)
    ]


def _card(
    now: BracketNow,
    text: Text,
    delegate: Delegate,
    numbers: Mapping[str, tuple[int, int | None]],
    changed: Mapping[str, Sequence[Delegate]],
) -> BracketCard:
    supporters = {choice.key: _codes(choice.supporters) for choice in now.choices}
    paragraph = now.span.paragraph if now.span else now.row.paragraph
    mine = delegate.member_id
    return BracketCard(
        now=now,
        number=numbers.get(paragraph, (0, None))[1],
        changed_by=changed.get(str(now.row.pk), ()),
        can=bracket_abilities(delegate, text, _codes(now.holders), supporters),
        support=next((key for key, members in supporters.items() if mine in members), ""),
        own=frozenset(choice.key for choice in now.choices if choice.row and choice.row.member_id == mine),
    )


def _now(rows: Iterable[Bracket], document: Doc[Any], moment: datetime | None) -> list[BracketNow]:
    """Return what each bracket was at `moment`, None for now."""
    rows = list(_with_people(rows, moment)) if not isinstance(rows, list) else rows
    places = {language: places_in(document, language) for language in {row.language for row in rows}}
    return [_one(row, places[row.language].get(str(row.pk), ())) for row in rows]


def _one(row: Bracket, places: Sequence[Span]) -> BracketNow:
    span = place_of(places, words=row.words, paragraph=row.paragraph)
    given: dict[Any, list[Member]] = {}
    for support in row.supports.all():
        given.setdefault(support.alternative_id, []).append(support.member)
    first = Choice(None, span.words if span else row.words, tuple(given.get(None, ())))
    others = [Choice(other, other.words, tuple(given.get(other.pk, ()))) for other in row.alternatives.all()]
    return BracketNow(row, span, tuple(row.holdings.all()), (first, *others))


def _with_people(rows: Any, moment: datetime | None) -> Any:
    """Return brackets with those who hold and support them, and the alternatives, at `moment`, None for now."""
    lasting = Q(until=None) if moment is None else _lasted("since", "until", moment)
    standing = Q(withdrawn_at=None) if moment is None else _lasted("at", "withdrawn_at", moment)
    holdings = Holding.objects.filter(lasting).select_related("member", "delegate__person")
    supports = Support.objects.filter(lasting).select_related("member").order_by("member__order", "member_id")
    return rows.select_related("placed_by__person", "placed_by__member").prefetch_related(
        Prefetch("holdings", holdings),
        Prefetch("alternatives", Alternative.objects.filter(standing).select_related("member")),
        Prefetch("supports", supports),
    )


def _lasted(begin: str, end: str, moment: datetime) -> Q:
    """Return the condition that something had begun at `moment` and not ended."""
    return Q(**{f"{begin}__lte": moment}) & (Q(**{end: None}) | Q(**{f"{end}__gt": moment}))


def _watched(row: Bracket) -> Watched:
    return Watched(str(row.pk), row.language, row.paragraph, row.words, row.sequence)


def _numbers(document: Doc[Any], language: str) -> dict[str, tuple[int, int | None]]:
    """Return the place and the number of each paragraph; nothing for a version that cannot be read."""
    try:
        found = paragraphs_of(read_version(document, language))
    except UnknownContent:
        return {}
    return {paragraph.id: (at, paragraph.number) for at, paragraph in enumerate(found)}


def _place_in_text(
    card: BracketCard, order: Mapping[str, int], numbers: Mapping[str, Mapping[str, tuple[int, int | None]]]
) -> tuple[bool, int, int, int]:
    """Return what sorts a card: those whose words are gone last, then by language and place."""
    span, language = card.now.span, card.now.row.language
    at = numbers[language].get(span.paragraph, (0, None))[0] if span else 0
    return span is None, order.get(language, 0), at, span.start if span else 0


def _codes(members: Iterable[Member]) -> tuple[str, ...]:
    return tuple(member.pk for member in members)


def _named(members: Iterable[Member]) -> list[dict[str, str]]:
    return [{"code": member.pk, "name": member.name} for member in members]
