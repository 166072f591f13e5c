"""Meetings as iCalendar events (RFC 5545, RFC 5546): mirrors for calendars; the meeting itself is the truth."""

from collections.abc import Sequence
from datetime import UTC
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vText

from concertation.coalition.models import Coalition, Delegate
from concertation.core.words import in_language
from concertation.meetings.enums import Answer
from concertation.meetings.models import Meeting

PRODUCT = "-//Concertation//Meetings//EN"
PARTICIPATION = {Answer.NONE: "NEEDS-ACTION", Answer.ACCEPTED: "ACCEPTED", Answer.DECLINED: "DECLINED"}


def meeting_address(meeting: Meeting) -> str:
    """Return the address of the page of `meeting`."""
    return settings.BASE_URL + reverse("meetings:detail", args=[meeting.pk])


def calendar_of(
    meeting: Meeting,
    *,
    method: str,
    language: str,
    attendees: Sequence[Delegate] = (),
    answer: Answer = Answer.NONE,
) -> bytes:
    """Return `meeting` as an iCalendar object in `language`, with its zone's rules.

    `method` is PUBLISH, REQUEST or CANCEL; `attendees` are delegates of one delegation, which gave `answer`.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    with translation.override(language):
        event = _event(meeting, method)
    for delegate in attendees:
        event.add("attendee", _attendee(delegate, answer, method), encode=False)
    calendar.add_component(event)
    calendar.add_missing_timezones()
    content: bytes = calendar.to_ical()
    return content


def _event(meeting: Meeting, method: str) -> Event:
    """Return the event in the language in use."""
    zone = ZoneInfo(meeting.zone)
    event = Event()
    event.add("uid", meeting.uid)
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.changed_at.astimezone(UTC))
    event.add("last-modified", meeting.changed_at.astimezone(UTC))
    event.add("dtstart", meeting.starts_at.astimezone(zone))
    event.add("dtend", meeting.ends_at.astimezone(zone))
    event.add("summary", in_language(meeting.titles))
    event.add("description", _description(meeting))
    event.add("location", meeting_address(meeting))
    event.add("url", meeting_address(meeting))
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    event.add("organizer", _organiser(), encode=False)
    return event


def _description(meeting: Meeting) -> str:
    lines = [str(meeting.get_level_display()), _("Read the agenda and answer here: %(address)s")]
    return "\n".join(lines) % {"address": meeting_address(meeting)}


def _organiser() -> vCalAddress:
    address = vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    coalition = Coalition.objects.first()
    address.params["CN"] = vText(coalition.name if coalition else _("Secretariat"))
    return address


def _attendee(delegate: Delegate, answer: Answer, method: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{delegate.person.email}")
    address.params["CN"] = vText(delegate.person.name)
    address.params["CUTYPE"] = vText("INDIVIDUAL")
    address.params["ROLE"] = vText("REQ-PARTICIPANT")
    if method == "REQUEST":
        address.params["PARTSTAT"] = vText(PARTICIPATION[answer])
        address.params["RSVP"] = vText("TRUE")
    return address
