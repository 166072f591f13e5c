"""Requirements with their history and with what is offered for them."""

from dataclasses import dataclass
from uuid import UUID

from concertation.coalition.models import Delegate
from concertation.commitments.ledger import LINES, ledger_at
from concertation.commitments.models import Contribution, Requirement, Revision
from concertation.commitments.queries.contributions import Entry, entry_of, whole

MOST = 100


@dataclass(frozen=True, slots=True)
class RequirementSheet:
    """A requirement, its revisions, the last first, and the contributions of its capability and line."""

    requirement: Requirement
    revision: Revision
    revisions: list[Revision]
    offers: list[Entry]


def requirement_for(reader: Delegate, requirement_id: UUID) -> RequirementSheet | None:
    """Return all about a requirement, None where there is none for `reader`."""
    rows = Requirement.objects.visible_to(reader).filter(pk=requirement_id)
    requirement = rows.prefetch_related("revisions__capability", "revisions__by__person").first()
    if requirement is None:
        return None
    revision = requirement.revision
    return RequirementSheet(requirement, revision, list(requirement.revisions.all())[::-1], _offers(reader, revision))


def known_places() -> dict[str, list[str]]:
    """Return the areas and tasks that requirements have named, for forms to suggest."""
    revisions = Revision.objects.order_by()
    return {
        name + "s": sorted(set(revisions.exclude(**{name: ""}).values_list(name, flat=True)))
        for name in ("area", "task")
    }


def _offers(reader: Delegate, need: Revision) -> list[Entry]:
    """Return the live contributions that could serve `need` or are earmarked for it, at most a hundred."""
    ledger = ledger_at()
    rows = ledger.rows
    fits = rows["is_live"] & (rows["capability"] == ledger.capabilities.find(need.capability_id))
    fits &= rows["line"] == LINES.index(need.line)
    keys = [ledger.ids[place] for place in fits.nonzero()[0]]
    visible = whole(Contribution.objects.visible_to(reader).filter(pk__in=keys[:MOST]))
    return [entry_of(contribution, ledger.day, dict(ledger.holds)) for contribution in visible]
