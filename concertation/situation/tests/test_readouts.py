"""Points that others want raised, and readouts with those who took note."""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from concertation.coalition.enums import Audience, Capacity
from concertation.coalition.models import Delegate
from concertation.core import clock
from concertation.core.errors import BadLink, NotAllowed, TooLong
from concertation.record.models import Entry, Restricted
from concertation.situation.domain.readouts import add_point, circulate_readout, mark_point, note_readout
from concertation.situation.errors import (
    AlreadyMarked,
    AlreadyNoted,
    ContactNotHeld,
    ContactNotPlanned,
    NoSuchContact,
    NoSuchPoint,
    NothingSaid,
    UnknownLanguage,
)
from concertation.situation.models import Contact, ContactPoint, Readout, ReadoutNote
from concertation.situation.tests.factories import DAY
from concertation.situation.tests.watching import make_contact, make_planned, make_readout
from tests.helpers.people import make_coalition, make_delegate, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db
WORDS = {"en": "A frank exchange."}


@pytest.fixture
def france() -> Delegate:
    """France, of the five members."""
    make_coalition()
    return make_delegate("FR")


def planned(by: Delegate, audience: Audience = Audience.COALITION, named: tuple[str, ...] = ()) -> Contact:
    """Return a contact planned for the day after `DAY`."""
    with clock.frozen(datetime(2025, 7, 1, 9, tzinfo=UTC)):
        return make_planned(by, DAY + timedelta(days=1), audience=audience, named=named)


def points_of(delegate: Delegate) -> list[str]:
    """Return the points that `delegate` may read."""
    return list(ContactPoint.objects.visible_to(delegate).values_list("words", flat=True))


def test_add_point_tells_the_holder(france: Delegate) -> None:
    contact, germany = planned(france), make_delegate("DE", Capacity.DELEGATE)
    homes = [f"delegate:{france.pk}", f"delegate:{germany.pk}"]
    with assert_write("contact.point_added", "contacts", f"contact:{contact.pk}", *homes):
        add_point(by=germany, contact_id=contact.pk, words=" Release of prisoners. ")
    row = ContactPoint.objects.get()
    assert (row.member_id, row.words, row.raised, row.readers) == ("DE", "Release of prisoners.", None, "")


def test_point_for_the_chair_is_read_by_the_holder_too(france: Delegate) -> None:
    ukraine = make_delegate("UA")
    contact, italy = planned(ukraine), make_delegate("IT")
    add_point(by=italy, contact_id=contact.pk, words="Secret point.", audience=Audience.CHAIR)
    entry = Entry.objects.latest("sequence")
    assert "Secret" not in entry.leaf
    assert Restricted.objects.get(entry=entry).audience == ",FR,GB,IT,UA,"
    told = {one.member_id: points_of(one) for one in (france, ukraine, italy, make_delegate("DE"))}
    secret = ["Secret point."]
    assert told == {"FR": secret, "UA": secret, "IT": secret, "DE": []}


@pytest.mark.parametrize("audience", [Audience.COALITION, Audience.CHAIR])
def test_point_is_read_by_nobody_who_does_not_know_of_the_contact(france: Delegate, audience: Audience) -> None:
    ukraine, italy = make_delegate("UA"), make_delegate("IT")
    contact = planned(ukraine, Audience.MEMBERS, ("IT", "DE"))
    add_point(by=italy, contact_id=contact.pk, words="Secret point.", audience=audience)
    entry = Entry.objects.latest("sequence")
    assert entry.content["data"] == {}
    expected = ",DE,IT,UA," if audience == Audience.COALITION else ",IT,UA,"
    assert Restricted.objects.get(entry=entry).audience == expected
    assert points_of(france) == []


def test_who_may_not_ask_for_a_point(france: Delegate) -> None:
    contact, hidden, held = planned(france), planned(france, Audience.CHAIR), make_contact(france)
    germany, interpreter, clerk = make_delegate("DE"), make_delegate("DE", Capacity.INTERPRETER), make_secretary()
    for by in (interpreter, clerk):
        assert_refused(NotAllowed, partial(add_point, by=by, contact_id=contact.pk, words="Prisoners."))
    assert_refused(NoSuchContact, lambda: add_point(by=germany, contact_id=hidden.pk, words="Prisoners."))
    assert_refused(ContactNotPlanned, lambda: add_point(by=germany, contact_id=held.pk, words="Prisoners."))
    assert_refused(NothingSaid, lambda: add_point(by=germany, contact_id=contact.pk, words=" "))
    assert_refused(TooLong, lambda: add_point(by=germany, contact_id=contact.pk, words="x" * 1_001))


def test_mark_point(france: Delegate) -> None:
    contact, germany = planned(france), make_delegate("DE")
    point = add_point(by=germany, contact_id=contact.pk, words="Prisoners.", audience=Audience.CHAIR)
    assert_refused(NotAllowed, lambda: mark_point(by=germany, point_id=point.pk, raised=True))
    with assert_write("contact.point_marked", "contacts", f"contact:{contact.pk}"):
        mark_point(by=france, point_id=point.pk, raised=False)
    assert Entry.objects.latest("sequence").content["data"] == {}
    assert_refused(AlreadyMarked, lambda: mark_point(by=france, point_id=point.pk, raised=False))
    mark_point(by=france, point_id=point.pk, raised=True)
    row = ContactPoint.objects.get()
    assert (row.raised, row.raised_by) == (True, france)
    italy = make_delegate("IT")
    assert_refused(NoSuchPoint, lambda: mark_point(by=italy, point_id=point.pk, raised=True))


