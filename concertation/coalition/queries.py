"""Reads about members and delegates."""

from django.contrib.auth.models import AnonymousUser

from concertation.accounts.models import Person
from concertation.coalition.models import Delegate


def delegate_of(person: Person | AnonymousUser) -> Delegate | None:
    """Return the capacity in which `person` acts now, with person and member loaded, or None."""
    if not isinstance(person, Person) or not person.is_active:
        return None
    return Delegate.objects.active().select_related("person", "member").filter(person=person).first()
