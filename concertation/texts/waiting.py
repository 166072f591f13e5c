"""What waits for a head of delegation: texts that its member has to answer."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from concertation.coalition.models import Delegate
from concertation.core.waiting import Urgency, Waiting
from concertation.texts.queries import procedures_waiting_for


def awaiting_texts(delegate: Delegate) -> Iterator[Waiting]:
    """Yield the texts proposed for adoption that the delegate's member has not answered."""
    for procedure in procedures_waiting_for(delegate):
        text = procedure.text
        yield Waiting(
            icon="file-check",
            title=_("“%(title)s” awaits your answer") % {"title": text.title},
            detail=_("Proposed for adoption by %(name)s. Agree for your member, or object with a reason.")
            % {"name": procedure.proposed_by.person.name},
            url=reverse("texts:show", args=[text.pk]),
            action=_("Answer"),
            live_topic=f"text:{text.pk}",
            urgency=Urgency.NOW,
        )
