"""Reads for home and the public page, over what the apps below know."""

from dataclasses import dataclass
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from concertation.coalition.enums import Status
from concertation.coalition.events import Act
from concertation.coalition.models import ONLINE_FOR, Coalition, Delegate, Member, Publication
from concertation.core import clock
from concertation.meetings.models import Meeting
from concertation.record.models import Entry
from concertation.record.proofs import proof_file
from concertation.situation.queries.conditions import findings_for
from concertation.situation.queries.contacts import last_contact_for
from concertation.texts.models import Text

HEADINGS = {Status.MEMBER: _("Members"), Status.PARTNER: _("Partners"), Status.OBSERVER: _("Observers")}


@dataclass(frozen=True)
class Presence:
    """A member, and whether one of its delegates has a page open now."""

    member: Member
    is_here: bool


def the_coalition() -> Coalition | None:
    """Return the coalition of this server, None before one is loaded."""
    return Coalition.objects.first()


def public_page() -> dict[str, object]:
    """Return what anybody may know: the coalition's name, its members, and the texts that it published."""
    present = list(Member.objects.present())
    by_status = ((status, [member for member in present if member.status == status]) for status in Status)
    return {
        "coalition": the_coalition(),
        "groups": [(HEADINGS[status], members) for status, members in by_status if members],
        "texts": Text.objects.public().order_by("-published_at"),
        "published": published_figures(),
    }


def published_figures() -> dict[str, Publication]:
    """Return the figures that stand in public, by kind, in one query."""
    return {made.kind: made for made in Publication.objects.standing()}


def proof_of_figures(key: UUID) -> bytes:
    """Return the proof that published figures are in the record; raises Http404 for what does not stand in public."""
    made = get_object_or_404(Publication.objects.standing(), pk=key)
    about = {"subject_kind": "figures", "subject_id": str(key), "action": Act.FIGURES_PUBLISHED}
    return proof_file(Entry.objects.get(**about), made.content.encode())


def beside(delegate: Delegate) -> dict[str, object]:
    """Return what stands beside the list of home: the next meeting of `delegate`, findings, the last contact,
    who is here."""
    everybody = who_is_here()
    contact, hidden_contacts = last_contact_for(delegate)
    full = [presence for presence in everybody if presence.member.status == Status.MEMBER]
    return {
        "coalition": the_coalition(),
        "people": [presence for presence in everybody if presence in full or presence.is_here],
        "here": sum(presence.is_here for presence in everybody),
        "all": len(everybody),
        "members": [presence.member for presence in full],
        "conditions": findings_for(delegate),
        "meeting": Meeting.objects.visible_to(delegate).ahead().first(),
        "last_contact": contact,
        "hidden_contacts": hidden_contacts,
    }


def who_is_here() -> list[Presence]:
    """Return every present member in protocol order, and whether somebody of it is online, in two queries."""
    online = Delegate.objects.active().filter(seen_at__gte=clock.now() - ONLINE_FOR)
    here = set(online.values_list("member_id", flat=True))
    return [Presence(member, member.code in here) for member in Member.objects.present()]
