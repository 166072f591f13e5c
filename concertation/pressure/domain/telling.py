"""The clock can make a step due while nobody does anything: the pages of the chair are told, once."""

from concertation.coalition.models import Delegate
from concertation.coalition.rules import is_chair
from concertation.core import clock, live
from concertation.pressure.models import Step
from concertation.pressure.queries.steps import steps_for


def tell_due_steps() -> None:
    """Announce the steps that have fallen due to everybody who presides; bookkeeping, not an act, so not recorded."""
    for line in steps_for():
        row = Step.objects.filter(pk=line.step.pk, told_at=None, settled_at=None)
        if line.is_due and row.update(told_at=clock.now()):
            active = Delegate.objects.active().select_related("member")
            live.announce("measures", *(f"delegate:{delegate.pk}" for delegate in active if is_chair(delegate)))
