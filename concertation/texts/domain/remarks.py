"""Comments and reservations: delegations remark on words or on a whole paragraph of a draft, reply, resolve, withdraw.

The row is the truth about what was said of which words; its anchor in the document only says where these are now.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max
from pycrdt import Doc

from concertation.coalition.models import Delegate
from concertation.core import clock
from concertation.core.errors import NotAllowed
from concertation.core.words import prose
from concertation.record.canonical import Json
from concertation.texts import anchors, paragraphs
from concertation.texts.domain.keys import check_unplaced, check_unused
from concertation.texts.domain.notes import locked_text, note
from concertation.texts.domain.writing import write_in
from concertation.texts.enums import RemarkKind, State
from concertation.texts.errors import (
    BadRemark,
    Frozen,
    NoSuchRemark,
    ParagraphGone,
    PassageChanged,
    RemarkClosed,
    RemarkOpen,
)
from concertation.texts.events import Act
from concertation.texts.models import Remark, Reply, Text
from concertation.texts.rules import abilities, may_close_remark, may_draft, may_reopen_remark

BODY_LENGTH = 4_000
WORDS_LENGTH = 20_000


@dataclass(frozen=True, slots=True)
class Place:
    """What a remark is about: [start, end) of a paragraph with the words seen there, or, without words, all of it."""

    language: str
    paragraph: str
    start: int = 0
    end: int = 0
    words: str = ""


@transaction.atomic
def make_comment(*, by: Delegate, text_id: UUID, key: UUID, place: Place, body: str) -> Remark:
    """Comment on a place in a draft and return the comment, whose id is `key`; sent again, nothing happens again.

    Raises NoSuchText, NoSuchRemark (a remark of somebody else has the key), KeyTaken (something else has), NotAllowed,
    Frozen, BadRemark, PassageChanged, ParagraphGone.
    """
    return _make(by, text_id, key, RemarkKind.COMMENT, place, body)


@transaction.atomic
def make_comments(*, by: Delegate, text_id: UUID, comments: Sequence[tuple[Place, str]]) -> list[Remark]:
    """Comment on many places of a draft at once, with one entry in the record, and return the comments.

    Where the words of a place do not stand, the comment is on the whole paragraph. Raises NoSuchText, NotAllowed,
    Frozen, BadRemark, ParagraphGone.
    """
    text = locked_text(by, text_id)
    _check_draft(by, text)
    for place, _body in comments:
        _check_place(text, place)
    keys = [uuid4() for _ in comments]

    def change(doc: Doc[Any]) -> list[tuple[Place, str]]:
        return [_anchored(doc, key, place) for key, (place, _body) in zip(keys, comments, strict=True)]

    anchored = write_in(text, change, by=by)
    made = [
        _row(by, text, key, RemarkKind.COMMENT, place, words, _checked(body))
        for key, (place, words), (_place, body) in zip(keys, anchored, comments, strict=True)
    ]
    Remark.objects.bulk_create(made)
    if made:
        facts: list[Json] = [{"remark": str(one.pk), **_facts(one), "body": one.body} for one in made]
        note(by, Act.COMMENTS_IMPORTED, text, {"count": len(made), "remarks": facts})
    return made


@transaction.atomic
def make_reservation(*, by: Delegate, text_id: UUID, key: UUID, place: Place, body: str) -> Remark:
    """Make a reservation for the member that `by` speaks for; else as `make_comment`."""
    return _make(by, text_id, key, RemarkKind.RESERVATION, place, body)


@transaction.atomic
def reply_to_remark(*, by: Delegate, remark_id: UUID, key: UUID, body: str) -> Reply:
    """Reply to an open remark on a draft; sent again with the same `key`, nothing happens again.

    Raises NoSuchRemark, NotAllowed, Frozen, BadRemark, RemarkClosed.
    """
    remark = _locked(by, remark_id)
    if sent_before := Reply.objects.filter(pk=key).first():
        if sent_before.remark_id != remark.pk or sent_before.by_id != by.pk:
            raise NoSuchRemark
        return sent_before
    _check_draft(by, remark.text)
    if not remark.is_open:
        raise RemarkClosed
    reply = Reply.objects.create(id=key, remark=remark, body=_checked(body), by=by, at=clock.now())
    _note(by, Act.REPLIED, remark, reply.body)
    return reply


@transaction.atomic
def resolve_remark(*, by: Delegate, remark_id: UUID) -> None:
    """Close a remark: a comment is resolved by its author's delegation or the chair, a reservation by its member alone.

    Sent again, nothing happens again. Raises NoSuchRemark, NotAllowed, Frozen, RemarkClosed (by somebody else).
    """
    remark = _locked(by, remark_id)
    if remark.closed_by_id == by.pk:
        return
    if not may_close_remark(by, remark):
        raise NotAllowed
    _check_draft(by, remark.text)
    if not Remark.objects.filter(pk=remark.pk, closed_at=None).update(closed_at=clock.now(), closed_by=by):
        raise RemarkClosed
    _note(by, Act.RESERVATION_WITHDRAWN if remark.is_reservation else Act.REMARK_RESOLVED, remark, remark.body)


@transaction.atomic
def reopen_remark(*, by: Delegate, remark_id: UUID) -> None:
    """Open a closed remark again: a comment, whoever may comment; a reservation, its member.

    Raises NoSuchRemark, NotAllowed, Frozen, RemarkOpen.
    """
    remark = _locked(by, remark_id)
    if not may_reopen_remark(by, remark):
        raise NotAllowed
    _check_draft(by, remark.text)
    if not Remark.objects.filter(pk=remark.pk, closed_at__isnull=False).update(closed_at=None, closed_by=None):
        raise RemarkOpen
    _note(by, Act.REMARK_REOPENED, remark, remark.body)


def _make(by: Delegate, text_id: UUID, key: UUID, kind: RemarkKind, place: Place, body: str) -> Remark:
    """Keep the remark and put its anchor."""
    text = locked_text(by, text_id)
    if sent_before := Remark.objects.filter(pk=key).first():
        if sent_before.text_id != text.pk or sent_before.by_id != by.pk:
            raise NoSuchRemark
        return sent_before
    _check_draft(by, text)
    if kind == RemarkKind.RESERVATION and not abilities(by, text)["reserve"]:
        raise NotAllowed
    body = _checked(body)
    _check_place(text, place)
    check_unused(text, key)

    def change(doc: Doc[Any]) -> str:
        check_unplaced(doc, text, key)
        return _anchor(doc, key, place)

    try:
        words = write_in(text, change, by=by)
    except anchors.WordsChanged:
        raise PassageChanged from None
    remark = _row(by, text, key, kind, place, words, body)
    remark.save(force_insert=True)
    _note(by, Act.RESERVED if remark.is_reservation else Act.COMMENTED, remark, body)
    return remark


def _row(by: Delegate, text: Text, key: UUID, kind: RemarkKind, place: Place, words: str, body: str) -> Remark:
    """Return a remark on `words` that stand at `place`, not saved."""
    return Remark(
        id=key,
        text=text,
        kind=kind,
        language=place.language,
        paragraph=place.paragraph,
        is_whole=not place.words,
        words=words,
        body=body,
        by=by,
        member=by.member,
        at=clock.now(),
        sequence=text.updates.aggregate(last=Max("sequence"))["last"],
    )


def _check_place(text: Text, place: Place) -> None:
    """Raise BadRemark for what no place in this text can be."""
    counted = 0 <= place.start <= place.end and place.end - place.start == len(place.words) <= WORDS_LENGTH
    known = text.versions.filter(language=place.language).exists()
    if not counted or not known or not paragraphs.ID.fullmatch(place.paragraph) or place.words.isspace():
        raise BadRemark


def _anchor(doc: Doc[Any], key: UUID, place: Place) -> str:
    """Put the anchor and return the words that stand there, in NFC; raises WordsChanged, ParagraphGone."""
    if not place.words:
        if (held := anchors.words_of(doc, place.language, place.paragraph)) is None:
            raise ParagraphGone
        return held
    anchors.place(
        doc,
        language=place.language,
        paragraph=place.paragraph,
        start=place.start,
        end=place.end,
        words=place.words,
        anchor=str(key),
    )
    return unicodedata.normalize("NFC", place.words)


def _anchored(doc: Doc[Any], key: UUID, place: Place) -> tuple[Place, str]:
    """Put the anchor and return the place with its words: the whole paragraph where they do not stand."""
    try:
        return place, _anchor(doc, key, place)
    except anchors.WordsChanged:
        whole = replace(place, start=0, end=0, words="")
        return whole, _anchor(doc, key, whole)


def _locked(by: Delegate, remark_id: UUID) -> Remark:
    """Return the remark with its text, on which nobody else acts; raises NoSuchRemark."""
    found = Remark.objects.filter(pk=remark_id).values_list("text_id", flat=True).first()
    if found is None or not Text.objects.visible_to(by).filter(pk=found).exists():
        raise NoSuchRemark
    text = locked_text(by, found)
    remark = Remark.objects.get(pk=remark_id)
    remark.text = text
    return remark


def _check_draft(by: Delegate, text: Text) -> None:
    """Let who drafts through while the text is a draft; raises NotAllowed, Frozen."""
    if not may_draft(by):
        raise NotAllowed
    if text.state != State.DRAFT:
        raise Frozen


def _checked(body: str) -> str:
    """Return what was written, in normal form; raises BadRemark."""
    clean = prose(body)
    if not 0 < len(clean) <= BODY_LENGTH:
        raise BadRemark
    return clean


def _note(by: Delegate, act: Act, remark: Remark, body: str) -> None:
    """Leave the entry of an act on a remark."""
    facts = {"remark": str(remark.pk), "kind": remark.kind, **_facts(remark), "body": body}
    note(by, act, remark.text, facts)


def _facts(remark: Remark) -> dict[str, Json]:
    """Return what the record says of where a remark is."""
    return {"language": remark.language, "paragraph": remark.paragraph, "about": remark.words}
