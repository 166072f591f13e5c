"""Reminders by mail, in the language of who receives them; what is confidential stays on the server."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from concertation.coalition.models import Coalition
from concertation.commitments.models import Reminder


def reminder_mail(reminder: Reminder) -> EmailMessage:
    """Return the mail; a contribution that only some may read is not named in it."""
    contribution, person = reminder.contribution, reminder.delegate.person
    with translation.override(person.language):
        context = {
            "owed": reminder.owed,
            "when": reminder.when,
            "day": reminder.day,
            "title": "" if contribution.readers else contribution.title,
            "person": person,
            "coalition": Coalition.objects.first(),
            "address": settings.BASE_URL + reverse("commitments:contribution", args=[contribution.pk]),
        }
        subject = " ".join(render_to_string("commitments/mail/reminder_subject.txt", context).split())
        if context["title"]:
            subject = _("%(subject)s: %(title)s") % {"subject": subject, "title": context["title"]}
        body = render_to_string("commitments/mail/reminder.txt", context)
    return EmailMessage(subject, body, None, [person.email])
