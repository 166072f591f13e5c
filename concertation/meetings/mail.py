"""Mail about meetings in the language of who receives it; invitations are such that calendars understand (RFC 6047)."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from concertation.coalition.models import Coalition, Delegate
from concertation.meetings.calendars import calendar_of, meeting_address
from concertation.meetings.enums import Answer, MailMethod
from concertation.meetings.models import Meeting


def invitation_mail(
    meeting: Meeting, delegate: Delegate, *, method: MailMethod, delegation: Sequence[Delegate], answer: Answer
) -> EmailMultiAlternatives:
    """Return the mail by which `delegate` is invited to `meeting`, told of a change, or told that it is off."""
    language = delegate.person.language
    with translation.override(language):
        context = {
            "meeting": meeting,
            "delegate": delegate,
            "coalition": Coalition.objects.first(),
            "address": meeting_address(meeting),
            "start": meeting.starts_at.astimezone(ZoneInfo(delegate.person.time_zone)),
            "is_cancelled": method == MailMethod.CANCEL,
            "is_update": meeting.sequence > 0,
        }
        subject = render_to_string("meetings/mail/invitation_subject.txt", context).strip()
        body = render_to_string("meetings/mail/invitation.txt", context)
    message = EmailMultiAlternatives(subject, body, None, [delegate.person.email])
    calendar = calendar_of(meeting, method=method, language=language, attendees=delegation, answer=answer)
    message.attach_alternative(calendar.decode(), f"text/calendar; method={method}")
    return message


def positions_mail(meeting: Meeting, delegate: Delegate, due_at: datetime) -> EmailMessage:
    """Return the mail that reminds `delegate` of the positions that are due; questions stay on the server."""
    person = delegate.person
    with translation.override(person.language):
        context = {
            "meeting": meeting,
            "person": person,
            "coalition": Coalition.objects.first(),
            "address": settings.BASE_URL + reverse("meetings:positions", args=[meeting.pk]),
            "due": due_at.astimezone(ZoneInfo(person.time_zone)),
        }
        subject = " ".join(render_to_string("meetings/mail/positions_subject.txt", context).split())
        body = render_to_string("meetings/mail/positions.txt", context)
    return EmailMessage(subject, body, None, [person.email])
