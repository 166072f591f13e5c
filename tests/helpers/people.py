"""Makes people, members and delegates for tests, with the fewest words at the place of use."""

from dataclasses import dataclass
from itertools import count

from django.test import Client

from concertation.accounts.models import Person
from concertation.coalition.enums import Capacity, MemberKind, Status
from concertation.coalition.models import Coalition, Delegate, Member
from concertation.core import clock

CAPITALS = {
    "FR": ("Paris", "Europe/Paris"),
    "GB": ("London", "Europe/London"),
    "UA": ("Kyiv", "Europe/Kyiv"),
    "DE": ("Berlin", "Europe/Berlin"),
    "IT": ("Rome", "Europe/Rome"),
    "PL": ("Warsaw", "Europe/Warsaw"),
}
CO_CHAIRS = {"FR", "GB"}
_numbers = count(1)


def make_person(name: str = "", *, language: str = "en", time_zone: str = "UTC") -> Person:
    """Return a new person with an address of its own."""
    number = next(_numbers)
    name = name or f"Person {number}"
    return Person.objects.create(
        email=f"person{number}@coalition.example",
        name=name,
        language=language,
        time_zone=time_zone,
        created_at=clock.now(),
    )


def make_member(code: str = "FR", *, status: Status = Status.MEMBER, is_co_chair: bool | None = None) -> Member:
    """Return the member `code`, made when it is not there; France and the United Kingdom preside by default."""
    capital, zone = CAPITALS.get(code, (f"Capital of {code}", "UTC"))
    presides = code in CO_CHAIRS and status == Status.MEMBER if is_co_chair is None else is_co_chair
    member, _ = Member.objects.get_or_create(
        code=code,
        defaults={
            "kind": MemberKind.STATE,
            "capital": capital,
            "time_zone": zone,
            "status": status,
            "is_co_chair": presides,
            "order": list(CAPITALS).index(code) if code in CAPITALS else 99,
        },
    )
    return member


def make_delegate(code: str = "FR", capacity: Capacity = Capacity.HEAD, *, name: str = "") -> Delegate:
    """Return a new delegate of member `code` in `capacity`."""
    return Delegate.objects.create(
        person=make_person(name or f"{capacity.label} of {code}"),
        member=make_member(code),
        capacity=capacity,
        began_at=clock.now(),
    )


def make_secretary(name: str = "Clerk") -> Delegate:
    """Return a new delegate of the secretariat."""
    return Delegate.objects.create(
        person=make_person(name), member=None, capacity=Capacity.SECRETARIAT, began_at=clock.now()
    )


@dataclass(frozen=True)
class Visitors:
    """One of every kind of visitor; `outsider` has signed in without a capacity, None is anonymous."""

    observer: Delegate
    interpreter: Delegate
    other_delegate: Delegate
    delegate: Delegate
    head: Delegate
    co_chair: Delegate
    secretariat: Delegate
    outsider: Person


def make_visitors() -> Visitors:
    """Return one of every kind: Poland observes, Italy is the other member, Germany the one at hand."""
    make_coalition()
    make_member("PL", status=Status.OBSERVER)
    return Visitors(
        observer=make_delegate("PL", Capacity.OBSERVER),
        interpreter=make_delegate("DE", Capacity.INTERPRETER),
        other_delegate=make_delegate("IT", Capacity.DELEGATE),
        delegate=make_delegate("DE", Capacity.DELEGATE),
        head=make_delegate("DE", Capacity.HEAD),
        co_chair=make_delegate("FR", Capacity.HEAD),
        secretariat=make_secretary(),
        outsider=make_person("Outsider"),
    )


def make_coalition() -> list[Member]:
    """Return the five members of the article, France and the United Kingdom presiding."""
    Coalition.objects.get_or_create(
        id=1, defaults={"names": {"en": "Coalition of the willing", "fr": "Coalition des volontaires"}}
    )
    return [make_member(code) for code in ("FR", "GB", "UA", "DE", "IT")]


def client_of(who: Delegate | Person | None) -> Client:
    """Return a test client signed in as `who`, anonymous for None."""
    client = Client()
    if who is not None:
        person = who.person if isinstance(who, Delegate) else who
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client
