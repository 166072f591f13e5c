"""What waits for a delegation: texts that its member has to answer, and paragraphs re-opened since it agreed them."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concertation.coalition.models import Delegate
from concertation.core.waiting import Urgency, Waiting
from concertation.texts.queries import procedures_waiting_for
from concertation.texts.queries.agreement import reopened_for


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


def reopened_paragraphs(delegate: Delegate) -> Iterator[Waiting]:
    """Yield the drafts in which paragraphs changed since the delegate's member agreed them."""
    for text, count in reopened_for(delegate):
        yield Waiting(
            icon="rotate",
            title=ngettext(
                "%(n)d paragraph re-opened since you agreed", "%(n)d paragraphs re-opened since you agreed", count
            )
            % {"n": count},
            detail=_("“%(title)s”: look at what changed, and agree again or say what is missing.")
            % {"title": text.title},
            url=f"{reverse('texts:matrix', args=[text.pk])}?show=mine",
            action=_("Look at the changes"),
            live_topic=f"text:{text.pk}",
            urgency=Urgency.SOON,
        )
