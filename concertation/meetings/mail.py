"""Invitations and cancellations as mail that calendars understand (RFC 6047), in the language of who receives them."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
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
