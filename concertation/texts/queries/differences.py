"""Numbers, dates, names and brackets that differ between the versions of a text, as far as nobody found them right."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from concertation.coalition.models import Delegate
from concertation.texts.counterparts import Difference, Kind, differences
from concertation.texts.models import DismissedDifference, Text
from concertation.texts.queries.brackets import open_brackets, spans_by_paragraph
from concertation.texts.queries.steps import Place, Steps

Holders = Mapping[str, Mapping[str, Sequence[frozenset[str]]]]  # by language and paragraph


@dataclass(frozen=True, slots=True)
class Pointed:
    """A difference between a version of a paragraph and its counterpart in the first authentic language."""

    place: Place
    other: Place
    difference: Difference
    seen: str

    @property
    def kind(self) -> Kind:
        return self.difference.kind

    @property
    def pair(self) -> tuple[Place, Place]:
        """Return both versions, in the order of the alphabet."""
        first, second = sorted((self.place, self.other), key=lambda one: one.language)
        return first, second

    @property
    def finding(self) -> str:
        """Return the hash of what differs."""
        sides = {self.place.language: self.difference.here, self.other.language: self.difference.there}
        return hashlib.sha256(repr(sorted(sides.items())).encode()).hexdigest()

    @property
    def key(self) -> tuple[str, ...]:
        """Return what names the row by which somebody finds it right."""
        first, second = self.pair
        languages = (first.language, second.language, first.sha256, second.sha256)
        return (self.place.paragraph, *languages, str(self.kind), self.finding)


def differences_of(text: Text, steps: Steps) -> list[Pointed]:
    """Return what differs between the versions of `text`; each is compared with the first authentic one there is."""
    columns = ("paragraph", "language", "other", "sha256", "other_sha256", "kind", "finding")
    dismissed: set[tuple[str, ...]] = set(DismissedDifference.objects.filter(text=text).values_list(*columns))
    holders = _holders(text, steps)
    persons = tuple(Delegate.objects.order_by("person__name").values_list("person__name", flat=True).distinct())
    found: list[Pointed] = []
    for paragraph, places in steps.places.items():
        lead = next((places[language] for language in [*steps.authentic, *places] if language in places), None)
        for place in places.values():
            if lead is not None and place is not lead:
                found += _between(place, lead, holders, persons, steps.seen[paragraph])
    return [one for one in found if one.key not in dismissed]


def _between(place: Place, lead: Place, holders: Holders, persons: Collection[str], seen: str) -> list[Pointed]:
    """Return what differs between two versions of a paragraph."""
    pointed = differences(
        place.words,
        lead.words,
        language=place.language,
        other=lead.language,
        brackets_here=holders[place.language].get(place.paragraph, ()),
        brackets_there=holders[lead.language].get(lead.paragraph, ()),
        persons=persons,
    )
    return [Pointed(place, lead, difference, seen) for difference in pointed]


def _holders(text: Text, steps: Steps) -> Holders:
    """Return who holds the brackets in each paragraph, by language."""
    brackets = open_brackets(text)
    return {
        language: {
            paragraph: [frozenset(span.holders) for span in spans]
            for paragraph, spans in spans_by_paragraph(brackets, language).items()
        }
        for language in steps.languages
    }
