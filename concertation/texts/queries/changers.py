"""Who changed words that a row is about: the stored updates, each with its authors, are gone through once more."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Max
from pycrdt import Doc, XmlElement, XmlFragment

from concertation.coalition.models import Delegate
from concertation.texts.anchors import place_of, places_in, words_of
from concertation.texts.canonical import document_of
from concertation.texts.models import TextUpdate
from concertation.texts.queries.stored import stored_updates


@dataclass(frozen=True, slots=True)
class Watched:
    """An anchor, where it was placed over which words (in NFC), and the newest stored update then.

    Of a whole paragraph, `anchor` is only the name by which the answer is found.
    """

    anchor: str
    language: str
    paragraph: str
    words: str
    sequence: int
    is_whole: bool = False


@dataclass(slots=True)
class _Watch:
    """What has been seen of an anchor so far; `words` is None while they are not in the text."""

    of: Watched
    paragraph: str
    words: str | None
    authors: dict[str, None] = field(default_factory=dict)

    def look(self, doc: Doc[Any], authors: Collection[str]) -> None:
        """Note `authors` if the words are others than before."""
        words = words_of(doc, self.of.language, self.paragraph) if self.of.is_whole else self._words_held(doc)
        if words != self.words:
            self.authors |= dict.fromkeys(authors)
        self.words = words

    def _words_held(self, doc: Doc[Any]) -> str | None:
        """Return the words under the anchor, and follow it into another paragraph."""
        of = self.of
        places = places_in(doc, of.language, self.paragraph).get(of.anchor)
        places = places or places_in(doc, of.language).get(of.anchor, [])
        place = place_of(places, words=of.words, paragraph=self.paragraph)
        self.paragraph = place.paragraph if place else self.paragraph
        return place.words if place else None


def changers(text_id: UUID, watched: Collection[Watched]) -> dict[str, list[Delegate]]:
    """Return who changed or deleted the words of each anchor since it was placed, in their order; without, no query."""
    if not watched:
        return {}
    last = TextUpdate.objects.filter(text_id=text_id).aggregate(last=Max("sequence"))["last"] or 0
    found = _replayed(text_id, last, tuple(sorted(watched, key=lambda one: one.anchor)))
    wanted = {author for authors in found.values() for author in authors}
    people = Delegate.objects.filter(pk__in=wanted).select_related("person", "member")
    by_id = {str(delegate.pk): delegate for delegate in people}
    return {anchor: [by_id[author] for author in authors if author in by_id] for anchor, authors in found.items()}


@lru_cache(maxsize=64)  # stored updates never change
def _replayed(text_id: UUID, last: int, watched: tuple[Watched, ...]) -> dict[str, list[str]]:
    """Return the ids of those who changed the words of each anchor up to the update `last`."""
    start = min(one.sequence for one in watched)
    doc = document_of(stored_updates(text_id, until=start))
    touched = {language: _Touched(doc, language) for language in {one.language for one in watched}}
    watches = [_Watch(one, one.paragraph, one.words) for one in watched]
    later = TextUpdate.objects.filter(text_id=text_id, sequence__gt=start, sequence__lte=last).order_by("sequence")
    for sequence, update, authors in later.values_list("sequence", "update", "authors"):
        doc.apply_update(bytes(update))
        changed = {language: touches.take() for language, touches in touched.items()}
        for watch in watches:
            now = changed[watch.of.language]
            if sequence > watch.of.sequence and (now is None or watch.paragraph in now):
                watch.look(doc, authors)
    return {watch.of.anchor: list(watch.authors) for watch in watches}


class _Touched:
    """Follows in which paragraphs of a version something changes."""

    def __init__(self, doc: Doc[Any], language: str) -> None:
        self._fragment = doc.get(language, type=XmlFragment)
        self._subscription = self._fragment.observe_deep(self._note)
        self._paths: list[list[int]] = []

    def take(self) -> set[str] | None:
        """Return what changed since the last call; None when paragraphs came, went or got a new name."""
        paths, self._paths = self._paths, []
        if any(len(path) < 2 for path in paths):
            return None
        changed = (self._fragment.children[at] for at in {path[0] for path in paths})
        return {str(element.attributes.get("id")) for element in changed if isinstance(element, XmlElement)}

    def _note(self, events: Sequence[Any]) -> None:
        self._paths += [list(event.path) for event in events]
