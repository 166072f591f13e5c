"""What waits for a delegation after a conference: requirements for which it was asked again."""

from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from concertation.coalition.models import Delegate
from concertation.coalition.rules import speaks_for_member
from concertation.commitments.models import Contribution
from concertation.core import clock
from concertation.core.waiting import Urgency, Waiting
from concertation.meetings.conference.models import ConferenceItem
from concertation.meetings.enums import Closing
from concertation.meetings.models import Meeting

MOST = 5
Offered = list[tuple[datetime, str, str]]


def awaiting_offers(delegate: Delegate) -> Iterator[Waiting]:
    """Give the requirements for which the delegate's member was asked again and has offered nothing since."""
    if not speaks_for_member(delegate):
        return
    today = clock.now().date()
    asked = ConferenceItem.objects.filter(
        closing=Closing.ASKED_AGAIN, until__gte=today, conference__meeting__in=Meeting.objects.visible_to(delegate)
    )
    rows = (
        asked.select_related("conference__meeting").prefetch_related("requirement__revisions").order_by("until", "pk")
    )
    own = [item for item in rows if not item.asked or delegate.member_id in item.asked]
    offered = _offered_since(delegate, min(_since(item) for item in own)) if own else []
    open_ones = [item for item in own if not _is_answered(item, offered)]
    yield from (_waiting(item, today) for item in open_ones[:MOST])


def _since(item: ConferenceItem) -> datetime:
    assert item.closed_at
    return item.closed_at


def _offered_since(delegate: Delegate, since: datetime) -> Offered:
    """Return when and of what the member offered anything after `since`."""
    rows = Contribution.objects.filter(parties__member=delegate.member_id, created_at__gt=since).order_by("created_at")
    return list(rows.values_list("created_at", "terms__capability", "terms__line"))


def _is_answered(item: ConferenceItem, offered: Offered) -> bool:
    """Say whether nothing more is asked: it is needed no more, or something of its kind was offered since."""
    need = item.requirement.revision
    return need.is_dropped or any(
        at > _since(item) and (capability, line) == (need.capability_id, need.line) for at, capability, line in offered
    )


def _waiting(item: ConferenceItem, today: date) -> Waiting:
    assert item.until
    facts = {"meeting": item.conference.meeting.title, "day": date_format(item.until, "DATE_FORMAT")}
    return Waiting(
        icon="target",
        title=_("%(requirement)s: your delegation is asked again") % {"requirement": item.requirement.name},
        detail=_("%(meeting)s · answer by %(day)s") % facts,
        url=f"{reverse('commitments:announce')}?for={item.requirement_id}",
        action=_("Offer"),
        live_topic="commitments",
        urgency=Urgency.TODAY if item.until == today else Urgency.SOON,
    )
