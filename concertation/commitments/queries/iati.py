"""Contributions of money that a reader may read, as IATI activities."""

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from django.conf import settings

from concertation.coalition.models import Coalition, Delegate
from concertation.commitments.deriving import in_force
from concertation.commitments.enums import FactKind, Form, State
from concertation.commitments.exports.iati import Activity, Kind, Payment, Reporter, Status
from concertation.commitments.queries.contributions import Entry
from concertation.commitments.queries.exporting import Wanted, contributions_of
from concertation.core.words import in_language

KINDS = {
    FactKind.ANNOUNCED: Kind.PLEDGE,
    FactKind.COMMITTED: Kind.COMMITMENT,
    FactKind.DELIVERED: Kind.DISBURSEMENT,
}


def reporter() -> Reporter:
    """Return the coalition as who reports."""
    coalition = Coalition.objects.first()
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    return Reporter(host, in_language(coalition.names, "en") if coalition else host)


def activities_for(reader: Delegate, wanted: Wanted) -> Iterator[Activity]:
    """Yield the contributions of money to what happened up to the day; what nobody announced is left out."""
    for entry in contributions_of(reader, wanted):
        if entry.terms.capability.form == Form.MONEY and entry.standing.state != State.PROPOSED:
            yield _activity(entry, wanted.day)


def _activity(entry: Entry, day: date) -> Activity:
    terms, standing = entry.terms, entry.standing
    payments = list(_payments(entry, day))
    paid = [one.day for one in payments if one.kind == Kind.DISBURSEMENT]
    last = terms.due_on or terms.available_to
    return Activity(
        id=str(entry.contribution.pk),
        title=terms.title,
        description=terms.details,
        providers=[member.name for member in entry.members],
        currency=terms.currency,
        capability=terms.capability_id,
        status=_status(entry),
        planned_start=terms.available_from,
        planned_end=last if last and last >= terms.available_from else None,
        begun=min(paid, default=None),
        ended=max(paid) if paid and standing.is_delivered_in_full else None,
        payments=payments,
        link=terms.link,
    )


def _status(entry: Entry) -> Status:
    standing = entry.standing
    if standing.state in {State.WITHDRAWN, State.EXPIRED}:
        return Status.CANCELLED
    if standing.is_delivered_in_full:
        return Status.CLOSED
    return Status.IMPLEMENTATION if {"committed", "delivered"} & standing.stages else Status.PIPELINE


def _payments(entry: Entry, day: date) -> Iterator[Payment]:
    """Yield the transactions whose amounts are known: a pledge and a commitment by the terms, at the least."""
    for fact in in_force(entry.contribution.told(), day):
        amount = fact.quantity if fact.kind == FactKind.DELIVERED else entry.terms.low
        if fact.kind in KINDS and amount is not None:
            yield Payment(KINDS[FactKind(fact.kind)], fact.day, amount)
