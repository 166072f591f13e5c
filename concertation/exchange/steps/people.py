"""People in their capacities; a person keeps its own preferences, and a new capacity is a new appointment."""

from django.db.models import QuerySet

from concertation.accounts.domain.people import rename_person
from concertation.coalition.domain.delegates import appoint_delegate, correct_delegate, end_capacity
from concertation.coalition.models import Delegate
from concertation.exchange.contents import CoalitionFile
from concertation.exchange.report import Report, Subject
from concertation.exchange.schema import PersonPart
from concertation.record.events import Actor

SYSTEM = Actor.system()


def load_people(file: CoalitionFile, report: Report) -> None:
    """Appoint the people who have no capacity, and change those whose capacity, name or title differs."""
    active = {delegate.person.email.lower(): delegate for delegate in _active()}
    others = active.keys() - {part.email.lower() for part in file.people}
    moved = _end_other_capacities(file, active)
    for index, part in enumerate(file.people):
        row = active.get(part.email.lower())
        with file.at("people", index):
            if row:
                report.changed[Subject.PERSON] += _correct(file, part, row)
            else:
                _appoint(file, part)
                report.added[Subject.PERSON] += part.email.lower() not in moved
    report.changed[Subject.PERSON] += len(moved)
    report.leave(others)


def _active() -> QuerySet[Delegate]:
    """Return those who act now."""
    return Delegate.objects.active().select_related("person")


def _end_other_capacities(file: CoalitionFile, active: dict[str, Delegate]) -> set[str]:
    """End the capacities that the file gives otherwise, before anybody is appointed; return whose they were."""
    moved = set()
    for index, part in enumerate(file.people):
        row = active.get(part.email.lower())
        if row and (row.capacity, row.member_id) != (part.capacity, part.member):
            with file.at("people", index):
                end_capacity(by=SYSTEM, delegate=row)
            del active[part.email.lower()]
            moved.add(part.email.lower())
    return moved


def _appoint(file: CoalitionFile, part: PersonPart) -> None:
    """Give the person its capacity, and the name that the file has for it."""
    delegate = appoint_delegate(
        by=SYSTEM,
        name=part.name,
        email=part.email,
        capacity=part.capacity,
        member=part.member,
        title=part.title,
        language=part.language,
        sources=file.cited(part.sources),
    )
    if delegate.person.name != part.name:
        rename_person(person=delegate.person, name=part.name)


def _correct(file: CoalitionFile, part: PersonPart, row: Delegate) -> bool:
    """Correct name, title and sources, and say whether any of them differed."""
    sources = file.cited(part.sources)
    if (row.person.name, row.title, row.sources) == (part.name, part.title, sources):
        return False
    if row.person.name != part.name:
        rename_person(person=row.person, name=part.name)
    if (row.title, row.sources) != (part.title, sources):
        correct_delegate(by=SYSTEM, delegate=row, title=part.title, sources=sources)
    return True
