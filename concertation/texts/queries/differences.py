"""Numbers, dates, names and brackets that differ between the versions of a text, as far as nobody found them right."""

from dataclasses import dataclass

from concertation.texts.counterparts import Difference, Kind, differences
from concertation.texts.models import DismissedDifference, Text
from concertation.texts.queries.steps import Place, Steps


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
    def pair(self) -> tuple[str, str]:
        """Return both languages, in the order of the alphabet."""
        first, second = sorted((self.place.language, self.other.language))
        return first, second


def differences_of(text: Text, steps: Steps) -> list[Pointed]:
    """Return what differs between the versions of `text`; each is compared with the first authentic one there is."""
    dismissed: set[tuple[str, ...]] = set(
        DismissedDifference.objects.filter(text=text).values_list(
            "paragraph", "language", "other", "sha256", "other_sha256", "kind"
        )
    )
    found: list[Pointed] = []
    for paragraph, places in steps.places.items():
        lead = next((places[language] for language in [*steps.authentic, *places] if language in places), None)
        for place in places.values():
            if lead is not None and place is not lead:
                found += _between(place, lead, steps.seen[paragraph], dismissed)
    return found


def _between(place: Place, lead: Place, seen: str, dismissed: set[tuple[str, ...]]) -> list[Pointed]:
    """Return what differs between two versions of a paragraph and was not dismissed."""
    pointed = []
    for difference in differences(place.words, lead.words, language=place.language, other=lead.language):
        first, second = sorted((place, lead), key=lambda one: one.language)
        key = (place.paragraph, first.language, second.language, first.sha256, second.sha256, str(difference.kind))
        if key not in dismissed:
            pointed.append(Pointed(place, lead, difference, seen))
    return pointed
