"""What must not be read in a log."""

import logging
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.conf import settings as real_settings
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client

from concertation.accounts.domain.links import issue_link
from concertation.coalition.domain.delegates import invite_delegate
from concertation.core.logs import Discreet
from tests.helpers.people import make_delegate, make_person, make_secretary


class Refusing(BaseEmailBackend):
    """A mail server that knows nobody."""

    def send_messages(self, email_messages: object) -> int:
        """Refuse as smtplib does, with the addresses in the error."""
        raise SMTPRecipientsRefused({"head@coalition.example": (550, b"5.1.1 <head@coalition.example> unknown")})


def written(records: list[logging.LogRecord]) -> str:
    """Return what the handlers of the settings write of `records`."""
    formatters: Any = real_settings.LOGGING["formatters"]
    facts = formatters["plain"]
    assert facts["()"] == "concertation.core.logs.Discreet"
    return "\n".join(Discreet(facts["format"], style=facts["style"]).format(record) for record in records)


@pytest.mark.django_db
def test_link_that_is_refused_is_not_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    token = issue_link(person=make_person())
    assert Client(enforce_csrf_checks=True).post(f"/sign-in/link/{token}/use/").status_code == 403
    assert Client().post(f"/sign-in/link/{token}/").status_code == 405
    said = written(caplog.records)
    assert said.count("/sign-in/link/…/") == 2
    assert token.partition(":")[0] not in said


@pytest.mark.django_db(transaction=True)
def test_address_that_is_refused_is_not_in_the_log(caplog: pytest.LogCaptureFixture, settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    delegate = make_delegate("DE")
    invite_delegate(by=make_secretary().actor, delegate=delegate)
    said = written(caplog.records)
    assert f"delegate {delegate.pk} could not be mailed" in said
    assert "SMTPRecipientsRefused" in said
    assert "coalition.example" not in said
