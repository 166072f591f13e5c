"""What the coalition is called, and what it says of itself in public."""

from collections.abc import Mapping

from django.db import transaction

from concertation.coalition.events import Act
from concertation.coalition.models import Coalition
from concertation.coalition.rules import check_manages
from concertation.core import live
from concertation.record.domain.entries import append_entry
from concertation.record.events import Actor, Subject


@transaction.atomic
def describe_coalition(
    *, by: Actor, names: Mapping[str, str], summary: Mapping[str, str], sources: list[str]
) -> Coalition:
    """Set the coalition's names (by language, English at least), public summary and sources; raises NotAllowed."""
    check_manages(by)
    facts = {"names": dict(names), "summary": dict(summary), "sources": sources}
    coalition, _ = Coalition.objects.update_or_create(id=1, defaults=facts)
    data = {"names": dict(names), "summary": dict(summary)}
    append_entry(actor=by, action=Act.COALITION_DESCRIBED, subject=Subject("coalition", "1"), data=data)
    live.announce("coalition")
    return coalition
