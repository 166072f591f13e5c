"""What waits for a delegation: deliveries, pledges that end, approvals and joint contributions, each grouped."""

from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concertation.coalition.models import Delegate
from concertation.commitments.enums import Owed
from concertation.commitments.queries.members import Due
from concertation.commitments.queries.owing import dues_for, overdue_count
from concertation.commitments.rules import may_bind, may_report
from concertation.core.waiting import Urgency, Waiting

TOPIC = "commitments"


def awaiting_commitments(delegate: Delegate) -> Iterator[Waiting]:
    """Yield a line for each kind of thing that the delegate's member owes and the delegate can act on."""
    if delegate.is_secretariat:
        yield from _of_the_coalition()
        return
    code = delegate.member_id or ""
    if not may_report(delegate, [code]):
        return
    dues = dues_for(delegate)
    binds = may_bind(delegate, [code])
    found = {kind: [due for due in dues if due.kind == kind] for kind in ("joining", *Owed.values)}
    if found[Owed.DELIVERY]:
        yield _deliveries(found[Owed.DELIVERY], code)
    if found["joining"] and binds:
        yield _joining(found["joining"], code)
    if found[Owed.RENEWAL] and binds:
        yield _renewals(found[Owed.RENEWAL], code)
    if found[Owed.APPROVAL]:
        yield _approvals(found[Owed.APPROVAL], code)


def _of_the_coalition() -> Iterator[Waiting]:
    """Yield how many deliveries are overdue."""
    count = overdue_count()
    if count:
        yield Waiting(
            icon="truck-delivery",
            title=ngettext(
                "%(n)d delivery of the coalition is overdue", "%(n)d deliveries of the coalition are overdue", count
            )
            % {"n": count},
            detail=_("Ask the members, or record what has arrived on their behalf."),
            url=reverse("commitments:delivered"),
            action=_("Look at them"),
            live_topic=TOPIC,
            urgency=Urgency.SOON,
        )


def _deliveries(dues: Sequence[Due], code: str) -> Waiting:
    late = [due for due in dues if due.is_late]
    if len(late) == len(dues):
        title = ngettext("%(n)d delivery is overdue", "%(n)d deliveries are overdue", len(dues)) % {"n": len(dues)}
    else:
        title = ngettext("%(n)d delivery is due this week", "%(n)d deliveries are due this week", len(dues)) % {
            "n": len(dues)
        }
    return Waiting(
        icon="truck-delivery",
        title=title,
        detail=_lateness(late) or _named(dues),
        url=_place(dues, code),
        action=_("Report"),
        live_topic=TOPIC,
        urgency=Urgency.TODAY if late else Urgency.SOON,
    )


def _lateness(late: Sequence[Due]) -> str:
    """Say how late what is late is."""
    if not late:
        return ""
    days = late[0].days_late  # the oldest comes first
    if len(late) == 1:
        return ngettext("one is %(n)d day late", "one is %(n)d days late", days) % {"n": days}
    longest = ngettext("the oldest by %(n)d day", "the oldest by %(n)d days", days) % {"n": days}
    several = ngettext("%(n)d is late", "%(n)d are late", len(late)) % {"n": len(late)}
    return f"{several}, {longest}"


def _joining(dues: Sequence[Due], code: str) -> Waiting:
    return Waiting(
        icon="users",
        title=ngettext(
            "%(n)d joint contribution names your member", "%(n)d joint contributions name your member", len(dues)
        )
        % {"n": len(dues)},
        detail=_named(dues),
        url=_place(dues, code),
        action=_("Join or not"),
        live_topic=TOPIC,
        urgency=Urgency.SOON,
    )


def _renewals(dues: Sequence[Due], code: str) -> Waiting:
    first = dues[0]
    day = formats.date_format(first.day, "DATE_FORMAT") if first.day else ""
    return Waiting(
        icon="calendar-due",
        title=ngettext("%(n)d pledge ends within 30 days", "%(n)d pledges end within 30 days", len(dues))
        % {"n": len(dues)},
        detail=_("“%(title)s” on %(day)s, unless it is renewed") % {"title": first.entry.terms.title, "day": day},
        url=_place(dues, code),
        action=_("Renew"),
        live_topic=TOPIC,
        urgency=Urgency.SOON,
    )


def _approvals(dues: Sequence[Due], code: str) -> Waiting:
    return Waiting(
        icon="rubber-stamp",
        title=ngettext("%(n)d contribution lacks an approval", "%(n)d contributions lack an approval", len(dues))
        % {"n": len(dues)},
        detail=_named(dues),
        url=_place(dues, code),
        action=_("Enter it"),
        live_topic=TOPIC,
        urgency=Urgency.SOON,
    )


def _named(dues: Sequence[Due]) -> str:
    """Name the first contribution, and how many more there are."""
    title, more = dues[0].entry.terms.title, len(dues) - 1
    if not more:
        return _("“%(title)s”") % {"title": title}
    return ngettext("“%(title)s” and %(n)d other", "“%(title)s” and %(n)d others", more) % {"title": title, "n": more}


def _place(dues: Sequence[Due], code: str) -> str:
    """Return where to act: the contribution, or of several the page of the member."""
    if len(dues) == 1:
        return reverse("commitments:contribution", args=[dues[0].entry.contribution.pk])
    return reverse("commitments:member", args=[code])
