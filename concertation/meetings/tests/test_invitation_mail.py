"""Invitations, changes and cancellations by mail, and the calendar objects in them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from icalendar import Calendar
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from concertation.coalition.domain.delegates import end_capacity
from concertation.coalition.enums import Capacity
from concertation.coalition.models import Delegate
from concertation.meetings.calendars import calendar_of
from concertation.meetings.domain.invitations import answer_invitation
from concertation.meetings.domain.mailing import send_due_mails
from concertation.meetings.domain.schedule import cancel_meeting, schedule_meeting, update_meeting
from concertation.meetings.models import InvitationMail, Meeting
from concertation.record.events import Actor
from tests.helpers.meetings import START, at, make_meeting, make_plan
from tests.helpers.people import make_coalition, make_delegate, make_secretary

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system()


class Broken(EmailBackend):
    """A mail server that takes messages for Germany only."""

    def send_messages(self, messages: Any) -> int:
        if "Head of DE" not in str(messages[0].body):
            raise ConnectionRefusedError
        return super().send_messages(messages)


@pytest.fixture
def meeting() -> Iterator[Meeting]:
    make_coalition()
    with at(0):
        yield make_meeting(starts_at=START + timedelta(days=1))


def parts_of(message: Any) -> tuple[str, Any, Any]:
    """Return the alternatives of a mail: what people read, and the calendar object with its event."""
    parsed: Any = message_from_bytes(message.message().as_bytes())
    assert parsed.get_content_type() == "multipart/alternative"
    text, invitation = parsed.get_payload()
    assert (text.get_content_type(), invitation.get_content_type()) == ("text/plain", "text/calendar")
    calendar = Calendar.from_ical(invitation.get_payload(decode=True))
    assert invitation.get_param("method") == calendar["METHOD"]
    assert invitation.get_content_charset() == "utf-8"
    (event,) = calendar.walk("VEVENT")
    return text.get_payload(decode=True).decode(), calendar, event


def sent_to(delegate: Delegate) -> list[Any]:
    return [message for message in mail.outbox if message.to == [delegate.person.email]]


def test_invitations_go_out_after_the_commit(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    make_coalition()
    germany, clerk = make_delegate("DE"), make_secretary()
    with at(0), django_capture_on_commit_callbacks(execute=True):
        schedule_meeting(by=clerk.actor, plan=make_plan())
        assert mail.outbox == []
    assert [message.to for message in mail.outbox] == [[germany.person.email]]


def test_a_request_is_what_calendars_expect(meeting: Meeting) -> None:
    germany, sherpa, italy = (
        make_delegate("DE", name="Head of DE"),
        make_delegate("DE", Capacity.DELEGATE),
        make_delegate("IT"),
    )
    assert send_due_mails() == (3, 0)
    (message,) = sent_to(germany)
    assert message.subject == "Invitation: Leaders’ meeting"
    text, calendar, event = parts_of(message)
    assert f"http://localhost:8000/meetings/{meeting.pk}/" in text
    assert (calendar["METHOD"], calendar["VERSION"]) == ("REQUEST", "2.0")
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == (meeting.uid, 0, "CONFIRMED")
    assert event["SUMMARY"] == "Leaders’ meeting"
    start = event["DTSTART"]
    assert start.params["TZID"] == "Europe/Paris"
    assert start.dt == meeting.starts_at.astimezone(ZoneInfo("Europe/Paris"))
    assert event["DTEND"].dt - start.dt == timedelta(minutes=90)
    assert event["ORGANIZER"] == "mailto:secretariat@localhost"
    attendees = {str(attendee): attendee.params for attendee in event["ATTENDEE"]}
    assert set(attendees) == {f"mailto:{person.person.email}" for person in (germany, sherpa)}
    own = attendees[f"mailto:{germany.person.email}"]
    assert (own["RSVP"], own["PARTSTAT"], own["ROLE"]) == ("TRUE", "NEEDS-ACTION", "REQ-PARTICIPANT")
    assert italy.person.email not in message.message().as_string()


def test_the_zones_rules_travel_with_the_event(meeting: Meeting) -> None:
    calendar: Any = Calendar.from_ical(calendar_of(meeting, method="PUBLISH", language="en"))
    (zone,) = calendar.walk("VTIMEZONE")
    assert zone["TZID"] == "Europe/Paris"
    rules = {type(rule).__name__: rule for rule in zone.subcomponents}
    assert set(rules) == {"TimezoneStandard", "TimezoneDaylight"}
    offsets = {name: rule["TZOFFSETTO"].td for name, rule in rules.items()}
    assert offsets == {"TimezoneStandard": timedelta(hours=1), "TimezoneDaylight": timedelta(hours=2)}


def test_everybody_is_written_to_in_their_language_and_on_their_clock(meeting: Meeting) -> None:
    france = make_delegate("FR")
    france.person.language, france.person.time_zone = "fr", "America/Martinique"
    france.person.save()
    send_due_mails()
    text, _calendar, event = parts_of(sent_to(france)[0])
    assert event["SUMMARY"] == "Réunion des dirigeants"
    assert "11 juillet 2027 09:00 (America/Martinique)" in text


def test_an_update_keeps_the_uid_and_raises_the_sequence(meeting: Meeting) -> None:
    germany = make_delegate("DE")
    send_due_mails()
    answer_invitation(by=germany, meeting=meeting, accepts=True)
    update_meeting(by=SYSTEM, meeting=meeting, plan=make_plan(minutes=45, starts_at=meeting.starts_at))
    assert send_due_mails() == (1, 0)
    first, second = (parts_of(message)[2] for message in sent_to(germany))
    assert first["UID"] == second["UID"]
    assert [first["SEQUENCE"], second["SEQUENCE"]] == [0, 1]
    assert second["DTEND"].dt - second["DTSTART"].dt == timedelta(minutes=45)
    assert second["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    assert sent_to(germany)[1].subject == "Changed: Leaders’ meeting"


def test_nothing_is_sent_twice(meeting: Meeting) -> None:
    make_delegate("DE")
    assert [send_due_mails(), send_due_mails()] == [(1, 0), (0, 0)]


def test_a_cancellation_goes_to_everybody_who_was_invited(meeting: Meeting) -> None:
    germany = make_delegate("DE")
    send_due_mails()
    newcomer = make_delegate("IT")
    cancel_meeting(by=SYSTEM, meeting=meeting)
    assert send_due_mails() == (1, 0)
    text, calendar, event = parts_of(sent_to(germany)[1])
    assert (calendar["METHOD"], event["STATUS"]) == ("CANCEL", "CANCELLED")
    assert (event["UID"], event["SEQUENCE"]) == (meeting.uid, 1)
    assert "will not take place" in text
    assert sent_to(newcomer) == []
    assert send_due_mails() == (0, 0)


def test_those_no_longer_invited_receive_a_cancellation(meeting: Meeting) -> None:
    germany, italy, gone = make_delegate("DE"), make_delegate("IT"), make_delegate("DE", Capacity.DELEGATE)
    send_due_mails()
    end_capacity(by=SYSTEM, delegate=gone)
    update_meeting(by=SYSTEM, meeting=meeting, plan=make_plan(members=["DE"], starts_at=meeting.starts_at))
    assert send_due_mails() == (3, 0)
    methods = [parts_of(sent_to(person)[1])[1]["METHOD"] for person in (germany, italy, gone)]
    assert methods == ["REQUEST", "CANCEL", "CANCEL"]


def test_meetings_that_are_over_by_the_clock_are_not_mailed() -> None:
    make_coalition()
    make_delegate("DE")
    make_meeting(starts_at=datetime(2025, 7, 10, 13, tzinfo=ZoneInfo("UTC")))
    assert send_due_mails() == (0, 0)


def test_a_failure_is_logged_and_the_mail_stays_due(
    meeting: Meeting, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    germany, italy = make_delegate("DE", name="Head of DE"), make_delegate("IT")
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    with pytest.raises(SystemExit):
        call_command("send-invitations", stdout=StringIO())
    assert list(InvitationMail.objects.values_list("delegate", flat=True)) == [germany.pk]
    assert f"Delegate {italy.pk} was not sent the meeting {meeting.pk}." in caplog.text
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    said = StringIO()
    call_command("send-invitations", stdout=said)
    assert said.getvalue() == "1 sent, 0 failed.\n"
    assert len(sent_to(italy)) == 1


def test_lines_in_a_title_cannot_add_properties(meeting: Meeting) -> None:
    meeting.titles = {"en": "Talks\r\nATTENDEE:mailto:spy@example.org"}
    calendar: Any = Calendar.from_ical(calendar_of(meeting, method="PUBLISH", language="en"))
    (event,) = calendar.walk("VEVENT")
    assert "ATTENDEE" not in event
