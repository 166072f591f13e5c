"""Reads about members and delegates."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import BooleanField, Case, ExpressionWrapper, Prefetch, Q, QuerySet, When

from concertation.accounts.models import Person
from concertation.coalition.enums import Capacity, Status
from concertation.coalition.models import ONLINE_FOR, Delegate, Member
from concertation.core import clock
from concertation.record.models import Entry

CAPACITY_ORDER = Case(*(When(capacity=capacity, then=place) for place, capacity in enumerate(Capacity)))
BY_CAPACITY = (CAPACITY_ORDER, "person__name")


def delegate_of(person: Person | AnonymousUser) -> Delegate | None:
    """Return the capacity in which `person` acts now, with person and member loaded, or None."""
    if not isinstance(person, Person) or not person.is_active:
        return None
    return Delegate.objects.active().select_related("person", "member").filter(person=person).first()


def active_delegates() -> QuerySet[Delegate]:
    """Return who acts now, with their people, each marked `is_online`."""
    online = Q(seen_at__gte=clock.now() - ONLINE_FOR)
    return (
        Delegate.objects.active()
        .select_related("person")
        .annotate(is_online=ExpressionWrapper(online, output_field=BooleanField()))
    )


def delegations() -> QuerySet[Member]:
    """Return every member but those who left, in protocol order, with its `active` delegates."""
    return Member.objects.exclude(status=Status.LEFT).prefetch_related(
        Prefetch("delegates", active_delegates().order_by(*BY_CAPACITY), to_attr="active")
    )


def secretariat() -> QuerySet[Delegate]:
    """Return the people of the secretariat."""
    return active_delegates().filter(capacity=Capacity.SECRETARIAT).order_by("person__name")


def delegation_of(member: Member) -> QuerySet[Delegate]:
    """Return the active delegates of `member`, head first."""
    return active_delegates().filter(member=member).order_by(*BY_CAPACITY)


def history_of(member: Member) -> list[Entry]:
    """Return the acts of the record about `member` and its delegates, newest first, at most 100."""
    people = [str(key) for key in member.delegates.values_list("pk", flat=True)]
    about = Q(subject_kind="member", subject_id=member.code) | Q(subject_kind="delegate", subject_id__in=people)
    return list(Entry.objects.filter(about).order_by("-sequence")[:100])
