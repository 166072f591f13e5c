"""What waits for a head of delegation about plans: its part of a proposal, to confirm or to decline."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from concertation.coalition.models import Delegate
from concertation.commitments.models import PlanRun
from concertation.commitments.rules import may_bind
from concertation.core.waiting import Urgency, Waiting

MOST = 3


def awaiting_parts(delegate: Delegate) -> Iterator[Waiting]:
    """Give the proposed plans in which the member of `delegate` has a part that it has not answered, in one query."""
    if delegate.member is None or not may_bind(delegate, [delegate.member.pk]):
        return
    proposed = PlanRun.objects.visible_to(delegate).proposed().filter(replaced_at=None)
    own = proposed.with_part_of(delegate.member.pk).exclude(answers__member=delegate.member)
    for run in own.light()[:MOST]:
        yield Waiting(
            icon="calendar-check",
            title=_("Your part of the plan “%(name)s” waits for your confirmation") % {"name": run.name},
            detail=_("Proposed to the members that serve in it"),
            url=reverse("commitments:plan_run", args=[run.pk]),
            action=_("Look at it"),
            live_topic=f"plan:{run.pk}",
            urgency=Urgency.SOON,
        )
