"""Messages about silence procedures: to whom, in which words, when, and again when they could not be sent."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from pytest_django import Settings

from concertation.coalition.domain.delegates import end_capacity
from concertation.coalition.enums import Capacity, Status
from concertation.coalition.models import Delegate, Member
from concertation.core import clock
from concertation.record.events import Actor
from concertation.texts.domain.adoption import withdraw_proposal
from concertation.texts.domain.notices import make_reminders, send_due_notices
from concertation.texts.domain.settling import settle_due_silences
from concertation.texts.domain.silence import agree_under_silence, break_silence, extend_silence
from concertation.texts.enums import Audience
from concertation.texts.models import AdoptionProcedure, SilenceMail
from concertation.texts.tests.factories import make_heads, make_silence, make_text
from tests.helpers.people import make_delegate, make_secretary

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
DEADLINE = datetime(2026, 11, 28, 17, tzinfo=UTC)
LOCAL = DEADLINE.replace(tzinfo=None)


class Down(EmailBackend):
    """A mail server that takes nothing."""

    def send_messages(self, messages: Any) -> int:
        raise ConnectionRefusedError


@pytest.fixture
def heads() -> list[Delegate]:
    return make_heads("FR", "DE", "IT")


@pytest.fixture
def silence(heads: list[Delegate]) -> Iterator[AdoptionProcedure]:
    Member.objects.exclude(code__in=["FR", "DE", "IT"]).update(status=Status.LEFT, is_co_chair=False)
    with clock.frozen(NOW):
        yield make_silence(local=LOCAL)


def sent() -> dict[str, list[str]]:
    """Return the subjects that each address got."""
    found: dict[str, list[str]] = {}
    for message in mail.outbox:
        found.setdefault(message.to[0], []).append(str(message.subject))
    return found


def subjects(delegate: Delegate) -> list[str]:
    return sent().get(delegate.person.email, [])


def test_participants_are_told_in_their_language_and_on_their_clock(
    silence: AdoptionProcedure, heads: list[Delegate]
) -> None:
    france = heads[0].person
    france.language, france.time_zone = "fr", "Europe/Paris"
    france.save()
    assert send_due_notices() == (4, 0)
    assert set(sent()) == {head.person.email for head in heads} | {silence.proposed_by.person.email}
    assert subjects(heads[0]) == ["Procédure de silence : Déclaration conjointe"]
    assert subjects(heads[1]) == ["Under silence: Joint statement"]
    (text,) = (str(message.body) for message in mail.outbox if message.to == [france.email])
    assert "Échéance : samedi 28 novembre 2026 18:00 (Europe/Paris)" in text
    assert f"http://localhost:8000/texts/{silence.text_id}/" in text
    (text,) = (str(message.body) for message in mail.outbox if message.to == [heads[1].person.email])
    assert "Deadline: Saturday 28 November 2026, 17:00 (UTC)" in text
    assert send_due_notices() == (0, 0)
    assert not SilenceMail.objects.filter(sent_at=None).exists()


def test_only_who_takes_part_and_may_read_is_told(heads: list[Delegate]) -> None:
    delegate, observer = make_delegate("DE", Capacity.DELEGATE), make_delegate("DE", Capacity.OBSERVER)
    make_delegate("IT", Capacity.DELEGATE)
    with clock.frozen(NOW):
        silence = make_silence(make_text(audience=Audience.MEMBERS, members=["FR", "DE"]), local=LOCAL)
        send_due_notices()
    clerks = Delegate.objects.filter(capacity=Capacity.SECRETARIAT).values_list("person__email", flat=True)
    assert set(sent()) == {heads[0].person.email, heads[1].person.email, delegate.person.email, *clerks}
    assert observer.person.email not in sent()
    assert silence.text.title not in str(
        [message.body for message in mail.outbox if heads[2].person.email in message.to]
    )


def test_each_act_is_told_without_its_reason(silence: AdoptionProcedure, heads: list[Delegate]) -> None:
    send_due_notices()
    extend_silence(by=make_secretary(), procedure_id=silence.pk, local=LOCAL + timedelta(days=1))
    send_due_notices()
    break_silence(by=heads[2], procedure_id=silence.pk, reason="A secret reason.")
    send_due_notices()
    assert subjects(heads[1]) == [
        "Under silence: Joint statement",
        "Silence extended: Joint statement",
        "Silence broken: Joint statement",
    ]
    assert "secret" not in str([message.body for message in mail.outbox])
    assert "Italy broke the silence" in str(mail.outbox[-1].body)


def test_adoption_and_withdrawal_are_told(silence: AdoptionProcedure, heads: list[Delegate]) -> None:
    other = make_silence(local=LOCAL)
    withdraw_proposal(by=make_secretary(), procedure_id=other.pk)
    SilenceMail.objects.filter(notice="started").update(sent_at=NOW)
    send_due_notices()
    with clock.frozen(DEADLINE):
        settle_due_silences()
        send_due_notices()
    assert subjects(heads[0]) == ["Silence ended without adoption: Joint statement", "Adopted: Joint statement"]


def test_heads_that_are_still_silent_are_reminded_twice(silence: AdoptionProcedure, heads: list[Delegate]) -> None:
    SilenceMail.objects.update(sent_at=NOW)
    agree_under_silence(by=heads[0], procedure_id=silence.pk)
    made = []
    for hours in (25, 24, 23, 3, 2, 1):
        with clock.frozen(DEADLINE - timedelta(hours=hours)):
            made.append(make_reminders())
            make_reminders()
            send_due_notices()
    assert made == [0, 2, 0, 0, 2, 0]
    assert subjects(heads[1]) == ["Silence ends soon: Joint statement"] * 2
    assert subjects(heads[0]) == []
    with clock.frozen(DEADLINE):
        assert make_reminders() == 0


def test_an_extension_brings_the_reminders_again(silence: AdoptionProcedure, heads: list[Delegate]) -> None:
    with clock.frozen(DEADLINE - timedelta(hours=2)):
        assert make_reminders() == 3
        extend_silence(by=make_secretary(), procedure_id=silence.pk, local=LOCAL + timedelta(days=2))
        assert make_reminders() == 0
    with clock.frozen(DEADLINE + timedelta(days=1)):
        assert make_reminders() == 3


def test_of_reminders_missed_while_the_server_was_down_only_the_last_is_made(
    silence: AdoptionProcedure, heads: list[Delegate]
) -> None:
    with clock.frozen(DEADLINE - timedelta(minutes=30)):
        assert make_reminders() == 3
    assert set(SilenceMail.objects.exclude(notice="started").values_list("notice", flat=True)) == {"hours_left"}


def test_a_procedure_shorter_than_a_reminder_has_none(heads: list[Delegate]) -> None:
    with clock.frozen(NOW):
        make_silence(local=(NOW + timedelta(hours=24)).replace(tzinfo=None))
        assert make_reminders() == 0
    with clock.frozen(NOW + timedelta(hours=22)):
        assert make_reminders() == 3


def test_a_failing_mail_server_undoes_nothing_and_is_tried_again(
    silence: AdoptionProcedure, heads: list[Delegate], settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Down"
    assert send_due_notices() == (0, 4)
    assert f"Delegate {heads[0].pk} was not sent the silence on {silence.text_id}." in caplog.text
    assert send_due_notices() == (0, 0), "not before the pause is over"
    with clock.frozen(NOW + timedelta(minutes=1)):
        assert send_due_notices() == (0, 4)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with clock.frozen(NOW + timedelta(minutes=2)):
        assert send_due_notices() == (0, 0), "the second pause is longer"
    with clock.frozen(NOW + timedelta(minutes=3)):
        assert send_due_notices() == (4, 0)
    assert set(SilenceMail.objects.values_list("tries", flat=True)) == {3}


def test_what_is_no_longer_true_or_no_longer_ones_business_is_not_sent(
    silence: AdoptionProcedure, heads: list[Delegate]
) -> None:
    end_capacity(by=Actor.system(), delegate=heads[1])
    break_silence(by=heads[2], procedure_id=silence.pk, reason="No.")
    send_due_notices()
    assert subjects(heads[0]) == ["Silence broken: Joint statement"]
    assert subjects(heads[1]) == []
    assert not SilenceMail.objects.filter(sent_at=None).exists()


def test_old_messages_are_given_up(silence: AdoptionProcedure, heads: list[Delegate]) -> None:
    with clock.frozen(NOW + timedelta(days=3, seconds=1)):
        assert send_due_notices() == (0, 0)
    assert not SilenceMail.objects.exists()


def test_tick_does_all_of_it_once(silence: AdoptionProcedure, heads: list[Delegate]) -> None:
    with clock.frozen(DEADLINE):
        call_command("tick", stdout=StringIO())
    silence.refresh_from_db()
    assert silence.outcome == "adopted"
    assert subjects(heads[0]) == ["Adopted: Joint statement"]
