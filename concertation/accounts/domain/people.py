"""People come into being when somebody gives them a capacity; their preferences are their own."""

from django.conf import settings

from concertation.accounts.errors import NameMissing, UnknownLanguage
from concertation.accounts.models import Person
from concertation.core import clock
from concertation.core.words import one_line


def ensure_person(*, email: str, name: str, language: str = "en", time_zone: str = "UTC") -> Person:
    """Return the person at `email`, whatever its case, making it when there is none.

    An existing person keeps its own preferences. Raises NameMissing.
    """
    if not (name := one_line(name)):
        raise NameMissing
    person, _ = Person.objects.get_or_create(
        email=email.strip().lower(),
        defaults={
            "name": name,
            "language": language,
            "time_zone": time_zone,
            "created_at": clock.now(),
        },
    )
    return person


def rename_person(*, person: Person, name: str) -> None:
    """Correct the name of `person`; raises NameMissing."""
    if not (name := one_line(name)):
        raise NameMissing
    person.name = name
    person.save(update_fields=["name"])


def choose_language(*, person: Person, language: str) -> None:
    """Keep the language in which `person` reads; raises UnknownLanguage."""
    if language not in dict(settings.LANGUAGES):
        raise UnknownLanguage
    Person.objects.filter(pk=person.pk).update(language=language)


def choose_time_zone(*, person: Person, time_zone: str) -> None:
    """Keep the zone in which `person` reads times; the caller has checked that it exists."""
    Person.objects.filter(pk=person.pk).update(time_zone=time_zone)
