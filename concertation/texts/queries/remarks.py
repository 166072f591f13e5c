"""Remarks as they stand now: where their words are, whether these changed and by whom, and who answered what.

A client can move an anchor over any words it likes. So a remark always shows the words that its row keeps; what stands
under the anchor only says where that is, and that it is not the same any more.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from pycrdt import Doc

from concertation.coalition.models import Delegate
from concertation.texts import anchors
from concertation.texts.canonical import UnknownContent, document_of, read_version
from concertation.texts.enums import State
from concertation.texts.models import Remark, Text
from concertation.texts.paragraphs import Paragraph, paragraphs_of
from concertation.texts.queries.changers import Watched, changers
from concertation.texts.queries.stored import stored_updates
from concertation.texts.reading import Author, RemarkSpan
from concertation.texts.rules import may_close_remark, may_draft, may_reopen_remark

SHOWN = ("open", "all", "reservations")


@dataclass(frozen=True, slots=True)
class Thread:
    """A remark as one delegate sees it, and who changed its words.

    `now` are the words in its place today, None when they are gone.
    """

    remark: Remark
    paragraph: str
    start: int | None
    end: int | None
    now: str | None
    own_replies: int
    may_reply: bool
    may_close: bool
    may_reopen: bool
    changed_by: Sequence[Delegate] = ()

    @property
    def is_gone(self) -> bool:
        """Whether nothing is left of what it is about."""
        return self.now is None

    @property
    def is_changed(self) -> bool:
        """Whether other words stand there now."""
        return self.now is not None and self.now != self.remark.words


@dataclass(slots=True)
class Group:
    """The threads of one paragraph of one version, None for a paragraph that is gone."""

    language: str
    paragraph: Paragraph | None
    threads: list[Thread] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Remarks:
    """The card: threads by paragraph, and how many there are of each."""

    groups: Sequence[Group]
    open: int
    all: int
    reservations: int


def remarks_of(text: Text, delegate: Delegate, *, shown: str = "open") -> Remarks:
    """Return the remarks on a text from `visible_to(delegate)`, in the order of its paragraphs."""
    rows = list(_rows(text))
    standing = _standing(text, {row.language for row in rows})
    wanted = [row for row in rows if shown == "all" or (row.is_open and (shown == "open" or row.is_reservation))]
    groups: dict[tuple[str, str], Group] = {}
    for language, there in standing.items():
        for paragraph in there.paragraphs.values():
            groups[language, paragraph.id] = Group(language, paragraph)
    for thread in _threads(wanted, standing, text, delegate):
        language = thread.remark.language
        known = (language, thread.paragraph)
        key = known if known in groups else (language, "")
        groups.setdefault(key, Group(language, None)).threads.append(thread)
    return Remarks(
        groups=[group for group in groups.values() if group.threads],
        open=sum(row.is_open for row in rows),
        all=len(rows),
        reservations=sum(row.is_open and row.is_reservation for row in rows),
    )


def thread_of(remark: Remark, text: Text, delegate: Delegate) -> Group:
    """Return one remark on a text from `visible_to(delegate)`, with its paragraph."""
    row = _rows(text).get(pk=remark.pk)
    standing = _standing(text, {row.language})
    (thread,) = _threads([row], standing, text, delegate)
    return Group(row.language, standing[row.language].paragraphs.get(thread.paragraph), [thread])


def remarks_layer(text: Text) -> list[dict[str, Any]]:
    """Return the open remarks as the editor draws them."""
    rows = _rows(text).filter(closed_at=None)
    return [
        {
            "id": str(row.pk),
            "kind": row.kind,
            "language": row.language,
            "paragraph": row.paragraph,
            "whole": row.is_whole,
            "words": row.words,
            "by": row.by.person.name,
            "member": row.member_id or "",
        }
        for row in rows
    ]


def remark_spans(text: Text, document: Doc[Any], moment: datetime) -> Mapping[tuple[str, str], Sequence[RemarkSpan]]:
    """Return the remarks that were open at `moment`, when `document` stood so and had their words.

    They come by language and paragraph, for sheets and exports.
    """
    open_then = Q(closed_at=None) | Q(closed_at__gt=moment)
    rows = list(_rows(text).filter(open_then, at__lte=moment))
    places = {language: anchors.places_in(document, language) for language in {row.language for row in rows}}
    found: dict[tuple[str, str], list[RemarkSpan]] = {}
    for row in rows:
        span = span_of(row, places[row.language])
        if span is None and not row.is_whole:
            continue
        author = Author(row.by.person.name, row.member_id or "")
        place = (span.paragraph, span.start, span.end) if span else (row.paragraph, None, None)
        paragraph, start, end = place
        piece = RemarkSpan(str(row.pk), row.is_reservation, start, end, author, row.at, row.body)
        found.setdefault((row.language, paragraph), []).append(piece)
    return found


def span_of(remark: Remark, places: Mapping[str, Sequence[anchors.Span]]) -> anchors.Span | None:
    """Return which of the `places` in its version a remark means, None for one that is on a whole paragraph."""
    if remark.is_whole:
        return None
    return anchors.place_of(places.get(str(remark.pk), ()), words=remark.words, paragraph=remark.paragraph)


@dataclass(frozen=True, slots=True)
class Standing:
    """One version now: its paragraphs by id, and the places of every anchor."""

    paragraphs: Mapping[str, Paragraph]
    places: Mapping[str, Sequence[anchors.Span]]


def _standing(text: Text, languages: Iterable[str]) -> dict[str, Standing]:
    """Return how the versions stand that have remarks, in the order of the versions."""
    wanted = set(languages)
    if not wanted:
        return {}
    document = document_of(stored_updates(text.pk))
    order = [version.language for version in text.versions.all() if version.language in wanted]
    return {
        language: Standing(_paragraphs(document, language), anchors.places_in(document, language))
        for language in [*order, *sorted(wanted - set(order))]
    }


def _paragraphs(document: Doc[Any], language: str) -> dict[str, Paragraph]:
    """Return the paragraphs of a version by id: none when something in it cannot be shown."""
    try:
        return {one.id: one for one in paragraphs_of(read_version(document, language)) if one.id}
    except UnknownContent:
        return {}


def _threads(rows: Iterable[Remark], standing: Mapping[str, Standing], text: Text, delegate: Delegate) -> list[Thread]:
    """Return remarks with where they stand now, and who changed the words of those that are not as they were."""
    threads = [_thread(row, standing, text, delegate) for row in rows]
    changed = changers(text.pk, [_watched(thread.remark) for thread in threads if thread.is_gone or thread.is_changed])
    return [replace(thread, changed_by=changed.get(str(thread.remark.pk), ())) for thread in threads]


def _watched(row: Remark) -> Watched:
    return Watched(str(row.pk), row.language, row.paragraph, row.words, row.sequence or 0, row.is_whole)


def _thread(row: Remark, standing: Mapping[str, Standing], text: Text, delegate: Delegate) -> Thread:
    """Return a remark with where it stands now and what `delegate` may do with it."""
    there = standing[row.language]
    span = span_of(row, there.places)
    home = there.paragraphs.get(row.paragraph)
    there_now = home if row.is_whole else span
    now = there_now.words if there_now else None
    is_draft = text.state == State.DRAFT
    return Thread(
        remark=row,
        paragraph=span.paragraph if span else row.paragraph,
        start=span.start if span else None,
        end=span.end if span else None,
        now=now,
        own_replies=sum(reply.by_id == delegate.pk for reply in row.replies.all()),
        may_reply=is_draft and row.is_open and may_draft(delegate),
        may_close=is_draft and row.is_open and may_close_remark(delegate, row),
        may_reopen=is_draft and not row.is_open and may_reopen_remark(delegate, row),
    )


def _rows(text: Text) -> QuerySet[Remark]:
    """Return the remarks with what their threads show."""
    rows = text.remarks.select_related("by__person", "by__member", "member", "closed_by__person")
    return rows.prefetch_related("replies__by__person", "replies__by__member")
