"""Comparing two moments of a text, in one of its languages."""

from collections.abc import Sequence
from dataclasses import dataclass

from concertation.texts.comparison import Compared, Kind, compare
from concertation.texts.models import Text
from concertation.texts.moments import Moment
from concertation.texts.queries.moments import NOW, OPENING, moment_of, moment_of_revision, paragraphs_at


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two moments and what became of each paragraph between them; the sums count paragraphs."""

    before: Moment
    after: Moment
    paragraphs: Sequence[Compared]

    @property
    def changed(self) -> int:
        return self._count(Kind.CHANGED)

    @property
    def added(self) -> int:
        return self._count(Kind.ADDED)

    @property
    def removed(self) -> int:
        return self._count(Kind.REMOVED)

    @property
    def moved(self) -> int:
        return sum(paragraph.moved for paragraph in self.paragraphs)

    @property
    def is_same(self) -> bool:
        return not (self.changed or self.added or self.removed or self.moved)

    def _count(self, kind: Kind) -> int:
        return sum(paragraph.kind == kind for paragraph in self.paragraphs)


def compare_moments(text: Text, *, before: str, after: str, language: str) -> Comparison:
    """Return what became of a version between two moments, by their names; raises NoSuchMoment."""
    old, new = moment_of(text, before), moment_of(text, after)
    paragraphs = compare(paragraphs_at(text, old)[language], paragraphs_at(text, new)[language])
    return Comparison(old, new, paragraphs)


def moments_to_choose(text: Text) -> list[Moment]:
    """Return the moments that a reader can choose from, the newest first: now, every revision, the opening."""
    revisions = [moment_of_revision(revision) for revision in text.revisions.all()]
    return [moment_of(text, NOW), *revisions, *([moment_of(text, OPENING)] if text.updates.exists() else [])]
