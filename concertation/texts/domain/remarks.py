"""Comments and reservations: delegations remark on words or on a whole paragraph of a draft, reply, resolve, withdraw.

The row is the truth about what was said of which words; its anchor in the document only says where these are now.
"""

import unicodedata
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from pycrdt import Doc

from concertation.coalition.models import Delegate
from concertation.core import clock
from concertation.core.errors import NotAllowed
from concertation.core.words import prose
from concertation.texts import anchors, paragraphs
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

    Raises NoSuchText, NoSuchRemark (a key that is somebody else's), NotAllowed, Frozen, BadRemark, PassageChanged,
    ParagraphGone.
    """
    return _make(by, text_id, key, RemarkKind.COMMENT, place, body)


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
    words = _put(by, text, key, place)
    remark = Remark.objects.create(
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
    _note(by, Act.RESERVED if remark.is_reservation else Act.COMMENTED, remark, body)
    return remark


def _put(by: Delegate, text: Text, key: UUID, place: Place) -> str:
    """Put the anchor and return the words that stand there; raises BadRemark, PassageChanged, ParagraphGone."""
    counted = 0 <= place.start <= place.end and place.end - place.start == len(place.words) <= WORDS_LENGTH
    known = text.versions.filter(language=place.language).exists()
    if not counted or not known or not paragraphs.ID.fullmatch(place.paragraph) or place.words.isspace():
        raise BadRemark

    def change(doc: Doc[Any]) -> str:
        if not place.words:
            if (held := anchors.words_of(doc, place.language, place.paragraph)) is None:
                raise ParagraphGone
            return held
        if str(key) in anchors.spans_in(doc, place.language):
            raise NoSuchRemark  # somebody wrote this anchor by hand: it is not to become true
        anchors.place(
            doc,
            language=place.language,
            paragraph=place.paragraph,
            start=place.start,
            end=place.end,
            words=place.words,
            anchor=str(key),
        )
        return place.words

    try:
        return unicodedata.normalize("NFC", write_in(text, change, by=by))
    except anchors.WordsChanged:
        raise PassageChanged from None


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
    facts = {"language": remark.language, "paragraph": remark.paragraph, "about": remark.words}
    note(by, act, remark.text, {"remark": str(remark.pk), "kind": remark.kind, **facts, "body": body})
