"""Messages about silence procedures, in the language and on the clock of who receives them; never their content."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from concertation.coalition.models import Coalition
from concertation.coalition.rules import binds_member
from concertation.texts.models import SilenceMail


def silence_mail(mail: SilenceMail) -> EmailMessage:
    """Return the mail that tells a delegate what `mail.notice` names; reasons and words stay on the server."""
    procedure, person = mail.procedure, mail.delegate.person
    with translation.override(person.language):
        context = {
            "notice": mail.notice,
            "title": procedure.text.title,
            "person": person,
            "coalition": Coalition.objects.first(),
            "address": settings.BASE_URL + reverse("texts:show", args=[procedure.text_id]),
            "deadline": mail.deadline.astimezone(ZoneInfo(person.time_zone)),
            "decides": binds_member(mail.delegate),
            "broken_by": procedure.responses.filter(agrees=False).select_related("member").first(),
        }
        subject = " ".join(render_to_string("texts/mail/silence_subject.txt", context).split())
        body = render_to_string("texts/mail/silence.txt", context)
    return EmailMessage(subject, body, None, [person.email])
