"""Alternatives to the words in a bracket, who supports which, and the choice of one.

The words in the document are the first alternative. The chair chooses when it has heard enough; a holder may choose
what every holder supports. The choice lifts the bracket.
"""

import unicodedata
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from pycrdt import Doc

from concertation.coalition.models import Delegate, Member
from concertation.coalition.rules import is_chair
from concertation.core import clock
from concertation.core.errors import NotAllowed
from concertation.texts import anchors
from concertation.texts.blocks import run
from concertation.texts.canonical import unseen_in
from concertation.texts.domain.brackets import close_bracket, holders_of, note_bracket, open_bracket
from concertation.texts.domain.writing import write_in
from concertation.texts.enums import Ending
from concertation.texts.errors import BadAlternative, HoldersDisagree, NoSuchAlternative, NoSuchBracket, WordsMoved
from concertation.texts.events import Act
from concertation.texts.models import Alternative, Bracket, Support
from concertation.texts.rules import may_edit

ALTERNATIVE_LENGTH = 2000
MOST_ALTERNATIVES = 20


@transaction.atomic
def add_alternative(*, by: Delegate, bracket_id: UUID, words: str) -> Alternative:
    """Offer other words for those in the bracket, which the member of `by` supports from then on; return them.

    Raises NoSuchBracket, NotAllowed, Frozen, BracketEnded, BadAlternative (also for words that are there already).
    """
    bracket, member = open_bracket(by, bracket_id)
    if member is None:
        raise NotAllowed
    words = _clean(words)
    others = list(bracket.alternatives.filter(withdrawn_at=None).values_list("words", flat=True))
    if words in {bracket.words, *others} or len(others) >= MOST_ALTERNATIVES:
        raise BadAlternative
    made = Alternative.objects.create(bracket=bracket, words=words, member=member, delegate=by, at=clock.now())
    _set_support(by, member, bracket, made)
    note_bracket(by, Act.BRACKET_ALTERNATIVE, bracket, {"alternative": words})
    return made


@transaction.atomic
def withdraw_alternative(*, by: Delegate, alternative_id: UUID) -> None:
    """Take back words that the member of `by` offered; who supported them supports none.

    Raises NoSuchBracket, NotAllowed, Frozen, BracketEnded, NoSuchAlternative.
    """
    found = Alternative.objects.filter(pk=alternative_id).values_list("bracket_id", flat=True).first()
    if found is None:
        raise NoSuchBracket
    bracket, member = open_bracket(by, found)
    alternative = _alternative_in(bracket, alternative_id)
    if member is None or alternative.member_id != member.pk:
        raise NotAllowed
    now = clock.now()
    Alternative.objects.filter(pk=alternative.pk).update(withdrawn_at=now, withdrawn_by=by)
    alternative.supports.filter(until=None).update(until=now)
    note_bracket(by, Act.BRACKET_ALTERNATIVE_WITHDRAWN, bracket, {"alternative": alternative.words})


@transaction.atomic
def support_alternative(*, by: Delegate, bracket_id: UUID, alternative_id: UUID | None) -> None:
    """Let the member of `by` support one alternative of the bracket and no other; None is for the words in the text.

    Raises NoSuchBracket, NotAllowed, Frozen, BracketEnded, NoSuchAlternative.
    """
    bracket, member = open_bracket(by, bracket_id)
    if member is None:
        raise NotAllowed
    alternative = _alternative_in(bracket, alternative_id) if alternative_id else None
    _set_support(by, member, bracket, alternative)
    words = alternative.words if alternative else bracket.words
    note_bracket(by, Act.BRACKET_SUPPORTED, bracket, {"alternative": words})


@transaction.atomic
def withdraw_support(*, by: Delegate, bracket_id: UUID) -> None:
    """Let the member of `by` support none.

    Raises NoSuchBracket, NotAllowed, Frozen, BracketEnded, NoSuchAlternative (it supported none).
    """
    bracket, member = open_bracket(by, bracket_id)
    if member is None:
        raise NotAllowed
    if not _supports(bracket).filter(member=member).update(until=clock.now()):
        raise NoSuchAlternative
    note_bracket(by, Act.BRACKET_SUPPORTED, bracket, {"alternative": ""})


@transaction.atomic
def choose_alternative(*, by: Delegate, bracket_id: UUID, alternative_id: UUID | None) -> None:
    """Write the chosen words in place of those in the bracket, and lift it; None keeps the words as they stand.

    The chair may; else a holder that may edit the text, when every holder supports these words. Raises NoSuchBracket,
    NotAllowed, Frozen, BracketEnded, NoSuchAlternative, HoldersDisagree, WordsMoved (the words in it were deleted).
    """
    bracket, _member = open_bracket(by, bracket_id)
    alternative = _alternative_in(bracket, alternative_id) if alternative_id else None
    held = holders_of(bracket)
    _check_chooses(by, bracket, held, alternative)
    try:
        there = write_in(bracket.text, partial(_choose, bracket=bracket, alternative=alternative), by=by)
    except anchors.WordsChanged:
        raise WordsMoved from None
    close_bracket(by, bracket, Ending.CHOSEN, chosen=alternative)
    words = alternative.words if alternative else there
    note_bracket(by, Act.BRACKET_DECIDED, bracket, {"alternative": words, "holders": [*held]})


def _check_chooses(by: Delegate, bracket: Bracket, held: list[str], alternative: Alternative | None) -> None:
    """Raise NotAllowed or HoldersDisagree unless `by` may choose `alternative`."""
    if is_chair(by):
        return
    if by.member_id not in held or not may_edit(by, bracket.text):
        raise NotAllowed
    agreeing = set(_supports(bracket).filter(alternative=alternative).values_list("member_id", flat=True))
    if not set(held) <= agreeing:
        raise HoldersDisagree


def _choose(doc: Doc[Any], *, bracket: Bracket, alternative: Alternative | None) -> str:
    """Replace the words that the row means and no others, whatever a client marked; return those that stood there."""
    language, anchor = bracket.language, str(bracket.pk)
    meant = anchors.settle(doc, language=language, anchor=anchor, words=bracket.words, paragraph=bracket.paragraph)
    if meant is None:
        raise anchors.WordsChanged
    if alternative is None:
        anchors.remove(doc, language=language, anchor=anchor)
    else:
        anchors.replace(doc, language=language, anchor=anchor, runs=[run(alternative.words)])
    return meant.words


def _supports(bracket: Bracket) -> QuerySet[Support]:
    """Return who supports what in the bracket now."""
    return Support.objects.filter(bracket=bracket, until=None)


def _set_support(by: Delegate, member: Member, bracket: Bracket, alternative: Alternative | None) -> None:
    """Let `member` support `alternative` in place of what it supported."""
    now = clock.now()
    _supports(bracket).filter(member=member).update(until=now)
    Support.objects.create(bracket=bracket, alternative=alternative, member=member, delegate=by, since=now)


def _alternative_in(bracket: Bracket, alternative_id: UUID) -> Alternative:
    """Return an alternative of the bracket that was not withdrawn; raises NoSuchAlternative."""
    found = bracket.alternatives.filter(pk=alternative_id, withdrawn_at=None).first()
    if found is None:
        raise NoSuchAlternative
    return found


def _clean(words: str) -> str:
    """Return the words as they would stand in the text; raises BadAlternative."""
    words = unicodedata.normalize("NFC", words).strip()
    if not 0 < len(words) <= ALTERNATIVE_LENGTH or unseen_in(words):
        raise BadAlternative
    return words
