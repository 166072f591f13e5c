"""A step of pressure that is due is put on an agenda: by people, in one act, and never by itself."""

from uuid import UUID

from django.db import transaction

from concertation.coalition.models import Delegate
from concertation.coalition.rules import check_manages
from concertation.meetings.domain.agenda import ItemPlan, add_item
from concertation.meetings.models import AgendaItem, Meeting
from concertation.pressure.domain.steps import note_step_taken
from concertation.pressure.enums import Outcome
from concertation.pressure.errors import NoSuchStep
from concertation.pressure.models import Step


@transaction.atomic
def table_step(*, by: Delegate, step_id: UUID, meeting: Meeting, minutes: int) -> AgendaItem:
    """Put a step that is due at the end of the agenda of `meeting`, note that on the step, and return the item.

    Both acts have their entry in the record. Raises NotAllowed, NoSuchStep, StepSettled, StepNotDue, MeetingOver,
    AgendaFull and the InvalidInput errors of an item.
    """
    check_manages(by.actor)
    step = Step.objects.visible_to(by).filter(pk=step_id).first()
    if step is None:
        raise NoSuchStep
    item = add_item(by=by.actor, meeting=meeting, plan=ItemPlan(titles=step.names, minutes=minutes))
    note_step_taken(by=by, step_id=step_id, outcome=Outcome.TABLED, meeting=meeting.pk, item=item.pk)
    return item
