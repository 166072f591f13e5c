"""Square brackets: a delegation puts words in brackets, others join it, holders and the chair lift them.

The row is the truth about who holds what; the anchor of the same id only says where. A bracket whose words were deleted
stays open until somebody who may lifts it.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from pycrdt import Doc

from concertation.coalition.models import Delegate, Member
from concertation.coalition.rules import is_chair, speaks_for_member
from concertation.core import clock
from concertation.core.errors import NotAllowed
from concertation.record.canonical import Json
from concertation.texts import anchors, paragraphs
from concertation.texts.domain.keys import check_unplaced, check_unused
from concertation.texts.domain.notes import locked_text, note
from concertation.texts.domain.writing import write_in
from concertation.texts.enums import Ending, State
from concertation.texts.errors import (
    AlreadyHeld,
    BadPassage,
    BracketEnded,
    Frozen,
    NoSuchBracket,
    NotHeld,
    OthersHold,
    WordsMoved,
)
from concertation.texts.events import Act
from concertation.texts.models import Alternative, Bracket, Holding, Support, Text

WORDS_LENGTH = 20_000


@dataclass(frozen=True, slots=True)
class Passage:
    """What a browser says was selected: [start, end) of a paragraph of a version, and the words seen there."""

    language: str
    paragraph: str
    start: int
    end: int
    words: str


@transaction.atomic
def place_bracket(*, by: Delegate, text_id: UUID, key: UUID, passage: Passage) -> Bracket:
    """Put the words in brackets that the member of `by` holds, and return them; `key` becomes their id.

    Where brackets stand around exactly these words, the member joins those instead; sent again, nothing happens again.
    Raises NoSuchText, NotAllowed, Frozen, BadPassage, WordsMoved, NoSuchBracket (a bracket of somebody else has the
    key), KeyTaken (something else has).
    """
    text, member = _open_text(by, text_id)
    if sent_before := Bracket.objects.filter(pk=key).first():
        if sent_before.text_id != text.pk or sent_before.placed_by_id != by.pk:
            raise NoSuchBracket
        return sent_before
    check_unused(text, key)
    _check(text, passage)
    span, same = _placed(by, text, passage, key)
    if same is not None:
        if not same.holdings.filter(member=member, until=None).exists():
            _hold(by, member, same)
            note_bracket(by, Act.BRACKET_JOINED, same)
        return same
    bracket = Bracket.objects.create(
        id=key,
        text=text,
        language=passage.language,
        paragraph=span.paragraph,
        words=unicodedata.normalize("NFC", span.words),
        sequence=text.updates.aggregate(last=Max("sequence"))["last"],
        placed_by=by,
        placed_at=clock.now(),
    )
    _hold(by, member, bracket)
    note_bracket(by, Act.BRACKET_PLACED, bracket)
    return bracket


@transaction.atomic
def join_bracket(*, by: Delegate, bracket_id: UUID) -> None:
    """Let the member of `by` hold the bracket too.

    Raises NoSuchBracket, NotAllowed, Frozen, BracketEnded, AlreadyHeld.
    """
    bracket, member = open_bracket(by, bracket_id)
    if member is None:
        raise NotAllowed
    if bracket.holdings.filter(member=member, until=None).exists():
        raise AlreadyHeld
    _hold(by, member, bracket)
    note_bracket(by, Act.BRACKET_JOINED, bracket)


@transaction.atomic
def leave_bracket(*, by: Delegate, bracket_id: UUID) -> None:
    """Let go what the member of `by` holds; when nobody else does, the bracket is lifted.

    Raises NoSuchBracket, NotAllowed, Frozen, BracketEnded, NotHeld.
    """
    bracket, member = open_bracket(by, bracket_id)
    if member is None:
        raise NotAllowed
    _let_go(by, member, bracket)
    if bracket.holdings.filter(until=None).exists():
        note_bracket(by, Act.BRACKET_LEFT, bracket)
    else:
        _lift(by, bracket, Ending.RELEASED)


@transaction.atomic
def lift_bracket(*, by: Delegate, bracket_id: UUID) -> None:
    """Take the bracket away, whoever holds it, as the chair; a member that is its only holder may too.

    Raises NoSuchBracket, NotAllowed, Frozen, BracketEnded, OthersHold.
    """
    bracket, member = open_bracket(by, bracket_id)
    holders = holders_of(bracket)
    own = member is not None and member.pk in holders
    if not is_chair(by):
        if not own:
            raise NotAllowed
        if len(holders) > 1:
            raise OthersHold
    _lift(by, bracket, Ending.RELEASED if own and len(holders) == 1 else Ending.LIFTED)


def open_bracket(by: Delegate, bracket_id: UUID) -> tuple[Bracket, Member | None]:
    """Return an open bracket of a draft, nobody else acting on its text, and the member that `by` speaks for.

    The chair may speak for none. Raises NoSuchBracket, NotAllowed, Frozen, BracketEnded.
    """
    found = Bracket.objects.filter(pk=bracket_id).values_list("text_id", flat=True).first()
    if found is None or not Text.objects.visible_to(by).filter(pk=found).exists():
        raise NoSuchBracket
    text = locked_text(by, found)
    member = by.member if speaks_for_member(by) else None
    if member is None and not is_chair(by):
        raise NotAllowed
    if text.state != State.DRAFT:
        raise Frozen
    bracket = Bracket.objects.get(pk=bracket_id)
    if bracket.ending != Ending.OPEN:
        raise BracketEnded
    bracket.text = text
    return bracket, member


def close_bracket(by: Delegate, bracket: Bracket, ending: Ending, *, chosen: Alternative | None = None) -> None:
    """End the bracket with all that hangs on it; raises BracketEnded."""
    now = clock.now()
    still = Bracket.objects.filter(pk=bracket.pk, ending=Ending.OPEN)
    if not still.update(ending=ending, ended_by=by, ended_at=now, chosen=chosen):
        raise BracketEnded
    bracket.holdings.filter(until=None).update(until=now, ended_by=by)
    Support.objects.filter(bracket=bracket, until=None).update(until=now)


def holders_of(bracket: Bracket) -> list[str]:
    """Return the codes of the members that hold the bracket now, in protocol order."""
    held = bracket.holdings.filter(until=None).order_by("member__order", "member_id")
    return list(held.values_list("member_id", flat=True))


def note_bracket(by: Delegate, act: Act, bracket: Bracket, data: Mapping[str, Json] | None = None) -> None:
    """Leave the entry of an act on a bracket."""
    facts: dict[str, Json] = {
        "bracket": str(bracket.pk),
        "language": bracket.language,
        "paragraph": bracket.paragraph,
        "words": bracket.words,
        "holders": [*holders_of(bracket)],
    }
    note(by, act, bracket.text, {**facts, **(data or {})})


def _open_text(by: Delegate, text_id: UUID) -> tuple[Text, Member]:
    """Return a draft, nobody else acting on it, and the member that `by` speaks for."""
    text = locked_text(by, text_id)
    if by.member is None or not speaks_for_member(by):
        raise NotAllowed
    if text.state != State.DRAFT:
        raise Frozen
    return text, by.member


def _check(text: Text, passage: Passage) -> None:
    """Raise BadPassage for what no selection in this text can be."""
    counted = 0 <= passage.start < passage.end and passage.end - passage.start == len(passage.words) <= WORDS_LENGTH
    known = text.versions.filter(language=passage.language).exists()
    if not counted or not known or not paragraphs.ID.fullmatch(passage.paragraph) or not passage.words.strip():
        raise BadPassage


def _place(doc: Doc[Any], *, text: Text, passage: Passage, key: UUID) -> tuple[anchors.Span, Bracket | None]:
    """Put the anchor on the words, unless an open bracket stands around exactly these: then return that one."""
    language = passage.language
    check_unplaced(doc, text, key)
    span = anchors.place(
        doc,
        language=language,
        paragraph=passage.paragraph,
        start=passage.start,
        end=passage.end,
        words=passage.words,
        anchor=str(key),
    )
    places = anchors.places_in(doc, language)
    mine = places[str(key)][0]
    for bracket in text.brackets.filter(ending=Ending.OPEN, language=language):
        bracket.text = text
        there = anchors.place_of(places.get(str(bracket.pk), ()), words=bracket.words, paragraph=bracket.paragraph)
        if there == mine and there.words == bracket.words:
            anchors.remove(doc, language=language, anchor=str(key))
            return span, bracket
    return span, None


def _placed(by: Delegate, text: Text, passage: Passage, key: UUID) -> tuple[anchors.Span, Bracket | None]:
    """Change the stored document so; raises WordsMoved."""
    try:
        return write_in(text, partial(_place, text=text, passage=passage, key=key), by=by)
    except anchors.WordsChanged:
        raise WordsMoved from None


def _hold(by: Delegate, member: Member, bracket: Bracket) -> None:
    Holding.objects.create(bracket=bracket, member=member, delegate=by, since=clock.now())


def _let_go(by: Delegate, member: Member, bracket: Bracket) -> None:
    """End the holding of `member`; raises NotHeld."""
    held = bracket.holdings.filter(member=member, until=None)
    if not held.update(until=clock.now(), ended_by=by):
        raise NotHeld


def _lift(by: Delegate, bracket: Bracket, ending: Ending) -> None:
    """Take the bracket and its anchor away."""
    held = holders_of(bracket) or ([by.member_id] if by.member_id else [])
    close_bracket(by, bracket, ending)
    write_in(bracket.text, partial(anchors.remove, language=bracket.language, anchor=str(bracket.pk)), by=by)
    note_bracket(by, Act.BRACKET_LIFTED, bracket, {"holders": [*held], "ending": ending})
