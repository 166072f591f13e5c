"""What waits for a delegation: texts to answer or under silence, and paragraphs re-opened since it agreed them."""

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concertation.coalition.models import Delegate
from concertation.core import clock
from concertation.core.waiting import Urgency, Waiting
from concertation.texts.models import AdoptionProcedure
from concertation.texts.queries import procedures_waiting_for
from concertation.texts.queries.agreement import reopened_for

HURRY, TODAY = timedelta(hours=3), timedelta(hours=24)


def awaiting_texts(delegate: Delegate) -> Iterator[Waiting]:
    """Yield the texts under adoption about which the delegate's member has said nothing."""
    for procedure in procedures_waiting_for(delegate):
        yield _silent(procedure, delegate) if procedure.by_silence else _proposed(procedure)


def _proposed(procedure: AdoptionProcedure) -> Waiting:
    """Return the line of a text that is proposed for adoption in session."""
    text = procedure.text
    return Waiting(
        icon="file-check",
        title=_("“%(title)s” awaits your answer") % {"title": text.title},
        detail=_("Proposed for adoption by %(name)s. Agree for your member, or object with a reason.")
        % {"name": procedure.proposed_by.person.name},
        url=reverse("texts:show", args=[text.pk]),
        action=_("Answer"),
        live_topic=f"text:{text.pk}",
        urgency=Urgency.NOW,
    )


def _silent(procedure: AdoptionProcedure, delegate: Delegate) -> Waiting:
    """Return the line of a text under silence, the more urgent the less time is left."""
    text, deadline = procedure.text, procedure.silence.deadline
    zone = delegate.person.time_zone
    when = formats.date_format(deadline.astimezone(ZoneInfo(zone)), "DATETIME_FORMAT")
    left = deadline - clock.now()
    return Waiting(
        icon="hourglass",
        title=_("Silence on “%(title)s” %(ends)s") % {"title": text.title, "ends": _ends(procedure, zone)},
        detail=_("Unless a member breaks it before %(when)s (%(zone)s), the text is adopted.")
        % {"when": when, "zone": zone},
        url=reverse("texts:show", args=[text.pk]),
        action=_("Decide"),
        live_topic=f"text:{text.pk}",
        urgency=Urgency.NOW if left < HURRY else Urgency.TODAY if left < TODAY else Urgency.SOON,
    )


def _ends(procedure: AdoptionProcedure, zone: str) -> str:
    """Return when the silence ends, in the words of somebody who lives in `zone`."""
    there = ZoneInfo(zone)
    local = procedure.silence.deadline.astimezone(there)
    days = (local.date() - clock.now().astimezone(there).date()).days
    if days == 0:
        return _("ends tonight") if local.hour >= 18 else _("ends today")
    if days == 1:
        return _("ends tomorrow")
    return _("ends on %(date)s") % {"date": formats.date_format(local, "MONTH_DAY_FORMAT")}


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
