"""Which live topics a delegate may follow: those whose content it may read."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from concertation.coalition.models import Delegate
from concertation.commitments.models import Contribution, PlanRun, Requirement
from concertation.meetings.models import Book, Meeting
from concertation.pressure.models import Measure
from concertation.situation.models import Condition, Contact, Incident, Question
from concertation.texts.models import Text

OPEN_TO_DELEGATES = {
    "coalition",
    "record",
    "texts",
    "conditions",
    "commitments",
    "measures",
    "positions",
    "contacts",
    "incidents",
    "plans",
}


VISIBLE: dict[str, Callable[[Delegate], QuerySet[Any]]] = {
    "text": Text.objects.visible_to,
    "meeting": Meeting.objects.visible_to,
    "conference": Meeting.objects.visible_to,
    "briefing": Book.objects.visible_to,
    "condition": Condition.objects.visible_to,
    "requirement": Requirement.objects.visible_to,
    "contribution": Contribution.objects.visible_to,
    "question": Question.objects.visible_to,
    "incident": Incident.objects.visible_to,
    "contact": Contact.objects.visible_to,
    "measure": Measure.objects.visible_to,
    "plan": PlanRun.objects.visible_to,
}


def may_follow(delegate: Delegate, topic: str) -> bool:
    """Say whether `delegate` may hear that `topic` changed; unknown topics are refused."""
    if topic in OPEN_TO_DELEGATES:
        return True
    kind, _, key = topic.partition(":")
    try:
        identifier = UUID(key)
    except ValueError:
        return False
    if kind in VISIBLE:
        return VISIBLE[kind](delegate).filter(pk=identifier).exists()
    return kind == "delegate" and identifier == delegate.id
