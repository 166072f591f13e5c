"""The lock, the entry and the signals that every act on a condition shares."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db.models import F

from concertation.coalition.models import Delegate
from concertation.core import live
from concertation.record.canonical import Json
from concertation.record.domain.entries import append_entry
from concertation.record.events import Actor, Subject
from concertation.situation.errors import NoSuchCondition, Retired
from concertation.situation.events import Act
from concertation.situation.models import Condition


def taken_condition(by: Delegate | None, condition_id: UUID) -> Condition:
    """Return an open condition that nobody else changes until the transaction ends, its counter raised by one.

    `by` is None for the loader, which sees every condition. Raises NoSuchCondition, Retired.
    """
    visible = Condition.objects.visible_to(by) if by else Condition.objects.all()
    if not visible.filter(pk=condition_id).exists():
        raise NoSuchCondition
    if not Condition.objects.filter(pk=condition_id, retired_at=None).update(entries=F("entries") + 1):
        raise Retired
    return Condition.objects.get(pk=condition_id)


def note(
    by: Delegate | None, act: Act, condition: Condition, facts: Mapping[str, Json], *, readers: Collection[str] = ()
) -> None:
    """Append the entry of `act`, sealed when it is for `readers` only, and tell the pages that show the condition.

    Everybody hears that something happened, as everybody sees in the record that an entry was made; what it says,
    they fetch, each what they may read.
    """
    actor = by.actor if by else Actor.system()
    subject = Subject("condition", str(condition.pk))
    whole: dict[str, Json] = {"names": condition.wording.names, **facts}
    if readers:
        append_entry(actor=actor, action=act, subject=subject, data={}, restricted=whole, audience=readers)
    else:
        append_entry(actor=actor, action=act, subject=subject, data=whole)
    live.announce("conditions", f"condition:{condition.pk}")
