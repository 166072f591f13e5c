"""Which live topics a delegate may follow: those whose content it may read."""

from uuid import UUID

from concertation.coalition.models import Delegate
from concertation.commitments.models import PlanRun
from concertation.meetings.models import Meeting
from concertation.situation.models import Condition
from concertation.texts.models import Text

OPEN_TO_DELEGATES = {"coalition", "record", "texts", "conditions", "plans"}


def may_follow(delegate: Delegate, topic: str) -> bool:
    """Say whether `delegate` may hear that `topic` changed; unknown topics are refused."""
    if topic in OPEN_TO_DELEGATES:
        return True
    kind, _, key = topic.partition(":")
    try:
        identifier = UUID(key)
    except ValueError:
        return False
    if kind == "text":
        return Text.objects.visible_to(delegate).filter(pk=identifier).exists()
    if kind == "meeting":
        return Meeting.objects.visible_to(delegate).filter(pk=identifier).exists()
    if kind == "condition":
        return Condition.objects.visible_to(delegate).filter(pk=identifier).exists()
    if kind == "plan":
        return PlanRun.objects.visible_to(delegate).filter(pk=identifier).exists()
    return kind == "delegate" and identifier == delegate.id
