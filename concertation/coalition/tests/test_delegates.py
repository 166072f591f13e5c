"""People receive a capacity, are invited, and lose it."""

import re
from typing import Any

import pytest
from django.core import mail
from django.test import TestCase

from concertation.accounts.domain.links import redeem_link
from concertation.accounts.errors import LinkSpent
from concertation.accounts.models import Person
from concertation.coalition.domain import delegates
from concertation.coalition.enums import Capacity, Status
from concertation.coalition.errors import CapacityEnded, CapacityNeedsMember, HasCapacity, HeadTaken, NotPossibleNow
from concertation.coalition.models import Delegate
from concertation.coalition.queries import delegate_of
from concertation.core.errors import NotAllowed
from concertation.record.models import Entry
from tests.helpers.people import make_delegate, make_member, make_secretary
from tests.helpers.writes import assert_refused, assert_write

pytestmark = pytest.mark.django_db
ANNA: dict[str, Any] = {"name": "Anna", "email": "Anna@berlin.example", "capacity": Capacity.DELEGATE, "member": "DE"}


def test_appointed_person_acts_for_its_member() -> None:
    make_member("DE")
    clerk = make_secretary().actor
    delegate = delegates.appoint_delegate(by=clerk, **ANNA)
    assert delegate_of(delegate.person) == delegate
    assert (delegate.person.email, delegate.person.time_zone) == ("anna@berlin.example", "Europe/Berlin")


def test_address_of_a_delegate_stays_out_of_the_open_record() -> None:
    make_member("DE")
    delegates.appoint_delegate(by=make_secretary().actor, **ANNA)
    assert "berlin.example" not in Entry.objects.get(action="delegate.appointed").leaf


def test_appointment_appends_and_announces() -> None:
    make_member("DE")
    clerk = make_secretary().actor
    before = set(Delegate.objects.all())
    with assert_write("delegate.appointed", "coalition"):
        delegates.appoint_delegate(by=clerk, **ANNA)
    assert len(set(Delegate.objects.all()) - before) == 1


def test_corrected_delegate_has_another_title() -> None:
    delegate = make_delegate("DE")
    with assert_write("delegate.corrected", "coalition", f"delegate:{delegate.pk}"):
        delegates.correct_delegate(
            by=make_secretary().actor, delegate=delegate, title="Chancellor", sources=["Gazette"]
        )
    delegate.refresh_from_db()
    assert (delegate.title, delegate.sources) == ("Chancellor", ["Gazette"])


def test_delegate_of_another_member_is_not_corrected() -> None:
    delegate, by = make_delegate("DE"), make_delegate("IT").actor
    assert_refused(NotAllowed, lambda: delegates.correct_delegate(by=by, delegate=delegate, title="X", sources=[]))


def test_delegate_who_is_gone_is_not_corrected() -> None:
    delegate, by = make_delegate("DE"), make_secretary().actor
    delegates.end_capacity(by=by, delegate=delegate)
    assert_refused(CapacityEnded, lambda: delegates.correct_delegate(by=by, delegate=delegate, title="X", sources=[]))


def test_known_person_keeps_its_preferences_and_gets_a_new_capacity() -> None:
    make_member("DE")
    clerk = make_secretary().actor
    first = delegates.appoint_delegate(by=clerk, **ANNA)
    assert_refused(HasCapacity, lambda: delegates.appoint_delegate(by=clerk, **{**ANNA, "capacity": Capacity.HEAD}))
    delegates.end_capacity(by=clerk, delegate=first)
    second = delegates.appoint_delegate(by=clerk, **{**ANNA, "capacity": Capacity.HEAD, "language": "fr"})
    assert (second.person, second.person.language) == (first.person, "en")
    assert Person.objects.filter(email="anna@berlin.example").count() == 1


def test_delegation_has_one_head() -> None:
    make_delegate("DE", Capacity.HEAD)
    clerk = make_secretary().actor
    assert_refused(HeadTaken, lambda: delegates.appoint_delegate(by=clerk, **{**ANNA, "capacity": Capacity.HEAD}))


