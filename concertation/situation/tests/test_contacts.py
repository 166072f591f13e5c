"""Contacts: announced, held, cancelled and struck by their holder."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from concertation.coalition.enums import Audience, Capacity, Status
from concertation.coalition.models import Delegate
from concertation.core import clock
from concertation.core.errors import BadDay, BadLink, NotAllowed, TooLong
from concertation.record.events import field_name, kind_name, value_text
from concertation.record.models import Entry, Restricted
from concertation.situation.domain.contacts import (
    ContactPlan,
    announce_contact,
    cancel_contact,
    hold_contact,
    record_contact,
    strike_contact,
)
from concertation.situation.enums import Channel
from concertation.situation.errors import (
    ContactNotHeld,
    ContactNotPlanned,
    ContactOver,
    NobodySpokenTo,
    NoSuchActor,
    NoSuchContact,
    PlannedInThePast,
    ReasonMissing,
    SubjectMissing,
)
from concertation.situation.models import Contact
from concertation.situation.tests.factories import DAY
from concertation.situation.tests.watching import make_contact, make_counterpart, make_planned, plan
from tests.helpers.people import make_coalition, make_delegate, make_member, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db
NOW = datetime(2025, 7, 1, 9, tzinfo=UTC)
TOMORROW = DAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def _coalition() -> None:
    make_coalition()
    make_member("PL", status=Status.OBSERVER)


def seen_by(delegate: Delegate) -> list[str]:
    """Return the subjects of the contacts of which `delegate` may read."""
    return list(Contact.objects.visible_to(delegate).values_list("subject", flat=True))


def test_announce_contact_tells_the_others() -> None:
    france, germany, moscow = make_delegate("FR"), make_delegate("DE"), make_counterpart()
    told = plan(TOMORROW, moscow.pk, clock_time=time(17, 30), zone="Europe/Paris", subject=" Ceasefire ")
    with clock.frozen(NOW), assert_write("contact.announced", "contacts", f"delegate:{germany.pk}"):
        contact = announce_contact(by=france, plan=told)
    row = Contact.objects.get()
    assert (row.status, row.day, row.clock_time, row.subject) == ("planned", TOMORROW, time(17, 30), "Ceasefire")
    assert (row.holder_id, row.by, row.is_on_behalf) == ("FR", france, False)
    assert Entry.objects.latest("sequence").content["data"] == {
        "holder": "FR",
        "own_parties": ["FR"],
        "spoken_to": [{"en": "Moscow", "fr": "Moscou"}],
        "planned_on": "2025-07-02",
        "held_on": None,
        "clock_time": "17:30",
        "zone": "Europe/Paris",
        "channel": "call",
        "initiative": "ours",
        "topic": "Ceasefire",
        "link": "",
        "sources": [],
        "shared_with": "coalition",
        "readers": [],
    }
    assert Entry.objects.latest("sequence").sentence == "announced a contact of France with Moscow"
    assert contact == row


def test_record_reads_in_both_languages() -> None:
    france, geneva = make_delegate("FR"), make_counterpart("Geneva", "CH")
    make_contact(france, DAY, make_counterpart().pk, geneva.pk)
    entry = Entry.objects.latest("sequence")
    assert entry.sentence == "entered a contact of France with Geneva, Moscow"
    with translation.override("fr"):
        assert entry.sentence == "a inscrit un contact (France avec Geneva, Moscou)"
        assert (kind_name("contact"), field_name("spoken_to", "contact")) == ("contact", "avec")
        assert value_text("held_on", "2025-07-01") == "1er juillet 2025"
        assert value_text("channel", "mediator") == "par un médiateur"


def test_record_contact_that_was_held() -> None:
    france, moscow = make_delegate("FR"), make_counterpart()
    with assert_write("contact.recorded", "contacts"):
        record_contact(by=france, plan=plan(DAY, moscow.pk, members=["GB"]))
    row = Contact.objects.get()
    assert (row.status, row.day) == ("held", DAY)
    assert sorted(row.members.values_list("pk", flat=True)) == ["FR", "GB"]


def test_the_secretariat_enters_for_a_member_and_it_shows() -> None:
    clerk = make_secretary()
    assert make_contact(clerk, holder="UA").is_on_behalf
    assert_refused(NoSuchActor, lambda: make_contact(clerk))
    assert_refused(NoSuchActor, lambda: make_contact(clerk, holder="PL"))


def test_nobody_enters_the_contact_of_another_member() -> None:
    germany = make_delegate("DE")
    make_counterpart()
    assert_refused(NotAllowed, lambda: make_contact(germany, holder="FR"))


@pytest.mark.parametrize(
    ("code", "capacity"), [("DE", Capacity.INTERPRETER), ("DE", Capacity.OBSERVER), ("PL", Capacity.HEAD)]
)
def test_who_does_not_speak_for_a_member_enters_no_contact(code: str, capacity: Capacity) -> None:
    by = make_delegate(code, capacity)
    make_counterpart()
    assert_refused(NotAllowed, lambda: make_contact(by))


def test_restricted_contact_is_sealed_for_its_parties_and_readers() -> None:
    france = make_delegate("FR")
    make_contact(france, members=["UA"], audience=Audience.MEMBERS, named=["IT"], subject="Secret talks")
    entry = Entry.objects.latest("sequence")
    assert entry.content["data"] == {}
    assert "Secret" not in entry.leaf
    assert Restricted.objects.get(entry=entry).audience == ",FR,IT,UA,"
    codes = ("FR", "GB", "UA", "IT", "DE", "PL")
    told = {code: bool(seen_by(make_delegate(code, Capacity.DELEGATE))) for code in codes}
    assert told == {"FR": True, "GB": False, "UA": True, "IT": True, "DE": False, "PL": False}
    assert seen_by(make_secretary()) == ["Secret talks"]


def test_hold_contact() -> None:
    france, germany = make_delegate("FR"), make_delegate("DE")
    with clock.frozen(NOW):
        contact = make_planned(france, TOMORROW)
        assert_refused(BadDay, lambda: hold_contact(by=france, contact_id=contact.pk, day=DAY + timedelta(days=2)))
        assert_refused(NotAllowed, lambda: hold_contact(by=germany, contact_id=contact.pk, day=DAY))
    homes = [f"delegate:{france.pk}", f"delegate:{germany.pk}"]
    with assert_write("contact.held", "contacts", f"contact:{contact.pk}", *homes):
        hold_contact(by=france, contact_id=contact.pk, day=DAY, clock_time=time(12), channel=Channel.VIDEO)
    row = Contact.objects.get()
    assert (row.status, row.day, row.clock_time, row.channel, row.initiative) == (
        "held",
        DAY,
        time(12),
        "video",
        "ours",
    )
    assert row.planned_on == TOMORROW
    assert_refused(ContactNotPlanned, lambda: hold_contact(by=france, contact_id=contact.pk, day=DAY))


def test_cancel_and_strike_say_why() -> None:
    france, clerk = make_delegate("FR"), make_secretary()
    with clock.frozen(NOW):
        planned = make_planned(france, TOMORROW)
    held = make_contact(france)
    home = f"delegate:{france.pk}"
    assert_refused(ReasonMissing, lambda: cancel_contact(by=france, contact_id=planned.pk, reason=" "))
    assert_refused(ContactNotHeld, lambda: strike_contact(by=france, contact_id=planned.pk, reason="Error."))
    assert_refused(ContactNotPlanned, lambda: cancel_contact(by=france, contact_id=held.pk, reason="Off."))
    with assert_write("contact.cancelled", "contacts", f"contact:{planned.pk}", home):
        cancel_contact(by=france, contact_id=planned.pk, reason=" They declined. ")
    with assert_write("contact.struck", "contacts", f"contact:{held.pk}", home):
        strike_contact(by=clerk, contact_id=held.pk, reason="It was another day.")
    rows = {row.pk: (row.status, row.reason) for row in Contact.objects.all()}
    assert rows == {planned.pk: ("cancelled", "They declined."), held.pk: ("struck", "It was another day.")}
    assert not Contact.objects.held().exists()
    assert_refused(ContactOver, lambda: cancel_contact(by=france, contact_id=planned.pk, reason="Off."))


def test_hidden_contact_is_not_there_for_others() -> None:
    contact = make_contact(make_delegate("FR"), audience=Audience.CHAIR)
    germany = make_delegate("DE")
    assert_refused(NoSuchContact, lambda: strike_contact(by=germany, contact_id=contact.pk, reason="Error."))
    assert_refused(NoSuchContact, lambda: strike_contact(by=germany, contact_id=uuid4(), reason="Error."))


def test_bad_contacts() -> None:
    france, moscow = make_delegate("FR"), make_counterpart()
    with clock.frozen(NOW):
        acts: list[tuple[type[Exception], Callable[[], object]]] = [
            (BadDay, lambda: make_contact(france, DAY + timedelta(days=1))),
            (PlannedInThePast, lambda: make_planned(france, DAY - timedelta(days=2))),
            (PlannedInThePast, lambda: make_planned(france, DAY + timedelta(days=2000))),
            (SubjectMissing, lambda: make_contact(france, subject=" \n")),
            (TooLong, lambda: make_contact(france, subject="x" * 201)),
            (BadLink, lambda: make_contact(france, link="javascript:alert(1)")),
            (NoSuchActor, lambda: make_contact(france, DAY, uuid4())),
            (NoSuchActor, lambda: make_contact(france, DAY, moscow.pk, members=["PL"])),
            (NobodySpokenTo, lambda: record_contact(by=france, plan=plan_with_nobody())),
        ]
        for error, act in acts:
            assert_refused(error, act)
    assert not Contact.objects.exists()


def plan_with_nobody() -> ContactPlan:
    """Return a plan that names nobody outside."""
    return replace(plan(DAY), counterparts=[])


def test_the_database_refuses_another_holder() -> None:
    contact = make_contact(make_delegate("FR"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.filter(pk=contact.pk).update(holder="DE")
    with pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.filter(pk=contact.pk).update(held_on=None)
