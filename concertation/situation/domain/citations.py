"""Incidents as evidence: what an assessment may cite."""

from collections.abc import Collection, Sequence
from uuid import UUID

from concertation.coalition.models import Delegate
from concertation.situation.incidents.errors import HiddenEvidence, NoSuchIncident
from concertation.situation.models import Incident


def cited_incidents(by: Delegate | None, ids: Sequence[UUID], readers: Collection[str]) -> list[Incident]:
    """Return the incidents `ids`, which `by` reads and all `readers` (none: the whole coalition) too.

    Raises NoSuchIncident, HiddenEvidence: nobody is left with an assessment whose evidence others have.
    """
    visible = Incident.objects.visible_to(by) if by else Incident.objects.all()
    found = {incident.pk: incident for incident in visible.filter(pk__in=ids)}
    if set(ids) - set(found):
        raise NoSuchIncident
    cited = [found[one] for one in dict.fromkeys(ids)]
    for incident in cited:
        if not incident.is_for_all and not (readers and set(readers) <= set(incident.reader_codes)):
            raise HiddenEvidence
    return cited
