"""What waits for a delegate about contacts: a readout to note, points to give, and for the holder what it owes."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from concertation.coalition.models import Delegate
from concertation.coalition.rules import SPEAKERS, speaks_for_member
from concertation.core import clock
from concertation.core.waiting import Urgency, Waiting
from concertation.situation.models import Contact, ContactPoint, Readout, ReadoutNote

MOST = 3  # of each kind; home is a short list
RECENT = timedelta(days=14)
SOON = timedelta(days=7)


def awaiting_contacts(delegate: Delegate) -> Iterator[Waiting]:
    """Give what `delegate` can do about contacts now: nothing for those who only listen; in two queries."""
    if delegate.member_id is None or delegate.capacity not in SPEAKERS:
        return
    yield from (_readout(row) for row in _unread(delegate))
    if speaks_for_member(delegate):
        for contact in _ahead(delegate):
            yield _due(contact) if contact.holder_id == delegate.member_id else _announced(contact)


def _unread(delegate: Delegate) -> list[Readout]:
    """Return the readouts of late that another delegation circulated and this one has not noted."""
    noted = ReadoutNote.objects.filter(readout=OuterRef("pk"), member=delegate.member_id)
    rows = Readout.objects.visible_to(delegate).exclude(contact__holder=delegate.member_id)
    late = rows.filter(~Exists(noted), at__gte=clock.now() - RECENT, contact__ended_at=None)
    related = late.select_related("contact__holder").prefetch_related("contact__counterparts")
    return list(related.order_by("-at", "pk")[:MOST])


def _ahead(delegate: Delegate) -> list[Contact]:
    """Return the planned contacts: the delegation's own that are due, and others to which it can give points."""
    today = clock.now().date()
    given = ContactPoint.objects.filter(contact=OuterRef("pk"), member=delegate.member_id)
    rows = Contact.objects.visible_to(delegate).planned().annotate(given=Exists(given))
    own = rows.filter(holder=delegate.member_id, planned_on__lte=today)
    others = rows.exclude(holder=delegate.member_id).filter(
        given=False, planned_on__gte=today, planned_on__lte=today + SOON
    )
    related = (own | others).select_related("holder").prefetch_related("counterparts")
    return list(related.order_by("planned_on", "pk")[:MOST])


def _readout(readout: Readout) -> Waiting:
    return Waiting(
        icon="notes",
        title=_("Readout: %(contact)s") % {"contact": _words(readout.contact)},
        detail=readout.contact.subject,
        url=_url(readout.contact),
        action=_("Read"),
        live_topic=f"contact:{readout.contact_id}",
        urgency=Urgency.TODAY,
    )


def _announced(contact: Contact) -> Waiting:
    facts = {"contact": _words(contact), "day": date_format(contact.day, "DATE_FORMAT")}
    return Waiting(
        icon="message-2",
        title=_("%(contact)s: is there a point that you want raised?") % facts,
        detail=f"{facts['day']} · {contact.subject}",
        url=_url(contact),
        action=_("Look"),
        live_topic=f"contact:{contact.pk}",
        urgency=Urgency.TODAY if contact.day <= clock.now().date() else Urgency.SOON,
    )


def _due(contact: Contact) -> Waiting:
    facts = {"contact": _words(contact), "day": date_format(contact.day, "DATE_FORMAT")}
    return Waiting(
        icon="phone-check",
        title=_("%(contact)s: was it held?") % facts,
        detail=f"{facts['day']} · {contact.subject}",
        url=_url(contact),
        action=_("Report"),
        live_topic=f"contact:{contact.pk}",
        urgency=Urgency.TODAY,
    )


def _words(contact: Contact) -> str:
    """Return who speaks to whom."""
    names = ", ".join(one.name for one in contact.counterparts.all())
    return f"{contact.holder.name} → {names}"


def _url(contact: Contact) -> str:
    return reverse("situation:contact", args=[contact.pk])
