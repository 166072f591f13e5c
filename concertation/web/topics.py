"""Which live topics a delegate may follow: those whose content it may read."""

from collections.abc import Callable, Collection
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from concertation.coalition.models import Delegate
from concertation.commitments.models import Contribution, PlanRun, Requirement
from concertation.meetings.models import Book, Meeting
from concertation.pressure.models import Measure
from concertation.situation.models import Condition, Contact, Incident, Question
from concertation.texts.models import Text
from concertation.texts.parts import EVERY

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
    kind, _, key = _thing(topic).partition(":")
    try:
        identifier = UUID(key)
    except ValueError:
        return False
    if kind in VISIBLE:
        return VISIBLE[kind](delegate).filter(pk=identifier).exists()
    return kind == "delegate" and identifier == delegate.id


def followable(delegate: Delegate, topics: Collection[str]) -> set[str]:
    """Return those of `topics` that `delegate` may follow, asking once for all parts of a thing."""
    allowed = {thing for thing in {_thing(topic) for topic in topics} if may_follow(delegate, thing)}
    return {topic for topic in topics if _thing(topic) in allowed}


def _thing(topic: str) -> str:
    """Return the topic of the whole text of which `topic` is a part, of anything else `topic` itself."""
    kind, *key = topic.split(":")
    return f"text:{key[0]}" if kind == "text" and len(key) == 2 and key[1] in EVERY else topic