def test_head_appoints_in_its_own_delegation_only() -> None:
    make_member("IT")
    head = make_delegate("DE", Capacity.HEAD).actor
    delegates.appoint_delegate(by=head, **ANNA)
    other = {**ANNA, "email": "b@rome.example", "member": "IT"}
    assert_refused(NotAllowed, lambda: delegates.appoint_delegate(by=head, **other))
    secretary = {**ANNA, "email": "c@x.example", "capacity": Capacity.SECRETARIAT, "member": None}
    assert_refused(NotAllowed, lambda: delegates.appoint_delegate(by=head, **secretary))


@pytest.mark.parametrize("capacity", [Capacity.DELEGATE, Capacity.INTERPRETER, Capacity.OBSERVER])
def test_other_capacities_appoint_nobody(capacity: Capacity) -> None:
    actor = make_delegate("DE", capacity).actor
    assert_refused(NotAllowed, lambda: delegates.appoint_delegate(by=actor, **ANNA))


def test_secretariat_and_delegations_do_not_mix() -> None:
    make_member("DE")
    clerk = make_secretary().actor
    secretary, stateless = {**ANNA, "capacity": Capacity.SECRETARIAT}, {**ANNA, "member": None}
    assert_refused(CapacityNeedsMember, lambda: delegates.appoint_delegate(by=clerk, **secretary))
    assert_refused(CapacityNeedsMember, lambda: delegates.appoint_delegate(by=clerk, **stateless))


def test_member_that_left_gets_no_delegate() -> None:
    make_member("DE", status=Status.LEFT)
    clerk = make_secretary().actor
    assert_refused(NotPossibleNow, lambda: delegates.appoint_delegate(by=clerk, **ANNA))


def test_invitation_mails_a_link_that_signs_in() -> None:
    delegate, clerk = make_delegate("FR", name="Émilie"), make_secretary().actor
    delegate.person.language = "fr"
    with TestCase.captureOnCommitCallbacks(execute=True):
        delegates.invite_delegate(by=clerk, delegate=delegate)
    [message] = mail.outbox
    assert message.to == [delegate.person.email]
    assert "À l’attention de Émilie" in str(message.body)
    found = re.search(r"/sign-in/link/(\S+)/", str(message.body))
    assert found
    assert redeem_link(token=found[1]) == delegate.person


def test_invitation_appends_and_announces() -> None:
    delegate, clerk = make_delegate("FR"), make_secretary().actor
    with assert_write("delegate.invited", "coalition", f"delegate:{delegate.pk}"):
        delegates.invite_delegate(by=clerk, delegate=delegate)


def test_ended_capacity_takes_access_and_links_away() -> None:
    delegate, clerk = make_delegate("IT", Capacity.DELEGATE), make_secretary().actor
    token = delegates.issue_sign_in_link(by=clerk, delegate=delegate)
    with assert_write("delegate.capacity_ended", "coalition", f"delegate:{delegate.pk}"):
        delegates.end_capacity(by=clerk, delegate=delegate)
    assert delegate_of(delegate.person) is None
    with pytest.raises(LinkSpent):
        redeem_link(token=token)
    assert_refused(CapacityEnded, lambda: delegates.end_capacity(by=clerk, delegate=delegate))
    assert_refused(CapacityEnded, lambda: delegates.invite_delegate(by=clerk, delegate=delegate))


def test_nobody_ends_their_own_capacity() -> None:
    clerk = make_secretary()
    assert_refused(NotAllowed, lambda: delegates.end_capacity(by=clerk.actor, delegate=clerk))


def test_capacity_of_a_member_that_left_is_none() -> None:
    delegate = make_delegate("IT")
    assert delegate.member
    delegate.member.status = Status.LEFT
    delegate.member.save(update_fields=["status"])
    assert delegate_of(delegate.person) is None
