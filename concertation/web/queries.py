"""Reads for home and the public page, over what the apps below know."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from concertation.coalition.enums import Status
from concertation.coalition.models import ONLINE_FOR, Coalition, Delegate, Member
from concertation.core import clock
from concertation.meetings.models import Meeting
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
    }


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
        "meeting": Meeting.objects.visible_to(delegate).upcoming().first(),
        "last_contact": contact,
        "hidden_contacts": hidden_contacts,
    }


def who_is_here() -> list[Presence]:
    """Return every present member in protocol order, and whether somebody of it is online, in two queries."""
    online = Delegate.objects.active().filter(seen_at__gte=clock.now() - ONLINE_FOR)
    here = set(online.values_list("member_id", flat=True))
    return [Presence(member, member.code in here) for member in Member.objects.present()]
