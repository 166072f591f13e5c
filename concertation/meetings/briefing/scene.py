"""For whom a book is made, of which meeting and since when; and the words that all chapters share."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concertation.coalition.models import Delegate, Member
from concertation.core.days import latest_day
from concertation.meetings.models import Meeting

WITHOUT_LAST = timedelta(days=30)  # looked back over when no meeting was closed before


@dataclass(frozen=True)
class Scene:
    """What every chapter is drawn from: nothing in it is more than `reader` may read."""

    reader: Delegate
    meeting: Meeting
    now: datetime

    @property
    def member(self) -> Member | None:
        """Whose delegate the reader is; None for the secretariat."""
        return self.reader.member

    @cached_property
    def today(self) -> date:
        """The last day that has begun anywhere, as on the pages."""
        return latest_day()

    @cached_property
    def last_meeting(self) -> Meeting | None:
        """The last meeting that was closed and that the reader may see."""
        closed = Meeting.objects.visible_to(self.reader).filter(closed_at__lte=self.now).exclude(pk=self.meeting.pk)
        return closed.order_by("-closed_at", "pk").first()

    @cached_property
    def since(self) -> date:
        """From which day on news is told: that of the last meeting, else the last thirty."""
        if self.last_meeting and self.last_meeting.closed_at:
            return self.last_meeting.closed_at.date()
        return (self.now - WITHOUT_LAST).date()

    @property
    def since_words(self) -> str:
        """Say since when news is told."""
        words = {"day": day(self.since)}
        if self.last_meeting is None:
            return _("No meeting was held before; since %(day)s.") % words
        return _("Since the last meeting, on %(day)s.") % words

    def moment(self, moment: datetime) -> str:
        """Write a moment on the clock of the reader's person, with the zone."""
        zone = self.reader.person.time_zone
        return f"{date_format(moment.astimezone(ZoneInfo(zone)), 'DATETIME_FORMAT')} ({zone})"


def day(value: date) -> str:
    """Write a day."""
    return date_format(value, "DATE_FORMAT")


def names(members: Iterable[Member]) -> str:
    """Write names of members in their order."""
    return ", ".join(member.name for member in members) or "–"


def partial(count: int) -> list[str]:
    """Say how many entries are not for the reader; nothing where there are none."""
    if not count:
        return []
    said = ngettext(
        "Partial: %(n)d entry is not for the holder of this copy and is counted nowhere here.",
        "Partial: %(n)d entries are not for the holder of this copy and are counted nowhere here.",
        count,
    )
    return [said % {"n": count}]
