"""Requirements, known by their key; other words and figures in a changed file are a revision."""

from uuid import UUID

from django.utils.translation import gettext as _

from concertation.commitments.domain.requirements import Need, revise_requirement, state_requirement
from concertation.commitments.models import Requirement
from concertation.core.errors import NothingChanged
from concertation.exchange.contents import CoalitionFile
from concertation.exchange.report import Report, Subject
from concertation.exchange.schema import PRIORITIES, RequirementPart
from concertation.exchange.steps.meetings import as_id


def requirement_of(key: str) -> Requirement | None:
    """Return the requirement that files know by `key`, or that has it as its identifier."""
    identifier = as_id(key)
    found = Requirement.objects.filter(key=key).first()
    return found or (Requirement.objects.filter(pk=identifier).first() if identifier else None)


def identifier_of(key: str) -> UUID | None:
    """Return the identifier of a requirement by its key."""
    found = requirement_of(key)
    return found.pk if found else None


def load_requirements(file: CoalitionFile, report: Report) -> None:
    """State the requirements that are not there, and revise the others where they differ."""
    for index, part in enumerate(file.requirements):
        with file.at("requirements", index):
            row = requirement_of(part.key)
            if row is None:
                sources = file.cited(part.sources)
                state_requirement(by=None, need=_need(part), valid_from=part.since, sources=sources, key=part.key)
                report.added[Subject.REQUIREMENT] += 1
            elif row.revision.is_dropped:
                report.left.append(_("The requirement “%(key)s” was dropped and stays so.") % {"key": part.key})
            else:
                report.changed[Subject.REQUIREMENT] += _revise(row, part)


def _revise(row: Requirement, part: RequirementPart) -> bool:
    """Revise a requirement where the file says otherwise, and say whether it did."""
    need = _need(part)
    if Need.of(row.revision) == need:
        return False
    try:
        revise_requirement(by=None, requirement_id=row.pk, need=need)
    except NothingChanged:
        return False
    return True


def _need(part: RequirementPart) -> Need:
    """Return what a part of the file needs."""
    return Need(
        names=part.names,
        line=part.line,
        phase=part.phase,
        capability=part.capability,
        quantity=part.quantity,
        needed_from=part.needed_from,
        needed_to=part.needed_to,
        currency=part.currency or "",
        priority=PRIORITIES[part.priority],
        is_essential=part.essential,
        area=part.area or "",
        task=part.task or "",
    )
