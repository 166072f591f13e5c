"""Who is online: a mark on the delegate that the live socket refreshes; not an act, so not in the record."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from concertation.coalition.models import ONLINE_FOR, Delegate
from concertation.core import clock, live


def mark_seen(*, delegate_id: UUID) -> datetime:
    """Mark the delegate as online now and return that moment; announce it when it was offline before."""
    now = clock.now()
    row = Delegate.objects.filter(pk=delegate_id)
    came = row.filter(Q(seen_at=None) | Q(seen_at__lt=now - ONLINE_FOR)).update(seen_at=now)
    if came:
        live.announce("coalition")
    else:
        row.update(seen_at=now)
    return now


def mark_gone(*, delegate_id: UUID, last_seen: datetime) -> None:
    """Mark the delegate as offline unless another of its windows was seen after `last_seen`."""
    if Delegate.objects.filter(pk=delegate_id, seen_at=last_seen).update(seen_at=None):
        live.announce("coalition")