def test_circulate_readout(france: Delegate) -> None:
    contact, germany = make_contact(france), make_delegate("DE")
    homes = [f"delegate:{france.pk}", f"delegate:{germany.pk}"]
    with assert_write("contact.readout_circulated", "contacts", f"contact:{contact.pk}", *homes):
        make_readout(contact, france, {"en": " <b>Frank</b> \r\n exchange. ", "fr": ""})
    row = Readout.objects.get()
    assert row.words == {"en": "<b>Frank</b> \n exchange."}
    assert_refused(NotAllowed, lambda: make_readout(contact, germany))


def test_readout_opens_the_contact_to_its_readers(france: Delegate) -> None:
    contact, germany, italy = make_contact(france, audience=Audience.CHAIR), make_delegate("DE"), make_delegate("IT")
    assert not Contact.objects.visible_to(germany).exists()
    make_readout(contact, france, audience=Audience.MEMBERS, named=["DE"])
    entry = Entry.objects.latest("sequence")
    assert Restricted.objects.get(entry=entry).audience == ",DE,FR,"
    assert '"topic":"Ceasefire"' in Restricted.objects.get(entry=entry).content
    assert Contact.objects.visible_to(germany).get().reader_codes == ["DE", "FR", "GB"]
    assert not Contact.objects.visible_to(italy).exists()
    assert [Readout.objects.visible_to(one).count() for one in (germany, italy)] == [1, 0]
    make_readout(contact, france, WORDS)
    assert Contact.objects.visible_to(italy).get().readers == ""


def test_narrow_readout_leaves_the_contact_as_it_is(france: Delegate) -> None:
    contact = make_contact(france)
    make_readout(contact, france, audience=Audience.CHAIR)
    assert Contact.objects.get().readers == ""
    germany = make_delegate("DE")
    assert (Contact.objects.visible_to(germany).count(), Readout.objects.visible_to(germany).count()) == (1, 0)


def test_bad_readouts(france: Delegate) -> None:
    contact, ahead, germany = make_contact(france, audience=Audience.CHAIR), planned(france), make_delegate("DE")
    acts: list[tuple[type[Exception], dict[str, Any]]] = [
        (NothingSaid, {"words": {"en": " "}}),
        (TooLong, {"words": {"en": "x" * 20_001}}),
        (UnknownLanguage, {"words": {"xx": "Frank."}}),
        (BadLink, {"words": WORDS, "link": "javascript:alert(1)"}),
    ]
    for error, facts in acts:
        assert_refused(error, partial(circulate_readout, by=france, contact_id=contact.pk, **facts))
    assert_refused(ContactNotHeld, lambda: make_readout(ahead, france))
    assert_refused(NoSuchContact, lambda: make_readout(contact, germany))
    assert not Readout.objects.exists()


def test_note_readout_once_a_delegation(france: Delegate) -> None:
    readout = make_readout(make_contact(france), france, audience=Audience.MEMBERS, named=["DE"])
    germany, colleague = make_delegate("DE"), make_delegate("DE", Capacity.DELEGATE)
    topics = ["contacts", f"contact:{readout.contact_id}", f"delegate:{germany.pk}", f"delegate:{colleague.pk}"]
    with assert_write("contact.readout_noted", *topics):
        note_readout(by=germany, readout_id=readout.pk)
    assert ReadoutNote.objects.get().member_id == "DE"
    assert Entry.objects.latest("sequence").content["data"] == {}
    assert_refused(AlreadyNoted, lambda: note_readout(by=colleague, readout_id=readout.pk))
    italy, clerk, interpreter = make_delegate("IT"), make_secretary(), make_delegate("DE", Capacity.INTERPRETER)
    assert_refused(NoSuchPoint, lambda: note_readout(by=italy, readout_id=readout.pk))
    assert_refused(NoSuchPoint, lambda: note_readout(by=germany, readout_id=uuid4()))
    for by in (clerk, interpreter):
        assert_refused(NotAllowed, partial(note_readout, by=by, readout_id=readout.pk))


def test_the_database_keeps_points_and_readouts(france: Delegate) -> None:
    contact = planned(france)
    add_point(by=make_delegate("DE"), contact_id=contact.pk, words="Prisoners.")
    note_readout(by=france, readout_id=make_readout(make_contact(france), france).pk)
    kept: list[tuple[QuerySet[Any], dict[str, Any]]] = [
        (ContactPoint.objects.all(), {"words": "Nothing."}),
        (Readout.objects.all(), {"words": {}}),
        (ReadoutNote.objects.all(), {"member": "IT"}),
    ]
    for rows, facts in kept:
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**facts)
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.delete()
