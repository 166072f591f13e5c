"""Mails of the coalition, in the language of who receives them; a mail that fails is logged and can be sent anew."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from concertation.coalition.models import Coalition, Delegate

logger = logging.getLogger(__name__)


def link_address(token: str) -> str:
    """Return the address under which the sign-in link `token` is used."""
    return settings.BASE_URL + reverse("accounts:link", args=[token])


def send_invitation_mail(delegate: Delegate, token: str) -> None:
    """Send `delegate` its sign-in link."""
    with translation.override(delegate.person.language):
        context = {
            "delegate": delegate,
            "coalition": Coalition.objects.first(),
            "address": link_address(token),
            "days": settings.SIGN_IN_LINK_DAYS,
        }
        subject = render_to_string("coalition/mail/invitation_subject.txt", context).strip()
        body = render_to_string("coalition/mail/invitation.txt", context)
    try:
        send_mail(subject, body, None, [delegate.person.email])
    except (OSError, SMTPException):
        logger.exception("The invitation of delegate %s could not be mailed.", delegate.pk)
