"""Which texts a meeting works on; a text belongs to one meeting at most."""

from django.db import IntegrityError, transaction
from django.db.models import Max

from concertation.coalition.rules import check_manages
from concertation.meetings.domain.acts import append
from concertation.meetings.errors import TextNotThere, TextTaken
from concertation.meetings.events import MeetingAction
from concertation.meetings.models import Meeting, MeetingText
from concertation.record.events import Actor
from concertation.texts.models import Text


@transaction.atomic
def attach_text(*, by: Actor, meeting: Meeting, text: Text) -> None:
    """Give `text` to `meeting`, after the texts that it has; raises NotAllowed, TextTaken."""
    check_manages(by)
    last = MeetingText.objects.filter(meeting=meeting).aggregate(last=Max("position"))["last"] or 0
    try:
        with transaction.atomic():
            MeetingText.objects.create(meeting=meeting, text=text, position=last + 1)
    except IntegrityError as error:
        raise TextTaken from error
    append(by, MeetingAction.TEXT_ATTACHED, meeting, {"text": str(text.pk)}, f"text:{text.pk}")


@transaction.atomic
def detach_text(*, by: Actor, meeting: Meeting, text: Text) -> None:
    """Take `text` from `meeting`; raises NotAllowed, TextNotThere."""
    check_manages(by)
    if not MeetingText.objects.filter(meeting=meeting, text=text).delete()[0]:
        raise TextNotThere
    append(by, MeetingAction.TEXT_DETACHED, meeting, {"text": str(text.pk)}, f"text:{text.pk}")
