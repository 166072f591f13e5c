"""Who changed what in a text, and when: what was typed, what was done, what was circulated, newest first.

What was typed comes from the ledger of paragraphs, everything else from the record.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from concertation.coalition.models import Delegate
from concertation.record.models import Entry
from concertation.record.queries import open_entries
from concertation.texts.blocks import Block
from concertation.texts.comparison import Compared, compare
from concertation.texts.models import ParagraphVersion, Text
from concertation.texts.queries.ledger import Authorship, authorships
from concertation.texts.reading import SheetParagraph

PAGE = 60
FEW = 3  # new paragraphs of one update that are told one by one
ONE_SITTING = timedelta(minutes=15)  # what the same people change in a paragraph within this time is one event


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a text at a time, after the stored update `sequence`."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Done(Event):
    """An act, as the record has it."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class Typed(Event):
    """What some people made of one paragraph in one sitting."""

    language: str
    paragraph: str
    sequence: int
    authors: Authorship
    change: Compared


@dataclass(frozen=True, slots=True)
class Brought(Event):
    """Many new paragraphs at once, as an opening draft or an import brings them: how many in each language."""

    authors: Authorship
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Some events, newest first, and the time before which older ones are found, if there are any."""

    events: Sequence[Event]
    older: datetime | None


def timeline_of(text: Text, delegate: Delegate, *, before: datetime | None = None) -> Timeline:
    """Return what happened to a text from `visible_to(delegate)`, in a fixed number of queries."""
    entries = Entry.objects.filter(subject_kind="text", subject_id=str(text.pk))
    versions = ParagraphVersion.objects.filter(text=text).select_related("previous")
    if before is not None:
        entries, versions = entries.filter(time__lt=before), versions.filter(at__lt=before)
    acts = list(entries.order_by("-sequence")[: PAGE + 1])
    open_entries(delegate.actor, acts)
    rows = list(versions.order_by("-at", "-pk")[: 4 * PAGE])
    events: list[Event] = [*(Done(entry.time, entry) for entry in acts), *_typed(rows)]
    events.sort(key=lambda event: event.at, reverse=True)
    return Timeline(events[:PAGE], events[PAGE - 1].at if len(events) > PAGE else None)


def _typed(rows: Sequence[ParagraphVersion]) -> Iterator[Event]:
    """Yield what was typed, sitting by sitting, from rows that are newest first."""
    names = authorships(row.authors for row in rows)
    brought: dict[int, list[ParagraphVersion]] = {}
    for sitting in _sittings(rows):
        last, first = sitting[0], sitting[-1]
        change = next(iter(compare(_sheet(first.previous), _sheet(last))), None)
        if first.previous is None:
            brought.setdefault(last.sequence, []).append(last)
        elif change is not None:
            authors = names[tuple(last.authors)]
            yield Typed(last.at, last.language, last.paragraph, last.sequence, authors, change)
    for news in brought.values():
        yield from _new(news, names)


def _new(rows: Sequence[ParagraphVersion], names: Mapping[tuple[str, ...], Authorship]) -> Iterator[Event]:
    """Yield the paragraphs that one update brought: a few one by one, many together."""
    authors = names[tuple(rows[0].authors)]
    if len(rows) > FEW:
        yield Brought(rows[0].at, authors, dict(sorted(Counter(row.language for row in rows).items())))
        return
    for row in rows:
        for change in compare([], _sheet(row)):
            yield Typed(row.at, row.language, row.paragraph, row.sequence, authors, change)


def _sittings(rows: Iterable[ParagraphVersion]) -> Iterator[list[ParagraphVersion]]:
    """Yield rows of one paragraph and the same people that follow each other closely, newest first."""
    open_ones: dict[tuple[str, str], list[ParagraphVersion]] = {}
    for row in rows:
        sitting = open_ones.get(row.key)
        if sitting and sitting[-1].authors == row.authors and sitting[-1].at - row.at <= ONE_SITTING:
            sitting.append(row)
        else:
            if sitting:
                yield sitting
            open_ones[row.key] = [row]
    yield from open_ones.values()


def _sheet(row: ParagraphVersion | None) -> list[SheetParagraph]:
    """Return what a row says as a state of one paragraph, empty when there was none."""
    block: Block | None = row.block if row else None
    return [SheetParagraph(row.paragraph, None, block)] if row and block else []
