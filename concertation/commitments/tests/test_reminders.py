"""Reminders by mail: once for each day and moment, to whom it concerns, in the person's language."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from pytest_django import Settings

from concertation.coalition.domain.delegates import end_capacity
from concertation.coalition.enums import Audience, Capacity
from concertation.coalition.models import Delegate
from concertation.commitments.domain.facts import record_approval, record_delivery, renew_contribution
from concertation.commitments.domain.reminders import make_reminders, send_due_reminders
from concertation.commitments.enums import Approval
from concertation.commitments.models import Reminder
from concertation.commitments.tests.factories import HAPPENED, make_contribution
from concertation.core import clock
from tests.helpers.people import make_coalition, make_delegate, make_secretary

pytestmark = pytest.mark.django_db
DUE = date(2025, 11, 20)


class Down(EmailBackend):
    """A mail server that takes nothing."""

    def send_messages(self, messages: Any) -> int:
        raise ConnectionRefusedError


@pytest.fixture(autouse=True)
def _july() -> Iterator[None]:
    """Five members; what is entered is entered on the second of July 2025."""
    make_coalition()
    with clock.frozen(datetime(2025, 7, 2, 12, tzinfo=UTC)):
        yield


@pytest.fixture
def germany() -> Delegate:
    return make_delegate("DE")


def on(day: date) -> Any:
    """Freeze the clock when `day` is the last that has begun somewhere."""
    return clock.frozen(datetime(day.year, day.month, day.day, 2, tzinfo=UTC))


def run(day: date) -> list[tuple[str, str]]:
    """Make and send what is due on `day`, and return to whom with which subject."""
    mail.outbox.clear()
    with on(day):
        make_reminders()
        make_reminders()
        send_due_reminders()
    return [(message.to[0], str(message.subject)) for message in mail.outbox]


def test_heads_and_delegates_are_told_a_week_before_on_the_day_and_a_week_after(germany: Delegate) -> None:
    sherpa = make_delegate("DE", Capacity.DELEGATE)
    for other in (make_delegate("DE", Capacity.OBSERVER), make_delegate("FR"), make_secretary()):
        assert other
    make_contribution(germany, due_on=DUE)
    told = {days: run(DUE + timedelta(days=days)) for days in (-8, -7, -6, -1, 0, 1, 6, 7, 8, 14)}
    assert {days: {subject for _, subject in found} for days, found in told.items() if found} == {
        -7: {"Delivery due on 20 November 2025: Two batteries"},
        0: {"Delivery due on 20 November 2025: Two batteries"},
        7: {"Delivery overdue since 20 November 2025: Two batteries"},
    }
    assert {address for address, _ in told[-7]} == {germany.person.email, sherpa.person.email}


def test_each_is_written_in_the_language_of_the_person(germany: Delegate) -> None:
    germany.person.language = "fr"
    germany.person.save()
    make_contribution(germany, due_on=DUE)
    assert run(DUE) == [(germany.person.email, "Livraison due le 20 novembre 2025\u00a0: Two batteries")]
    body = str(mail.outbox[0].body)
    assert "http://localhost:8000/commit/contributions/" in body
    assert "Coalition des volontaires" in body


def test_a_delivery_in_full_ends_the_reminders_even_those_made_already(germany: Delegate) -> None:
    late = make_contribution(germany, quantity=2, due_on=DUE)
    with on(DUE):
        assert make_reminders() == 1
        record_delivery(by=None, contribution_id=late.pk, quantity=Decimal(2), happening=HAPPENED)
        assert send_due_reminders() == (0, 0)
    assert not Reminder.objects.exists()
    assert run(DUE + timedelta(days=7)) == []


def test_pledges_and_approvals_are_reminded_of_too(germany: Delegate) -> None:
    pledge = make_contribution(germany, expires_on=DUE, title="Pledge")
    unapproved = make_contribution(germany, available_from=DUE, approvals=["parliament"], title="Battalion")
    assert sorted(subject for _, subject in run(DUE - timedelta(days=7))) == [
        "Approval missing for 20 November 2025: Battalion",
        "Pledge expires on 20 November 2025: Pledge",
    ]
    renew_contribution(by=germany, contribution_id=pledge.pk, until=DUE.replace(year=2026), happening=HAPPENED)
    record_approval(by=germany, contribution_id=unapproved.pk, approval=Approval.PARLIAMENT, happening=HAPPENED)
    assert run(DUE) == []


def test_another_day_is_reminded_of_anew(germany: Delegate) -> None:
    pledge = make_contribution(germany, expires_on=DUE)
    assert len(run(DUE)) == 1
    with on(DUE):
        renew_contribution(by=germany, contribution_id=pledge.pk, until=DUE + timedelta(days=30), happening=HAPPENED)
    assert len(run(DUE + timedelta(days=30))) == 1


def test_what_is_for_a_few_is_not_named_in_a_mail_and_goes_to_nobody_else(germany: Delegate) -> None:
    make_delegate("IT")
    make_contribution(germany, due_on=DUE, title="Secret battery", audience=Audience.MEMBERS, named=["FR"])
    assert run(DUE) == [(germany.person.email, "Delivery due on 20 November 2025")]
    assert "Secret battery" not in str(mail.outbox[0].body)


def test_moments_missed_are_made_up_by_the_last_and_none_is_older_than_two_weeks(germany: Delegate) -> None:
    make_contribution(germany, due_on=DUE)
    assert [subject for _, subject in run(DUE + timedelta(days=9))] == [
        "Delivery overdue since 20 November 2025: Two batteries"
    ]
    make_contribution(germany, due_on=DUE - timedelta(days=30))
    assert run(DUE + timedelta(days=10)) == []


def test_terms_entered_too_late_for_a_moment_are_reminded_of_at_the_next(germany: Delegate) -> None:
    with on(DUE - timedelta(days=3)):
        make_contribution(germany, due_on=DUE)
    assert run(DUE - timedelta(days=2)) == []
    assert len(run(DUE)) == 1


def test_who_has_left_is_not_told(germany: Delegate) -> None:
    sherpa = make_delegate("DE", Capacity.DELEGATE)
    make_contribution(germany, due_on=DUE)
    with on(DUE):
        make_reminders()
        end_capacity(by=make_secretary().actor, delegate=sherpa)
        send_due_reminders()
    assert [message.to[0] for message in mail.outbox] == [germany.person.email]


def test_a_mail_server_that_is_down_is_tried_again(germany: Delegate, settings: Settings) -> None:
    make_contribution(germany, due_on=DUE)
    working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.Down"
    with on(DUE):
        make_reminders()
        assert send_due_reminders() == (0, 1)
        assert send_due_reminders() == (0, 0)  # not before the pause is over
        settings.EMAIL_BACKEND = working
        with clock.frozen(clock.now() + timedelta(minutes=1)):
            assert send_due_reminders() == (1, 0)
            assert send_due_reminders() == (0, 0)


def test_who_was_outrun_by_another_process_sends_nothing(germany: Delegate) -> None:
    make_contribution(germany, due_on=DUE)
    with on(DUE):
        make_reminders()
        Reminder.objects.update(try_at=clock.now() + timedelta(minutes=1), tries=1)
        assert send_due_reminders() == (0, 0)
        assert make_reminders() == 0
    assert Reminder.objects.count() == 1
