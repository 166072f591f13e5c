"""What waits for the chair about pressure: steps that have fallen due, as proposed items of an agenda."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from concertation.coalition.models import Delegate
from concertation.core.waiting import Urgency, Waiting
from concertation.pressure.queries.steps import StepLine, steps_for
from concertation.pressure.rules import may_edit

MOST = 5  # home is a short list


def awaiting_steps(delegate: Delegate) -> Iterator[Waiting]:
    """Give the steps that are due, for who presides."""
    if may_edit(delegate):
        due = [line for line in steps_for(delegate) if line.is_due]
        yield from (_proposal(line) for line in due[:MOST])


def _proposal(line: StepLine) -> Waiting:
    since = date_format(line.called_since, "DATE_FORMAT") if line.called_since else ""
    detail = _("Due since %(day)s · package “%(package)s”, with a draft decision")
    return Waiting(
        icon="stairs-up",
        title=_("%(title)s: proposed for an agenda") % {"title": line.step.name},
        detail=detail % {"day": since, "package": line.step.package.name},
        url=reverse("pressure:step", args=[line.step.pk]),
        action=_("Consider"),
        live_topic="measures",
        urgency=Urgency.SOON,
    )
