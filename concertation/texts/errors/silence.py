"""Why something cannot be done: a silence procedure."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concertation.core.errors import DomainError, InvalidInput


class SilenceRuns(DomainError):
    """What is for consensus in session was tried on a silence procedure."""

    message = _("This is a silence procedure: its deadline decides, unless a member breaks the silence before.")


class SilenceEnded(DomainError):
    """The deadline passed unbroken."""

    def __init__(self, deadline: datetime, zone: str) -> None:
        when = formats.date_format(deadline.astimezone(ZoneInfo(zone)), "DATETIME_FORMAT")
        super().__init__(
            gettext("The silence ended at %(when)s (%(zone)s) without being broken: the text is adopted.")
            % {"when": when, "zone": zone}
        )


class UnknownZone(InvalidInput):
    """A deadline is set in a zone that everybody knows."""

    message = _("Choose a time zone of the IANA database, such as Europe/Paris.")


class NoSuchTime(InvalidInput):
    """The clocks are put forward over this time."""

    message = _("This time does not exist in that zone: the clocks are put forward over it. Choose another hour.")


class BadTime(InvalidInput):
    """What was sent is no date and time."""

    message = _("Give the deadline as a date and a time.")


class TooSoon(InvalidInput):
    """The deadline has passed, or leaves no time to answer."""

    message = _("The deadline must lie at least one minute ahead.")


class TooFar(InvalidInput):
    """A text is not frozen for ever."""

    message = _("The deadline must lie at most 90 days ahead.")


class NotLater(InvalidInput):
    """A deadline is never brought forward."""

    message = _("A deadline can only be extended: choose a later time.")


class BadAmendment(InvalidInput):
    """An amendment names a paragraph of the proposed text and gives other words for it."""

    message = _("Give for each amendment a paragraph of the text and the words that your member proposes for it.")
